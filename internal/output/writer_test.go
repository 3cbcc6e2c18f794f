package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestNothingChangedNothingWritten compares times and identities.
func TestNothingChangedNothingWritten(t *testing.T) {
	dir := t.TempDir()
	s := site{"index.html": "one", "a/x.html": "x"}
	if _, err := s.build(t, dir); err != nil {
		t.Fatal(err)
	}
	stat := func() map[string]fs.FileInfo {
		infos := map[string]fs.FileInfo{}
		filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				t.Fatal(err)
			}
			infos[path], err = d.Info()
			return err
		})
		return infos
	}
	past := time.Now().Add(-time.Hour)
	for path := range stat() {
		if err := os.Chtimes(path, past, past); err != nil {
			t.Fatal(err)
		}
	}
	before := stat()
	if _, err := s.build(t, dir); err != nil {
		t.Fatal(err)
	}
	after := stat()
	if len(before) != 5 || len(after) != len(before) {
		t.Errorf("got %d entries, then %d, want 5", len(before), len(after))
	}
	for path, was := range before {
		if now := after[path]; now == nil || !os.SameFile(was, now) || !was.ModTime().Equal(now.ModTime()) {
			t.Errorf("%s was touched", path)
		}
	}
}

func TestPutRefusesPaths(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a/.", "a\x00b", "\xff",
		ManifestName, nextName, ".demarc-stage-1/x", ".Demarc-Manifest.JSON", ".demarc-lock",
	} {
		dir := t.TempDir()
		w := open(t, dir)
		if err := w.Put("u", name, nil); err == nil {
			t.Errorf("Put accepts %q", name)
		}
		if _, err := w.Commit(); err == nil {
			t.Errorf("%q: Commit succeeds after a failed Put", name)
		}
		if got := read(t, dir); len(got) > 0 {
			t.Errorf("%q: got %v on disk", name, got)
		}
	}
}

func TestPutTwice(t *testing.T) {
	w := open(t, t.TempDir())
	if err := w.Put("a", "x", []byte("1")); err != nil {
		t.Fatal(err)
	}
	if err := w.Put("b", "x", []byte("1")); err == nil || !strings.Contains(err.Error(), `by "a" and by "b"`) {
		t.Errorf("got error %v", err)
	}
}

func TestConcurrentPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "public")
	want := site{}
	for round := range 3 {
		w := open(t, dir)
		var group sync.WaitGroup
		for worker := range 4 {
			group.Go(func() {
				unit := fmt.Sprintf("unit %d", worker)
				if _, ok := w.Reuse(unit, "never"); ok {
					t.Error("reused what was not recorded")
				}
				for i := range 50 {
					content := fmt.Sprint(worker, i, i%(round+1))
					if err := w.Put(unit, fmt.Sprintf("d%d/w%d/%d", i%7, worker, i), []byte(content)); err != nil {
						t.Error(err)
					}
				}
				w.Done(unit, "key", nil)
			})
		}
		group.Wait()
		if _, err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		for worker := range 4 {
			for i := range 50 {
				want[fmt.Sprintf("d%d/w%d/%d", i%7, worker, i)] = fmt.Sprint(worker, i, i%(round+1))
			}
		}
		if diff := cmp.Diff(want, read(t, dir)); diff != "" {
			t.Errorf("round %d (-want +got):\n%s", round, diff)
		}
	}
}

func TestBusy(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir)
	if _, err := Open(dir, "test 1"); !errors.Is(err, ErrBusy) {
		t.Errorf("got error %v, want ErrBusy", err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if _, err := (site{"x": "x"}).build(t, dir); err != nil {
		t.Errorf("after Abort: %v", err)
	}

	// Neither of two builds finds the folder; the second to write fails.
	dir = filepath.Join(dir, "new")
	w, other := open(t, dir), open(t, dir)
	if err := w.Put("u", "x", nil); err != nil {
		t.Fatal(err)
	}
	if err := other.Put("u", "x", nil); !errors.Is(err, ErrBusy) {
		t.Errorf("got error %v, want ErrBusy", err)
	}
	if err := other.Abort(); err != nil {
		t.Error(err)
	}
	if _, err := w.Commit(); err != nil {
		t.Error(err)
	}
}

func TestAbort(t *testing.T) {
	dir := t.TempDir()
	old := site{"index.html": "one", "a/x": "x"}
	if _, err := old.build(t, dir); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir)
	if err := (site{"index.html": "two", "b/y": "y"}).put(w); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Abort(); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(old, read(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := w.Put("u", "z", nil); err == nil {
		t.Error("Put works after Abort")
	}
	if _, err := w.Commit(); err == nil {
		t.Error("Commit works after Abort")
	}

	dir = filepath.Join(dir, "new")
	w = open(t, dir)
	if err := w.Put("u", "x", nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder that Put made is still there (%v)", err)
	}
}

// TestSavedMeanwhile has a person save files between Put and Commit.
func TestSavedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	old := site{"a": "1", "b": "1", "c": "1"}
	if _, err := old.build(t, dir); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir)
	if err := (site{"a": "2", "b": "2", "c": "2", "d": "2"}).put(w); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "c")); err != nil {
		t.Fatal(err)
	}
	site{"b": "mine", "d": "mine"}.write(t, dir)
	_, err := w.Commit()
	var conflict *ConflictError
	if !errors.As(err, &conflict) {
		t.Fatalf("got error %v", err)
	}
	if diff := cmp.Diff(&ConflictError{dir, []string{"d"}, []string{"b"}}, conflict); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(site{"a": "1", "b": "mine", "d": "mine"}, read(t, dir)); diff != "" {
		t.Errorf("on disk (-want +got):\n%s", diff)
	}

	// A file that was deleted meanwhile is nobody's.
	w = open(t, dir)
	if err := w.Put("u", "a", []byte("3")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	result, err := w.Commit()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Result{Written: 1, Kept: []string{"b"}}, result); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

// TestCaseOnlyRename makes, with a second link, what a file system that
// ignores case shows: the old file under the new name.
func TestCaseOnlyRename(t *testing.T) {
	for _, content := range []string{"one", "two"} {
		dir := t.TempDir()
		if _, err := (site{"Foo.html": "one"}).build(t, dir); err != nil {
			t.Fatal(err)
		}
		if err := os.Link(filepath.Join(dir, "Foo.html"), filepath.Join(dir, "foo.html")); err != nil {
			t.Skip(err)
		}
		if _, err := (site{"foo.html": content}).build(t, dir); err != nil {
			t.Fatal(err)
		}
		// Where case is ignored, to remove the old name would remove the new.
		if diff := cmp.Diff(site{"Foo.html": "one", "foo.html": content}, read(t, dir)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestStageLost(t *testing.T) {
	dir := t.TempDir()
	old := site{"a": "1"}
	if _, err := old.build(t, dir); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir)
	if err := w.Put("u", "a", []byte("2")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, stagePrefix+"1")); err != nil {
		t.Fatal(err)
	}
	if err := w.Put("u", "b", []byte("2")); err == nil {
		t.Error("Put works without the staging folder")
	}
	if _, err := w.Commit(); err == nil {
		t.Error("Commit works without the staging folder")
	}
	if diff := cmp.Diff(old, read(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReadOnlyFolder fails in the middle of a commit for a real reason.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions of folders do not bind this user")
	}
	dir := t.TempDir()
	old := site{"a/x": "1", "b/y": "1"}
	if _, err := old.build(t, dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "b"), 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(dir, "b"), 0o755)
	for _, s := range []site{{"a/x": "2", "b/y": "2"}, {"a/x": "2"}} {
		if _, err := s.build(t, dir); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("got error %v", err)
		}
		if diff := cmp.Diff(old, read(t, dir)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestOpenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "public")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, "test 1"); err == nil {
		t.Error("Open takes a file for a folder")
	}
}
