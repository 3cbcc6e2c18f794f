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
	if err := w.Replace("u", "page.md", read, []byte("a person's, and ours"), []byte("ours")); err != nil {
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
	if err := w.Replace("u", "page.md", read, []byte("ours"), []byte("ours")); err != nil {
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

// TestDrop removes a file that is not as the manifest has it, once it is known
// that no person wrote in it, and no other.
func TestDrop(t *testing.T) {
	dir := t.TempDir()
	names := []string{"as-recorded.md", "crlf.md", "dropped.md", "edited.md", "saved-since.md"}
	w := openOut(t, dir)
	for _, name := range names {
		if err := w.Put("u", name, []byte("a\nb\n")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("crlf.md", "a\r\nb\r\n")
	for _, name := range names[2:] {
		write(name, "a person's")
	}
	w = openOut(t, dir)
	if got := w.Recorded(); !slices.Equal(got, names) {
		t.Errorf("Recorded() = %q", got)
	}
	for _, name := range []string{"dropped.md", "saved-since.md"} {
		text, err := w.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Drop(name, text)
	}
	write("saved-since.md", "a person's, saved since")
	result, err := w.Commit()
	if err != nil || result.Removed != 3 || !slices.Equal(result.Kept, []string{"edited.md", "saved-since.md"}) {
		t.Fatalf("Commit: %+v, %v", result, err)
	}
	for _, name := range names {
		_, err := os.Stat(filepath.Join(dir, name))
		if kept := slices.Contains(result.Kept, name); kept != (err == nil) {
			t.Errorf("%s: kept %t, %v", name, kept, err)
		}
	}
}

// TestRecorded shows that the manifest is the same whatever people write in a
// file that they and a build write together.
func TestRecorded(t *testing.T) {
	var manifests []string
	for _, human := range []string{"", " a person's"} {
		dir := t.TempDir()
		page := filepath.Join(dir, "page.md")
		if err := os.WriteFile(page, []byte("old"+human), 0o644); err != nil {
			t.Fatal(err)
		}
		w := openOut(t, dir)
		if err := w.Replace("u", "page.md", []byte("old"+human), []byte("new"+human), []byte("new")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, output.ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		if got := output.ManifestFiles(data); !slices.Equal(got, []string{"page.md"}) {
			t.Errorf("the manifest lists %q", got)
		}
		manifests = append(manifests, string(data))
	}
	if manifests[0] != manifests[1] {
		t.Errorf("manifests differ:\n%s\n%s", manifests[0], manifests[1])
	}
}
