// Package flat makes the files of the wikis of GitHub and of Gitea and Forgejo.
//
// A site goes in; out come Markdown files in one folder, named after their
// titles, with Home and a sidebar. Both show a file's name as the title of its
// page, so no page begins with it. Gitea answers for folders with an error.
package flat

import (
	"net/url"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// Files returns the files of a wiki of GitHub.
func Files(site *wiki.Site) []wiki.File { return files(site, &gfm.GitHub) }

// Gitea returns the files of a wiki of Gitea or Forgejo.
func Gitea(site *wiki.Site) []wiki.File { return files(site, &gfm.Gitea) }

func files(site *wiki.Site, dialect *gfm.Dialect) []wiki.File {
	used := wiki.Names{}
	home := used.Free("Home", "-")
	names := used.Models(site, wiki.FileName, "-", "-")
	for _, d := range site.Own {
		if d.Kind == render.Home {
			names[d] = home
		} else {
			names[d] = used.Free(wiki.FileName(d.Title), "-")
		}
	}
	pages := &gfm.Pages{Dialect: dialect, Site: site, Address: func(_, to *tree.Document) string {
		return url.PathEscape(names[to])
	}}
	var list []wiki.File
	for _, d := range site.Documents() {
		list = append(list, wiki.Page(names[d]+".md", d, "", pages.Body(d)))
	}
	return append(list, wiki.File{Path: "_Sidebar.md", Region: "sidebar", Data: pages.Contents()})
}
