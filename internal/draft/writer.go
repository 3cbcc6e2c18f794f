package draft

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/syntax"
)

// field is a key with its value: text, true, a list of text, a mapping
// ([]field), or a list of mappings ([][]field). Without a key, it is a remark
// that is written as a comment.
type field struct {
	key   string
	value any
}

// entry is a mapping under an identifier.
type entry struct {
	id     string
	fields []field
}

// writer writes the same data as YAML or as TOML. Strings are quoted as JSON
// does, which both read alike.
type writer struct {
	strings.Builder
	toml bool
}

func (w *writer) comment(text string) { w.WriteString("# " + text + "\n") }

func (w *writer) scalar(key, text string) {
	fmt.Fprintf(w, "%s%s%s\n", key, w.assign(), syntax.Quote(text))
}

func (w *writer) assign() string {
	if w.toml {
		return " = "
	}
	return ": "
}

// mapping writes mappings by id.
func (w *writer) mapping(key string, entries []entry) {
	if !w.toml {
		fmt.Fprintf(w, "%s:\n", key)
	}
	for _, e := range entries {
		if w.toml {
			fmt.Fprintf(w, "\n[%s.%s]\n", key, e.id)
		} else {
			fmt.Fprintf(w, "  %s:\n", e.id)
		}
		w.fields(e.fields, "    ", "")
	}
}

// list writes a list of mappings.
func (w *writer) list(key string, list [][]field) {
	switch {
	case len(list) == 0:
		fmt.Fprintf(w, "%s%s[]\n", key, w.assign())
		return
	case !w.toml:
		fmt.Fprintf(w, "%s:\n", key)
	}
	for _, fields := range list {
		if w.toml {
			fmt.Fprintf(w, "\n[[%s]]\n", key)
		}
		w.fields(fields, "    ", "  - ")
	}
}

// fields writes a mapping line by line. In YAML, lines begin with indent, the
// first with first if that is given.
func (w *writer) fields(fields []field, indent, first string) {
	for i, f := range fields {
		lead := indent
		if i == 0 && first != "" {
			lead = first
		}
		if w.toml {
			lead = ""
		}
		if f.key == "" {
			fmt.Fprintf(w, "%s# %s\n", lead, f.value)
			continue
		}
		fmt.Fprintf(w, "%s%s%s%s\n", lead, f.key, w.assign(), w.inline(f.value))
	}
}

// inline writes a value on one line.
func (w *writer) inline(value any) string {
	switch v := value.(type) {
	case string:
		return syntax.Quote(v)
	case []string:
		return "[" + join(v, syntax.Quote) + "]"
	case []field:
		return "{" + join(v, func(f field) string { return f.key + w.assign() + w.inline(f.value) }) + "}"
	case [][]field:
		return "[" + join(v, func(f []field) string { return w.inline(f) }) + "]"
	}
	return fmt.Sprint(value)
}

func join[T any](list []T, f func(T) string) string { return strings.Join(each(list, f), ", ") }
