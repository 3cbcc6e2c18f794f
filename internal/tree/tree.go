// Package tree holds documents as a tree that no markup shines through.
//
// A Markdown document of package render goes in; out come its blocks and
// inlines as plain values: text without escapes, identifiers in place, links
// between documents as what they lead to. Editions that are not pages, such as
// wikis, are written from it. What the structure of a document means is said in
// package render.
package tree

import (
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/render"
)

// Document is one document. Its first heading, which repeats its title, is not
// among the blocks.
type Document struct {
	render.Document
	Blocks []Block
}

// Block is a [*Heading], [*Paragraph], [*List], [*Code], [*Table], [*Quote] or
// [*Rule].
type Block interface{ block() }

// Heading begins a section, which goes on to the next heading of its level.
type Heading struct {
	Level int    // 2 to 6; 1 if a template writes a second title
	ID    string // stable identifier, the code span that ends Text; "" for none
	Slug  string // its anchor on GitHub, unique in the document
	Text  []Inline
}

// Paragraph is a paragraph.
type Paragraph struct{ Text []Inline }

// List is a list.
type List struct {
	Ordered bool
	Start   int // number of the first entry, if ordered
	Entries []*Entry
}

// Entry is an entry of a list.
type Entry struct {
	ID      string // of the checklist item it stands for; "" for none
	Box     bool   // it has a box to tick
	Checked bool
	Blocks  []Block
}

// Sign returns the sign for an entry's box and a blank, for readers that have no
// boxes to tick; "" if it has none.
func (e *Entry) Sign() string {
	switch {
	case !e.Box:
		return ""
	case e.Checked:
		return "☑ "
	}
	return "☐ "
}

// Code is a block of code, without a line break at its end.
type Code struct{ Language, Text string }

// Table is a table. All rows have as many cells as the head.
type Table struct {
	Head []Cell
	Rows []*Row
}

// Row is a row of a table.
type Row struct {
	ID    string // stable identifier, the code span that ends the first cell; "" for none
	Cells []Cell
}

// Cell is a cell of a table.
type Cell []Inline

// Quote is a quotation.
type Quote struct{ Blocks []Block }

// Rule is a horizontal line.
type Rule struct{}

func (*Heading) block()   {}
func (*Paragraph) block() {}
func (*List) block()      {}
func (*Code) block()      {}
func (*Table) block()     {}
func (*Quote) block()     {}
func (*Rule) block()      {}

// Inline is a [Text], [Span], [*Strong], [*Emphasis], [*Strike], [Marks],
// [*Link] or [Break].
type Inline interface{ inline() }

// Text is plain text on one line.
type Text string

// Span is a code span.
type Span string

// Strong is strongly emphasised text.
type Strong struct{ Text []Inline }

// Emphasis is emphasised text.
type Emphasis struct{ Text []Inline }

// Strike is text struck through.
type Strike struct{ Text []Inline }

// Marks are the emphasised words behind a thing, such as its level and teams.
type Marks []string

// Link is a link, to an address or to a place in a document. An image is a
// link to it, or its text in a link: none is in another.
type Link struct {
	Text []Inline
	URL  string // "" if it leads to a document
	To   Target
}

// Target is a place in a document.
type Target struct {
	Path    string // of the document, as [render.Document.Path]
	ID      string // of a thing in it, "" for none
	Heading string // slug of the nearest heading, "" for none
}

// Break is a line break.
type Break struct{}

func (Text) inline()      {}
func (Span) inline()      {}
func (*Strong) inline()   {}
func (*Emphasis) inline() {}
func (*Strike) inline()   {}
func (Marks) inline()     {}
func (*Link) inline()     {}
func (Break) inline()     {}

// Walk calls f for every block, outer ones before what is in them. What is in
// a block for which f returns false is left out.
func Walk(blocks []Block, f func(Block) bool) {
	for _, b := range blocks {
		if !f(b) {
			continue
		}
		switch b := b.(type) {
		case *List:
			for _, e := range b.Entries {
				Walk(e.Blocks, f)
			}
		case *Quote:
			Walk(b.Blocks, f)
		}
	}
}

// Headings returns the headings of the document, in order.
func (d *Document) Headings() []*Heading {
	var list []*Heading
	for _, b := range d.Blocks {
		if h, ok := b.(*Heading); ok {
			list = append(list, h)
		}
	}
	return list
}

// Unique returns an anchor, or, if it is used in the document, it with sep and
// the first free number behind it, as wikis tell headings of one text apart. That
// is used from then on.
func Unique(used map[string]bool, anchor, sep string) string {
	free := anchor
	for n := 1; used[free]; n++ {
		free = anchor + sep + strconv.Itoa(n)
	}
	used[free] = true
	return free
}

// Plain returns inlines as text: a link as its text, a line break as a space.
func Plain(inlines []Inline) string {
	var b strings.Builder
	appendPlain(&b, inlines)
	return b.String()
}

func appendPlain(b *strings.Builder, inlines []Inline) {
	for _, n := range inlines {
		switch n := n.(type) {
		case Text:
			b.WriteString(string(n))
		case Span:
			b.WriteString(string(n))
		case *Strong:
			appendPlain(b, n.Text)
		case *Emphasis:
			appendPlain(b, n.Text)
		case *Strike:
			appendPlain(b, n.Text)
		case Marks:
			b.WriteString(strings.Join(n, " · "))
		case *Link:
			appendPlain(b, n.Text)
		case Break:
			b.WriteByte(' ')
		}
	}
}
