package wiki_test

import (
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/azuredevops"
	"github.com/demarc/demarc/internal/wiki/docusaurus"
	"github.com/demarc/demarc/internal/wiki/flat"
	"github.com/demarc/demarc/internal/wiki/gfm"
	"github.com/demarc/demarc/internal/wiki/gitlab"
	"github.com/demarc/demarc/internal/wiki/mkdocs"
)

func builtin(t *testing.T, models ...string) *wiki.Site {
	t.Helper()
	edition := buildtest.Edition(t, buildtest.Input(), models...)
	return wiki.New(edition.Title, edition.Documents)
}

// flavours are the wikis of Markdown, each with the file that an address of a
// page leads to by the rules of the wiki; nil where addresses are files.
var flavours = []struct {
	name    string
	files   func(*wiki.Site) []wiki.File
	dialect *gfm.Dialect
	file    func(address string) string
}{
	{"github", flat.Files, &gfm.GitHub, func(address string) string { return address + ".md" }},
	{"gitea", flat.Gitea, &gfm.Gitea, func(address string) string { return address + ".md" }},
	{"gitlab", gitlab.Files, &gfm.GitLab, func(address string) string { return strings.TrimPrefix(address, "/") + ".md" }},
	{"azure-devops", azuredevops.Files, &gfm.AzureDevOps, func(address string) string { return strings.TrimPrefix(address, "/") + ".md" }},
	{"mkdocs", mkdocs.Files, &gfm.MkDocs, nil},
	{"techdocs", mkdocs.TechDocs, &gfm.TechDocs, nil},
	{"docusaurus", docusaurus.Files, &gfm.Docusaurus, nil},
}

// TestLinks follows every link of every page of the wikis of Markdown.
func TestLinks(t *testing.T) {
	sites := map[string]*wiki.Site{"all": builtin(t), "one": builtin(t, "ovhcloud/managed-kubernetes")}
	for _, flavour := range flavours {
		for name, site := range sites {
			t.Run(flavour.name+"/"+name, func(t *testing.T) {
				pages := map[string]*tree.Document{}
				for _, f := range flavour.files(site) {
					if path.Ext(f.Path) == ".md" {
						pages[f.Path] = tree.Parse(render.Document{Path: f.Path, Markdown: append(f.Head, f.Data...)})
					}
				}
				followed := 0
				for from, page := range pages {
					eachLink(page.Blocks, func(l *tree.Link) {
						to := l.To
						if l.URL != "" {
							if strings.Contains(l.URL, ":") {
								return
							}
							if flavour.file == nil {
								t.Errorf("%s links to %s, which is no file", from, l.URL)
								return
							}
							address, fragment, _ := strings.Cut(l.URL, "#")
							address, _ = url.PathUnescape(address)
							to = tree.Target{Path: flavour.file(address), Heading: fragment}
						}
						followed++
						if pages[to.Path] == nil {
							t.Errorf("%s links to %s, which is not there", from, to.Path)
						} else if to.Heading != "" && !anchors(pages[to.Path], flavour.dialect)[to.Heading] {
							t.Errorf("%s links to %s#%s: no such heading", from, to.Path, to.Heading)
						}
					})
				}
				if followed < 500 {
					t.Errorf("%d links: where are the others?", followed)
				}
			})
		}
	}
}

// anchors returns the anchors of a page.
func anchors(page *tree.Document, dialect *gfm.Dialect) map[string]bool {
	all := map[string]bool{}
	for _, anchor := range dialect.Anchors(page) {
		all[anchor] = true
	}
	if dialect.HeadingIDs {
		clear(all)
		for _, h := range page.Headings() {
			if _, id, ok := strings.Cut(tree.Plain(h.Text), " {#"); ok {
				all[strings.TrimSuffix(id, "}")] = true
			}
		}
	}
	return all
}

// eachLink calls f for every link.
func eachLink(blocks []tree.Block, f func(*tree.Link)) {
	var inlines func(list []tree.Inline)
	inlines = func(list []tree.Inline) {
		for _, n := range list {
			switch n := n.(type) {
			case *tree.Link:
				f(n)
			case *tree.Strong:
				inlines(n.Text)
			case *tree.Emphasis:
				inlines(n.Text)
			}
		}
	}
	tree.Walk(blocks, func(b tree.Block) bool {
		switch b := b.(type) {
		case *tree.Paragraph:
			inlines(b.Text)
		case *tree.Heading:
			inlines(b.Text)
		case *tree.Table:
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					inlines(c)
				}
			}
		}
		return true
	})
}

// TestNames shows that titles that differ in what a file name cannot hold get
// names of their own.
func TestNames(t *testing.T) {
	var docs []render.Document
	for _, title := range []string{"A: B", "A (B)", "a-b", "Ü/Ö", "???", "!!!"} {
		docs = append(docs, render.Document{Path: title + ".md", Title: title, Markdown: []byte("# x\n")})
	}
	s := wiki.New("T", docs)
	names := s.Names(wiki.FileName)
	var got []string
	for _, d := range s.Documents() {
		got = append(got, names[d])
	}
	if want := "A-B A-B-2 a-b-3 Ü-Ö page page-2"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
