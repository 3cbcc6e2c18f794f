package syntax

import (
	"errors"
	"testing"

	"github.com/BurntSushi/toml"
)

// TestTOMLErrorUnforeseen reports errors of the library that no text is known
// to cause: their place may be missing, and their words are the library's.
func TestTOMLErrorUnforeseen(t *testing.T) {
	at := func(message string, start, length int) error {
		return toml.ParseError{Message: message, Position: toml.Position{Start: start, Len: length}}
	}
	tests := []struct {
		err          error
		pos, message string
		length       int32
	}{
		{errors.New("the parser failed: out of range"), "a.toml:1:1", "the parser failed: out of range", 0},
		{at("new words", 10, 1), "a.toml:2:5", "new words", 1},
		{at("new words", -1, 99), "a.toml:1:1", "new words", 5},
		{at("new words", 99, 99), "a.toml:2:6", "new words", 0},
		{at("Key 'c' has already been defined.", 6, 1), "a.toml:2:1", `key "c" stands twice in this mapping`, 1},
	}
	for _, test := range tests {
		rep := &report{file: "a.toml"}
		src := newSource("a.toml", []byte("a = 1\nb = 2\n"))
		root := scanTOML(rep, src)
		reportTOML(rep, src, root, test.err)
		if f := rep.findings[0]; f.Pos.String() != test.pos || f.Pos.Len != test.length || f.Message != test.message {
			t.Errorf("%v: got %v+%d: %s, want %s+%d: %s", test.err, f.Pos, f.Pos.Len, f.Message, test.pos, test.length, test.message)
		}
	}
}

// TestFillTOML gives a tree values that differ from it: the first value that
// does not fit has to be named.
func TestFillTOML(t *testing.T) {
	type m = map[string]any
	tests := []struct {
		text   string
		values any
		bad    string // position of the value that does not fit; empty if all do
	}{
		{"a = 1\nb = 'x'\n", m{"a": int64(1), "b": "x"}, ""},
		{"a = 1\nb = 'x'\n", m{"a": int64(1)}, "f.toml:1:1"},
		{"a = 1\nb = 'x'\n", m{"a": int64(1), "c": "x"}, "f.toml:2:5"},
		{"a = 1\nb = 'x'\n", m{"a": int64(1), "b": int64(2)}, "f.toml:2:5"},
		{"a = 1\nb = 'x'\n", m{"a": "1", "b": "x"}, "f.toml:1:5"},
		{"a = 1\nb = 'x'\n", m{"a": 1, "b": "x"}, "f.toml:1:5"},
		{"a = [1, [2]]\n", m{"a": []any{int64(1), []any{true}}}, ""},
		{"a = [1, [2]]\n", m{"a": []any{int64(1), []any{}}}, "f.toml:1:9"},
		{"a = [1, [2]]\n", m{"a": []any{int64(1), []any{"2"}}}, "f.toml:1:10"},
		{"a = {}\n", m{"a": []any{}}, "f.toml:1:5"},
		{"[[a]]\nb = 1\n", m{"a": []map[string]any{{"b": 1.5}}}, ""},
		{"[[a]]\nb = 1\n", m{"a": []map[string]any{{}}}, "f.toml:1:1"},
		{"[[a]]\nb = 1\n", m{"a": m{"b": 1.5}}, "f.toml:1:1"},
	}
	for _, test := range tests {
		rep := &report{file: "f.toml"}
		root := scanTOML(rep, newSource("f.toml", []byte(test.text)))
		got := ""
		if bad := fillTOML(root, test.values); bad != nil {
			got = bad.Pos.String()
		}
		if got != test.bad {
			t.Errorf("%q with %v: got %q, want %q", test.text, test.values, got, test.bad)
		}
	}
}
