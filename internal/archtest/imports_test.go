// Package archtest keeps the packages apart: its tests fail when one imports
// another that stands above it, or a dependency that is not its own.
package archtest

import (
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/demarc/demarc/"

// order is the way imports go within the module: a line's right side may import
// its left side and whatever that may import. Every package is in it.
const order = `
	diag < syntax, carry
	diag, markdown, syntax < model
	diag, syntax < revise
	model < compare, export, ownership, index, source, state
	source, syntax < coverage, draft, drift
	coverage < check
	compare, coverage, ownership < render
	index, render < html
	check, html < build
	build < paper, serve
	build, content, site, templates < buildtest
	render < tree
	tree < wiki
	syntax, wiki < wiki/confluence, wiki/dokuwiki, wiki/fragment, wiki/gfm, wiki/mediawiki
	wiki/gfm < wiki/azuredevops, wiki/docusaurus, wiki/flat, wiki/gitlab, wiki/mkdocs
	carry, wiki < wiki/renew
	wiki < wiki/wikitest
	carry, html, wiki/gfm < inject
	index, state < export/sheet
	ownership < export/matrix, export/oscal
	render, export/sheet < export/azurereview
	export/sheet, wiki/gfm < export/tracker
	wiki/gfm < export/onefile
	export/azurereview, export/matrix, export/onefile, export/oscal, export/tracker < cmd/demarc
	wiki/azuredevops, wiki/confluence, wiki/docusaurus, wiki/dokuwiki, wiki/flat, wiki/fragment < cmd/demarc
	wiki/gitlab, wiki/mediawiki, wiki/mkdocs, wiki/renew, inject < cmd/demarc
	build, draft, drift, export, git, output, paper, revise, serve, content, site, templates < cmd/demarc
`

// owners says which packages may import what from outside, apart from the part
// of the standard library that is not listed. A dependency has few owners, so
// that it can be replaced; few packages touch the disk, two run another program
// (a browser, to print, and git), one opens a port (the preview), none asks the
// network.
const owners = `
	os: cmd/demarc, output, paper, wiki/wikitest
	os/exec: git, paper
	net/http: serve
	text/template: render
	html/template: html, paper
	gopkg.in/yaml.v3: syntax
	github.com/BurntSushi/toml: syntax
	github.com/yuin/goldmark: markdown, html, source, tree
	github.com/alecthomas/kong: cmd/demarc
	github.com/agnivade/levenshtein: diag
	github.com/clipperhouse/displaywidth: diag
	golang.org/x/tools/txtar: check
	golang.org/x/net/html: paper, source
	golang.org/x/text/unicode/norm: source, wiki/dokuwiki
	golang.org/x/image: paper
	codeberg.org/go-pdf/fpdf: paper
	github.com/fsnotify/fsnotify: serve
	github.com/aymanbagabas/go-udiff: cmd/demarc
	github.com/xuri/excelize/v2: export/sheet
	github.com/google/go-cmp: wiki/wikitest
	github.com/google/uuid: export/azurereview, export/oscal, wiki/confluence
`

func TestImports(t *testing.T) {
	imports := readImports(t, "../..")
	if len(imports["internal/build"]) == 0 {
		t.Fatalf("nothing is known of internal/build: %v", imports)
	}
	for _, problem := range check(order, owners, imports) {
		t.Error(problem)
	}
}

// readImports returns what the packages of the module in a folder import, on
// any system. Tests may import what they like.
//
// It reads the files itself, as running go list would let go test report a
// result that it has cached, whatever the packages import by now.
func readImports(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return skip(root, name)
		case filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(dir)
		list := imports[pkg]
		for _, spec := range file.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			list = append(list, imp)
		}
		imports[pkg] = list // none, too: the package is there
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg, list := range imports {
		slices.Sort(list)
		imports[pkg] = slices.Compact(list)
	}
	return imports
}

// skip leaves out folders that hold no packages of the module: test data, other
// modules and what is hidden.
func skip(root, dir string) error {
	if dir == root {
		return nil
	}
	base := filepath.Base(dir)
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || base == "testdata" || base[0] == '.' || base[0] == '_' {
		return fs.SkipDir
	}
	return nil
}

// check returns what is wrong with the imports of packages, sorted.
func check(order, owners string, imports map[string][]string) []string {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	below, own := parseOrder(order), parseOwners(owners)
	for pkg, imported := range imports {
		name := short(pkg)
		allowed, known := below[name]
		if !known {
			report("%s is not in the order of packages", name)
		}
		for _, imp := range imported {
			if in, ok := strings.CutPrefix(imp, module); ok {
				if known && !allowed[short(in)] {
					report("%s must not import %s", name, short(in))
				}
				continue
			}
			owned, by := ownersOf(own, imp)
			switch {
			case owned && !slices.Contains(by, name):
				report("%s must not import %s, which belongs to %s", name, imp, cmp.Or(strings.Join(by, ", "), "nobody"))
			case !owned && strings.Contains(strings.Split(imp, "/")[0], "."):
				report("%s imports %s, which has no owner", name, imp)
			}
		}
	}
	for name := range below {
		_, at := imports[name]
		_, inside := imports["internal/"+name]
		if !at && !inside {
			report("%s is in the order of packages, but there is no such package", name)
		}
	}
	slices.Sort(problems)
	return problems
}

// short returns a package's name in the tables.
func short(pkg string) string { return strings.TrimPrefix(pkg, "internal/") }

// parseOrder returns what each package may import.
func parseOrder(text string) map[string]map[string]bool {
	below := map[string]map[string]bool{}
	for _, line := range lines(text) {
		left, right, _ := strings.Cut(line, "<")
		may := map[string]bool{}
		for _, l := range names(left) {
			if below[l] == nil {
				below[l] = map[string]bool{}
			}
			may[l] = true
			maps.Copy(may, below[l])
		}
		for _, r := range names(right) {
			if below[r] == nil {
				below[r] = map[string]bool{}
			}
			maps.Copy(below[r], may)
		}
	}
	return below
}

func parseOwners(text string) map[string][]string {
	own := map[string][]string{}
	for _, line := range lines(text) {
		dependency, by, _ := strings.Cut(line, ":")
		own[dependency] = names(by)
	}
	return own
}

// ownersOf returns who owns a package from outside, or a package above it.
func ownersOf(own map[string][]string, pkg string) (owned bool, by []string) {
	for p := pkg; p != "."; p = path.Dir(p) {
		if by, ok := own[p]; ok {
			return true, by
		}
	}
	return false, nil
}

func lines(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text, "\t", ""), func(r rune) bool { return r == '\n' })
}

func names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// TestCheck shows that the check finds what it is there for.
func TestCheck(t *testing.T) {
	const order = "low < middle\nmiddle, side < cmd/top"
	const owners = "os: cmd/top\nexample.org/yaml: low"
	sound := func() map[string][]string {
		return map[string][]string{
			"internal/low":    {"strings", "example.org/yaml", "example.org/yaml/ast"},
			"internal/middle": {module + "internal/low"},
			"internal/side":   {"fmt"},
			"cmd/top":         {"os", module + "internal/middle", module + "internal/low", module + "internal/side"},
		}
	}
	tests := []struct {
		pkg, imp, want string
	}{
		{"internal/low", module + "internal/middle", "low must not import middle"},
		{"internal/middle", module + "internal/side", "middle must not import side"},
		{"internal/side", module + "cmd/top", "side must not import cmd/top"},
		{"internal/middle", "os", "middle must not import os, which belongs to cmd/top"},
		{"internal/middle", "example.org/yaml/ast", "middle must not import example.org/yaml/ast, which belongs to low"},
		{"internal/side", "example.net/new", "side imports example.net/new, which has no owner"},
		{"internal/new", "fmt", "new is not in the order of packages"},
		{"cmd/top", "path", ""},
	}
	for _, tt := range tests {
		imports := sound()
		imports[tt.pkg] = append(imports[tt.pkg], tt.imp)
		if got := strings.Join(check(order, owners, imports), "\n"); got != tt.want {
			t.Errorf("%s importing %s:\ngot  %q\nwant %q", tt.pkg, tt.imp, got, tt.want)
		}
	}
	gone := sound()
	delete(gone, "internal/side")
	if got, want := check(order, owners, gone), "side is in the order of packages, but there is no such package"; !slices.Equal(got, []string{want}) {
		t.Errorf("got %q, want %q", got, want)
	}
}
