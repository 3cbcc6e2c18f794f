package gfm

import (
	"path"
	"strings"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// Pages writes the documents of a site, with links between them.
type Pages struct {
	*Dialect
	Site *wiki.Site
	// Address returns how a document links to another, without a fragment.
	Address func(from, to *tree.Document) string

	anchors map[*tree.Document]map[*tree.Heading]string
}

// Body returns the Markdown of a document, without its title.
func (p *Pages) Body(doc *tree.Document) []byte {
	return p.Write(doc, func(to tree.Target) string { return p.Href(doc, to) })
}

// Href returns where a link in a document leads; "" if that is not in the site.
func (p *Pages) Href(from *tree.Document, target tree.Target) string {
	to, heading := p.Site.Find(target)
	if to == nil {
		return ""
	}
	href := ""
	if to != from {
		href = p.Address(from, to)
	}
	if heading != nil {
		href += "#" + p.anchor(to, heading)
	} else if href == "" {
		href = p.Address(from, to)
	}
	return href
}

func (p *Pages) anchor(d *tree.Document, h *tree.Heading) string {
	if p.anchors == nil {
		p.anchors = map[*tree.Document]map[*tree.Heading]string{}
	}
	if p.anchors[d] == nil {
		p.anchors[d] = p.Anchors(d)
	}
	return p.anchors[d][h]
}

// Relative is an address for readers that resolve links between files.
func Relative(from, to *tree.Document) string {
	up := strings.Repeat("../", strings.Count(from.Path, "/"))
	if path.Dir(from.Path) == path.Dir(to.Path) {
		return path.Base(to.Path)
	}
	return up + to.Path
}

// List returns a list of links to documents: each model with its documents,
// then the site's own but the first, which is the list's first entry.
func (p *Pages) List(from *tree.Document) []byte {
	entry := func(name string, to *tree.Document) *tree.Entry {
		return &tree.Entry{Blocks: []tree.Block{&tree.Paragraph{Text: []tree.Inline{
			&tree.Link{Text: []tree.Inline{tree.Text(name)}, To: tree.Target{Path: to.Path}},
		}}}}
	}
	list := &tree.List{}
	for i, d := range p.Site.Own {
		if i == 1 {
			list.Entries = append(list.Entries, p.models(entry)...)
		}
		if d.Kind != render.Difference {
			list.Entries = append(list.Entries, entry(d.Title, d))
		}
	}
	doc := &tree.Document{Blocks: []tree.Block{list}}
	return p.Write(doc, func(to tree.Target) string { return p.Href(from, to) })
}

func (p *Pages) models(entry func(string, *tree.Document) *tree.Entry) []*tree.Entry {
	var list []*tree.Entry
	for _, m := range p.Site.Models {
		e := entry(m.Title, m.Documents[0])
		inner := &tree.List{}
		for _, d := range m.Documents[1:] {
			inner.Entries = append(inner.Entries, entry(d.Kind.Name(), d))
		}
		e.Blocks = append(e.Blocks, inner)
		list = append(list, e)
	}
	return list
}
