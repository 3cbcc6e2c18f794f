package paper

import (
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pieceKind tells how the built-in engine draws a piece.
type pieceKind uint8

const (
	textPiece pieceKind = iota // lines of text
	headPiece                  // the head of a table
	itemPiece                  // an item to tick, with cells to write in
	rowPiece                   // a row of another table
)

// piece is what the built-in engine places as a whole.
type piece struct {
	kind          pieceKind
	lines         []line
	before, after float64   // space, in millimetres
	indent        float64   // of the lines
	least         float64   // the least height
	columns       []float64 // widths of the cells of a row
	words         []string  // in the cells
	head          *piece    // to repeat on a new page
	keep          bool      // on one page with the next
	rest          bool      // of an item whose beginning is on the page before
}

// line is a line of text in one or more fonts.
type line struct{ runs []run }

type run struct {
	font, text string
	size       float64
}

func (l line) height() float64 {
	size := 0.0
	for _, r := range l.runs {
		size = max(size, r.size)
	}
	return size * point * lineHeight
}

func (p *piece) height() float64 {
	height := p.before + p.after
	for _, l := range p.lines {
		height += l.height()
	}
	return max(height, p.least)
}

// split cuts a piece so that it is no higher than height, and returns the
// rest; p itself if not a line of it fits.
func (p *piece) split(height float64) *piece {
	at, used := 0, p.before+p.after
	for at < len(p.lines) && used+p.lines[at].height() <= height {
		used += p.lines[at].height()
		at++
	}
	if at == 0 || at == len(p.lines) {
		return p
	}
	rest := *p
	rest.lines, rest.rest, rest.least = p.lines[at:], true, 0
	p.lines, p.least = p.lines[:at], 0
	return &rest
}

// measure returns the width of a text in a font, in millimetres.
type measure func(font string, size float64, text string) float64

// flow returns the pieces that a page consists of.
func flow(root *nethtml.Node, m measure, chars *charset) []*piece {
	l := &layout{measure: m, chars: chars}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Main {
			l.blocks(n)
			break
		}
	}
	return l.pieces
}

// layout makes pieces of a page's blocks, in reading order. It knows the
// blocks of a checklist, and prints the text of any other.
type layout struct {
	measure measure
	chars   *charset
	pieces  []*piece
}

func (l *layout) blocks(parent *nethtml.Node) {
	for n := range parent.ChildNodes() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			l.heading(n)
		case atom.Section, atom.Div:
			from := len(l.pieces)
			l.blocks(n)
			if hasTable(n) {
				together(l.pieces[from:])
			}
		case atom.Ul, atom.Ol:
			l.list(n)
		case atom.Table:
			l.table(n)
		default:
			if text := l.text(n); text != "" {
				l.add(&piece{lines: l.wrap(textWidth, run{"text", text, textType}), after: afterBlock})
			}
		}
	}
}

// hasTable reports that a section holds a table and no further section, as
// the sign-off does.
func hasTable(n *nethtml.Node) bool {
	table := false
	for d := range n.Descendants() {
		if d.DataAtom == atom.Section {
			return false
		}
		table = table || d.DataAtom == atom.Table
	}
	return table
}

// together keeps pieces on one page.
func together(pieces []*piece) {
	for i := range len(pieces) - 1 {
		pieces[i].keep = true
	}
}

func (l *layout) add(p *piece) { l.pieces = append(l.pieces, p) }

func (l *layout) heading(n *nethtml.Node) {
	size := map[atom.Atom]float64{atom.H1: 17, atom.H2: 13, atom.H3: 11}[n.DataAtom]
	if size == 0 {
		size = textType
	}
	l.add(&piece{lines: l.wrap(textWidth, run{"bold", l.text(n), size}), before: size / 3, after: afterBlock, keep: true})
}

// itemHead is the head of a table of items.
func itemHead() *piece {
	return &piece{
		kind: headPiece, least: smallType*point + 2*padding, keep: true,
		columns: itemColumns, words: []string{"", "Item", "Owner", "Date", "Evidence"},
	}
}

const (
	textWidth = 182.0 // of A4 and, nearly, of Letter
	itemWidth = textWidth - boxWidth - ownerWidth - dateWidth - evidenceWidth
)

var itemColumns = []float64{boxWidth, itemWidth, ownerWidth, dateWidth, evidenceWidth}

func (l *layout) list(list *nethtml.Node) {
	var head *piece
	for li := range list.ChildNodes() {
		switch {
		case li.DataAtom != atom.Li:
		case find(li, atom.Input) != nil:
			if head == nil {
				head = itemHead()
				l.add(head)
			}
			p := l.item(li)
			p.head = head
			l.add(p)
		default:
			l.add(&piece{lines: l.wrap(textWidth-4, run{"text", "• " + l.text(li), textType}), indent: 4})
		}
	}
}

// item makes the row of an item: its label bold, its identifier, its marks,
// and below them what else the list item says.
func (l *layout) item(li *nethtml.Node) *piece {
	var title, marks []string
	id := ""
	var more []string
	for n := range li.ChildNodes() {
		switch text := l.text(n); {
		case text == "":
		case n.DataAtom == atom.Label:
			title = append(title, text)
		case n.DataAtom == atom.A && id == "":
			id = text
		case n.DataAtom == atom.Ul:
			for sub := range n.ChildNodes() {
				if text := l.text(sub); text != "" {
					more = append(more, text)
				}
			}
		case n.DataAtom == atom.Span:
			for sub := range n.ChildNodes() {
				if text := l.text(sub); text != "" {
					marks = append(marks, text)
				}
			}
		default:
			more = append(more, text)
		}
	}
	width := itemWidth - 2*padding
	lines := l.wrap(width, run{"bold", strings.Join(title, " "), textType})
	lines = append(lines, l.wrap(width, run{"mono", id, smallType}, run{"text", strings.Join(marks, " · "), smallType})...)
	for _, text := range more {
		lines = append(lines, l.wrap(width, run{"text", text, smallType})...)
	}
	return &piece{
		kind: itemPiece, lines: lines, before: padding, after: padding, indent: boxWidth + padding,
		least: penHeight, columns: itemColumns,
	}
}

// table makes the rows of a table whose cells are short or empty.
func (l *layout) table(table *nethtml.Node) {
	var head *piece
	for tr := range table.Descendants() {
		if tr.DataAtom != atom.Tr {
			continue
		}
		var words []string
		for cell := range tr.ChildNodes() {
			if cell.DataAtom == atom.Th || cell.DataAtom == atom.Td {
				words = append(words, l.text(cell))
			}
		}
		if words == nil {
			continue
		}
		columns := slices.Repeat([]float64{textWidth / float64(len(words))}, len(words))
		p := &piece{kind: rowPiece, words: words, columns: columns, least: penHeight, head: head}
		if head == nil {
			p.kind, p.least, p.keep, head = headPiece, smallType*point+2*padding, true, p
		}
		l.add(p)
	}
}

// find returns the first element of a kind below n, nil if there is none.
func find(n *nethtml.Node, a atom.Atom) *nethtml.Node {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return d
		}
	}
	return nil
}

// text returns what a node says, on one line. The address of a link to
// elsewhere stands behind its text.
func (l *layout) text(n *nethtml.Node) string {
	var b strings.Builder
	appendText(&b, n)
	return l.chars.clean(strings.Join(strings.Fields(b.String()), " "))
}

func appendText(b *strings.Builder, n *nethtml.Node) {
	if n.Type == nethtml.TextNode {
		b.WriteString(n.Data)
	}
	for c := range n.ChildNodes() {
		appendText(b, c)
	}
	for _, a := range n.Attr {
		if n.DataAtom == atom.A && a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
			b.WriteString(" <" + a.Val + ">")
		}
	}
}

// wrap breaks texts, one after the other, into lines of a width.
func (l *layout) wrap(width float64, texts ...run) []line {
	var lines []line
	var current line
	used := 0.0
	for _, t := range texts {
		for _, word := range strings.Fields(t.text) {
			for _, part := range l.fit(width, run{t.font, word, t.size}) {
				lead := ""
				if used > 0 {
					lead = " "
				}
				add := l.measure(t.font, t.size, lead+part)
				if used > 0 && used+add > width {
					lines = append(lines, current)
					current, used, lead = line{}, 0, ""
					add = l.measure(t.font, t.size, part)
				}
				if last := len(current.runs) - 1; last >= 0 && current.runs[last].font == t.font {
					current.runs[last].text += lead + part
				} else {
					current.runs = append(current.runs, run{t.font, lead + part, t.size})
				}
				used += add
			}
		}
	}
	if current.runs != nil {
		lines = append(lines, current)
	}
	return lines
}

// fit returns a word in parts that are no wider than width.
func (l *layout) fit(width float64, word run) []string {
	var parts []string
	runes := []rune(word.text)
	for len(runes) > 0 {
		n := len(runes)
		for n > 1 && l.measure(word.font, word.size, string(runes[:n])) > width {
			n--
		}
		parts = append(parts, string(runes[:n]))
		runes = runes[n:]
	}
	return parts
}
