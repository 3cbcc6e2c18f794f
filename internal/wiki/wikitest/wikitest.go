// Package wikitest has what the tests of flavours share.
//
// Nothing goes in; out come a small [Site] that holds all that documents hold,
// and comparisons with golden files.
package wikitest

import (
	_ "embed"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/wiki"
)

var update = flag.Bool("update", false, "write the golden files")

//go:embed runbook.md
var runbook []byte

// Site is a site of one model, provider/service, whose runbook holds everything
// that a document can.
func Site(title string) *wiki.Site {
	card := &render.Card{ID: "provider/service", Title: "A service & more", Reviewed: "2026-11-20"}
	return wiki.New(title, []render.Document{
		{Path: "provider/service/index.md", Kind: render.Overview, Title: card.Title, Model: card,
			Markdown: []byte("# A service & more\n\n#REDIRECT\n\n[steps](runbook.md#settle-the-split), [all](../../index.md)\n")},
		{Path: "provider/service/raci.md", Kind: render.RACI, Title: card.Title + ": RACI", Model: card,
			Markdown: []byte("# x\n\n## 1 Über all\n\n| Activity | A |\n| --- | --- |\n| Act `act-1` | R |\n")},
		{Path: "provider/service/runbook.md", Kind: render.Runbook, Title: card.Title + ": Runbook", Model: card, Markdown: runbook},
		{Path: "index.md", Kind: render.Home, Title: title, Markdown: []byte("# x\n\n[A service](provider/service/index.md) [out](https://x.example)\n")},
		{Path: "legend.md", Kind: render.Legend, Title: "Legend", Markdown: []byte("# x\n\n## Roles\n")},
	})
}

// ByPath returns the contents of files by their paths.
func ByPath(t *testing.T, files []wiki.File, err error) map[string]string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, f := range files {
		byPath[f.Path] = string(f.Data)
	}
	return byPath
}

// Golden compares a text with that of a file, which -update writes.
func Golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
