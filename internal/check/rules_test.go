package check_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

var update = flag.Bool("update", false, "write what was found into the findings.txt of the rules' archives")

// exampleDate is the day on which all examples are looked at.
const exampleDate model.Date = "2026-06-01"

// TestRules runs the examples of every rule.
func TestRules(t *testing.T) {
	for _, r := range check.Rules() {
		t.Run(r.Name, func(t *testing.T) {
			doc, err := r.Doc()
			if err != nil {
				t.Fatal(err)
			}
			checkDoc(t, doc)
			findings, got := look(t, workspace(t, doc.Fail))
			if !slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Rule == r.Name }) {
				t.Errorf("the failing example does not break the rule:\n%s", got)
			}
			for _, f := range findings {
				checkWording(t, f)
			}
			if diff := cmp.Diff(doc.Findings, got); diff != "" && !*update {
				t.Errorf("findings.txt (-want +got)\n%s", diff)
			}
			if *update {
				writeFindings(t, r, got)
			}
			if _, got := look(t, workspace(t, doc.Pass)); got != "" {
				t.Errorf("the passing example has findings:\n%s", got)
			}
		})
	}
}

// TestBase checks that what all examples are laid over has no findings.
func TestBase(t *testing.T) {
	result, err := build.Site(input(t, workspace(t, nil)), discard{})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Findings) > 0 || result.Models != 1 {
		t.Errorf("%d models, findings: %v", result.Models, result.Findings)
	}
}

// TestArchives checks that there is an archive for each rule and no other.
func TestArchives(t *testing.T) {
	var archives []string
	err := filepath.WalkDir("rules", func(name string, e fs.DirEntry, err error) error {
		name = filepath.ToSlash(name)
		if err == nil && !e.IsDir() && name != "rules/base.txtar" {
			archives = append(archives, strings.TrimSuffix(strings.TrimPrefix(name, "rules/"), ".txtar"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(check.Names()) {
		t.Errorf("the rules are not in the order of their names: %v", check.Names())
	}
	slices.Sort(archives)
	if diff := cmp.Diff(check.Names(), archives); diff != "" {
		t.Errorf("rules and their archives differ (-rules +archives)\n%s", diff)
	}
}

// unreached are the rules that no workspace can break, with the reason.
var unreached = map[string]string{
	"syntax/extension": "files of other formats are never handed to the reader",
}

// TestReported checks that the list has every rule that the code reports.
func TestReported(t *testing.T) {
	groups := map[string]bool{}
	for _, name := range check.Names() {
		groups[path.Dir(name)] = true
	}
	reported := literals(t, regexp.MustCompile(`^[a-z]+/[a-z]+(-[a-z]+)*$`), "..")
	for name, where := range reported {
		mediaType := slices.Contains([]string{"text/css", "text/plain", "text/html", "text/javascript", "text/event-stream", "text/x-wiki"}, name)
		if groups[path.Dir(name)] && !mediaType && check.Lookup(name) == nil && unreached[name] == "" {
			t.Errorf("%s: rule %s is not in the list", where, name)
		}
	}
	for name := range unreached {
		if check.Lookup(name) != nil || reported[name] == "" {
			t.Errorf("%s is listed as unreached: it has an example, or is gone", name)
		}
	}
}

// literals returns the string literals of the code below a folder that match,
// each with a place where it stands. Tests and imports do not count.
func literals(t *testing.T, match *regexp.Regexp, dir string) map[string]string {
	found := map[string]string{}
	fset := token.NewFileSet()
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if s, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && match.MatchString(s) {
				found[s] = fset.Position(n.Pos()).String()
			}
		}
		return true
	}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err == nil {
			ast.Inspect(file, visit)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// checkDoc checks that an archive says what a reader wants to know.
func checkDoc(t *testing.T, doc check.Doc) {
	if doc.Title == "" || strings.HasSuffix(doc.Title, ".") || doc.Title[:1] != strings.ToUpper(doc.Title[:1]) {
		t.Errorf("the title is to be a sentence without a full stop: %q", doc.Title)
	}
	if doc.Body == "" || len(doc.Fail) == 0 || len(doc.Pass) == 0 {
		t.Errorf("body: %d bytes, failing files: %d, passing files: %d", len(doc.Body), len(doc.Fail), len(doc.Pass))
	}
}

// startsSentence matches a word as it begins a sentence, unlike YAML or "Our".
var startsSentence = regexp.MustCompile(`^[A-Z][a-z]*$`)

// checkWording checks the form that messages and hints have.
func checkWording(t *testing.T, f diag.Finding) {
	for _, text := range []string{f.Message, f.Hint} {
		if text == "" || strings.HasSuffix(text, ".") || strings.Contains(text, "\n") || strings.Contains(text, "  ") {
			t.Errorf("%s: %q is to be one line without a full stop", f.Rule, text)
		}
		if first, _, _ := strings.Cut(text, " "); startsSentence.MatchString(first) {
			t.Errorf("%s: %q is to begin in lower case", f.Rule, text)
		}
	}
}

// workspace lays the files of an example over the base workspace.
func workspace(t *testing.T, example []check.File) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, layer := range [][]check.File{check.Base(), example} {
		added := map[string][]byte{}
		for _, f := range layer {
			name, data, err := f.Raw()
			if err != nil {
				t.Fatal(err)
			}
			added[name] = data
			for _, ext := range []string{".yaml", ".toml"} {
				delete(fsys, strings.TrimSuffix(name, path.Ext(name))+ext)
			}
		}
		for name, data := range added {
			fsys[name] = &fstest.MapFile{Data: data}
		}
	}
	return fsys
}

func input(t *testing.T, fsys fstest.MapFS) build.Input {
	content, err := fs.Sub(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	return build.Input{
		Root: fsys, Content: content, ContentDir: "content", AsOf: exampleDate,
		Builtin: build.Builtin{Templates: templates.FS, Site: site.FS},
	}
}

// look returns what is found in a workspace, and how that is printed. Only
// where there are templates is the site made: it takes its time.
func look(t *testing.T, fsys fstest.MapFS) ([]diag.Finding, string) {
	var result build.Result
	var err error
	if _, noTemplates := fs.Stat(fsys, "templates"); noTemplates != nil {
		result, err = build.Check(input(t, fsys))
	} else {
		result, err = build.Site(input(t, fsys), discard{})
	}
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := diag.Text(&text, result.Findings, fsys, false); err != nil {
		t.Fatal(err)
	}
	return result.Findings, text.String()
}

// discard is a sink for sites that nobody looks at.
type discard struct{}

func (discard) Reuse(unit, key string) ([]byte, bool)    { return nil, false }
func (discard) Put(unit, path string, data []byte) error { return nil }
func (discard) Done(unit, key string, note []byte)       {}

// writeFindings writes the findings.txt of a rule's archive.
func writeFindings(t *testing.T, r *check.Rule, findings string) {
	name := filepath.FromSlash("rules/" + r.Name + ".txtar")
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "findings.txt" })
	if i < 0 {
		t.Fatal(fmt.Errorf("%s has no findings.txt", name))
	}
	archive.Files[i].Data = []byte(findings)
	if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}
