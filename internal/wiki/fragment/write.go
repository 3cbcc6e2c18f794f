package fragment

import (
	"fmt"
	"html"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// writer writes the HTML of one document.
type writer struct {
	strings.Builder
	places *wiki.Places
	doc    *tree.Document
	level  int    // of the title's heading
	ending string // of the files that links lead to
	blank  bool   // links to elsewhere open a window of their own
	ids    map[any]string
}

// section returns a document as a section.
func (w *writer) section() []byte {
	w.ids = w.places.IDs(w.doc)
	fmt.Fprintf(w, "<section class=\"demarc demarc-%s\">\n", html.EscapeString(string(w.doc.Kind)))
	w.heading(1, "", []tree.Inline{tree.Text(w.doc.Title)})
	w.blocks(w.doc.Blocks)
	w.WriteString("</section>\n")
	return []byte(w.String())
}

func (w *writer) heading(level int, id string, text []tree.Inline) {
	tag := fmt.Sprintf("h%d", min(w.level+level-1, 6))
	w.WriteString("<" + tag + id + ">")
	w.inlines(text)
	w.WriteString("</" + tag + ">\n")
}

// id returns the attribute with the id of a thing, if it has one.
func (w *writer) id(thing any) string {
	if w.ids[thing] == "" {
		return ""
	}
	return ` id="` + html.EscapeString(w.ids[thing]) + `"`
}

func (w *writer) blocks(blocks []tree.Block) {
	for _, b := range blocks {
		w.block(b)
	}
}

func (w *writer) block(b tree.Block) {
	switch b := b.(type) {
	case *tree.Heading:
		w.heading(b.Level, w.id(b), b.Text)
	case *tree.Paragraph:
		w.WriteString("<p>")
		w.inlines(b.Text)
		w.WriteString("</p>\n")
	case *tree.List:
		w.list(b)
	case *tree.Code:
		w.WriteString("<pre><code>" + html.EscapeString(b.Text) + "</code></pre>\n")
	case *tree.Table:
		w.table(b)
	case *tree.Quote:
		w.WriteString("<blockquote>\n")
		w.blocks(b.Blocks)
		w.WriteString("</blockquote>\n")
	case *tree.Rule:
		w.WriteString("<hr>\n")
	}
}

// list writes a list. A paragraph that an entry begins with is not one of its
// own, so that entries stay close in a page without style.
func (w *writer) list(l *tree.List) {
	begin, end := wiki.ListTags(l.Ordered, l.Start)
	w.WriteString(begin + "\n")
	for _, e := range l.Entries {
		w.WriteString("<li" + w.id(e) + ">" + e.Sign())
		for i, b := range e.Blocks {
			if p, ok := b.(*tree.Paragraph); ok && i == 0 {
				w.inlines(p.Text)
				continue
			}
			if i < 2 {
				w.WriteByte('\n')
			}
			w.block(b)
		}
		w.WriteString("</li>\n")
	}
	w.WriteString(end + "\n")
}

// table writes a table. The first cell of a row is its heading.
func (w *writer) table(t *tree.Table) {
	w.WriteString("<table>\n<thead>\n<tr>\n")
	for _, c := range t.Head {
		w.cell("th", ` scope="col"`, c)
	}
	w.WriteString("</tr>\n</thead>\n<tbody>\n")
	for _, r := range t.Rows {
		w.WriteString("<tr" + w.id(r) + ">\n")
		for i, c := range r.Cells {
			if i == 0 {
				w.cell("th", ` scope="row"`, c)
			} else {
				w.cell("td", "", c)
			}
		}
		w.WriteString("</tr>\n")
	}
	w.WriteString("</tbody>\n</table>\n")
}

func (w *writer) cell(tag, attributes string, c tree.Cell) {
	w.WriteString("<" + tag + attributes + ">")
	w.inlines(c)
	w.WriteString("</" + tag + ">\n")
}

func (w *writer) inlines(list []tree.Inline) {
	for _, n := range list {
		w.inline(n)
	}
}

func (w *writer) inline(n tree.Inline) {
	switch n := n.(type) {
	case tree.Text:
		w.WriteString(html.EscapeString(string(n)))
	case tree.Span:
		w.WriteString("<code>" + html.EscapeString(string(n)) + "</code>")
	case *tree.Strong:
		w.around("strong", n.Text)
	case *tree.Emphasis:
		w.around("em", n.Text)
	case *tree.Strike:
		w.around("s", n.Text)
	case tree.Marks:
		w.around("em", []tree.Inline{tree.Text(strings.Join(n, " · "))})
	case *tree.Link:
		w.link(n)
	case tree.Break:
		w.WriteString("<br>")
	}
}

func (w *writer) around(tag string, inner []tree.Inline) {
	w.WriteString("<" + tag + ">")
	w.inlines(inner)
	w.WriteString("</" + tag + ">")
}

// link writes a link. An address that is neither in the site nor has a scheme
// leads nowhere from here and stands behind the text.
func (w *writer) link(l *tree.Link) {
	to, attributes := l.URL, ""
	switch {
	case to == "":
		to = w.address(l.To)
	case !markdown.SafeLink(to) || !strings.Contains(to, ":"):
		w.inlines(l.Text)
		w.WriteString(html.EscapeString(" (" + to + ")"))
		return
	case w.blank:
		attributes = ` target="_blank" rel="noopener"`
	}
	if to == "" {
		w.inlines(l.Text)
		return
	}
	w.WriteString(`<a href="` + html.EscapeString(to) + `"` + attributes + ">")
	w.inlines(l.Text)
	w.WriteString("</a>")
}
