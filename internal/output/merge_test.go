package output_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/demarc/demarc/internal/output"
)

// openOut opens a build, to be aborted when the test ends.
func openOut(t *testing.T, dir string) *output.Writer {
	t.Helper()
	w, err := output.Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	return w
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "page.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a person's")

	w := openOut(t, dir)
	read, err := w.Read("page.md")
	if err != nil || string(read) != "a person's" {
		t.Fatalf("Read: %q, %v", read, err)
	}
	if none, err := w.Read("folder/none.md"); none != nil || err != nil {
		t.Fatalf("Read of no file: %q, %v", none, err)
	}
	if err := w.Replace("u", "page.md", read, []byte("a person's, and ours")); err != nil {
		t.Fatal(err)
	}
	if result, err := w.Commit(); err != nil || result.Written != 1 {
		t.Fatalf("Commit: %+v, %v", result, err)
	}
	if got, _ := os.ReadFile(page); string(got) != "a person's, and ours" {
		t.Fatalf("the page is %q", got)
	}

	// Changed between reading and writing: nothing is overwritten.
	w = openOut(t, dir)
	if read, err = w.Read("page.md"); err != nil {
		t.Fatal(err)
	}
	write("saved in the meantime")
	if err := w.Replace("u", "page.md", read, []byte("ours")); err != nil {
		t.Fatal(err)
	}
	var conflict *output.ConflictError
	if _, err := w.Commit(); !errors.As(err, &conflict) {
		t.Fatalf("Commit: %v, want a conflict", err)
	}
	if got, _ := os.ReadFile(page); string(got) != "saved in the meantime" {
		t.Fatalf("the page is %q", got)
	}
}

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	w := openOut(t, dir)
	for _, name := range []string{"kept.md", "removed.md"} {
		if err := w.Put("u", name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w = openOut(t, dir)
	if got := w.Recorded(); !slices.Equal(got, []string{"kept.md", "removed.md"}) {
		t.Errorf("Recorded() = %q", got)
	}
	w.Keep("kept.md")
	result, err := w.Commit()
	if err != nil || result.Removed != 1 || !slices.Equal(result.Kept, []string{"kept.md"}) {
		t.Fatalf("Commit: %+v, %v", result, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "kept.md")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "removed.md")); err == nil {
		t.Error("removed.md is still there")
	}
}
