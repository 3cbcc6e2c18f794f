// Package mkdocs makes the files of a MkDocs site, and of Backstage's TechDocs,
// which is one.
//
// A site goes in; out come Markdown files below docs/ and mkdocs.yml, which
// names the extensions that they need; for TechDocs, catalog-info.yaml too.
package mkdocs

import (
	"regexp"
	"strings"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/syntax"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// folder is where MkDocs looks for documents.
const folder = "docs/"

// Files returns the files of a site in the theme Material for MkDocs.
func Files(site *wiki.Site) []wiki.File {
	return append(documents(site, &gfm.MkDocs), wiki.File{Path: "mkdocs.yml", Data: config(site, material)})
}

// TechDocs returns the files of a component's documentation in Backstage.
func TechDocs(site *wiki.Site) []wiki.File {
	return append(documents(site, &gfm.TechDocs),
		wiki.File{Path: "mkdocs.yml", Data: config(site, techDocs)},
		wiki.File{Path: "catalog-info.yaml", Data: catalog(site)})
}

func documents(site *wiki.Site, dialect *gfm.Dialect) []wiki.File {
	paths := pathsOf(site)
	pages := &gfm.Pages{Dialect: dialect, Site: site, Address: gfm.Relative(paths)}
	var files []wiki.File
	for _, d := range site.Documents() {
		files = append(files, wiki.Page(folder+paths[d]+".md", d, dialect.Title(d.Title)+"\n", pages.Body(d)))
	}
	return files
}

// pathsOf returns the paths of documents below the folder, without ending.
func pathsOf(site *wiki.Site) map[*tree.Document]string { return site.Paths(wiki.Folder) }

// material asks for what the documents need: anchors behind headings, boxes to
// tick, and code in lists, for which Python-Markdown has only extensions. Fonts
// are those of the reader's system: the theme's would come from Google.
const material = `theme:
  name: material
  font: false
  features: [navigation.top, navigation.indexes]
markdown_extensions:
  - attr_list
  - tables
  - toc: {permalink: true}
  - pymdownx.superfences
  - pymdownx.tasklist
`

// techDocs leaves theme and extensions to the plugin, which brings the same. Its
// extension for lists would read four blanks as no indentation, and begin a new
// list at each blank line, unless told (github.com/radude/mdx_truly_sane_lists).
const techDocs = `plugins:
  - techdocs-core
markdown_extensions:
  - attr_list
  - mdx_truly_sane_lists: {nested_indent: 4, sane: false}
`

func config(site *wiki.Site, look string) []byte {
	paths := pathsOf(site)
	var b strings.Builder
	b.WriteString("site_name: " + syntax.Quote(site.Title) + "\n" + look + "nav:\n")
	entry := func(indent, name string, d *tree.Document) {
		b.WriteString(indent + "- " + syntax.Quote(name) + ": " + syntax.Quote(paths[d]+".md") + "\n")
	}
	entry("  ", site.Own[0].Title, site.Own[0])
	for _, m := range site.Models {
		b.WriteString("  - " + syntax.Quote(m.Title) + ":\n")
		for _, d := range m.Documents {
			entry("      ", d.Kind.Name(), d)
		}
	}
	var differences []*tree.Document
	for _, d := range site.Own[1:] {
		if d.Kind == render.Difference {
			differences = append(differences, d)
			continue
		}
		entry("  ", d.Title, d)
	}
	if len(differences) > 0 {
		b.WriteString("  - Two by two:\n")
		for _, d := range differences {
			entry("      ", d.Title, d)
		}
	}
	return []byte(b.String())
}

// notName is what Backstage takes in no name, which has at most 63 characters.
var notName = regexp.MustCompile(`[^a-z0-9]+`)

// catalog describes the documentation as a component:
// backstage.io/docs/features/software-catalog/descriptor-format.
func catalog(site *wiki.Site) []byte {
	name := strings.Trim(notName.ReplaceAllString(strings.ToLower(site.Title), "-"), "-")
	if name == "" || len(name) > 63 {
		name = "shared-responsibility"
	}
	return []byte(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ` + syntax.Quote(name) + `
  title: ` + syntax.Quote(site.Title) + `
  description: ` + syntax.Quote(site.Own[0].Description) + `
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: documentation
  lifecycle: production
  owner: guests # the team that looks after it
`)
}
