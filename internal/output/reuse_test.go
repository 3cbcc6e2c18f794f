package output

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReuse(t *testing.T) {
	tests := []struct {
		name string
		tool string
		do   func(t *testing.T, dir string, w *Writer) // before Reuse
		unit string
		key  string
		ok   bool
	}{
		{name: "as it was", unit: "a", key: "k", ok: true},
		{name: "another key", unit: "a", key: "l"},
		{name: "another tool", tool: "test 2", unit: "a", key: "k"},
		{name: "another unit", unit: "b", key: "k"},
		{name: "never done", unit: "c", key: ""},
		{name: "a file edited", unit: "a", key: "k", do: func(t *testing.T, dir string, _ *Writer) {
			site{"a/y": "z"}.write(t, dir)
		}},
		{name: "a file deleted", unit: "a", key: "k", do: func(t *testing.T, dir string, _ *Writer) {
			if err := os.Remove(filepath.Join(dir, "a", "y")); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "the folder deleted", unit: "a", key: "k", do: func(t *testing.T, dir string, _ *Writer) {
			if err := os.RemoveAll(filepath.Join(dir, "a")); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "a link in its place", unit: "a", key: "k", do: func(t *testing.T, dir string, _ *Writer) {
			if err := os.Rename(filepath.Join(dir, "a", "y"), filepath.Join(dir, "z")); err != nil {
				t.Fatal(err)
			}
			site{"a/y": "-> ../z"}.write(t, dir)
		}},
		{name: "its path put before", unit: "a", key: "k", do: func(t *testing.T, _ string, w *Writer) {
			if err := w.Put("c", "a/y", []byte("y")); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "reused before", unit: "a", key: "k", do: func(t *testing.T, _ string, w *Writer) {
			if _, ok := w.Reuse("a", "k"); !ok {
				t.Fatal("not reused")
			}
		}},
		{name: "aborted", unit: "a", key: "k", do: func(t *testing.T, _ string, w *Writer) {
			if err := w.Abort(); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			w := open(t, dir)
			if err := (site{"a/x": "x", "a/y": "y", "c/x": "x"}).put(w); err != nil {
				t.Fatal(err)
			}
			w.Done("a", "k", []byte("note\x00\xff"))
			if _, err := w.Commit(); err != nil {
				t.Fatal(err)
			}
			if test.tool == "" {
				test.tool = "test 1"
			}
			w, err := Open(dir, test.tool)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Abort()
			if test.do != nil {
				test.do(t, dir, w)
			}
			note, ok := w.Reuse(test.unit, test.key)
			if ok != test.ok {
				t.Fatalf("got %t, want %t", ok, test.ok)
			}
			if ok && string(note) != "note\x00\xff" {
				t.Errorf("got note %q", note)
			}
		})
	}
}

// TestReuseKeepsFiles reuses one unit of two, over several builds.
func TestReuseKeepsFiles(t *testing.T) {
	dir := t.TempDir()
	for round, want := range []Result{{Written: 2}, {Unchanged: 2}, {Unchanged: 1, Written: 1}, {Unchanged: 1, Removed: 1}, {Unchanged: 1}} {
		w := open(t, dir)
		for _, unit := range []string{"a", "b"} {
			content := unit
			switch {
			case round > 0 && unit == "a":
				if note, ok := w.Reuse("a", "key a"); !ok || string(note) != "note a" {
					t.Errorf("round %d: got %q, %t", round, note, ok)
				}
				continue
			case round == 2:
				content = "changed"
			case round > 2:
				continue
			}
			if err := w.Put(unit, unit+"/x", []byte(content)); err != nil {
				t.Fatal(err)
			}
			w.Done(unit, "key "+unit, []byte("note "+unit))
		}
		got, err := w.Commit()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("round %d (-want +got):\n%s", round, diff)
		}
	}
	if diff := cmp.Diff(site{"a/x": "a"}, read(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
