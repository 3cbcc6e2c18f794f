// Package onefile puts all documents of a model into one Markdown file.
//
// The documents of a workspace go in; out comes, for each model, one document
// in GitHub Flavored Markdown: its overview, RACI, checklist, runbook and so on
// as chapters, and the legend as the last one. Headings stand one level lower
// than in the documents, and links between the documents lead to the chapters'
// headings. What a link leads to outside the file is left out, not its text.
package onefile

import (
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// Markdown returns the file of each model, by its id.
func Markdown(site *wiki.Site) map[string][]byte {
	files := map[string][]byte{}
	for _, m := range site.Models {
		chapters := append([]*tree.Document{}, m.Documents...)
		for _, d := range site.Own {
			if d.Kind == render.Legend {
				chapters = append(chapters, d)
			}
		}
		files[m.ID] = file(site, m.Title, chapters)
	}
	return files
}

// file writes documents as the chapters of one.
func file(site *wiki.Site, title string, chapters []*tree.Document) []byte {
	all := &tree.Document{Blocks: []tree.Block{heading(1, title)}}
	starts := map[*tree.Document]*tree.Heading{}
	moved := map[*tree.Heading]*tree.Heading{}
	contents := &tree.List{}
	all.Blocks = append(all.Blocks, contents)
	for _, d := range chapters {
		start := heading(2, d.Kind.Name())
		starts[d] = start
		contents.Entries = append(contents.Entries, &tree.Entry{Blocks: []tree.Block{
			&tree.Paragraph{Text: []tree.Inline{&tree.Link{Text: start.Text, To: tree.Target{Path: d.Path}}}},
		}})
		all.Blocks = append(all.Blocks, start)
		for _, b := range d.Blocks {
			if h, ok := b.(*tree.Heading); ok {
				lower := *h
				lower.Level = min(h.Level+1, 6)
				moved[h] = &lower
				b = &lower
			}
			all.Blocks = append(all.Blocks, b)
		}
	}
	anchors := gfm.GitHub.Anchors(all)
	return gfm.GitHub.Write(all, func(to tree.Target) string {
		d, h := site.Find(to)
		switch {
		case starts[d] == nil:
			return ""
		case moved[h] != nil:
			return "#" + anchors[moved[h]]
		}
		return "#" + anchors[starts[d]]
	})
}

func heading(level int, text string) *tree.Heading {
	return &tree.Heading{Level: level, Text: []tree.Inline{tree.Text(text)}}
}
