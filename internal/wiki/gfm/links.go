package gfm

import (
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

// Relative returns the addresses for readers that resolve links between files,
// which have these paths, without ending.
func Relative(paths map[*tree.Document]string) func(from, to *tree.Document) string {
	return func(from, to *tree.Document) string { return wiki.Relative(paths[from], paths[to]+".md") }
}

// Contents returns the Markdown of the site's table of contents.
func (p *Pages) Contents() []byte {
	doc := &tree.Document{Blocks: []tree.Block{p.Site.Contents()}}
	return p.Write(doc, func(to tree.Target) string { return p.Href(nil, to) })
}
