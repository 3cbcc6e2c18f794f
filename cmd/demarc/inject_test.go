package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestInjectKeepsPermissions checks that a page that only its owner may read
// stays so.
func TestInjectKeepsPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are others there")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "page.md")
	const marks = "<!-- BEGIN demarc:scaleway/kubernetes:checklist -->\n<!-- END demarc:scaleway/kubernetes:checklist -->\n"
	if err := os.WriteFile(page, []byte(marks), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, "inject", "page.md")
	info, err := os.Stat(page)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() <= int64(len(marks)) || info.Mode().Perm() != 0o600 {
		t.Errorf("%d bytes, mode %v", info.Size(), info.Mode())
	}
}
