package wiki_test

import (
	"encoding/json"
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
	sites := map[string]*wiki.Site{"all": builtin(t), "one": builtin(t, "ovhcloud/managed-kubernetes"), "names": names()}
	for _, flavour := range flavours {
		for name, site := range sites {
			t.Run(flavour.name+"/"+name, func(t *testing.T) {
				pages := map[string]*tree.Document{}
				files := map[string]bool{} // in lower case, as some systems have them
				for _, f := range flavour.files(site) {
					if file := strings.ToLower(f.Path); files[file] {
						t.Errorf("%s is there twice", f.Path)
					} else {
						files[file] = true
					}
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
				if followed < 50 {
					t.Errorf("%d links: where are the others?", followed)
				}
			})
		}
	}
}

// names returns a site whose models have identifiers and titles that meet each
// other's, and those of the site's own pages.
func names() *wiki.Site {
	var docs []render.Document
	var home strings.Builder
	home.WriteString("# T\n\n")
	long := strings.Repeat("日本語 ", 80)
	for _, m := range [][2]string{
		{"home", "Home"}, {"legend", "Legend"}, {"legend/raci", "Legend: RACI"}, {"a/b/c", "🚀"}, {"1-a/b", long + "1"}, {"2-a/b", long + "2"},
		{"comparison/a", "CON"}, {"OVH/K8s_v1.2", "🚀"}, {"x", "_Sidebar"},
	} {
		card := &render.Card{ID: m[0], Title: m[1], Provider: "P"}
		for _, kind := range []render.Kind{render.Overview, render.RACI, render.Checklist} {
			title := m[1] + ": " + kind.Name()
			if kind == render.Overview {
				title = m[1]
			}
			docs = append(docs, render.Document{Path: m[0] + "/" + kind.FileName(), Kind: kind, Title: title, Model: card,
				Markdown: []byte("# x\n\n[a](index.md) [b](raci.md#x) [c](checklist.md)\n\n## X\n")})
		}
		home.WriteString("[x](" + m[0] + "/index.md) ")
	}
	home.WriteString("[y](legend.md) [z](comparison/a--b.md)\n")
	return wiki.New("T", append(docs,
		render.Document{Path: "index.md", Kind: render.Home, Title: "T", Markdown: []byte(home.String())},
		render.Document{Path: "legend.md", Kind: render.Legend, Title: "Legend", Markdown: []byte("# x\n")},
		render.Document{Path: "comparison.md", Kind: render.Comparison, Title: "Comparison", Markdown: []byte("# x\n")},
		render.Document{Path: "comparison/a--b.md", Kind: render.Difference, Title: "A and B", Markdown: []byte("# x\n\n[h](../index.md)\n")}))
}

// TestDocusaurusCategories shows that no two folders have the same name in the
// sidebar, for which Docusaurus fails.
func TestDocusaurusCategories(t *testing.T) {
	labels := map[string]string{}
	for _, f := range docusaurus.Files(names()) {
		if path.Base(f.Path) != "_category_.json" {
			continue
		}
		var category struct{ Label string }
		if err := json.Unmarshal(f.Data, &category); err != nil || category.Label == "" {
			t.Errorf("%s: %s: %v", f.Path, f.Data, err)
		}
		if other := labels[category.Label]; other != "" {
			t.Errorf("%s and %s are both %q", other, f.Path, category.Label)
		}
		labels[category.Label] = f.Path
	}
	if labels["🚀"] == "" || labels["🚀 (OVH/K8s_v1.2)"] == "" || labels["P (2-a)"] == "" {
		t.Errorf("%q", labels)
	}
}

// TestDocusaurusRoutes shows that pages that Docusaurus would show at one
// address have paths of their own.
func TestDocusaurusRoutes(t *testing.T) {
	var got []string
	for _, f := range docusaurus.Files(names()) {
		if strings.HasPrefix(f.Path, "legend") || strings.HasPrefix(f.Path, "2-a/b/") {
			got = append(got, f.Path)
		}
	}
	want := "legend-2.md legend/_category_.json legend/index.md legend/raci.md legend/checklist.md " +
		"legend/raci/_category_.json legend/raci/index-2.md legend/raci/raci-2.md legend/raci/checklist.md " +
		"2-a/b/_category_.json 2-a/b/index-2.md 2-a/b/raci-2.md 2-a/b/checklist-2.md"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
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
