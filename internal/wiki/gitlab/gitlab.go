// Package gitlab makes the files of a GitLab wiki.
//
// A site goes in; out come Markdown files in a folder for each model, with the
// title in front matter (since GitLab 17.2), home and a sidebar. What names and
// links may be is documented at docs.gitlab.com/user/project/wiki.
package gitlab

import (
	"strings"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/syntax"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// Files returns the files of the wiki.
func Files(site *wiki.Site) []wiki.File {
	paths := site.Paths(slug)
	pages := &gfm.Pages{Dialect: &gfm.GitLab, Site: site, Address: func(_, to *tree.Document) string { return "/" + slug(paths[to]) }}
	var files []wiki.File
	for _, d := range site.Documents() {
		head := "---\ntitle: " + syntax.Quote(d.Title) + "\n---\n\n"
		body := pages.Body(d)
		if d.Kind == render.Runbook || d.Kind == render.RACI {
			body = append([]byte("[[_TOC_]]\n\n"), body...)
		}
		files = append(files, wiki.Page(slug(paths[d])+".md", d, head, body))
	}
	return append(files, wiki.File{Path: "_sidebar.md", Region: "sidebar", Data: pages.Contents()})
}

// slug returns the address of a document, below the wiki's. A model's overview
// is the page of its folder.
func slug(p string) string {
	if p == strings.TrimSuffix(render.Home.SitePath(), ".md") {
		return "home"
	}
	return wiki.Folder(p)
}
