package output

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// versions are builds that write, replace and remove files and folders.
var versions = []site{
	{"index.html": "1", "a/x": "1", "a/b/y": "1", "c": "1", "same": "0"},
	{"index.html": "2", "a/x": "1", "d/e/z": "2", "c": "2", "f": "2", "same": "0"},
	{"index.html": "3", "a/b/y": "3", "d/e/z": "2", "f": "3", "g/h": "3", "same": "0"},
	{"index.html": "4", "a/x": "4", "a/b/y": "1", "d/e/z": "4", "c": "1", "same": "0"},
}

var errStep = errors.New("step failed")

// stepsOf builds s over what is in dir until step number stop, which fails; or
// all of it, if stop is 0. It returns how many steps there were.
func stepsOf(t *testing.T, dir string, s site, noLinks bool, stop int, fail func(*Writer) error) (steps int, err error) {
	t.Helper()
	w := open(t, dir)
	w.noLinks = noLinks
	w.step = func(verb, name string) error {
		if steps++; steps == stop {
			return fail(w)
		}
		return nil
	}
	if err := s.put(w); err != nil {
		t.Fatal(err)
	}
	_, err = w.Commit()
	return steps, err
}

// crash builds as stepsOf does, but dies at the step as a killed process
// does: nothing is cleaned up, and only the lock ends.
func crash(t *testing.T, dir string, s site, stop int) (crashed bool) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil && r != errStep {
			panic(r)
		} else if r != nil {
			crashed = true
		}
	}()
	if _, err := stepsOf(t, dir, s, false, stop, func(w *Writer) error {
		w.closed = true // keeps the deferred clean-up from running
		w.lock.Close()
		w.root.Close()
		panic(errStep)
	}); err != nil {
		t.Fatal(err)
	}
	return false
}

// TestFailedStep lets each step of a commit fail, and expects the last build
// back; with and without links.
func TestFailedStep(t *testing.T) {
	for stop, more := 1, true; more; stop++ {
		for _, noLinks := range []bool{false, true} {
			dir := t.TempDir()
			if _, err := versions[0].build(t, dir); err != nil {
				t.Fatal(err)
			}
			manifest := readFile(t, filepath.Join(dir, ManifestName))
			_, err := stepsOf(t, dir, versions[1], noLinks, stop, func(*Writer) error { return errStep })
			if err == nil {
				if stop < 12 {
					t.Errorf("a commit has %d steps only", stop-1)
				}
				more = false
				continue
			}
			if !errors.Is(err, errStep) || strings.Contains(err.Error(), "put back") {
				t.Errorf("step %d: got error %v", stop, err)
			}
			if diff := cmp.Diff(versions[0], read(t, dir)); diff != "" {
				t.Errorf("step %d: on disk (-want +got):\n%s", stop, diff)
			}
			if got := readFile(t, filepath.Join(dir, ManifestName)); got != manifest {
				t.Errorf("step %d: the manifest changed:\n%s", stop, got)
			}
			if result, err := versions[0].build(t, dir); err != nil || result.Unchanged != len(versions[0]) {
				t.Errorf("step %d: built again: got %v, %v", stop, result, err)
			}
		}
	}
}

// TestCrash kills a build at each step, and then the next build at each of its
// steps. Whatever the two leave, every file is whole, and a third build works.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	if _, err := versions[0].build(t, dir); err != nil {
		t.Fatal(err)
	}
	steps, err := stepsOf(t, dir, versions[1], false, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := site{"mine": "mine"}
	maps.Copy(want, versions[3])
	for first := 1; first <= steps; first++ {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			t.Parallel()
			// Every third step, and with the next first the ones between.
			for second, more := 1+first%3, true; more; second += 3 {
				dir := t.TempDir()
				if _, err := versions[0].build(t, dir); err != nil {
					t.Fatal(err)
				}
				site{"mine": "mine"}.write(t, dir)
				if !crash(t, dir, versions[1], first) {
					t.Fatal("no crash")
				}
				checkWhole(t, dir, versions[:2])
				more = crash(t, dir, versions[2], second)
				checkWhole(t, dir, versions[:3])
				if _, err := versions[3].build(t, dir); err != nil {
					t.Fatalf("after a crash at step %d: %v", second, err)
				}
				if diff := cmp.Diff(want, read(t, dir)); diff != "" {
					t.Fatalf("after a crash at step %d (-want +got):\n%s", second, diff)
				}
			}
		})
	}
}

// checkWhole checks that each file on disk is as one of the builds made it.
func checkWhole(t *testing.T, dir string, builds []site) {
	t.Helper()
	for name, content := range read(t, dir) {
		if strings.HasPrefix(name, reserved) || name == "mine" || strings.HasSuffix(name, "/") {
			continue
		}
		whole := false
		for _, s := range builds {
			whole = whole || s[name] == content
		}
		if !whole {
			t.Fatalf("%s has %q", name, content)
		}
	}
}

// TestAtomic looks at the folder before each step of a commit: a file that both
// builds have is always there.
func TestAtomic(t *testing.T) {
	dir := t.TempDir()
	if _, err := versions[0].build(t, dir); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir)
	steps := 0
	w.step = func(verb, name string) error {
		steps++
		got := read(t, dir)
		for name := range versions[0] {
			if _, both := versions[1][name]; both && got[name] == "" {
				t.Errorf("%s is missing before the step: %s %s", name, verb, name)
			}
		}
		return nil
	}
	if err := versions[1].put(w); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil || steps == 0 {
		t.Errorf("%d steps, error %v", steps, err)
	}
}

// TestCrashThenSameBuild kills a build when it has changed no file yet, and
// then builds what was there before.
func TestCrashThenSameBuild(t *testing.T) {
	dir := t.TempDir()
	if _, err := versions[0].build(t, dir); err != nil {
		t.Fatal(err)
	}
	if !crash(t, dir, versions[1], 2) {
		t.Fatal("no crash")
	}
	if result, err := versions[0].build(t, dir); err != nil || result.Unchanged != len(versions[0]) {
		t.Errorf("got %v, %v", result, err)
	}
	if diff := cmp.Diff(versions[0], read(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCrashThenEdited checks that a crash is no licence to overwrite.
func TestCrashThenEdited(t *testing.T) {
	dir := t.TempDir()
	if _, err := versions[0].build(t, dir); err != nil {
		t.Fatal(err)
	}
	if !crash(t, dir, versions[1], 8) {
		t.Fatal("no crash")
	}
	site{"index.html": "mine", "f": "mine"}.write(t, dir)
	_, err := versions[2].build(t, dir)
	var conflict *ConflictError
	if !errors.As(err, &conflict) {
		t.Fatalf("got error %v", err)
	}
	if diff := cmp.Diff(&ConflictError{Dir: dir, Edited: []string{"f", "index.html"}}, conflict); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCrashThenReuse reuses what the killed build had finished.
func TestCrashThenReuse(t *testing.T) {
	dir := t.TempDir()
	build := func(stop int) {
		t.Helper()
		defer func() { recover() }()
		w := open(t, dir)
		for _, unit := range []string{"a", "b"} {
			if err := w.Put(unit, unit+"/x", []byte(fmt.Sprint(unit, stop))); err != nil {
				t.Fatal(err)
			}
			w.Done(unit, fmt.Sprint("key", stop), []byte(unit))
		}
		w.step = func(verb, name string) error {
			if stop > 0 && name == "b/x" {
				w.closed = true
				w.lock.Close()
				w.root.Close()
				panic(errStep)
			}
			return nil
		}
		if _, err := w.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	build(0)
	build(1)
	w := open(t, dir)
	if note, ok := w.Reuse("a", "key1"); !ok || string(note) != "a" {
		t.Errorf("a: got %q, %t", note, ok)
	}
	if _, ok := w.Reuse("b", "key1"); ok {
		t.Error("b was reused, but its file is the old one")
	}
	if _, ok := w.Reuse("b", "key0"); !ok {
		t.Error("b was not reused, but its file is the old one")
	}
	if result, err := w.Commit(); err != nil || result.Unchanged != 2 {
		t.Errorf("got %v, %v", result, err)
	}
	if diff := cmp.Diff(site{"a/x": "a1", "b/x": "b0"}, read(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLeftovers removes the staging folders of crashed runs, also when there
// is nothing else to do.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	for _, s := range []site{versions[0], versions[0], versions[1]} {
		site{stagePrefix + "1/7": "left", stagePrefix + "9/a/b": "left", ".demarc-notes": "mine"}.write(t, dir)
		if _, err := s.build(t, dir); err != nil {
			t.Fatal(err)
		}
		got := read(t, dir)
		delete(got, ".demarc-notes")
		if diff := cmp.Diff(s, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
