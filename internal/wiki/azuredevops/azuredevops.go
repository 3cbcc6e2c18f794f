// Package azuredevops makes the files of an Azure DevOps wiki.
//
// A site goes in; out come Markdown files, each model's below its overview, all
// of them below one page named after the site, and the .order files that sort
// them. Rules for names and links are those of
// learn.microsoft.com/azure/devops/project/wiki/wiki-file-structure.
package azuredevops

import (
	"path"
	"strings"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// Files returns the files of the wiki.
func Files(site *wiki.Site) []wiki.File {
	places := placesOf(site)
	pages := &gfm.Pages{Dialect: &gfm.AzureDevOps, Site: site, Address: func(_, to *tree.Document) string { return "/" + places[to] }}
	var files []wiki.File
	order := map[string][]string{} // names of pages by folder
	var folders []string
	for _, d := range site.Documents() {
		body := pages.Body(d)
		if len(d.Headings()) > 0 {
			body = append([]byte("[[_TOC_]]\n\n"), body...)
		}
		files = append(files, wiki.Page(places[d]+".md", d, "", body))
		folder, name := path.Split(places[d])
		if order[folder] == nil {
			folders = append(folders, folder)
		}
		order[folder] = append(order[folder], name)
	}
	for _, folder := range folders {
		if folder != "" { // that at the top is the team's
			files = append(files, wiki.File{Path: folder + ".order", Data: []byte(strings.Join(order[folder], "\n") + "\n")})
		}
	}
	return files
}

// placesOf returns the path of each document without its ending.
func placesOf(site *wiki.Site) map[*tree.Document]string {
	used := wiki.Names{}
	root := wiki.FileName(site.Title)
	below := func(title string) string { return path.Join(root, wiki.FileName(title)) }
	places := used.Models(site, below, "/", "-")
	for _, d := range site.Own {
		if d.Kind == render.Home {
			places[d] = root
		} else {
			places[d] = used.Free(below(d.Title), "-")
		}
	}
	return places
}
