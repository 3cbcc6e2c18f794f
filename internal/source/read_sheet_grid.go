package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// What a document may hold. A page that people read stays far below; a file
// made to exhaust the machine does not. Repeated cells share their text, so
// that a cell costs some tens of bytes however long it is.
const (
	maxTableColumns = 1024    // of a table
	maxTableCells   = 1 << 20 // of all tables of a document, with spanned cells repeated
)

// refusal says why a document cannot be read, and where.
type refusal struct {
	line int // from 1; 0 for the document as a whole
	text string
}

func (r *refusal) Error() string {
	if r.line == 0 {
		return r.text
	}
	return fmt.Sprintf("line %d: %s", r.line, r.text)
}

func refuse(line int, format string, args ...any) error {
	return &refusal{line: line, text: fmt.Sprintf(format, args...)}
}

// squeezer puts text on one line, with single blanks between its words and
// without characters that nobody sees: a soft hyphen or a zero-width space
// inside a word would make it another word.
type squeezer struct {
	strings.Builder
	blank bool // one is due before the next character
}

// squeeze appends text.
func (f *squeezer) squeeze(text string) {
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			f.blank = f.Len() > 0
		case !isInvisible(r):
			if f.blank {
				f.WriteByte(' ')
				f.blank = false
			}
			f.WriteRune(r)
		}
	}
}

func isInvisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200E', '\u200F', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsControl(r)
}

// visibleText returns text as a squeezer leaves it.
func visibleText(text string) string {
	var f squeezer
	f.squeeze(text)
	return f.String()
}

// spanCell is a cell as a format writes it: once, however many places of the
// table it covers.
type spanCell struct {
	text string
	line int
	cols int // columns covered, from 1
	rows int // rows covered, from 1; 0 for all that are left in the group
}

// spanRow is a row as written: without what cells of rows above it cover.
type spanRow struct {
	cells  []spanCell
	line   int
	header bool
	group  int // rows of one group are consecutive; no cell reaches into the next group
}

// gridColumn is what a grid knows of a column of its table.
type gridColumn struct {
	until int    // the first row that no cell from above covers
	text  string // of the cell that covers it
}

// grid lays cells out in columns.
type grid struct {
	rows    []spanRow
	ends    []int // for each row, the row after the last of its group
	columns []gridColumn
	limit   int // where spans are cut
}

// layOutCells repeats each cell in every place that it covers. A span ends with
// the table: cells that claim more columns than any cell begins in are cut, and
// so are those that claim more rows than there are. Rows in which no cell
// begins, or that have no text, are left out. The budget is what is left of maxTableCells.
func layOutCells(rows []spanRow, budget *int) ([]Row, error) {
	g := &grid{rows: rows, ends: make([]int, len(rows)), limit: maxTableColumns}
	end := len(rows)
	for i := len(rows) - 1; i >= 0; i-- {
		if i+1 < len(rows) && rows[i].group != rows[i+1].group {
			end = i + 1
		}
		g.ends[i] = end
	}
	width := 0
	for i := range rows {
		start, err := g.place(i)
		if err != nil {
			return nil, err
		}
		width = max(width, start+1)
	}
	g.columns, g.limit = nil, width
	out := make([]Row, 0, len(rows))
	for i := range rows {
		if _, err := g.place(i); err != nil {
			return nil, err
		}
		if len(rows[i].cells) == 0 {
			continue
		}
		row := g.row(i)
		if !slices.ContainsFunc(row.Cells, func(text string) bool { return text != "" }) {
			continue
		}
		if *budget -= len(row.Cells); *budget < 0 {
			return nil, refuse(row.Line, "the tables of this document have more than %d cells", maxTableCells)
		}
		out = append(out, row)
	}
	return out, nil
}

// place finds the columns of each cell of a row, and marks them as covered in
// this row and in those below that the cell spans. It returns the column in
// which the last cell begins, or -1.
func (g *grid) place(i int) (int, error) {
	start, col := -1, 0
	for _, cell := range g.rows[i].cells {
		for g.covered(col, i) {
			col++
		}
		if col >= maxTableColumns {
			return start, refuse(cell.line, "this table has more than %d columns", maxTableColumns)
		}
		until := g.ends[i]
		if cell.rows > 0 && cell.rows < until-i {
			until = i + cell.rows
		}
		start = col
		for n := max(cell.cols, 1); n > 0 && col < g.limit && !g.covered(col, i); n-- {
			if col == len(g.columns) {
				g.columns = append(g.columns, gridColumn{})
			}
			g.columns[col] = gridColumn{until: until, text: cell.text}
			col++
		}
	}
	return start, nil
}

// covered reports whether a cell of this row or of one above covers a column.
func (g *grid) covered(col, row int) bool {
	return col < len(g.columns) && g.columns[col].until > row
}

// row returns a placed row with what covers it repeated.
func (g *grid) row(i int) Row {
	last := len(g.columns)
	for last > 0 && !g.covered(last-1, i) {
		last--
	}
	row := Row{Cells: make([]string, last), Header: g.rows[i].header, Line: g.rows[i].line}
	for col := range last {
		if g.covered(col, i) {
			row.Cells[col] = g.columns[col].text
			row.Width++
		}
	}
	return row
}
