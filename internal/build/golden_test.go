package build_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden compares the documents of one model, and what their pages hold
// within <main>, with the files in testdata/golden.
func TestGolden(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/golden.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root := fstest.MapFS{}
	for _, f := range archive.Files {
		root[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	content, err := fs.Sub(root, "content")
	if err != nil {
		t.Fatal(err)
	}
	files := memory{}
	result, err := build.Site(build.Input{
		Root: root, Content: content, ContentDir: "content", AsOf: "2026-02-01",
		Builtin: build.Builtin{Content: fstest.MapFS{}, Templates: templates.FS, Site: site.FS},
	}, files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Findings {
		t.Errorf("%s: %s [%s]", f.Pos, f.Message, f.Rule)
	}
	for _, name := range []string{"index", "raci", "checklist", "runbook", "traceability", "questions", "proof"} {
		md := path.Join("acme/database", name+".md")
		golden(t, name+".md", files[md])
		page := files[path.Join("acme/database", name+".html")]
		_, after, _ := bytes.Cut(page, []byte("<main id=\"main\">\n"))
		main, _, found := bytes.Cut(after, []byte("</main>"))
		if !found {
			t.Errorf("%s has no <main>", name)
		}
		golden(t, name+".html", main)
	}
	golden(t, "home.md", files["index.md"])
	golden(t, "legend.md", files["legend.md"])
	golden(t, "sources.md", files["sources.md"])
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if it should:\n%s", file, diff)
	}
}
