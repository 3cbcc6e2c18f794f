package gfm

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
)

// Link returns where a link to a target leads, or "" if it leads nowhere here:
// then only its text is written.
type Link func(to tree.Target) string

// Write returns the Markdown of a document, without its title.
func (d *Dialect) Write(doc *tree.Document, link Link) []byte {
	w := writer{Dialect: d, link: link}
	if d.HeadingIDs {
		w.anchors = d.Anchors(doc)
	}
	w.blocks(doc.Blocks, "")
	return w.Bytes()
}

// Title returns a title as the first heading of a document.
func (d *Dialect) Title(title string) string {
	return "# " + d.escape(title, true, true) + "\n"
}

// writer writes one document.
type writer struct {
	*Dialect
	bytes.Buffer
	link    Link
	anchors map[*tree.Heading]string // to be written; nil for none
}

// indentation is that of blocks in an entry of a list, unless its number is
// longer.
const indentation = 4

// blocks writes blocks with a blank line between them, and a comment between
// lists, which would be one. The first line is indented by the caller, the others
// by indent.
func (w *writer) blocks(blocks []tree.Block, indent string) {
	for i, b := range blocks {
		if i > 0 {
			w.WriteString("\n" + indent)
			if isList(b) && isList(blocks[i-1]) {
				w.WriteString(comment + "\n\n" + indent)
			}
		}
		w.block(b, indent)
	}
}

func (w *writer) block(b tree.Block, indent string) {
	switch b := b.(type) {
	case *tree.Heading:
		w.WriteString(strings.Repeat("#", b.Level) + " ")
		w.inlines(b.Text, place{first: true, heading: true})
		if anchor := w.anchors[b]; anchor != "" {
			w.WriteString(" {#" + anchor + "}")
		}
		w.WriteByte('\n')
	case *tree.Paragraph:
		w.inlines(b.Text, place{first: true, indent: indent})
		w.WriteByte('\n')
	case *tree.List:
		w.list(b, indent)
	case *tree.Code:
		w.lines(markdown.Fence(b.Language, b.Text), indent)
	case *tree.Table:
		w.table(b, indent)
	case *tree.Quote:
		w.quote(b, indent)
	case *tree.Rule:
		w.WriteString("---\n")
	}
}

// lines writes lines, all but the first and the empty ones indented.
func (w *writer) lines(text, indent string) {
	w.WriteString(strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\n"+indent), "\n"+indent+"\n", "\n\n"))
	w.WriteByte('\n')
}

// list writes a list. It is tight, without blank lines, if that is clear.
func (w *writer) list(l *tree.List, indent string) {
	tight := isTight(l)
	for i, e := range l.Entries {
		if i > 0 {
			if !tight {
				w.WriteByte('\n')
			}
			w.WriteString(indent)
		}
		mark := "- "
		if l.Ordered {
			mark = strconv.Itoa(l.Start+i) + ". "
		}
		width := max(indentation, len(mark))
		if len(e.Blocks) > 0 && !isText(e.Blocks[0]) { // its other lines are at the same column
			mark += strings.Repeat(" ", width-len(mark))
		}
		w.WriteString(mark)
		if e.Box {
			w.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[e.Checked])
		}
		w.entry(e, indent+strings.Repeat(" ", width), tight)
	}
}

// isTight reports whether no entry holds more than a paragraph and a list that can
// begin right below it, which one with numbers other than from 1 cannot.
func isTight(l *tree.List) bool {
	for _, e := range l.Entries {
		if len(e.Blocks) < 2 {
			continue
		}
		inner, ok := e.Blocks[1].(*tree.List)
		if !ok || inner.Ordered && inner.Start != 1 || !isText(e.Blocks[0]) || len(e.Blocks) > 2 {
			return false
		}
	}
	return true
}

func isText(b tree.Block) bool {
	_, is := b.(*tree.Paragraph)
	return is
}

func isList(b tree.Block) bool {
	_, is := b.(*tree.List)
	return is
}

func (w *writer) entry(e *tree.Entry, indent string, tight bool) {
	if len(e.Blocks) == 0 {
		w.WriteByte('\n')
		return
	}
	if !tight {
		w.blocks(e.Blocks, indent)
		return
	}
	for i, b := range e.Blocks {
		if i > 0 {
			w.WriteString(indent)
		}
		w.block(b, indent)
	}
}

func (w *writer) table(t *tree.Table, indent string) {
	w.row(t.Head)
	w.WriteString(indent + "|" + strings.Repeat(" --- |", len(t.Head)) + "\n")
	for _, r := range t.Rows {
		w.WriteString(indent)
		w.row(r.Cells)
	}
}

func (w *writer) row(cells []tree.Cell) {
	w.WriteByte('|')
	for _, c := range cells {
		w.WriteByte(' ')
		w.inlines(c, place{cell: true})
		if len(c) > 0 {
			w.WriteByte(' ')
		}
		w.WriteByte('|')
	}
	w.WriteByte('\n')
}

func (w *writer) quote(q *tree.Quote, indent string) {
	inner := writer{Dialect: w.Dialect, link: w.link, anchors: w.anchors}
	inner.blocks(q.Blocks, "")
	for i, line := range strings.Split(strings.TrimSuffix(inner.String(), "\n"), "\n") {
		if i > 0 {
			w.WriteString(indent)
		}
		if line != "" {
			line = " " + line
		}
		w.WriteString(">" + line + "\n")
	}
}

// place is where inlines stand.
type place struct {
	first, heading, cell bool
	indent               string // of the next line, for line breaks
}

func (w *writer) inlines(list []tree.Inline, at place) {
	for _, n := range list {
		w.inline(n, at)
		_, isBreak := n.(tree.Break)
		at.first = isBreak && !at.cell && !at.heading
	}
}

func (w *writer) inline(n tree.Inline, at place) {
	switch n := n.(type) {
	case tree.Text:
		w.WriteString(w.escape(string(n), at.first, at.heading))
	case tree.Span:
		w.span(string(n), at.cell)
	case *tree.Strong:
		w.around("**", n.Text, at)
	case *tree.Emphasis:
		w.around("*", n.Text, at)
	case *tree.Strike:
		w.around("~~", n.Text, at)
	case tree.Marks:
		w.around("*", []tree.Inline{tree.Text(strings.Join(n, ", "))}, at)
	case *tree.Link:
		w.writeLink(n, at)
	case tree.Break:
		if at.cell || at.heading {
			w.WriteByte(' ')
		} else {
			w.WriteString("  \n" + at.indent)
		}
	}
}

func (w *writer) around(mark string, inner []tree.Inline, at place) {
	at.first = false
	w.WriteString(mark)
	w.inlines(inner, at)
	w.WriteString(mark)
}

var htmlCode = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", "*", "&#42;", "_", "&#95;", "`", "&#96;", "[", "&#91;", "{", "&#123;", `\`, "&#92;")

func (w *writer) span(code string, cell bool) {
	switch {
	case cell && strings.Contains(code, "|") && w.HTMLCode:
		w.WriteString("<code>" + htmlCode.Replace(code) + "</code>")
	case cell:
		w.WriteString(strings.ReplaceAll(markdown.Code(code), "|", `\|`))
	default:
		w.WriteString(markdown.Code(code))
	}
}

func (w *writer) writeLink(l *tree.Link, at place) {
	url := l.URL
	if url == "" {
		url = w.link(l.To)
	}
	if url == "" {
		w.inlines(l.Text, at)
		return
	}
	at.first = false
	w.WriteByte('[')
	w.inlines(l.Text, at)
	w.WriteString("](" + address.Replace(url) + ")")
}

// address encodes what would end a link's address, or mean something in it.
var address = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", `"`, "%22",
	"|", "%7C", "`", "%60", "{", "%7B", "}", "%7D", "*", "%2A", "[", "%5B", "]", "%5D")
