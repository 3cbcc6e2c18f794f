package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
)

// LegendNote is the note of a statement that explains the role letters.
const LegendNote = "explains the role letters"

// table adds the rows of a table, and reports those that cannot be read for
// certain.
func (b *builder) table(block *Block) {
	if len(block.Rows) == 0 {
		return // nothing but a delimiter row
	}
	if block.Flat {
		b.flatTable(block)
		return
	}
	m := readMatrix(block)
	parties := m.parties()
	if m.form == named || m.form == transposed {
		parties = nil
	}
	for _, row := range block.Rows {
		if row.Header && !slices.ContainsFunc(row.Cells, isLetterCell) {
			continue
		}
		r := m.row(row)
		s := Statement{
			Section: b.section, Line: row.Line, Kind: KindRow, Text: r.text, Context: r.context,
			Parties: parties, Cells: r.cells, Glued: r.glued, Open: r.open, Readings: r.readings, Note: r.problem,
		}
		if s.Text == "" && s.Context == "" && nobody(r.cells) && r.problem == "" {
			continue // an empty row
		}
		if m.legend || explainsLetter(r.text) {
			s.Note = LegendNote
		}
		b.next(s)
		switch {
		case r.problem != "":
			b.rep.error(r.rule, row.Line, r.problem, "read the row on the page; its roles are left open here")
		case m.form == lettered && !spans(row) && nobody(r.cells):
			b.rep.add("document/nobody", diag.Advice, row.Line, "row names nobody", "see whether a cell was lost")
		}
	}
}

func isLetterCell(s string) bool {
	l, ok := parseLetters(s)
	return ok && len(l) > 1
}

// nobody reports that no party has a role.
func nobody(cells []Cell) bool {
	return !slices.ContainsFunc(cells, func(c Cell) bool { return c.Letters != "" || c.Aspect != "" })
}

var legendLine = regexp.MustCompile(`^(?:[(\[][RACI][)\]]\s*[:=–—-]?|\*{0,2}[RACI]\*{0,2}\s*[:=–—-])\s*\pL`)

// explainsLetter reports whether a text says what a role letter means, such as
// "R: is in charge" or "(R) Responsible".
func explainsLetter(text string) bool { return legendLine.MatchString(text) }

// strayLetters matches a text that ends as a row of a table of roles does.
var strayLetters = regexp.MustCompile(`(?:([\pL-]*[\p{Ll})][RACI]{2,8})|\s(?:RA|AR)(?:\s[CI]{1,2})?|\s[CI]{1,2}\s(?:RA|AR))$`)

// stray reports a text outside of any table that looks like a row of one.
func (b *builder) stray(block *Block) {
	_, alone := parseLetters(block.Text)
	_, tail := cutTail(block.Text)
	m := strayLetters.FindStringSubmatch(tail)
	if alone && block.Text != roleLetters || m != nil && !mixedNames[m[1]] {
		b.rep.warn("document/stray-letters", block.Line, "role letters stand outside of a table with a header",
			"give the table a header: a word for activity, then the parties")
	}
}

// flatTable adds the rows of a table whose columns were lost.
func (b *builder) flatTable(block *Block) {
	if head := block.Rows[0]; len(head.Cells) > 1 {
		var parties []string
		for _, p := range head.Cells[1:] {
			parties = append(parties, clip(p, maxHead))
		}
		b.cellTable(block, distinctHeads(parties))
		return
	}
	h, ok := readFlatHeader(block.Rows[0].Cells[0], b.evidence)
	if !ok {
		return
	}
	if !h.sure {
		b.rep.warn("document/unclear-header", block.Rows[0].Line,
			"it is not certain how many parties the table has: "+strings.Join(h.parties, ", "),
			"separate the columns of the header by tabs")
	}
	rows := block.Rows[1:]
	known := map[string]bool{}
	if h.glued {
		for _, row := range rows {
			line := row.Cells[0]
			at := gluedEnd(line)
			if all := scanLetters(line[at:]); len(all) > 0 && textEnds(line[:at], all, b.evidence) {
				for _, set := range mixedSets(all, len(h.parties)) {
					known[set] = true
				}
			}
		}
	}
	for _, row := range rows {
		b.flatStatement(row.Line, h.parties, h.row(row.Cells[0], b.evidence, known))
	}
}

// cellTable adds the rows of a table of which each cell stood on a line of its
// own. Cells that were empty have left no line, so only a row with all its
// cells is certain.
func (b *builder) cellTable(block *Block, parties []string) {
	for _, row := range block.Rows[1:] {
		r := flatRow{text: row.Cells[0]}
		var cells []letters
		distinct := true
		for _, c := range row.Cells[1:] {
			l, ok := parseLetters(c)
			distinct = distinct && ok
			cells = append(cells, l)
			r.glued += l.String()
		}
		switch {
		case len(cells) == len(parties) && distinct:
			r.cells = split(cells).cells(parties)
		default:
			r.readings = flatHeader{parties: parties}.readings(r.text, placements(cells, len(parties)))
		}
		b.flatStatement(row.Line, parties, r)
	}
}

func (b *builder) flatStatement(line int, parties []string, r flatRow) {
	s := Statement{
		Section: b.section, Line: line, Kind: KindRow, Text: r.text,
		Parties: parties, Cells: r.cells, Glued: r.glued, Open: r.open, Readings: r.readings,
	}
	switch {
	case r.cells != nil && r.split:
		s.Note = fmt.Sprintf("the letters %q stand without columns; only one way to divide them is left", r.glued)
	case r.glued == "":
		s.Note = "no role letters in the row"
		b.rep.warn("document/no-letters", line, "row ends in no role letters", "see on the page whether it goes on in the next row, or names nobody")
	case r.cells == nil:
		s.Note = "it is not certain who holds the letters"
		message := fmt.Sprintf("letters %q can be read in more than one way", r.glued)
		switch {
		case r.open:
			message = fmt.Sprintf("it is not certain where the text ends and the letters %q begin", r.glued)
		case len(r.readings) == 1:
			message = fmt.Sprintf("letters %q stand under a header that does not tell for certain how many parties there are", r.glued)
		case len(r.readings) == 0:
			message = fmt.Sprintf("letters %q do not fit %s", r.glued, "the parties of the table")
		}
		if ways := describe(r.readings); ways != "" {
			message += ": " + ways
		}
		b.rep.warn("document/ambiguous-row", line, message, "look up on the page who holds them; they are left open here")
	}
	b.next(s)
}

// describe lists readings for a message.
func describe(readings []Reading) string {
	const most = 4
	var out []string
	for i, r := range readings {
		if i == most {
			out = append(out, "…")
			break
		}
		var cells []string
		for _, c := range r.Cells {
			if c.Letters == "" {
				cells = append(cells, "–")
			} else {
				cells = append(cells, c.Letters+c.Mark)
			}
		}
		out = append(out, strings.Join(cells, " | "))
	}
	return strings.Join(slices.Compact(out), " or ")
}
