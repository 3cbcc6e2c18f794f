package wiki

import (
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
)

// Places gives ids to the headings, rows and entries of documents, for wikis
// that let the writer of a page choose them, and finds where links lead.
type Places struct {
	site *Site
	id   func(string) string
	ids  map[*tree.Document]ids
}

// ids are those of one document.
type ids struct {
	of      map[any]string
	entries map[string]bool // those of rows and entries
}

// NewPlaces returns the places of a site. What a thing's id is made of, its
// stable identifier or its slug, goes through id.
func NewPlaces(site *Site, id func(string) string) *Places {
	return &Places{site, id, map[*tree.Document]ids{}}
}

// IDs returns the id of each [*tree.Heading], [*tree.Row] and [*tree.Entry] of
// a document that has one. They are unique in the document: headings with a
// stable identifier come first, then rows and entries, then the other headings.
func (p *Places) IDs(d *tree.Document) map[any]string { return p.idsOf(d).of }

func (p *Places) idsOf(d *tree.Document) ids {
	if known, ok := p.ids[d]; ok {
		return known
	}
	new, used := ids{map[any]string{}, map[string]bool{}}, map[string]bool{}
	give := func(thing any, name string) string {
		id := p.id(name)
		if name == "" || used[id] {
			return ""
		}
		used[id], new.of[thing] = true, id
		return id
	}
	for _, h := range d.Headings() {
		give(h, identifier(h.ID))
	}
	tree.Walk(d.Blocks, func(b tree.Block) bool {
		switch b := b.(type) {
		case *tree.Table:
			for _, r := range b.Rows {
				new.entries[give(r, identifier(r.ID))] = true
			}
		case *tree.List:
			for _, e := range b.Entries {
				new.entries[give(e, identifier(e.ID))] = true
			}
		}
		return true
	})
	for _, h := range d.Headings() {
		for name := h.Slug; new.of[h] == "" && h.Slug != ""; name += "-section" {
			give(h, name)
		}
	}
	p.ids[d] = new
	return new
}

// identifier returns a stable identifier, or "" for a code span that is none.
func identifier(id string) string {
	if markdown.Slug(id) != strings.ReplaceAll(id, ".", "") {
		return ""
	}
	return id
}

// Find returns the document that a link leads to and the id in it, "" for its
// beginning. The document is nil if it is not in the site.
func (p *Places) Find(to tree.Target) (*tree.Document, string) {
	d, h := p.site.Find(to)
	if d == nil {
		return nil, ""
	}
	ids := p.idsOf(d)
	if to.ID != "" && (h == nil || h.ID != to.ID) {
		if id := p.id(to.ID); ids.entries[id] {
			return d, id
		}
	}
	if h == nil {
		return d, ""
	}
	return d, ids.of[h]
}
