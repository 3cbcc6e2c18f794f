package sheet

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/demarc/demarc/internal/model"
)

// Paper is what a workbook is printed on.
type Paper string

// The papers.
const (
	A4     Paper = "a4"
	Letter Paper = "letter"
)

// Book says what a workbook holds.
type Book struct {
	Workspace string // title
	Tool      string // what makes it, with its version
	Paper     Paper  // A4 if empty
	Lists     []Checklist
}

// longest is what a cell can hold, in UTF-16 units: "Excel specifications and
// limits" in Microsoft's documentation.
const longest = 32767

// Workbook returns a workbook in Office Open XML: a sheet about it, then for
// each model its RACI and its checklist, with columns to fill in. The same book
// gives the same bytes. The error says what does not fit into a cell.
func Workbook(b Book) ([]byte, error) {
	w := &writer{File: excelize.NewFile(), book: b, taken: map[string]bool{}}
	defer w.Close()
	w.styles()
	about := "About"
	w.do(w.SetSheetName(w.GetSheetName(0), about))
	w.taken[strings.ToLower(about)] = true
	sheets := make([]listSheets, len(b.Lists))
	for i, list := range b.Lists {
		sheets[i] = w.list(list)
	}
	w.about(about, sheets)
	// LibreOffice trusts a file that says it is of Excel to have set the height
	// of its rows, and else finds the heights that their texts need.
	w.WorkBook.FileVersion = nil
	w.do(w.SetAppProps(&excelize.AppProperties{Application: b.Tool}))
	if w.err != nil {
		return nil, w.err
	}
	return w.sealed()
}

// listSheets are the sheets of one checklist.
type listSheets struct {
	raci, checklist string
	state           string // range of the states, such as "'Checklist'!$L$2:$L$40"
}

// writer keeps the first error, so that steps can follow each other.
type writer struct {
	*excelize.File
	book  Book
	taken map[string]bool // names of sheets, in lower case
	style map[look]int
	now   *grid // the sheet that is being written
	err   error
}

func (w *writer) do(err error) {
	if w.err == nil && err != nil {
		w.err = err
	}
}

// sheet adds a sheet and returns its name: kind alone if there is one model,
// else with the model's title.
func (w *writer) sheet(kind, title string) string {
	name := kind
	if len(w.book.Lists) > 1 {
		name = sheetName(kind+" "+title, w.taken)
	}
	w.taken[strings.ToLower(name)] = true
	_, err := w.NewSheet(name)
	w.do(err)
	w.now = newGrid()
	return name
}

// sheetName makes a name that a sheet may have and that is not taken: at most
// 31 characters, none of []:*?/\, no apostrophe at either end.
func sheetName(text string, taken map[string]bool) string {
	const room = 31
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" []:*?/\\\t\r\n", r) }), " ")
	for n := 1; ; n++ {
		end := ""
		if n > 1 {
			end = fmt.Sprintf(" %d", n)
		}
		name := text
		for utf16Len(name) > room-len(end) {
			name = string([]rune(name)[:len([]rune(name))-1])
		}
		name = strings.Trim(name, "' ") + end
		if !taken[strings.ToLower(name)] {
			return name
		}
	}
}

func utf16Len(s string) int { return len(utf16.Encode([]rune(s))) }

// cell writes text as text, whatever it looks like.
func (w *writer) cell(sheet string, col, row int, text string, l look) {
	at := w.at(col, row)
	if utf16Len(text) > longest {
		w.do(fmt.Errorf("sheet %s, cell %s: a text of %d characters does not fit into a cell, which holds %d", sheet, at, utf16Len(text), longest))
		return
	}
	w.now.text(col, row, text)
	if text != "" {
		w.do(w.SetCellStr(sheet, at, text))
	}
	w.do(w.SetCellStyle(sheet, at, at, w.style[l]))
}

// date writes a date as one, so that it sorts, or as text if it is none.
func (w *writer) date(sheet string, col, row int, text string) {
	day, err := time.Parse(time.DateOnly, text)
	days := int64(day.Sub(dayZero).Hours() / 24)
	if err != nil || days < firstDay || days > lastDay {
		w.cell(sheet, col, row, text, dateCell)
		return
	}
	at := w.at(col, row)
	w.do(w.SetCellInt(sheet, at, days))
	w.do(w.SetCellStyle(sheet, at, at, w.style[dateCell]))
}

// dayZero is the day from which spreadsheets count, as of March 1900.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func (w *writer) at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	w.do(err)
	return name
}

func (w *writer) letter(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	w.do(err)
	return name
}

func (w *writer) list(list Checklist) listSheets {
	var s listSheets
	s.raci = w.raci(list.Model)
	s.checklist, s.state = w.checklist(list)
	return s
}

// raci writes who does what.
func (w *writer) raci(m *model.Model) string {
	name := w.sheet("RACI", m.Title.Value)
	type col struct {
		head  string
		width float64
		look  look
		text  func(*model.Activity) string
	}
	cols := []col{
		{"Activity", 20, idCell, func(a *model.Activity) string { return a.ID }},
		{"Section", 22, textCell, func(a *model.Activity) string { return a.Section.Heading() }},
		{"Title", 42, textCell, func(a *model.Activity) string { return a.Title.Value }},
	}
	for _, p := range m.Parties {
		cols = append(cols, col{p.Name.Value, max(10, min(18, float64(len(p.Name.Value))+3)), centreCell, func(a *model.Activity) string { return rolesOf(a, p.ID) }})
	}
	cols = append(cols,
		col{"Basis", 9, textCell, func(a *model.Activity) string { return string(a.Basis) }},
		col{"Topic", 15, textCell, func(a *model.Activity) string { return a.Topic.Title.Value }},
		col{"Statements", 13, idCell, statements},
		col{"Items", 22, idCell, itemsOf},
		col{"Remarks", 46, textCell, remarks})
	for i, c := range cols {
		w.head(name, i+1, c.head, c.width, headCell)
		for j, a := range m.Activities {
			w.cell(name, i+1, j+2, c.text(a), c.look)
		}
	}
	w.layout(name, m.Title.Value+": RACI", len(cols), len(m.Activities)+1, 1)
	return name
}

// head writes a heading and gives its column a width.
func (w *writer) head(sheet string, col int, text string, width float64, l look) {
	w.width(sheet, col, width)
	w.cell(sheet, col, 1, text, l)
}

func (w *writer) width(sheet string, col int, width float64) {
	w.do(w.SetColWidth(sheet, w.letter(col), w.letter(col), width))
	w.now.widths[col] = width
}
