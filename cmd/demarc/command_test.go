package main

import (
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/syntax"
)

// TestColored opens the null device, which like a terminal is a character
// device, and a file.
func TestColored(t *testing.T) {
	terminal, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, test := range []struct {
		mode, noColor, term string
		to                  io.Writer
		want                bool
	}{
		{"auto", "", "xterm", terminal, true},
		{"auto", "", "", terminal, true},
		{"auto", "1", "xterm", terminal, false},
		{"auto", "no", "xterm", terminal, false},
		{"auto", "", "dumb", terminal, false},
		{"auto", "", "xterm", file, false},
		{"auto", "", "xterm", &strings.Builder{}, false},
		{"never", "", "xterm", terminal, false},
		{"always", "", "xterm", file, true},
		{"always", "1", "dumb", &strings.Builder{}, true},
	} {
		t.Setenv("NO_COLOR", test.noColor)
		t.Setenv("TERM", test.term)
		if got := colored(test.mode, test.to); got != test.want {
			t.Errorf("%+v: got %t", test, got)
		}
	}
}

// TestExplain asks about every rule.
func TestExplain(t *testing.T) {
	dir := t.TempDir()
	list := mustRun(t, dir, "explain")
	if lines := strings.Count(list, "\n"); lines != len(check.Rules()) {
		t.Errorf("%d lines for %d rules", lines, len(check.Rules()))
	}
	for _, r := range check.Rules() {
		doc, err := r.Doc()
		if err != nil {
			t.Fatal(err)
		}
		if line := regexp.MustCompile(`(?m)^` + r.Name + ` +` + r.Severity.String() + ` +` + regexp.QuoteMeta(doc.Title) + `$`); !line.MatchString(list) {
			t.Errorf("%s is not in the list", r.Name)
		}
		got := mustRun(t, dir, "explain", r.Name)
		for _, part := range []string{r.Name + " (" + r.Severity.String() + ")\n\n" + doc.Title, doc.Body, doc.Findings, "\n-- reported: ", "\n-- not reported: "} {
			if part == "" || !strings.Contains(got, part) {
				t.Errorf("explain %s lacks %q", r.Name, part)
			}
		}
	}
}

var (
	commandName = regexp.MustCompile(`(?m)^  ([a-z]+(?: [a-z-]+)?)  +\S`)
	example     = regexp.MustCompile(`(?m)^ +(demarc [^|>&\n]*?)(?:  .*| [|>&].*)?$`)
)

// TestHelp asks for help on each command, and tries the examples that it gives
// in a folder that has models/ and no content/.
func TestHelp(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, dir, "init", "new")
	if err := os.Rename(filepath.Join(dir, "new", "content"), filepath.Join(dir, "models")); err != nil {
		t.Fatal(err)
	}
	all := mustRun(t, dir, "--help")
	helps := []string{all}
	var names []string
	for _, match := range commandName.FindAllStringSubmatch(all[strings.Index(all, "Commands:"):], -1) {
		names = append(names, match[1])
	}
	for _, name := range []string{"build", "check", "explain", "export json", "init", "schema", "version"} {
		if !slices.Contains(names, name) {
			t.Errorf("--help does not list %s:\n%s", name, all)
		}
	}
	for _, name := range names {
		help := mustRun(t, dir, append(strings.Fields(name), "--help")...)
		if !strings.Contains(help, "Example") && name != "version" {
			t.Errorf("%s has no example:\n%s", name, help)
		}
		helps = append(helps, help)
	}
	tried := map[string]bool{}
	for _, help := range helps {
		for _, match := range example.FindAllStringSubmatch(help, -1) {
			if tried[match[1]] {
				continue
			}
			tried[match[1]] = true
			args := strings.Fields(strings.ReplaceAll(match[1], "'", ""))[1:] // no example has a blank in quotes
			if code, _, stderr := runIn(t, dir, args...); code != exitClean {
				t.Errorf("%s: exit code %d\n%s", match[1], code, stderr)
			}
		}
	}
	if len(tried) < 10 {
		t.Errorf("only these examples were found: %v", tried)
	}
}

// TestSchema checks files against the schema of their kind: those that the
// program reads without findings pass, and those with an unknown key do not.
func TestSchema(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for _, name := range model.SchemaNames {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(mustRun(t, t.TempDir(), "schema", name)))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		if schemas[name], err = c.Compile(name); err != nil {
			t.Fatal(err)
		}
	}
	for _, fsys := range []fs.FS{content.FS, starter} {
		err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || path.Ext(name) == coverage.LockExt {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			schema := schemas[kindOf(name)]
			root, findings := syntax.Read(name, data)
			if schema == nil || root == nil {
				t.Errorf("%s: schema %v, findings %v", name, schema, findings)
				return nil
			}
			doc := asJSON(root).(map[string]any)
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			doc["no-such-key"] = "x"
			if schema.Validate(doc) == nil {
				t.Errorf("%s: an unknown key passes", name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// kindOf returns the name of the schema of a file.
func kindOf(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	switch {
	case path.Base(path.Dir(name)) == "library":
		return "library"
	case base == "demarc":
		return "workspace"
	}
	return base
}

// asJSON returns a tree as JSON holds it.
func asJSON(n *syntax.Node) any {
	switch n.Kind {
	case syntax.Null:
		return nil
	case syntax.Bool:
		return n.Text == "true"
	case syntax.Number:
		return json.Number(n.Text)
	case syntax.List:
		list := []any{}
		for _, v := range n.Items {
			list = append(list, asJSON(v))
		}
		return list
	case syntax.Map:
		object := map[string]any{}
		for _, e := range n.Entries {
			object[e.Key] = asJSON(e.Value)
		}
		return object
	}
	return n.Text
}
