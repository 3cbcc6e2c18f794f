package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/demarc/demarc/internal/state"
)

// wayBack says how what is filled in comes back.
var wayBack = []string{
	"Fill in the columns with a blue heading, on the checklist sheets. Sort, filter and hide as you like, and add columns of your own; keep the headings and the hidden columns.",
	"A state is open, done or not-applicable; not-applicable needs a reason. An empty cell says nothing: what is known already stays.",
	"Bring it back with: demarc import state FILE.xlsx. That writes a .checklist.yaml file, which the site's checklist page loads and demarc export xlsx --state takes up again.",
}

// about writes the first sheet: what the book is made of, how far it is, and how
// it comes back.
func (w *writer) about(sheet string, sheets []listSheets) {
	w.now = newGrid()
	row := 1
	put := func(label, text string) {
		w.cell(sheet, 1, row, label, labelCell)
		w.cell(sheet, 2, row, text, plainCell)
		row++
	}
	w.cell(sheet, 1, row, w.book.Workspace, titleCell)
	w.do(w.MergeCell(sheet, "A1", "B1"))
	w.do(w.SetRowHeight(sheet, 1, 26))
	w.width(sheet, 1, 18)
	w.width(sheet, 2, 92)
	row += 2
	for i, text := range wayBack {
		label := ""
		if i == 0 {
			label = "How to use it"
		}
		put(label, text)
	}
	for i, list := range w.book.Lists {
		row++
		m := list.Model
		w.cell(sheet, 1, row, "Model", labelCell)
		w.cell(sheet, 2, row, m.Title.Value, boldCell)
		row++
		put("", m.ID+", by "+m.Provider.Value)
		put("Environment", list.Environment)
		if m.Reviewed != "" {
			put("Edition", "reviewed "+string(m.Reviewed))
		}
		for j, s := range m.Sources {
			label := ""
			if j == 0 {
				label = "Sources"
			}
			put(label, sourceLine(s.Title.Value, string(s.Published), string(s.Retrieved), s.URL.Value))
		}
		put("Size", fmt.Sprintf("%d activities, %d items", len(m.Activities), len(m.Items)))
		w.cell(sheet, 1, row, "Progress", labelCell)
		w.progress(sheet, row, list, sheets[i])
		row++
		w.cell(sheet, 1, row, "Sheets", labelCell)
		w.cell(sheet, 2, row, sheets[i].raci+"; "+sheets[i].checklist, plainCell)
		row++
	}
	row++
	put("Made by", w.book.Tool)
	w.page(sheet, w.book.Workspace, "portrait")
	grid := false
	w.do(w.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
}

// progress writes a formula that counts the states as they are filled in.
func (w *writer) progress(sheet string, row int, list Checklist, s listSheets) {
	all := strconv.Itoa(len(list.entries()))
	if s.state == "" {
		w.cell(sheet, 2, row, "0 done, 0 not applicable, of "+all, plainCell)
		return
	}
	w.cell(sheet, 2, row, "", plainCell)
	count := func(v state.Value) string { return fmt.Sprintf(`COUNTIF(%s,"%s")`, s.state, v) }
	w.do(w.SetCellFormula(sheet, w.at(2, row), strings.Join([]string{
		count(state.Done), `" done, "`, count(state.NotApplicable), `" not applicable, of ` + all + `"`,
	}, "&")))
}

// sourceLine names a source with its dates and address.
func sourceLine(title, published, retrieved, url string) string {
	if published != "" {
		title += ", published " + published
	}
	if retrieved != "" {
		title += ", retrieved " + retrieved
	}
	return title + "\n" + url
}
