package model

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// field is one key of a mapping in the format: its name, what it is for, what
// it takes, and how it is read into a T. A table of fields defines a mapping
// for the reader and for the schema alike.
type field[T any] struct {
	key    string
	doc    string
	must   bool
	schema func() *Schema
	read   func(d *decoder, into *T, v *syntax.Node)
}

// required returns the field as one that must be given.
func (f field[T]) required() field[T] {
	f.must = true
	return f
}

func keys[T any](fields []field[T]) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.key
	}
	return names
}

// decoder reads trees into the catalogue and collects findings.
type decoder struct {
	findings []diag.Finding
	ws       *Workspace
	model    *Model // nil while the workspace and the library are read
	index    index
}

// report adds a finding of severity error.
func (d *decoder) report(rule string, pos diag.Pos, hint, format string, args ...any) {
	d.findings = append(d.findings, diag.Finding{
		Rule: rule, Severity: diag.Error, Pos: pos, Hint: hint, Message: fmt.Sprintf(format, args...),
	})
}

// object reads the mapping n, a what, by its table of fields, in the table's
// order: a field may rely on those before it.
func object[T any](d *decoder, n *syntax.Node, what string, fields []field[T], into *T) bool {
	if !d.kind(n, what, syntax.Map) {
		return false
	}
	known := 0
	for i := range fields {
		f := &fields[i]
		if v := n.Get(f.key); v != nil {
			f.read(d, into, v)
			known++
		} else if f.must {
			d.missing(n, what, f.key)
		}
	}
	if known == len(n.Entries) {
		return true
	}
	for _, e := range n.Entries {
		if !slices.ContainsFunc(fields, func(f field[T]) bool { return f.key == e.Key }) {
			names := keys(fields)
			d.report("syntax/unknown-key", e.Pos, diag.DidYouMean(e.Key, names, "its keys are "+strings.Join(names, ", ")),
				"unknown key %q in %s", e.Key, what)
		}
	}
	return true
}

// dropped notes that a part of the model could not be read.
func (d *decoder) dropped() {
	if d.model != nil {
		d.model.Complete = false
	}
}

func (d *decoder) missing(n *syntax.Node, what, key string) {
	if id := n.Get("id"); id != nil && id.Text != "" {
		what = fmt.Sprintf("%s %q", what, id.Text)
	}
	d.report("syntax/missing-key", n.Pos, "add it", "%s has no %s", what, key)
}

// kind reports a value of another kind than wanted.
func (d *decoder) kind(v *syntax.Node, what string, want syntax.Kind) bool {
	if v.Kind == want {
		return true
	}
	hint := "write " + want.String()
	switch {
	case v.Kind == syntax.Null:
		hint = "give it a value or remove the key"
	case want == syntax.String && v.Text != "":
		hint = "put it in quotes"
	case want == syntax.List && v.Kind != syntax.Map:
		hint = "put it in brackets"
	}
	d.report("syntax/wrong-type", v.Pos, hint, "%s is %s; it should be %s", what, v.Kind, want)
	return false
}

// filled returns a field that takes a list as one that takes no empty list.
func filled[T any](f field[T]) field[T] {
	read := f.read
	f.read = func(d *decoder, into *T, v *syntax.Node) {
		if v.Kind != syntax.List || !d.empty(v, f.key) {
			read(d, into, v)
		}
	}
	return f
}

// empty reports a list without entries.
func (d *decoder) empty(v *syntax.Node, what string) bool {
	if len(v.Items) > 0 {
		return false
	}
	d.report("syntax/empty", v.Pos, "give it an entry or remove the key", "%s is empty", what)
	return true
}

// text reads one line of plain text.
func (d *decoder) text(v *syntax.Node, what string) (Text, bool) {
	if !d.kind(v, what, syntax.String) {
		return Text{}, false
	}
	value := strings.TrimSpace(v.Text)
	switch {
	case value == "":
		d.report("syntax/empty", v.Pos, "give it a value or remove the key", "%s is empty", what)
		return Text{}, false
	case strings.Contains(value, "\n"):
		d.report("syntax/many-lines", v.Pos, "write it on one line", "%s has more than one line", what)
		return Text{}, false
	}
	return Text{value, v.Pos}, true
}

var (
	idPattern        = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	sectionPattern   = regexp.MustCompile(`^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$`)
	folderPattern    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	languagePattern  = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	statementPattern = regexp.MustCompile(`^[a-z0-9-]+#[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$`)
)

// id checks an identifier.
func (d *decoder) id(name Text, what string, pattern *regexp.Regexp) bool {
	if pattern.MatchString(name.Value) {
		return true
	}
	hint := "use lower-case letters, digits and single hyphens, such as pin-version"
	if pattern == sectionPattern {
		hint = "use letters, digits, dots and hyphens, such as 3.1.2"
	}
	d.report("syntax/bad-id", name.Pos, hint, "%s %q is no identifier", what, name.Value)
	return false
}

func textField[T any](key, doc string, at func(*T) *Text) field[T] {
	return field[T]{key: key, doc: doc, schema: textSchema, read: func(d *decoder, into *T, v *syntax.Node) {
		*at(into), _ = d.text(v, key)
	}}
}

func idField[T any](doc, what string, pattern *regexp.Regexp, at func(*T) *string) field[T] {
	schema := func() *Schema { return &Schema{Type: "string", Pattern: pattern.String()} }
	return field[T]{key: "id", doc: doc, must: true, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		if t, ok := d.text(v, "id"); ok && d.id(t, what, pattern) {
			*at(into) = t.Value
		}
	}}
}

func patternField[T any](key, doc, hint string, pattern *regexp.Regexp, at func(*T) *Text) field[T] {
	schema := func() *Schema { return &Schema{Type: "string", Pattern: pattern.String()} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		t, ok := d.text(v, key)
		if ok && !pattern.MatchString(t.Value) {
			d.report("syntax/unknown-value", t.Pos, hint, "%s %q is malformed", key, t.Value)
		}
		*at(into) = t
	}}
}

func urlField[T any](key, doc string, at func(*T) *Text) field[T] {
	schema := func() *Schema { return &Schema{Type: "string", Format: "uri", Pattern: "^https?://"} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		t, ok := d.text(v, key)
		if !ok {
			return
		}
		u, err := url.Parse(t.Value)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(t.Value, " <>\"`\\") {
			d.report("syntax/bad-url", t.Pos, "write a whole address, such as https://example.com/page", "%s %q is no web address", key, t.Value)
			return
		}
		*at(into) = t
	}}
}

func proseField[T any](key, doc string, at func(*T) *Prose) field[T] {
	return field[T]{key: key, doc: doc, schema: textSchema, read: func(d *decoder, into *T, v *syntax.Node) {
		if d.kind(v, key, syntax.String) {
			*at(into) = Prose{strings.TrimSpace(v.Text), v.Pos}
			if at(into).Value == "" {
				d.report("syntax/empty", v.Pos, "give it a value or remove the key", "%s is empty", key)
			}
		}
	}}
}

func scriptField[T any](key, doc string, at func(*T) *Script) field[T] {
	return field[T]{key: key, doc: doc, schema: textSchema, read: func(d *decoder, into *T, v *syntax.Node) {
		if d.kind(v, key, syntax.String) {
			*at(into) = Script{strings.Trim(v.Text, "\n"), v.Pos}
			if strings.TrimSpace(v.Text) == "" {
				d.report("syntax/empty", v.Pos, "give it a value or remove the key", "%s is empty", key)
			}
		}
	}}
}

func dateField[T any](key, doc string, at func(*T) *Date) field[T] {
	schema := func() *Schema { return &Schema{Type: "string", Format: "date"} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		*at(into), _ = d.date(v, key)
	}}
}

func (d *decoder) date(v *syntax.Node, what string) (Date, bool) {
	if v.Kind == syntax.Date || v.Kind == syntax.String {
		if _, err := time.Parse(time.DateOnly, v.Text); err == nil {
			return Date(v.Text), true
		}
		d.report("syntax/bad-date", v.Pos, "write it as YYYY-MM-DD", "%s %q is no date", what, v.Text)
		return "", false
	}
	return "", d.kind(v, what, syntax.Date)
}

func boolField[T any](key, doc string, at func(*T) *bool) field[T] {
	schema := func() *Schema { return &Schema{Type: "boolean"} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		if d.kind(v, key, syntax.Bool) {
			*at(into) = v.Text == "true"
		}
	}}
}

// choice reads one of a closed list of words.
func choice[E ~string](d *decoder, v *syntax.Node, what string, of []E) (E, bool) {
	t, ok := d.text(v, what)
	if !ok {
		return "", false
	}
	if i := slices.Index(of, E(t.Value)); i >= 0 {
		return of[i], true
	}
	d.report("syntax/unknown-value", t.Pos, diag.DidYouMean(t.Value, words(of), ""), "unknown %s %q", what, t.Value)
	return "", false
}

func words[E ~string](of []E) []string {
	all := make([]string, len(of))
	for i, e := range of {
		all[i] = string(e)
	}
	return all
}

func choiceField[T any, E ~string](key, doc string, of []E, at func(*T) *E) field[T] {
	schema := func() *Schema { return &Schema{Type: "string", Enum: words(of)} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		if e, ok := choice(d, v, key, of); ok {
			*at(into) = e
		}
	}}
}

// textsField reads a list of text; each is handed on with its position.
func textsField[T any](key, doc string, each func(d *decoder, into *T, t Text)) field[T] {
	schema := func() *Schema { return &Schema{Type: "array", Items: textSchema()} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		if !d.kind(v, key, syntax.List) {
			return
		}
		for _, e := range v.Items {
			if t, ok := d.text(e, "an entry of "+key); ok {
				each(d, into, t)
			}
		}
	}}
}

// listField reads a list of mappings, each a what, into a slice.
func listField[T, E any](key, doc, what string, fields []field[E], add func(d *decoder, into *T, n *syntax.Node, e E)) field[T] {
	schema := func() *Schema { return &Schema{Type: "array", Items: objectSchema(what, fields)} }
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		if !d.kind(v, key, syntax.List) {
			return
		}
		for _, n := range v.Items {
			var e E
			if object(d, n, what, fields, &e) {
				add(d, into, n, e)
			} else {
				d.dropped()
			}
		}
	}}
}

// mapField reads a mapping from identifiers to mappings, each a what.
func mapField[T, E any](key, doc, what string, fields []field[E], add func(d *decoder, into *T, id Text, e E)) field[T] {
	schema := func() *Schema {
		return &Schema{Type: "object", PropertyNames: &Schema{Pattern: idPattern.String()}, AdditionalProperties: objectSchema(what, fields)}
	}
	return field[T]{key: key, doc: doc, schema: schema, read: func(d *decoder, into *T, v *syntax.Node) {
		if !d.kind(v, key, syntax.Map) {
			return
		}
		for _, entry := range v.Entries {
			var e E
			id := Text{entry.Key, entry.Pos}
			if d.id(id, what, idPattern) && object(d, entry.Value, fmt.Sprintf("%s %q", what, id.Value), fields, &e) {
				add(d, into, id, e)
			}
		}
	}}
}
