package syntax

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestEqual reads the same content in both formats.
func TestEqual(t *testing.T) {
	files, err := filepath.Glob("testdata/equal/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var first *Node
		for _, in := range archive.Files {
			root, findings := Read(in.Name, in.Data)
			if len(findings) > 0 {
				t.Errorf("%s: %s: %v", file, in.Name, findings)
			}
			if first == nil {
				first = root
			}
			if diff := cmp.Diff(plain(first), plain(root)); diff != "" {
				t.Errorf("%s: %s (-%s +%s)\n%s", file, in.Name, archive.Files[0].Name, in.Name, diff)
			}
		}
	}
}
