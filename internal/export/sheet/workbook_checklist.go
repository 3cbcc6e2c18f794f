package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/state"
)

// checklist writes what is to be done, with columns to fill in, and returns the
// sheet's name and the range of its states.
func (w *writer) checklist(list Checklist) (name, states string) {
	name = w.sheet("Checklist", list.Model.Title.Value)
	entries := list.entries()
	last := len(entries) + 1
	for i, c := range columns {
		col := i + 1
		l := headCell
		if c.kind == filled {
			l = fillHeadCell
		}
		w.head(name, col, c.head, c.width, l)
		if c.kind == folded || c.kind == hidden {
			delete(w.now.widths, col) // its texts do not make rows higher
		}
		for j, e := range entries {
			text := c.text(e)
			if c.kind == filled && Unguard(text) != text {
				text = "'" + text // which the way back takes away
			}
			if c.head == headDate {
				w.date(name, col, j+2, text)
			} else {
				w.cell(name, col, j+2, text, lookOf(c))
			}
		}
		letter := w.letter(col)
		switch c.kind {
		case hidden:
			w.do(w.SetColVisible(name, letter, false))
		case folded:
			w.do(w.SetColOutlineLevel(name, letter, 1))
			w.do(w.SetColVisible(name, letter, false))
		}
		if area := fmt.Sprintf("%s2:%s%d", letter, letter, last); c.head == headState && last > 1 {
			states = fmt.Sprintf("'%s'!$%s$2:$%s$%d", strings.ReplaceAll(name, "'", "''"), letter, letter, last)
			w.states(name, area)
			w.conditions(name, letter, last)
		} else if c.head == headDate && last > 1 {
			w.dates(name, area)
		}
	}
	w.layout(name, list.Model.Title.Value+": checklist, "+list.Environment, len(columns), last, 2)
	return name, states
}

func lookOf(c column) look {
	switch {
	case c.kind == filled:
		return fillCell
	case c.head == headItem || c.head == "Covers":
		return idCell
	}
	return textCell
}

// states gives cells a list to choose from. What is not in it is not accepted,
// so that it can be read when the file comes back.
func (w *writer) states(sheet, area string) {
	var words []string
	for _, v := range state.Values {
		words = append(words, string(v))
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(area)
	w.do(v.SetDropList(words))
	v.SetError(excelize.DataValidationErrorStyleStop, "State", "Choose open, done or not-applicable, or leave it empty.")
	w.do(w.AddDataValidation(sheet, v))
}

// dates has cells accept dates of this century.
func (w *writer) dates(sheet, area string) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(area)
	w.do(v.SetRange(firstDay, lastDay, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween))
	v.SetError(excelize.DataValidationErrorStyleStop, "Date", "Enter a date, such as 2026-01-31.")
	w.do(w.AddDataValidation(sheet, v))
}

// The days that count as dates, as spreadsheets count them.
const (
	firstDay = 36526 // 2000-01-01
	lastDay  = 73050 // 2099-12-31
)

// conditions shows at a glance what is settled, and where a reason is missing.
func (w *writer) conditions(sheet, letter string, last int) {
	reason := ""
	for i, c := range columns {
		if c.head == headReason {
			reason = w.letter(i + 1)
		}
	}
	all := fmt.Sprintf("A2:%s%d", w.letter(len(columns)), last)
	for _, c := range []struct {
		area, formula string
		style         *excelize.Style
	}{
		{fmt.Sprintf("%s2:%s%d", reason, reason, last), fmt.Sprintf(`AND($%s2="not-applicable",TRIM($%s2)="")`, letter, reason), fill("F6D9D5")},
		{fmt.Sprintf("%s2:%s%d", letter, letter, last), fmt.Sprintf(`$%s2="done"`, letter), fill("CFE8D5")},
		{all, fmt.Sprintf(`$%s2="done"`, letter), &excelize.Style{Font: &excelize.Font{Color: "4F6B57"}}},
		{all, fmt.Sprintf(`$%s2="not-applicable"`, letter), &excelize.Style{Font: &excelize.Font{Color: "767676", Italic: true}}},
	} {
		style, err := w.NewConditionalStyle(c.style)
		w.do(err)
		w.do(w.SetConditionalFormat(sheet, c.area, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: c.formula, Format: &style}}))
	}
}

// fill is the style of a cell that stands out. In conditions the background
// colour of a solid pattern counts.
func fill(color string) *excelize.Style {
	return &excelize.Style{Fill: excelize.Fill{Type: "pattern", Color: []string{color}, Pattern: 1}}
}

// remarks returns what else is to be said of an activity.
func remarks(a *model.Activity) string {
	var parts []string
	for _, p := range []struct {
		lead string
		text model.Prose
	}{{"Inferred: ", a.Rationale}, {"Note: ", a.Caveat}, {"Ask the provider: ", a.Ask}} {
		if text := markdown.Plain(p.text.Value); text != "" {
			parts = append(parts, p.lead+text)
		}
	}
	return strings.Join(parts, "\n\n")
}
