package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/syntax"
)

// encode writes a tree in a format, ".yaml" or ".toml", as a person would:
// long text in blocks, lists of mappings one below the other.
func encode(root *syntax.Node, ext string) []byte {
	e := &encoder{}
	if ext == ".toml" {
		e.table("", root, false)
	} else {
		e.yamlMap(root, "")
	}
	return e.Bytes()
}

type encoder struct{ bytes.Buffer }

var bareKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

func key(name string) string {
	if bareKey.MatchString(name) {
		return name
	}
	return quote(name)
}

// quote writes text as JSON does, which YAML and TOML read.
func quote(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func isTable(n *syntax.Node) bool { return n.Kind == syntax.Map }

func isTables(n *syntax.Node) bool {
	return n.Kind == syntax.List && slices.ContainsFunc(n.Items, isTable)
}

// flow writes a value on one line.
func flow(n *syntax.Node, assign string) string {
	switch n.Kind {
	case syntax.String:
		return quote(n.Text)
	case syntax.List:
		parts := make([]string, len(n.Items))
		for i, v := range n.Items {
			parts[i] = flow(v, assign)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case syntax.Map:
		parts := make([]string, len(n.Entries))
		for i, e := range n.Entries {
			parts[i] = key(e.Key) + assign + flow(e.Value, assign)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return n.Text
}

// yamlMap writes the entries of a mapping, each line but the first after the
// indent.
func (e *encoder) yamlMap(n *syntax.Node, indent string) {
	for i, entry := range n.Entries {
		if i > 0 {
			e.WriteString(indent)
		}
		e.WriteString(key(entry.Key) + ":")
		v := entry.Value
		switch {
		case isTables(v):
			for _, item := range v.Items {
				e.WriteString("\n" + indent + "  - ")
				e.yamlMap(item, indent+"    ")
				e.Truncate(e.Len() - 1)
			}
			e.WriteString("\n")
		case isTable(v) && slices.ContainsFunc(v.Entries, func(e syntax.Entry) bool { return isTable(e.Value) }):
			e.WriteString("\n" + indent + "  ")
			e.yamlMap(v, indent+"  ")
		case v.Kind == syntax.String && strings.Contains(v.Text, "\n") && !strings.ContainsAny(v.Text[:1], " \n"):
			e.WriteString(" " + yamlBlock(v.Text, indent+"  "))
		default:
			e.WriteString(" " + flow(v, ": ") + "\n")
		}
	}
}

// yamlBlock writes text of several lines.
func yamlBlock(text, indent string) string {
	body := strings.TrimRight(text, "\n")
	header := "|"
	switch len(text) - len(body) {
	case 0:
		header = "|-"
	case 1:
	default:
		header = "|+"
	}
	var b strings.Builder
	b.WriteString(header + "\n")
	for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
		if line != "\n" {
			b.WriteString(indent)
		}
		b.WriteString(line)
	}
	return b.String()
}

// table writes the entries of a TOML table, what is on one line first: after
// the header of a table within it there is no way back.
func (e *encoder) table(path string, n *syntax.Node, inArray bool) {
	below := func(v *syntax.Node) bool { return isTables(v) || isTable(v) && !inArray }
	for _, entry := range n.Entries {
		if !below(entry.Value) {
			e.WriteString(key(entry.Key) + " = " + tomlValue(entry.Value) + "\n")
		}
	}
	for _, entry := range n.Entries {
		if !below(entry.Value) {
			continue
		}
		name := path + key(entry.Key)
		if isTable(entry.Value) {
			e.WriteString("\n[" + name + "]\n")
			e.table(name+".", entry.Value, false)
			continue
		}
		for _, item := range entry.Value.Items {
			e.WriteString("\n[[" + name + "]]\n")
			e.table(name+".", item, true)
		}
	}
}

func tomlValue(v *syntax.Node) string {
	if v.Kind != syntax.String || !strings.Contains(v.Text, "\n") {
		return flow(v, " = ")
	}
	if strings.Contains(v.Text, "'''") || strings.HasSuffix(v.Text, "'") {
		return "\"\"\"\n" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v.Text) + `"""`
	}
	return "'''\n" + v.Text + "'''"
}

// plain returns what a tree says, without where.
func plain(n *syntax.Node) any {
	switch n.Kind {
	case syntax.List:
		list := []any{}
		for _, v := range n.Items {
			list = append(list, plain(v))
		}
		return list
	case syntax.Map:
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Key] = plain(e.Value)
		}
		return m
	}
	return fmt.Sprint(n.Kind, n.Text)
}

// TestEncode has the converter's own faults found where they are easy to see.
func TestEncode(t *testing.T) {
	const source = `
title: 'A "title" \ with: marks # and more'
reviewed: 2026-01-15
list: [a, 'b, c']
empty: []
parties:
  customer: {name: Customer, side: customer}
  "odd key": {name: "x"}
items:
  - id: one
    own: true
    number: 12
    raci: {customer: RA}
    none: []
    covers: [x]
    steps:
      - run: |
          a 'quoted' \ "line"

          another
      - run: |-
          no end '
      - run: |+
          two ends

      - run: "  indented\n  text"
      - {text: it's '''quoted''', run: "three ''' in\na row"}
  - id: two
    steps:
      - text: last
`
	root, findings := syntax.Read("x.yaml", []byte(source))
	if root == nil {
		t.Fatal(findings)
	}
	for _, ext := range []string{".yaml", ".toml"} {
		data := encode(root, ext)
		again, findings := syntax.Read("x"+ext, data)
		if again == nil {
			t.Errorf("%s: %v\n%s", ext, findings, data)
			continue
		}
		if diff := cmp.Diff(plain(root), plain(again)); diff != "" {
			t.Errorf("%s (-want +got)\n%s\n%s", ext, diff, data)
		}
	}
}
