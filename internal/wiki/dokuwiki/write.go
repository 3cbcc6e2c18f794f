package dokuwiki

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/demarc/demarc/internal/tree"
)

// writer writes the text of one document.
type writer struct {
	*edition
	strings.Builder
}

// blocks writes blocks with an empty line behind each.
func (w *writer) blocks(blocks []tree.Block) {
	for _, b := range blocks {
		w.block(b)
		w.WriteByte('\n')
	}
}

func (w *writer) block(b tree.Block) {
	switch b := b.(type) {
	case *tree.Heading:
		w.heading(b.Level, headingText(b))
	case *tree.Paragraph:
		w.inlines(b.Text)
		w.WriteByte('\n')
	case *tree.List:
		w.list(b, 1)
	case *tree.Code:
		w.WriteString(code(b.Text) + "\n")
	case *tree.Table:
		w.table(b)
	case *tree.Quote:
		for _, inner := range b.Blocks {
			w.WriteString("> ")
			w.within(inner)
			w.WriteByte('\n')
		}
	case *tree.Rule:
		w.WriteString("----\n")
	}
}

// heading writes a heading, of which there are five levels. Nothing in its text
// is looked at for markup, and two blanks keep apart what could be marks.
func (w *writer) heading(level int, text string) {
	mark := strings.Repeat("=", max(7-level, 2))
	w.WriteString(mark + " " + text + " " + mark + "\n")
}

// headingText returns the text of a heading, its identifier in brackets.
func headingText(h *tree.Heading) string {
	text := tree.Plain(h.Text)
	if h.ID != "" && len(h.Text) > 1 {
		text = strings.TrimSpace(strings.TrimSuffix(text, h.ID)) + " (" + h.ID + ")"
	}
	return headline(text)
}

// headline returns text as a heading holds it.
func headline(text string) string { return norm.NFC.String(oneLine(text)) }

// list writes a list of a depth. An entry is one line, as an empty one would
// end the list: its blocks follow each other in it, and what comes behind a list
// in it is an entry of that. Numbers begin at 1: a list with others has them in
// its text.
func (w *writer) list(l *tree.List, depth int) {
	mark := "*"
	if l.Ordered && l.Start == 1 {
		mark = "-"
	}
	for i, e := range l.Entries {
		w.WriteString(strings.Repeat("  ", depth) + mark + " ")
		if l.Ordered && l.Start != 1 {
			fmt.Fprintf(w, "%d. ", l.Start+i)
		}
		w.WriteString(e.Sign())
		for i, b := range e.Blocks {
			if inner, ok := b.(*tree.List); ok {
				w.WriteByte('\n')
				w.list(inner, depth+1)
				continue
			}
			if i > 0 {
				if _, below := e.Blocks[i-1].(*tree.List); below { // whose last line is written
					w.WriteString(strings.Repeat("  ", depth+1) + "* ")
				} else {
					w.between(e.Blocks[i-1], b)
				}
			}
			w.within(b)
		}
		if !strings.HasSuffix(w.String(), "\n") {
			w.WriteByte('\n')
		}
	}
}

// between keeps two blocks apart that follow each other in a line.
func (w *writer) between(before, b tree.Block) {
	after := false
	for _, b := range []tree.Block{before, b} {
		if _, isCode := b.(*tree.Code); isCode {
			after = true
		}
	}
	if after {
		w.WriteByte(' ')
	} else {
		w.WriteString(`\\ `)
	}
}

// within writes a block where only a line fits, in an entry or a quotation.
func (w *writer) within(b tree.Block) {
	switch b := b.(type) {
	case *tree.Paragraph:
		w.inlines(b.Text)
	case *tree.Heading:
		w.inlines([]tree.Inline{&tree.Strong{Text: b.Text}})
	case *tree.Code:
		w.WriteString(code(b.Text))
	case *tree.Quote:
		for i, inner := range b.Blocks {
			if i > 0 {
				w.between(b.Blocks[i-1], inner)
			}
			w.within(inner)
		}
	case *tree.List:
		for i, e := range b.Entries {
			if i > 0 {
				w.WriteString(`\\ `)
			}
			w.WriteString("• " + e.Sign())
			w.within(&tree.Quote{Blocks: e.Blocks})
		}
	case *tree.Table:
		for i, r := range append([]*tree.Row{{Cells: b.Head}}, b.Rows...) {
			if i > 0 {
				w.WriteString(`\\ `)
			}
			for j, c := range r.Cells {
				if j > 0 {
					w.WriteString(" · ")
				}
				w.inlines(c)
			}
		}
	}
}

// table writes a table. The first cell of a row is its heading.
func (w *writer) table(t *tree.Table) {
	for _, c := range t.Head {
		w.cell("^", c)
	}
	w.WriteString("^\n")
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			if i == 0 {
				w.cell("^", c)
			} else {
				w.cell("|", c)
			}
		}
		w.WriteString("|\n")
	}
}

// cell writes a cell with one blank at both sides: more would align it, none
// would make one with its neighbour of an empty cell.
func (w *writer) cell(mark string, c tree.Cell) {
	w.WriteString(mark + " ")
	w.inlines(c)
	if len(c) > 0 {
		w.WriteByte(' ')
	}
}

func (w *writer) inlines(list []tree.Inline) {
	for _, n := range list {
		w.inline(n)
	}
}

func (w *writer) inline(n tree.Inline) {
	switch n := n.(type) {
	case tree.Text:
		w.WriteString(escape(string(n)))
	case tree.Span:
		w.WriteString(span(string(n)))
	case *tree.Strong:
		w.around("**", n.Text, "**")
	case *tree.Emphasis:
		w.around("//", n.Text, "//")
	case *tree.Strike:
		w.around("<del>", n.Text, "</del>")
	case tree.Marks:
		w.around("//", []tree.Inline{tree.Text(strings.Join(n, " · "))}, "//")
	case *tree.Link:
		w.link(n)
	case tree.Break:
		w.WriteString(`\\ `)
	}
}

func (w *writer) around(begin string, inner []tree.Inline, end string) {
	w.WriteString(begin)
	w.inlines(inner)
	w.WriteString(end)
}

// link writes a link. Its text shows as it is, without markup; one that could
// end the link or be taken for an image stands before it.
func (w *writer) link(l *tree.Link) {
	to, text := "", oneLine(tree.Plain(l.Text))
	switch {
	case l.URL == "":
		to = w.find(l.To)
	case external(l.URL):
		to = address.Replace(l.URL)
		if mail := mailTo(l.URL); mail != "" {
			to = address.Replace(mail)
		}
	default:
		text += " (" + oneLine(l.URL) + ")"
	}
	switch {
	case to == "":
		w.WriteString(escape(text))
	case strings.Contains(text, "]]") || strings.HasPrefix(text, "{{") || strings.TrimSpace(text) == "":
		w.WriteString(escape(text) + " [[" + to + "|→]]")
	default:
		w.WriteString("[[" + to + "|" + text + "]]")
	}
}
