package sheet

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/state"
)

// line reads a row in which something is filled in.
func (t *table) line(w row) {
	l := Line{at: map[string]diag.Pos{}}
	cell := func(head string) string {
		col, ok := t.col(head)
		if !ok {
			return ""
		}
		l.at[head] = w.at(col)
		if failed.MatchString(w.cell(col)) {
			t.error("sheet/formula", w.at(col), fmt.Sprintf("the formula in this cell failed: %s", w.cell(col)), "correct it, or write what it is to say")
			return ""
		}
		return w.cell(col)
	}
	l.Model, l.Environment = cell(headModel), cell(headEnvironment)
	l.Record = state.Record{
		Item: cell(headItem), By: cell(headOwner), Evidence: cell(headEvidence), Reason: cell(headReason), Note: cell(headNote),
	}
	l.Record.Pos = l.at[headItem]
	if l.Record.Item == "" {
		t.error("sheet/no-item", l.Record.Pos, "this row has a state but no item", "write the item's identifier, or clear the row")
		return
	}
	t.state(&l, cell(headState))
	t.date(&l, w)
	switch digest := strings.TrimPrefix(cell(headDigest), digestMark); {
	case digest == "":
	case !digests.MatchString(digest):
		t.add(diag.Warning, "sheet/digest", l.at[headDigest], fmt.Sprintf("%q is no digest, and left out", digest),
			"without it nobody is told when the item changes later")
	default:
		l.Record.Digest = digest
	}
	t.lines = append(t.lines, l)
}

// failed matches what a spreadsheet shows where a formula has no result.
var failed = regexp.MustCompile(`^(?:#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|GETTING_DATA)|Err:\d{3})$`)

var digests = regexp.MustCompile(`^[0-9a-f]{12}$`)

// words are what people write for a state, in lower case and without the signs
// that wordMarks takes away.
var words = map[string]state.Value{
	"open": state.Open, "todo": state.Open, "no": state.Open, "false": state.Open,
	"done": state.Done, "x": state.Done, "yes": state.Done, "true": state.Done,
	"✓": state.Done, "✔": state.Done, "✅": state.Done, "☑": state.Done,
	"notapplicable": state.NotApplicable, "na": state.NotApplicable,
}

var wordMarks = strings.NewReplacer(" ", "", ".", "", "/", "", "-", "", "_", "",
	"\u200b", "", "\ufe0f", "") // neither is seen: a blank without width, and what makes a sign colourful

func (t *table) state(l *Line, text string) {
	if text == "" {
		return
	}
	value, ok := words[wordMarks.Replace(strings.ToLower(text))]
	if !ok {
		t.error("sheet/state", l.at[headState], fmt.Sprintf("state %q is not known", text),
			diag.DidYouMean(text, []string{string(state.Open), string(state.Done), string(state.NotApplicable)}, ""))
	}
	l.Record.State = value
}

// date reads the date, which a workbook stores as a number of days.
func (t *table) date(l *Line, w row) {
	col, ok := t.col(headDate)
	if !ok || w.cell(col) == "" {
		return
	}
	l.at[headDate] = w.at(col)
	text := w.cell(col)
	on, problem := dateOf(text)
	if days, ok := w.number(col); ok {
		on, problem = dayOf(days, t.since1904)
	}
	if problem != "" {
		t.error("sheet/date", l.at[headDate], fmt.Sprintf("%q %s", text, problem), "write it as YYYY-MM-DD")
	}
	l.Record.On = on
}

// dayOf returns the date that a workbook's number of days stands for, as
// YYYY-MM-DD, or what is wrong with it.
func dayOf(days float64, since1904 bool) (date, problem string) {
	if since1904 {
		days += 1462
	}
	if days < firstDay || days >= lastDay+1 {
		return "", "is no date of this century"
	}
	return dayZero.AddDate(0, 0, int(math.Floor(days))).Format(time.DateOnly), ""
}

// number returns the number that is stored in a cell of a workbook.
func (w row) number(col int) (float64, bool) {
	if !w.stored || col >= len(w.raw) {
		return 0, false
	}
	n, err := strconv.ParseFloat(w.raw[col], 64)
	return n, err == nil && !math.IsNaN(n)
}

var (
	isoDate    = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][0-9:.]+Z?)?$`)
	dottedDate = regexp.MustCompile(`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$`)
	otherDate  = regexp.MustCompile(`^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$`)
)

// dateOf returns the date that a text stands for as YYYY-MM-DD, or what is
// wrong with it. With points the day comes first. With slashes it depends on
// the country: that is taken only where one of the numbers can be no month.
func dateOf(text string) (date, problem string) {
	var year, month, day string
	if m := isoDate.FindStringSubmatch(text); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else if m := dottedDate.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := otherDate.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
		switch first, second := integer(day), integer(month); {
		case second > 12:
			day, month = month, day
		case first <= 12 && first != second:
			return "", "can be two dates"
		}
	} else {
		return "", "is no date"
	}
	date = fmt.Sprintf("%s-%02d-%02d", year, integer(month), integer(day))
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return "", "is no date"
	}
	return date, ""
}

// integer returns the number of one or two digits.
func integer(digits string) int {
	n, _ := strconv.Atoi(digits) // digits only
	return n
}
