package wiki_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/wiki"
)

// TestFileName shows that titles that differ in what a file's name cannot hold
// get names of their own.
func TestFileName(t *testing.T) {
	names := wiki.Names{}
	var got []string
	for _, title := range []string{"A: B", "A (B)", "a-b", "Ü/Ö", "???", "🚀", "日本語", "الخدمة", "con", "COM1", "Console"} {
		got = append(got, names.Free(wiki.FileName(title), "-"))
	}
	if want := "A-B A-B-2 a-b-3 Ü-Ö page page-2 日本語 الخدمة con-page COM1-page Console"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLongNames shows that names that are cut stay names, and stay apart.
func TestLongNames(t *testing.T) {
	for _, word := range []string{"Long ", "日本", "𠀀𠀁", "e\u0301"} {
		long := strings.Repeat(word, 150)
		a, b := wiki.FileName(long+"a"), wiki.FileName(long+"b")
		if a == b || len(a) > 220 || len(a) < 90 || utf8.RuneCountInString(a) > 100 || !utf8.ValidString(a) {
			t.Errorf("%d bytes: %q and %q", len(a), a, b)
		}
	}
	if got := wiki.Fit("Name - of a page", " ", 15, 15); got != "Name 3597bc35" {
		t.Errorf("%q", got)
	}
}

// TestPaths has models whose overviews would be shown where other pages are.
func TestPaths(t *testing.T) {
	legend, nested := &render.Card{ID: "legend"}, &render.Card{ID: "legend/raci"}
	s := wiki.New("T", []render.Document{
		{Path: "legend/index.md", Kind: render.Overview, Model: legend}, {Path: "legend/raci.md", Kind: render.RACI, Model: legend},
		{Path: "legend/raci/index.md", Kind: render.Overview, Model: nested}, {Path: "legend/raci/raci.md", Kind: render.RACI, Model: nested},
		{Path: "index.md", Kind: render.Home}, {Path: "Legend.md", Kind: render.Legend}, {Path: "sources.md", Kind: render.Sources},
	})
	paths := s.Paths(wiki.Folder)
	var got []string
	for _, d := range s.Documents() {
		got = append(got, paths[d])
	}
	want := "index legend/index legend/raci legend/raci/index-2 legend/raci/raci Legend-2 sources"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRelative(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"a.html", "b.html", "b.html"}, {"a/b/c.html", "a/b/d.html", "d.html"}, {"a/b/c.html", "a/d.html", "../d.html"},
		{"a/b.html", "c/d.html", "../c/d.html"}, {"index.html", "a/b/c.html", "a/b/c.html"}, {"a/b/c.html", "e.js", "../../e.js"},
	} {
		if got := wiki.Relative(test.from, test.to); got != test.want {
			t.Errorf("from %s to %s: %s, want %s", test.from, test.to, got, test.want)
		}
	}
}
