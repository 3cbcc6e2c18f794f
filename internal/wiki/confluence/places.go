package confluence

import (
	"strings"

	"github.com/demarc/demarc/internal/tree"
)

// spot is where a link leads.
type spot struct {
	doc    *tree.Document // nil if it is not in the site
	anchor string         // "" for the beginning
}

// findLinks follows the links of a document. What they lead to gets an anchor:
// Confluence makes those of headings by rules that depend on edition and
// version, so we bring our own.
func (e *edition) findLinks(d *tree.Document) {
	eachLink(d.Blocks, func(l *tree.Link) {
		if l.URL == "" {
			to, id := e.places.Find(l.To)
			e.spots[l] = spot{to, id}
			if id != "" {
				e.linked[e.spots[l]] = true
			}
		}
	})
}

// anchor returns the anchor of a heading, row or entry of a document: that of
// everything with an identifier, which people may have noted down, and that of
// headings that something links to; else "".
func (e *edition) anchor(d *tree.Document, thing any) string {
	id := e.places.IDs(d)[thing]
	if h, ok := thing.(*tree.Heading); ok && h.ID == "" && !e.linked[spot{d, id}] {
		return ""
	}
	return id
}

// anchorName keeps of a name what no address has to escape.
func anchorName(s string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '_', r == '-':
			return r
		}
		return '-'
	}, s)
	if name == "" {
		return "section"
	}
	return name
}

// target returns the page that a link leads to, nil if there is none, and the
// anchor on it, "" for its beginning. Before pages are made it is the stub of
// the document's, whose title and key are the longest.
func (e *edition) target(l *tree.Link) (*page, string) {
	if p := e.direct[l]; p != nil {
		return p, ""
	}
	to := e.spots[l]
	switch {
	case to.doc == nil:
		return nil, ""
	case e.at[to] != nil:
		return e.at[to], to.anchor
	case to.anchor == "" && e.parts[to.doc] != nil:
		return e.parts[to.doc][0], ""
	}
	return e.stubs[to.doc], to.anchor
}

// eachThing calls f for every heading, row and entry.
func eachThing(blocks []tree.Block, f func(thing any)) {
	tree.Walk(blocks, func(b tree.Block) bool {
		switch b := b.(type) {
		case *tree.Heading:
			f(b)
		case *tree.Table:
			for _, r := range b.Rows {
				f(r)
			}
		case *tree.List:
			for _, e := range b.Entries {
				f(e)
			}
		}
		return true
	})
}

// eachLink calls f for every link.
func eachLink(blocks []tree.Block, f func(*tree.Link)) {
	tree.Walk(blocks, func(b tree.Block) bool {
		switch b := b.(type) {
		case *tree.Heading:
			linksIn(b.Text, f)
		case *tree.Paragraph:
			linksIn(b.Text, f)
		case *tree.Table:
			for _, c := range b.Head {
				linksIn(c, f)
			}
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					linksIn(c, f)
				}
			}
		}
		return true
	})
}

func linksIn(list []tree.Inline, f func(*tree.Link)) {
	for _, n := range list {
		switch n := n.(type) {
		case *tree.Link:
			f(n)
		case *tree.Strong:
			linksIn(n.Text, f)
		case *tree.Emphasis:
			linksIn(n.Text, f)
		case *tree.Strike:
			linksIn(n.Text, f)
		}
	}
}
