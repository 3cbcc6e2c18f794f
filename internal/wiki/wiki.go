// Package wiki is what all flavours of wiki share.
//
// The documents of a workspace go in; out comes a [Site], the same documents as
// trees whose links can be followed. A flavour, a package of its own below this
// one, makes the [File]s of it that one kind of wiki reads.
package wiki

import (
	"fmt"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

// Site is the documents that go into one wiki.
type Site struct {
	Title  string
	Models []Model
	Own    []*tree.Document // those that belong to no model; home first
	byPath map[string]*tree.Document
}

// Model is the documents of one model, its overview first.
type Model struct {
	*render.Card
	Documents []*tree.Document
}

// New returns the site of documents: those of each model together, in the order
// of its tabs, and the site's own.
func New(title string, docs []render.Document) *Site {
	s := &Site{Title: title, byPath: map[string]*tree.Document{}}
	for _, doc := range docs {
		d := tree.Parse(doc)
		s.byPath[d.Path] = d
		switch last := len(s.Models) - 1; {
		case d.Model == nil:
			s.Own = append(s.Own, d)
		case last >= 0 && s.Models[last].ID == d.Model.ID:
			s.Models[last].Documents = append(s.Models[last].Documents, d)
		default:
			s.Models = append(s.Models, Model{d.Model, []*tree.Document{d}})
		}
	}
	return s
}

// Documents returns all documents: home, those of the models, the other own.
func (s *Site) Documents() []*tree.Document {
	var list []*tree.Document
	for i, d := range s.Own {
		if i == 1 {
			list = s.appendModels(list)
		}
		list = append(list, d)
	}
	if len(s.Own) < 2 {
		list = s.appendModels(list)
	}
	return list
}

func (s *Site) appendModels(list []*tree.Document) []*tree.Document {
	for _, m := range s.Models {
		list = append(list, m.Documents...)
	}
	return list
}

// Find returns the document that a link leads to and the heading in it, nil for
// its beginning. A document that is not in the site is nil: such a link is
// written as its text.
func (s *Site) Find(to tree.Target) (*tree.Document, *tree.Heading) {
	d := s.byPath[to.Path]
	if d == nil || to.Heading == "" && to.ID == "" {
		return d, nil
	}
	var at *tree.Heading
	for _, h := range d.Headings() {
		switch {
		case to.ID != "" && h.ID == to.ID:
			return d, h
		case h.Slug == to.Heading:
			at = h
		}
	}
	return d, at
}

// Has reports whether the document has a row or an entry of this identifier.
func Has(d *tree.Document, id string) bool {
	found := false
	tree.Walk(d.Blocks, func(b tree.Block) bool {
		switch b := b.(type) {
		case *tree.Table:
			for _, r := range b.Rows {
				found = found || r.ID == id
			}
		case *tree.List:
			for _, e := range b.Entries {
				found = found || e.ID == id
			}
		}
		return !found
	})
	return found
}

// ListTags returns the tags around a list in HTML, whose first entry has the
// number start if it is ordered.
func ListTags(ordered bool, start int) (begin, end string) {
	switch {
	case !ordered:
		return "<ul>", "</ul>"
	case start == 1:
		return "<ol>", "</ol>"
	}
	return fmt.Sprintf(`<ol start="%d">`, start), "</ol>"
}

// File is a file of a wiki.
type File struct {
	Path string // slash-separated, below the wiki's folder
	Data []byte
	// Region is the name of the region that Data is kept in within the file,
	// so that people can write around it and in it; "" if Data is the whole file.
	Region string
	Head   []byte // what a new file begins with, before the region
}

// Page returns the file of a document, as a region of its name.
func Page(path string, d *tree.Document, head string, body []byte) File {
	return File{Path: path, Data: body, Region: RegionName(d), Head: []byte(head)}
}

// RegionName returns the name of the region that a document's generated part is
// kept in, such as ovhcloud/managed-kubernetes:checklist, or home.
func RegionName(d *tree.Document) string {
	if d.Model == nil {
		return string(d.Kind)
	}
	return d.Model.ID + ":" + string(d.Kind)
}
