package mediawiki

import (
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// writer writes the wikitext of one document.
type writer struct {
	*edition
	strings.Builder
	doc *tree.Document
	ids map[any]string
}

// blocks writes blocks with an empty line behind each.
func (w *writer) blocks(blocks []tree.Block) {
	for _, b := range blocks {
		w.block(b)
		w.WriteString("\n")
	}
}

func (w *writer) block(b tree.Block) {
	switch b := b.(type) {
	case *tree.Heading:
		mark := strings.Repeat("=", b.Level)
		w.WriteString(mark + " ")
		if w.ids[b] != strings.ReplaceAll(tree.Plain(b.Text), " ", "_") { // which MediaWiki gives it anyway
			w.WriteString(w.anchor(b))
		}
		w.inlines(b.Text)
		w.WriteString(" " + mark + "\n")
	case *tree.Paragraph:
		w.inlines(b.Text)
		w.WriteByte('\n')
	case *tree.List:
		if simple(b) {
			w.list(b, "")
		} else {
			w.htmlList(b)
		}
	case *tree.Code:
		w.WriteString("<pre>\n" + raw(b.Text) + "\n</pre>\n")
	case *tree.Table:
		w.table(b)
	case *tree.Quote:
		w.WriteString("<blockquote>\n")
		w.blocks(b.Blocks)
		w.WriteString("</blockquote>\n")
	case *tree.Rule:
		w.WriteString("----\n")
	}
}

// anchor returns a place to link to.
func (w *writer) anchor(thing any) string {
	id := w.ids[thing]
	if id == "" {
		return ""
	}
	return `<span id="` + id + `"></span>`
}

// simple reports that a list can be written as wikitext, whose entries are one
// line each. The others are HTML, which may hold any blocks.
func simple(l *tree.List) bool {
	if l.Ordered && l.Start != 1 {
		return false
	}
	for _, e := range l.Entries {
		for i, b := range e.Blocks {
			switch b := b.(type) {
			case *tree.Paragraph:
				if i > 0 {
					return false
				}
			case *tree.List:
				if i == 0 || !simple(b) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// list writes a simple list; marks are those of the lists around it.
func (w *writer) list(l *tree.List, marks string) {
	marks += map[bool]string{false: "*", true: "#"}[l.Ordered]
	for _, e := range l.Entries {
		w.WriteString(marks + " " + w.anchor(e) + e.Sign())
		for i, b := range e.Blocks {
			if inner, ok := b.(*tree.List); ok {
				w.list(inner, marks)
				continue
			}
			w.inlines(b.(*tree.Paragraph).Text)
			if i == 0 {
				w.WriteByte('\n')
			}
		}
		if len(e.Blocks) == 0 {
			w.WriteByte('\n')
		}
	}
}

func (w *writer) htmlList(l *tree.List) {
	begin, end := wiki.ListTags(l.Ordered, l.Start)
	w.WriteString(begin + "\n")
	for _, e := range l.Entries {
		id := ""
		if w.ids[e] != "" {
			id = ` id="` + w.ids[e] + `"`
		}
		w.WriteString("<li" + id + ">" + e.Sign())
		for i, b := range e.Blocks {
			if _, isText := b.(*tree.Paragraph); i > 0 || !isText {
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
	w.WriteString("{| class=\"wikitable\"\n|-\n")
	for _, c := range t.Head {
		w.cell(`! scope="col" |`, c)
	}
	for _, r := range t.Rows {
		w.WriteString("|-")
		if id := w.ids[r]; id != "" {
			w.WriteString(` id="` + id + `"`)
		}
		w.WriteByte('\n')
		for i, c := range r.Cells {
			if i == 0 {
				w.cell(`! scope="row" style="text-align: left" |`, c) // heads are centred otherwise
			} else {
				w.cell("|", c)
			}
		}
	}
	w.WriteString("|}\n")
}

func (w *writer) cell(mark string, c tree.Cell) {
	w.WriteString(mark)
	if len(c) > 0 {
		w.WriteByte(' ')
		w.inlines(c)
	}
	w.WriteByte('\n')
}

func (w *writer) inlines(list []tree.Inline) {
	for _, n := range list {
		w.inline(n)
	}
}

func (w *writer) inline(n tree.Inline) {
	switch n := n.(type) {
	case tree.Text:
		w.WriteString(escape(string(n), w.lineStart()))
	case tree.Span:
		if text := escape(string(n), false); text == string(n) {
			w.WriteString("<code>" + text + "</code>")
		} else {
			w.WriteString("<code><nowiki>" + raw(string(n)) + "</nowiki></code>")
		}
	case *tree.Strong:
		w.quoted("'''", n.Text)
	case *tree.Emphasis:
		w.quoted("''", n.Text)
	case *tree.Strike:
		w.WriteString("<s>")
		w.inlines(n.Text)
		w.WriteString("</s>")
	case tree.Marks:
		w.quoted("''", []tree.Inline{tree.Text(strings.Join(n, " · "))})
	case *tree.Link:
		w.link(n)
	case tree.Break:
		w.WriteString("<br />")
	}
}

// lineStart reports that what is written next begins a line.
func (w *writer) lineStart() bool {
	s := w.String()
	return s == "" || s[len(s)-1] == '\n'
}

// quoted writes inlines between apostrophes, which are kept apart from those
// that came before.
func (w *writer) quoted(mark string, inner []tree.Inline) {
	w.apart()
	w.WriteString(mark)
	w.inlines(inner)
	w.apart()
	w.WriteString(mark)
}

func (w *writer) apart() {
	if strings.HasSuffix(w.String(), "'") {
		w.WriteString("<nowiki/>")
	}
}

func (w *writer) link(l *tree.Link) {
	if l.URL != "" {
		w.external(l)
		return
	}
	d, id := w.places.Find(l.To)
	if d == nil || d == w.doc && id == "" {
		w.inlines(l.Text)
		return
	}
	page := ""
	if d != w.doc {
		page = w.Prefix + w.names[d]
	}
	if id != "" {
		id = "#" + id
	}
	if page+id == tree.Plain(l.Text) {
		w.WriteString("[[" + page + "]]")
		return
	}
	w.WriteString("[[" + page + id + "|")
	w.inlines(l.Text)
	w.WriteString("]]")
}

// external writes a link to an address. One without a scheme leads nowhere in
// a wiki: it is written behind the text.
func (w *writer) external(l *tree.Link) {
	if scheme, _, found := strings.Cut(l.URL, ":"); !found || !markdown.SafeLink(l.URL) || strings.ContainsAny(scheme, "/?#") {
		w.inlines(l.Text)
		w.WriteString(escape(" ("+l.URL+")", false))
		return
	}
	w.WriteString("[" + address.Replace(l.URL) + " ")
	w.inlines(l.Text)
	w.WriteByte(']')
}
