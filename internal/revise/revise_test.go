package revise_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/revise"
	"github.com/demarc/demarc/internal/syntax"
)

const note = `2026-11-20: guide#1-1 says "may" now`

func TestNotes(t *testing.T) {
	for _, test := range []struct {
		name, file, list, in, want string
	}{
		{
			"block", "m.yaml", "activities",
			"# by hand\nactivities:\n  - id: a   # first\n    title: A\n\n  - title: B\n    id: b\n",
			"# by hand\nactivities:\n  - id: a   # first\n    review: NOTE\n    title: A\n\n  - title: B\n    id: b\n",
		},
		{
			"second key", "m.yaml", "activities",
			"activities:\n- title: A\n  id: \"a\"\n",
			"activities:\n- title: A\n  id: \"a\"\n  review: NOTE\n",
		},
		{
			"braces", "m.yaml", "activities",
			"activities: [{id: ä}, {title: Ä, id: a, x: 1}]\n",
			"activities: [{id: ä}, {title: Ä, id: a, review: NOTE, x: 1}]\n",
		},
		{
			"no line break at the end, CRLF before", "m.yaml", "activities",
			"activities:\r\n  - id: a",
			"activities:\r\n  - id: a\n    review: NOTE",
		},
		{
			"CRLF", "m.yaml", "activities",
			"activities:\r\n  - id: a\r\n    title: A\r\n",
			"activities:\r\n  - id: a\r\n    review: NOTE\r\n    title: A\r\n",
		},
		{
			"use", "c.yaml", "items",
			"items:\n  - use: library/a\n    covers: [x]\n",
			"items:\n  - use: library/a\n    review: NOTE\n    covers: [x]\n",
		},
		{
			"noted before", "m.yaml", "activities",
			"activities:\n  - id: a\n    review: \"2026-01-01: new\" # look\n",
			"activities:\n  - id: a\n    review: \"2026-01-01: new; 2026-11-20: guide#1-1 says \\\"may\\\" now\" # look\n",
		},
		{
			"TOML tables", "m.toml", "activities",
			"[[activities]]\nid = 'a' # first\ntitle = 'A'\n[[activities]]\nid = 'b'\n",
			"[[activities]]\nid = 'a' # first\nreview = NOTE\ntitle = 'A'\n[[activities]]\nid = 'b'\n",
		},
		{
			"TOML braces", "m.toml", "activities",
			"activities = [ { id = 'a', title = 'A' } ]\n",
			"activities = [ { id = 'a', review = NOTE, title = 'A' } ]\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := strings.ReplaceAll(test.want, "NOTE", `"2026-11-20: guide#1-1 says \"may\" now"`)
			got, missing, err := revise.Notes(test.file, []byte(test.in), test.list, map[string]string{"a": note, "z": note})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"z"}, missing); diff != "" {
				t.Error(diff)
			}
			root, findings := syntax.Read(test.file, got)
			if root == nil {
				t.Fatal(findings)
			}
		})
	}
	if _, _, err := revise.Notes("m.yaml", []byte("a: [\n"), "activities", nil); err == nil {
		t.Error("no error for a file that cannot be read")
	}
}
