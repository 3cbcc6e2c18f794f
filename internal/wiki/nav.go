package wiki

import (
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

// Contents returns a list of links to all documents, for beside the pages: the
// first page, each model with its documents, then the site's own. The comparison
// links to the differences.
func (s *Site) Contents() *tree.List {
	list := &tree.List{}
	var behind []*tree.Entry
	for _, d := range s.Own {
		switch d.Kind {
		case render.Home:
			list.Entries = append(list.Entries, entry(d.Title, d))
		case render.Difference:
		default:
			behind = append(behind, entry(d.Title, d))
		}
	}
	for _, m := range s.Models {
		inner := &tree.List{}
		for _, d := range m.Documents[1:] {
			inner.Entries = append(inner.Entries, entry(d.Kind.Name(), d))
		}
		e := entry(m.Title, m.Documents[0])
		e.Blocks = append(e.Blocks, inner)
		list.Entries = append(list.Entries, e)
	}
	list.Entries = append(list.Entries, behind...)
	return list
}

func entry(text string, to *tree.Document) *tree.Entry {
	return &tree.Entry{Blocks: []tree.Block{&tree.Paragraph{Text: []tree.Inline{link(text, to)}}}}
}

func link(text string, to *tree.Document) *tree.Link {
	return &tree.Link{Text: []tree.Inline{tree.Text(text)}, To: tree.Target{Path: to.Path}}
}

// Nav returns links to what belongs together with a document, for the top of
// its page: the wiki's first page and the documents of the model, or, in the
// site's own, the first page alone; there it is nil.
func (s *Site) Nav(d *tree.Document) []tree.Inline {
	var nav []tree.Inline
	add := func(text string, to *tree.Document) {
		if nav != nil {
			nav = append(nav, tree.Text(" · "))
		}
		if to == d {
			nav = append(nav, &tree.Strong{Text: []tree.Inline{tree.Text(text)}})
			return
		}
		nav = append(nav, link(text, to))
	}
	for _, own := range s.Own {
		if own.Kind == render.Home && own != d {
			add(own.Title, own)
		}
	}
	for _, m := range s.Models {
		if d.Model == nil || m.ID != d.Model.ID {
			continue
		}
		for _, other := range m.Documents {
			add(other.Kind.Name(), other)
		}
	}
	return nav
}
