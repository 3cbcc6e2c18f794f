// Package docs_test checks what the documentation says against the tool.
package docs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/demarc/demarc/internal/model"
)

func schemaFile(name string) string { return filepath.Join("schema", name+".schema.json") }

// TestSchemasAreCurrent compares docs/schema with what the command prints.
func TestSchemasAreCurrent(t *testing.T) {
	for _, name := range model.SchemaNames {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		if err := e.Encode(model.SchemaOf(name)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(schemaFile(name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(got)); diff != "" {
			t.Errorf("%s is not current; run make schema (-wanted +found)\n%s", schemaFile(name), diff)
		}
	}
}

// TestContentValidates holds every file that we ship against its schema, read
// by the libraries that editors and other tools use, not by ours. Each names
// that schema in its first line.
func TestContentValidates(t *testing.T) {
	schemas := compile(t)
	for _, root := range []string{"../content", "../cmd/demarc/starter"} {
		files := dataFiles(t, root)
		if len(files) < 3 {
			t.Errorf("%s has only these files: %v", root, files)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			value, err := decode(name, data)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if err := schemas[kindOf(name)].Validate(value); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if root == "../content" {
				checkModeline(t, name, data)
			}
		}
	}
}

// dataFiles returns the YAML and TOML files below a folder.
func dataFiles(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if ext := filepath.Ext(name); err == nil && !e.IsDir() && (ext == ".yaml" || ext == ".yml" || ext == ".toml") {
			files = append(files, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// kindOf returns the kind of a file by its place in a workspace.
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

// checkModeline checks that a file names its schema in its first line, by a
// path that leads there.
func checkModeline(t *testing.T, name string, data []byte) {
	t.Helper()
	first, _, _ := bytes.Cut(data, []byte("\n"))
	start := "# yaml-language-server: $schema="
	if path.Ext(name) == ".toml" {
		start = "#:schema "
	}
	schema, ok := strings.CutPrefix(string(first), start)
	want := "../docs/schema/" + kindOf(name) + ".schema.json"
	if !ok || path.Join(path.Dir(name), schema) != want {
		t.Errorf("%s:1: %q is not %q and the way to %s", name, first, start, want)
	}
}

// decode reads a file as an editor does, for which a date is text.
func decode(name string, data []byte) (any, error) {
	if path.Ext(name) == ".toml" {
		var value map[string]any
		err := toml.Unmarshal(data, &value)
		return plain(value), err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	untime(&doc)
	var value any
	err := doc.Decode(&value)
	return value, err
}

// untime makes text of what YAML 1.1 takes for a time.
func untime(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, c := range n.Content {
		untime(c)
	}
}

// plain makes of a TOML value what JSON has.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = plain(value)
		}
	case []map[string]any:
		list := make([]any, len(v))
		for i, m := range v {
			list[i] = plain(m)
		}
		return list
	case []any:
		for i, value := range v {
			v[i] = plain(value)
		}
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return v
}

// compile returns the schemas by name. Formats such as dates are checked.
func compile(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schemas := map[string]*jsonschema.Schema{}
	for _, name := range model.SchemaNames {
		s, err := c.Compile(schemaFile(name))
		if err != nil {
			t.Fatal(err)
		}
		schemas[name] = s
	}
	return schemas
}

// sound are small documents that validate, for TestFormIsChecked to break.
var sound = map[string]string{
	"model": `
title: A
provider: P
summary: S
reviewed: 2026-01-02
parties: {customer: {name: C, side: customer}}
sources: {guide: {title: G, url: https://example.com/, retrieved: 2026-01-02}}
sections: [{id: "1.1", title: One}]
activities: [{id: run-backups, section: "1.1", title: T, raci: {customer: RA}, topic: backup, source: guide#1.1-1}]
`,
	"checklist": `
items:
  - {use: library/item, covers: [run-backups]}
  - {id: own, title: T, phase: choose, level: required, team: [platform], why: W, repeat: once, steps: [{text: S}], own: true}
`,
	"library":   `items: [{id: own, title: T, phase: choose, level: required, team: [platform], why: W, repeat: once}]`,
	"topics":    `topics: [{id: backup, title: T, definition: D, controls: {ccm: [BCR-08]}}]`,
	"workspace": `{title: T, rules: {text/heading: off}, suppress: [{rule: text/heading, on: a/b, reason: R, until: 2026-01-02}]}`,
}

// TestFormIsChecked breaks a document in one place and looks for the complaint
// there.
func TestFormIsChecked(t *testing.T) {
	schemas := compile(t)
	for name, text := range sound {
		if err := validate(t, schemas[name], text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	tests := []struct{ kind, old, new, at string }{
		{"model", "title: A", "titel: A", ""},
		{"model", "provider: P\n", "", ""},
		{"model", "summary: S", "summary: 3", "/summary"},
		{"model", "summary: S", "summary: ''", "/summary"},
		{"model", "reviewed: 2026-01-02", "reviewed: 2026-02-30", "/reviewed"},
		{"model", "side: customer", "side: client", "/parties/customer/side"},
		{"model", "{customer: {", "{Cust: {", ""},
		{"model", "https://example.com/", "example.com", "/sources/guide/url"},
		{"model", "{id: \"1.1\"", "{id: 1.1", "/sections/0/id"},
		{"model", "id: run-backups", "id: Run Backups", "/activities/0/id"},
		{"model", "customer: RA", "customer: RX", "/activities/0/raci/customer"},
		{"model", "guide#1.1-1", "guide 1.1-1", "/activities/0/source"},
		{"model", "topic: backup, ", "", "/activities/0"},
		{"checklist", "use: library/item, covers", "covers", "/items/0"},
		{"checklist", "phase: choose", "phase: soon", "/items/1/phase"},
		{"checklist", "team: [platform]", "team: platform", "/items/1/team"},
		{"checklist", "steps: [{text: S}]", "steps: [S]", "/items/1/steps/0"},
		{"checklist", "own: true", "own: yes please", "/items/1/own"},
		{"library", ", repeat: once", "", "/items/0"},
		{"library", "repeat: once", "repeat: once, covers: [a]", "/items/0"},
		{"topics", "ccm", "cmm", "/topics/0/controls"},
		{"workspace", "rule: text/heading, ", "", "/suppress/0"},
		{"workspace", "title: T", "theme: T", ""},
	}
	for _, tt := range tests {
		broken := strings.Replace(sound[tt.kind], tt.old, tt.new, 1)
		if broken == sound[tt.kind] {
			t.Errorf("%s has no %q", tt.kind, tt.old)
			continue
		}
		err := validate(t, schemas[tt.kind], broken)
		if places := placesOf(err); !slices.Contains(places, tt.at) {
			t.Errorf("%s with %q: complaints at %q, want one at %q: %v", tt.kind, tt.new, places, tt.at, err)
		}
	}
}

func validate(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	value, err := decode("a.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(value)
}

// placesOf returns where in a document the complaints of an error are.
func placesOf(err error) []string {
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return nil
	}
	var places []string
	var walk func(e *jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		if len(e.Causes) == 0 {
			place := ""
			for _, key := range e.InstanceLocation {
				place += "/" + key
			}
			places = append(places, place)
		}
		for _, cause := range e.Causes {
			walk(cause)
		}
	}
	walk(invalid)
	return places
}
