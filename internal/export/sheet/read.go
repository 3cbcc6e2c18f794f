package sheet

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/state"
)

// Line is what a row says about the state of an item. Fields of the record that
// are empty say nothing, its state too.
type Line struct {
	Model       string // id; "" if the row does not say
	Environment string // name; "" if the row does not say
	Record      state.Record

	at map[string]diag.Pos // of the cells, by heading
}

// At returns the position of the cell that holds a field of the state file, or
// of the item's id if there is no such cell.
func (l Line) At(field string) diag.Pos {
	if pos, ok := l.at[headOf[field]]; ok {
		return pos
	}
	return l.Record.Pos
}

// headOf gives the heading of the column for each field of the state file.
var headOf = map[string]string{
	"model": headModel, "environment": headEnvironment,
	"item": headItem, "state": headState, "by": headOwner, "on": headDate,
	"evidence": headEvidence, "reason": headReason, "note": headNote, "digest": headDigest,
}

// Read reads what people filled into a workbook or a CSV file, on every sheet
// that has the columns Item and State, below whatever stands above them. Rows
// may be in any order, hidden or filtered; columns are found by their headings.
// Rows in which nothing is filled in are passed over.
//
// CSV may be separated by commas, semicolons or tabulators, in UTF-8 or, with
// its mark, UTF-16. A workbook is Office Open XML as any program saves it.
//
// Findings are errors where something that was filled in cannot be understood:
// nothing is to be recorded then.
func Read(file string, data []byte) ([]Line, []diag.Finding) {
	r := &reader{file: file}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		r.workbook(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		r.error("sheet/unreadable", diag.Pos{File: file}, "this workbook is encrypted, or of the format before 2007", "save it as .xlsx without a password")
	default:
		r.csv(data)
	}
	return r.lines, r.findings
}

type reader struct {
	file     string
	lines    []Line
	findings []diag.Finding
	tables   int // with the columns that are looked for
}

func (r *reader) error(rule string, pos diag.Pos, message, hint string) {
	r.add(diag.Error, rule, pos, message, hint)
}

func (r *reader) add(severity diag.Severity, rule string, pos diag.Pos, message, hint string) {
	r.findings = append(r.findings, diag.Finding{Rule: rule, Severity: severity, Pos: pos, Message: message, Hint: hint})
}

// noTable reports that nothing was found to read.
func (r *reader) noTable() {
	if r.tables == 0 && diag.Worst(r.findings) != diag.Error {
		r.error("sheet/no-table", diag.Pos{File: r.file}, "no table with the columns Item and State was found", "keep the headings of demarc export")
	}
}

// row is one row of a table.
type row struct {
	count  int      // of the row, from 1
	text   []string // as shown
	raw    []string // as stored; of a workbook, where a date is a number
	stored bool     // it is of a workbook
	at     func(col int) diag.Pos
}

func (w row) cell(col int) string {
	if col < len(w.text) {
		return tidy(w.text[col])
	}
	return ""
}

// tidy takes away what programs add around a text.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(Unguard(strings.TrimSpace(text)))
}

// table reads the rows of one table, one by one.
type table struct {
	*reader
	name      string         // of the sheet, for messages
	cols      map[int]int    // of the column with a heading, by its place in columns
	heads     map[int]string // headings by column; "" if the column is read
	extra     map[int]bool   // columns that are not read and hold something
	almost    *diag.Finding  // about a row that may have been the headings, but lacks one
	seen      int
	since1904 bool // how days are counted
}

// headRows is how far down the headings are looked for.
const headRows = 50

// row reads one row; ok is false if there is no use in going on.
func (t *table) row(w row) (ok bool) {
	if t.cols == nil {
		return t.head(w) || w.count < headRows
	}
	filledIn := false
	for i, col := range t.cols {
		filledIn = filledIn || columns[i].kind == filled && w.cell(col) != ""
	}
	for col := range w.text {
		if name, ok := t.heads[col]; (name != "" || !ok) && w.cell(col) != "" {
			t.extra[col] = true
		}
	}
	if !filledIn {
		return true
	}
	if t.seen++; t.seen > maxFilled {
		t.error("sheet/unreadable", w.at(0), fmt.Sprintf("more than %d rows are filled in", maxFilled), "import it in parts")
		return false
	}
	t.line(w)
	return true
}

// head takes the row for the headings if it has those that are needed.
func (t *table) head(w row) bool {
	cols, heads := map[int]int{}, map[int]string{}
	var twice []int
	for col := range w.text {
		name := strings.Join(strings.Fields(w.cell(col)), " ")
		i := slices.IndexFunc(columns, func(c column) bool { return strings.EqualFold(c.head, name) })
		switch _, taken := cols[i]; {
		case name == "":
		case i < 0:
			heads[col] = name
		case taken:
			twice = append(twice, col)
			heads[col] = ""
		default:
			cols[i], heads[col] = col, ""
		}
	}
	t.cols, t.heads, t.extra = cols, heads, map[int]bool{}
	for i, needed := range []string{headItem, headState} {
		if _, ok := t.col(needed); ok {
			continue
		}
		if _, other := t.col([]string{headState, headItem}[i]); other && len(cols) > 3 {
			t.almost = &diag.Finding{Rule: "sheet/heading", Severity: diag.Warning, Pos: w.at(0),
				Message: fmt.Sprintf("this table is not read: column %q is missing", needed), Hint: "keep the headings of demarc export"}
		}
		t.cols = nil
		return false
	}
	t.tables++
	if strings.HasPrefix(w.cell(0), "\u00ef\u00bb\u00bf") {
		t.error("sheet/unreadable", w.at(0), "a program took this file for another encoding when it saved it, and spoilt it", "open the file you had before as UTF-8, and save it again")
	}
	for _, col := range twice {
		t.error("sheet/heading", w.at(col), fmt.Sprintf("column %q stands twice", w.cell(col)), "keep one of them, or rename the other")
	}
	if _, ok := t.col(headDigest); !ok {
		t.add(diag.Warning, "sheet/heading", w.at(0), "column \"Digest\" is missing", "without it nobody is told when an item changes later; keep the hidden columns")
	}
	_, exported := t.col(headModel)
	if _, ok := t.col(headEnvironment); exported && !ok {
		t.add(diag.Warning, "sheet/heading", w.at(0), "column \"Environment\" is missing", "the rows are of the environment that --environment names, production unless given")
	}
	return true
}

// col returns the column with a heading.
func (t *table) col(head string) (col int, ok bool) {
	col, ok = t.cols[slices.IndexFunc(columns, func(c column) bool { return c.head == head })]
	return col, ok
}

// end says what was not read.
func (t *table) end() {
	if t.cols == nil && t.almost != nil {
		t.findings = append(t.findings, *t.almost)
	}
	var names []string
	for _, col := range slices.Sorted(maps.Keys(t.extra)) {
		name := fmt.Sprintf("%q", t.heads[col])
		if t.heads[col] == "" {
			name = strconv.Itoa(col+1) + " without a heading"
		}
		names = append(names, name)
	}
	if names != nil {
		t.add(diag.Advice, "sheet/column", diag.Pos{File: t.name}, "not read, as a state has no place for it: column "+strings.Join(names, ", "), "")
	}
}
