package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// readRow is what a row of a table says.
type readRow struct {
	text     string // what is to be done; for a row of no matrix, all cells
	context  string // what the columns beside say
	cells    []Cell // who does it, if that is certain
	glued    string // the letters as printed, if it is not
	open     bool   // the text may go on into the letters
	readings []Reading
	problem  string // what keeps the row from being read; "" for nothing
	rule     string // under which name that is reported
}

// row reads a row of the table. Its width is that of the table or it is not
// believed: a lost cell moves the letters of one party to another.
func (m *matrix) row(row Row) readRow {
	switch {
	case len(row.Cells) == 0:
		return readRow{}
	case spans(row):
		return readRow{text: row.Cells[0]}
	case m.form == plain && (row.Width == m.width || !m.aboutRoles(row)):
		return readRow{text: joinCells(row.Cells)}
	case row.Width != m.width || len(row.Cells) != m.width:
		return m.badRow(row)
	}
	r := readRow{text: row.Cells[m.activity]}
	var beside []string
	for c, cell := range row.Cells {
		if c != m.activity && !slices.Contains(m.columns, c) {
			beside = append(beside, cell)
		}
	}
	r.context = joinCells(beside)
	switch m.form {
	case lettered:
		m.lettersOf(row, &r)
	case named:
		for _, c := range m.columns {
			for _, n := range cellNames(row.Cells[c]) {
				if emptyCell(n.Party) {
					continue
				}
				n.Aspect = m.heads[c]
				r.cells = append(r.cells, n)
			}
		}
	case transposed:
		m.turn(row, &r)
	}
	return r
}

// aboutRoles reports whether a row of a table that could not be read as one of
// roles may be one all the same.
func (m *matrix) aboutRoles(row Row) bool {
	isLetters := func(s string) bool { _, ok := parseLetters(s); return ok }
	return slices.ContainsFunc(m.heads, namesRole) && slices.ContainsFunc(row.Cells, isLetters)
}

func joinCells(cells []string) string {
	var out []string
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			out = append(out, c)
		}
	}
	return strings.Join(out, " | ")
}

// lettersOf reads the role letters of a row.
func (m *matrix) lettersOf(row Row, r *readRow) {
	for _, c := range m.columns {
		if emptyCell(row.Cells[c]) {
			r.cells = append(r.cells, Cell{Party: m.heads[c]})
			continue
		}
		l, ok := parseLetters(row.Cells[c])
		if !ok {
			r.cells = nil
			r.rule = "document/unknown-cell"
			r.problem = fmt.Sprintf("cell %s is no role letters", shorten(row.Cells[c]))
			return
		}
		r.cells = append(r.cells, l.cell(m.heads[c]))
	}
}

// turn reads a row whose columns are the letters and whose cells name the
// parties.
func (m *matrix) turn(row Row, r *readRow) {
	for i, c := range m.columns {
		for _, n := range cellNames(row.Cells[c]) {
			if emptyCell(n.Party) {
				continue
			}
			at := slices.IndexFunc(r.cells, func(x Cell) bool { return strings.EqualFold(x.Party, n.Party) })
			if at < 0 {
				at = len(r.cells)
				r.cells = append(r.cells, Cell{Party: n.Party})
			}
			if !strings.Contains(r.cells[at].Letters, m.letters[i]) {
				r.cells[at].Letters += m.letters[i]
			}
			r.cells[at].Mark += n.Mark
		}
	}
}

// badRow reads a row that has another number of cells than its table.
func (m *matrix) badRow(row Row) readRow {
	r := readRow{
		text: joinCells(row.Cells), rule: "document/row-width",
		problem: fmt.Sprintf("row has %s, the table has %d columns", count(row.Width, "cell"), m.width),
	}
	if m.form != lettered {
		return r
	}
	var texts []string
	var cells []letters
	for _, c := range row.Cells {
		if l, ok := parseLetters(c); ok && len(texts) > 0 {
			cells = append(cells, l)
			r.glued += l.String()
		} else if !emptyCell(c) {
			texts = append(texts, c)
		}
	}
	r.text = joinCells(texts)
	if row.Width < m.width {
		r.readings = flatHeader{parties: m.parties()}.readings(r.text, placements(cells, len(m.columns)))
	}
	return r
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// shorten puts text in quotes for a message.
func shorten(text string) string {
	const most = 40
	return strconv.Quote(clip(text, most))
}
