package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// site is files by path. A folder ends in a slash; a symbolic link has the
// content "-> target".
type site map[string]string

// put puts every file of s into w, each top folder being a unit.
func (s site) put(w *Writer) error {
	for name, content := range s {
		unit, _, _ := strings.Cut(name, "/")
		if err := w.Put(unit, name, []byte(content)); err != nil {
			return err
		}
	}
	return nil
}

// build builds s into dir.
func (s site) build(t *testing.T, dir string) (Result, error) {
	t.Helper()
	w := open(t, dir)
	if err := s.put(w); err != nil {
		if err := w.Abort(); err != nil {
			t.Error(err)
		}
		return Result{}, err
	}
	return w.Commit()
}

func open(t *testing.T, dir string) *Writer {
	t.Helper()
	w, err := Open(dir, "test 1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	return w
}

// write does to dir what a person would.
func (s site) write(t *testing.T, dir string) {
	t.Helper()
	for name, content := range s {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			err = os.Symlink(target, path)
		} else if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o755)
		} else {
			err = os.WriteFile(path, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// read returns what is in dir, without the manifest; empty folders count.
func read(t *testing.T, dir string) site {
	t.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir || d.Name() == ManifestName {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case d.Type() == fs.ModeSymlink:
			target, err := os.Readlink(path)
			s[name] = "-> " + target
			return err
		case d.IsDir():
			if entries, err := os.ReadDir(path); err != nil || len(entries) == 0 {
				s[name+"/"] = ""
				return err
			}
			return nil
		}
		data, err := os.ReadFile(path)
		s[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestBuild builds twice, with a person at work in between.
func TestBuild(t *testing.T) {
	first := site{"index.html": "one", "a/x.html": "x", "a/b/y.html": "y"}
	tests := []struct {
		name   string
		first  site // the first build; none if nil
		person site // what a person writes then
		remove []string
		build  site
		result Result
		want   site   // what is on disk then; the same as build if nil
		err    string // part of the error
	}{
		{name: "new", build: first, result: Result{Written: 3}},
		{name: "nothing at all", build: site{}, want: site{}},
		{name: "the same", first: first, build: first, result: Result{Unchanged: 3}},
		{
			name: "one changed", first: first,
			build:  site{"index.html": "ONE", "a/x.html": "x", "a/b/y.html": "y"},
			result: Result{Written: 1, Unchanged: 2},
		},
		{
			name: "one more, in a new folder", first: first,
			build:  site{"index.html": "one", "a/x.html": "x", "a/b/y.html": "y", "c/d/z": ""},
			result: Result{Written: 1, Unchanged: 3},
		},
		{
			name: "one less, folder goes", first: first,
			build:  site{"index.html": "one", "a/x.html": "x"},
			result: Result{Unchanged: 2, Removed: 1},
		},
		{name: "all gone", first: first, build: site{}, result: Result{Removed: 3}},
		{
			name: "a person's files beside ours", first: first, person: site{"a/b/mine": "m", "CNAME": "c"},
			build:  site{"index.html": "one"},
			result: Result{Unchanged: 1, Removed: 2},
			want:   site{"index.html": "one", "a/b/mine": "m", "CNAME": "c"},
		},
		{
			name: "a person's empty folder stays", person: site{"a/": ""}, build: site{},
			want: site{"a/": ""},
		},
		{
			name: "deleted by hand", first: first, remove: []string{"a"}, build: first,
			result: Result{Written: 2, Unchanged: 1},
		},
		{
			name: "edited, then built", first: first, person: site{"index.html": "mine", "a/x.html": "mine too"},
			build: site{"index.html": "ONE", "a/x.html": "x", "a/b/y.html": "Y"},
			err:   "a/x.html was changed since demarc wrote it\n  index.html was changed since demarc wrote it\nmove",
			want:  site{"index.html": "mine", "a/x.html": "mine too", "a/b/y.html": "y"},
		},
		{
			name: "edited to the same length", first: first, person: site{"index.html": "eno"},
			build: first,
			err:   "index.html was changed since",
			want:  site{"index.html": "eno", "a/x.html": "x", "a/b/y.html": "y"},
		},
		{
			name: "edited at the end", first: first, person: site{"index.html": "one more"},
			build: first,
			err:   "index.html was changed since",
			want:  site{"index.html": "one more", "a/x.html": "x", "a/b/y.html": "y"},
		},
		{
			name: "edited to what is built", first: first, person: site{"index.html": "ONE"},
			build:  site{"index.html": "ONE", "a/x.html": "x", "a/b/y.html": "y"},
			result: Result{Unchanged: 3},
		},
		{
			name: "edited and stale", first: first, person: site{"a/b/y.html": "mine"},
			build:  site{"index.html": "one", "a/x.html": "x"},
			result: Result{Unchanged: 2, Kept: []string{"a/b/y.html"}},
			want:   site{"index.html": "one", "a/x.html": "x", "a/b/y.html": "mine"},
		},
		{
			name: "written by a person before", person: site{"index.html": "mine", "a/x.html": "mine", "a/b/y.html": "y"},
			build: first,
			err:   "a/x.html was not written by demarc\n  index.html was not written by demarc\nmove",
			want:  site{"index.html": "mine", "a/x.html": "mine", "a/b/y.html": "y"},
		},
		{
			name: "written by a person, the same", person: first, build: first,
			result: Result{Unchanged: 3},
		},
		{
			name: "a folder in the way", person: site{"index.html/": ""}, build: first,
			err:  "index.html is a folder, where a file is to be written",
			want: site{"index.html/": ""},
		},
		{
			name: "a file in the way", person: site{"a": "mine"}, build: first,
			err:  "a is a file, where a folder is needed",
			want: site{"a": "mine"},
		},
		{
			name: "a link in the way", person: site{"mine": "one", "index.html": "-> mine"}, build: first,
			err:  "index.html was not written by demarc",
			want: site{"mine": "one", "index.html": "-> mine"},
		},
		{
			name: "a broken link in the way", person: site{"index.html": "-> gone"}, build: first,
			err:  "index.html was not written by demarc",
			want: site{"index.html": "-> gone"},
		},
		{
			name: "a link to a folder in the way", person: site{"mine/x.html": "x", "a": "-> mine"}, build: first,
			err:  "a is a symbolic link, where a folder is needed",
			want: site{"mine/x.html": "x", "a": "-> mine"},
		},
		{
			name: "ours replaced by links", first: first, remove: []string{"a", "index.html"},
			person: site{"a": "-> m", "m/x.html": "x", "m/b/y.html": "y", "m/one": "one", "index.html": "-> m/one"},
			build:  site{"z": "z"},
			result: Result{Written: 1, Kept: []string{"index.html"}},
			want:   site{"z": "z", "a": "-> m", "m/x.html": "x", "m/b/y.html": "y", "m/one": "one", "index.html": "-> m/one"},
		},
		{
			name: "our folder replaced by a file", first: first, remove: []string{"a"},
			person: site{"a": "mine"},
			build:  site{"index.html": "one"},
			result: Result{Unchanged: 1},
			want:   site{"index.html": "one", "a": "mine"},
		},
		{
			name: "a name that cannot be made", first: first,
			build: site{"index.html": "ONE", "a/b/y.html": "Y", "c/" + strings.Repeat("z", 300): "z"},
			err:   "name too long",
			want:  first,
		},
		{
			name: "a file and a folder of that name", first: first,
			build: site{"d": "", "d/e/f": ""},
			err:   "d cannot be a file: d/e/f is to be written in a folder of that name",
			want:  first,
		},
		{
			name: "names that differ in case", first: first,
			build: site{"d/E": "", "d/e": ""},
			err:   "differ only in upper and lower case",
			want:  first,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if test.first != nil {
				if _, err := test.first.build(t, dir); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range test.remove {
				if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			test.person.write(t, dir)
			result, err := test.build.build(t, dir)
			switch {
			case test.err == "" && err != nil:
				t.Fatal(err)
			case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
				t.Errorf("got error %v, want %q", err, test.err)
			}
			if diff := cmp.Diff(test.result, result); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			want := test.want
			if want == nil {
				want = test.build
			}
			if len(want) == 0 && test.first == nil {
				if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("an empty build made a folder (%v)", err)
				}
				return
			}
			if diff := cmp.Diff(want, read(t, dir)); diff != "" {
				t.Errorf("on disk (-want +got):\n%s", diff)
			}
		})
	}
}
