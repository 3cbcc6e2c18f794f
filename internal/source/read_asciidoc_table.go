package source

import (
	"regexp"
	"slices"
	"strings"
)

// startsTable reports whether a line begins a table. One within a cell of
// another has exclamation marks for bars.
func (r *asciiDoc) startsTable(text string) bool {
	if len(text) < 4 || strings.Trim(text[1:], "=") != "" {
		return false
	}
	if r.inCell {
		return text[0] == '!'
	}
	return strings.IndexByte("|,:", text[0]) >= 0
}

// adocTable is a table while it is read.
type adocTable struct {
	separator string
	styles    []byte // for each column, the letter of its style or 0
	header    bool
	noHeader  bool
	cells     []adocCell
	width     int // columns
}

// adocCell is a cell as written.
type adocCell struct {
	spanCell
	lines  []adocLine
	repeat int
	style  byte
}

var (
	adocColumns   = regexp.MustCompile(`\bcols=(?:"([^"]*)"|'([^']*)'|([^,\]]*))`)
	adocOptions   = regexp.MustCompile(`\b(?:options|opts)=(?:"([^"]*)"|'([^']*)'|([^,\]]*))`)
	adocShort     = regexp.MustCompile(`%([\w-]+)`)
	adocFormat    = regexp.MustCompile(`\bformat="?(csv|tsv|dsv|psv)"?`)
	adocSeparator = regexp.MustCompile(`\bseparator="?(\\t|[^"\s\]])"?`)
	adocColumn    = regexp.MustCompile(`^(?:(\d+)\*)?.*?([adehlmsv])?$`)
	adocCellSpec  = regexp.MustCompile(`^(?:(?:(\d+)(?:\.(\d+))?|\.(\d+))([+*]))?[<^>]?(?:\.[<^>])?([adehlmsv])?$`)
)

// table reads a table. Rows are filled from cell to cell, wherever the lines
// end; so a cell too few shifts all that follow, on the provider's page too.
func (r *asciiDoc) table(l adocLine) error {
	options := strings.Join(r.options, " ")
	r.options, r.markers = nil, nil
	inner := r.until(l.text)
	t, err := newAdocTable(options, l)
	if err != nil {
		return err
	}
	format := map[byte]string{'|': "psv", '!': "psv", ',': "csv", ':': "dsv"}[l.text[0]]
	if match := adocFormat.FindStringSubmatch(options); match != nil {
		format = match[1]
	}
	if format != "psv" {
		return r.separated(t, format, inner)
	}
	if match := adocSeparator.FindStringSubmatch(options); match != nil {
		t.separator = match[1]
	}
	if err := t.readCells(inner, r.budget); err != nil {
		return err
	}
	rows, err := r.fillRows(t)
	if err != nil {
		return err
	}
	if t.header && len(rows) > 0 {
		rows[0].header = true
	}
	laid, err := layOutCells(rows, &r.budget)
	if err == nil && len(laid) > 0 {
		r.blocks = append(r.blocks, Block{Kind: Table, Line: l.line, Rows: laid})
	}
	return err
}

func newAdocTable(options string, l adocLine) (*adocTable, error) {
	t := &adocTable{separator: l.text[:1]}
	if match := adocColumns.FindStringSubmatch(options); match != nil {
		columns := strings.FieldsFunc(match[1]+match[2]+match[3], func(c rune) bool { return c == ',' || c == ';' })
		for _, column := range columns {
			parts := adocColumn.FindStringSubmatch(strings.TrimSpace(column))
			n := max(readSpan(parts[1], 1), 1)
			if len(t.styles)+n > maxTableColumns {
				return nil, refuse(l.line, "this table has more than %d columns", maxTableColumns)
			}
			for range n {
				t.styles = append(t.styles, (parts[2] + "\x00")[0])
			}
		}
		t.width = len(t.styles)
	}
	given := strings.Join(adocOptions.FindStringSubmatch(options), ",")
	for _, match := range adocShort.FindAllStringSubmatch(options, -1) {
		given += "," + match[1]
	}
	for _, option := range strings.Split(given, ",") {
		t.header = t.header || strings.TrimSpace(option) == "header"
		t.noHeader = t.noHeader || strings.TrimSpace(option) == "noheader"
	}
	return t, nil
}

// readCells cuts the lines of a table into cells, and finds out how many
// columns it has and whether its first line is a header, where that is not
// said.
func (t *adocTable) readCells(lines []adocLine, budget int) error {
	first := true // no line with cells was read
	for i, l := range lines {
		if strings.HasPrefix(l.text, "//") && !strings.HasPrefix(l.text, "///") {
			continue
		}
		before := len(t.cells)
		t.readLine(l)
		if len(t.cells) > budget {
			return refuse(l.line, "the tables of this document have more than %d cells", maxTableCells)
		}
		if !first || len(t.cells) == before {
			continue
		}
		first = false
		columns := 0
		for _, cell := range t.cells {
			columns += cell.repeat * cell.cols
		}
		if t.width == 0 {
			t.width = min(columns, maxTableColumns)
		}
		blankNext := i+1 < len(lines) && lines[i+1].text == ""
		if i == 0 && blankNext && columns >= t.width && !t.noHeader {
			t.header = true
		}
	}
	return nil
}

// readLine cuts a line at its separators. What stands directly before one, at
// the start of the line or behind a blank, may say how the cell is set.
func (t *adocTable) readLine(l adocLine) {
	rest, first := l.text, true
	var text strings.Builder
	for {
		i := strings.Index(rest, t.separator)
		if i < 0 {
			t.append(text.String()+rest, l.line)
			return
		}
		if i > 0 && rest[i-1] == '\\' {
			text.WriteString(rest[:i-1] + t.separator)
			rest = rest[i+len(t.separator):]
			continue
		}
		text.WriteString(rest[:i])
		rest = rest[i+len(t.separator):]
		cell := adocCell{spanCell: spanCell{line: l.line, cols: 1, rows: 1}, repeat: 1}
		before := text.String()
		if at := strings.LastIndexAny(before, " \t") + 1; at > 0 || first {
			if match := adocCellSpec.FindStringSubmatch(before[at:]); match != nil {
				cell.specify(match)
				before = before[:at]
			}
		}
		t.append(before, l.line)
		t.cells = append(t.cells, cell)
		text.Reset()
		first = false
	}
}

// specify sets what stands before a separator: 2+ spans columns, .2+ rows, 3*
// repeats the cell, and a letter is its style.
func (c *adocCell) specify(match []string) {
	c.style = (match[5] + "\x00")[0]
	switch match[4] {
	case "+":
		c.cols, c.rows = readSpan(match[1], 1), readSpan(match[2]+match[3], 1)
	case "*":
		c.repeat = readSpan(match[1], 1)
	}
}

// append adds text to the last cell. Text before the first is nothing.
func (t *adocTable) append(text string, line int) {
	if n := len(t.cells); n > 0 {
		cell := &t.cells[n-1]
		cell.lines = append(cell.lines, adocLine{text: strings.TrimRight(text, " \t"), line: line})
	}
}

// finish turns the lines of a cell into its text. Cells of the style a hold
// blocks.
func (r *asciiDoc) finish(cell *adocCell) error {
	cell.trim()
	if cell.style != 'a' || r.inCell {
		cell.text = adocText(joinLines(cell.lines))
		return nil
	}
	inner := &asciiDoc{lines: cell.lines, inCell: true, budget: r.budget}
	if err := inner.read(); err != nil {
		return err
	}
	r.budget = inner.budget
	var f squeezer
	for _, b := range inner.blocks {
		f.squeeze(" " + joinBlocks([]placed{{Block: b}}))
	}
	cell.text = f.String()
	return nil
}

// trim removes the blanks and blank lines around a cell's text.
func (c *adocCell) trim() {
	for len(c.lines) > 0 && c.lines[0].text == "" {
		c.lines = c.lines[1:]
	}
	if len(c.lines) > 0 {
		c.lines[0].text = strings.TrimLeft(c.lines[0].text, " \t")
	}
}

func joinLines(lines []adocLine) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(texts, "\n")
}

// fillRows divides the cells of a table into rows of its width.
func (r *asciiDoc) fillRows(t *adocTable) ([]spanRow, error) {
	var rows []spanRow
	covered := make([]int, t.width) // for each column, how many more rows a cell from above covers
	col, written := t.width, 0
	pass := func() { // what is covered in this row
		for ; col < t.width && covered[col] > 0; col++ {
			covered[col]--
		}
	}
	for i := range t.cells {
		cell := &t.cells[i]
		for n := range cell.repeat {
			if col == t.width {
				skipped := skipFull(covered)
				r.budget -= len(skipped)
				rows = append(append(rows, skipped...), spanRow{line: cell.line})
				col = 0
				pass()
			}
			if n == 0 {
				if cell.style == 0 && len(t.styles) > 0 {
					cell.style = t.styles[col]
				}
				if err := r.finish(cell); err != nil {
					return nil, err
				}
			}
			if written++; written > r.budget {
				return nil, refuse(cell.line, "the tables of this document have more than %d cells", maxTableCells)
			}
			row := &rows[len(rows)-1]
			row.cells = append(row.cells, cell.spanCell)
			for left := cell.cols; left > 0 && col < t.width && covered[col] == 0; left-- {
				covered[col] = cell.rows - 1
				col++
			}
			pass()
		}
	}
	return rows, nil
}

// skipFull returns the rows that cells from above cover whole: no cell begins
// in them.
func skipFull(covered []int) []spanRow {
	least := slices.Min(covered)
	for i := range covered {
		covered[i] -= least
	}
	return make([]spanRow, least)
}

// separated reads a table whose cells stand as in a file of values.
func (r *asciiDoc) separated(t *adocTable, format string, lines []adocLine) error {
	if len(lines) == 0 {
		return nil
	}
	comma := map[string]rune{"csv": ',', "tsv": '\t', "dsv": ':'}[format]
	rows, err := csvRows([]byte(joinLines(lines)), comma, true)
	if err != nil {
		return refuse(lines[0].line, "this table is not as %s has to be: %v", format, err)
	}
	block := Block{Kind: Table, Line: lines[0].line - 1}
	for _, row := range rows {
		if row.own == 0 {
			continue
		}
		for i, cell := range row.Cells {
			row.Cells[i] = adocText(cell)
		}
		if r.budget -= len(row.Cells); r.budget < 0 {
			return refuse(row.Line, "the tables of this document have more than %d cells", maxTableCells)
		}
		row.Line = lines[min(row.Line, len(lines))-1].line
		row.Header = len(block.Rows) == 0 && (t.header || !t.noHeader && len(lines) > 1 && lines[1].text == "")
		block.Rows = append(block.Rows, row.Row)
	}
	if len(block.Rows) > 0 {
		r.blocks = append(r.blocks, block)
	}
	return nil
}
