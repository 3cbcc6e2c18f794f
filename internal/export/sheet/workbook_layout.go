package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is how a cell looks.
type look uint8

const (
	textCell     look = iota
	idCell            // an identifier: small and grey
	centreCell        // role letters
	fillCell          // to be filled in
	dateCell          // to be filled in with a date
	headCell          // heading
	fillHeadCell      // heading of a column to be filled in
	titleCell         // title of the sheet about the book
	labelCell         // on that sheet: what stands beside it
	boldCell          // on that sheet: a model's title
	plainCell         // on that sheet: text without a frame
)

const (
	ink      = "1F2933"
	quiet    = "5F6B7A"
	line     = "D5DAE0"
	headFill = "E8ECF1"
	workFill = "DCE9F5"
)

// styles makes the styles of all looks.
func (w *writer) styles() {
	var frame []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		frame = append(frame, excelize.Border{Type: side, Color: line, Style: 1})
	}
	style := func(font excelize.Font, background string, framed bool) *excelize.Style {
		if font.Size == 0 {
			font.Size = 10
		}
		if font.Color == "" {
			font.Color = ink
		}
		font.Family = "Calibri"
		s := &excelize.Style{Font: &font, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
		if background != "" {
			s.Fill = excelize.Fill{Type: "pattern", Color: []string{background}, Pattern: 1}
		}
		if framed {
			s.Border = frame
		}
		return s
	}
	bold := excelize.Font{Bold: true}
	looks := map[look]*excelize.Style{
		textCell:     style(excelize.Font{}, "", true),
		idCell:       style(excelize.Font{Size: 9, Color: quiet}, "", true),
		centreCell:   style(bold, "", true),
		fillCell:     style(excelize.Font{}, "", true),
		dateCell:     style(excelize.Font{}, "", true),
		headCell:     style(bold, headFill, true),
		fillHeadCell: style(bold, workFill, true),
		titleCell:    style(excelize.Font{Bold: true, Size: 16}, "", false),
		labelCell:    style(excelize.Font{Color: quiet}, "", false),
		boldCell:     style(bold, "", false),
		plainCell:    style(excelize.Font{}, "", false),
	}
	looks[centreCell].Alignment.Horizontal = "center"
	// What people type is text: 1-2 does not become a date. Dates have the form
	// that comes back when the file is saved as CSV.
	looks[fillCell].NumFmt = 49
	looks[dateCell].CustomNumFmt = new(string)
	*looks[dateCell].CustomNumFmt = "yyyy-mm-dd"
	looks[dateCell].Alignment.Horizontal = "left"
	w.style = map[look]int{}
	for l := textCell; l <= plainCell; l++ {
		id, err := w.NewStyle(looks[l])
		w.do(err)
		w.style[l] = id
	}
}

// layout sets up how a table is shown and printed: its head and the first
// columns stay in sight, the head is repeated on each page, and a page is as
// wide as all columns.
func (w *writer) layout(sheet, title string, cols, rows, fixed int) {
	w.do(w.AutoFilter(sheet, fmt.Sprintf("A1:%s%d", w.letter(cols), rows), nil))
	w.do(w.SetPanes(sheet, &excelize.Panes{
		Freeze: true, XSplit: fixed, YSplit: 1, TopLeftCell: w.at(fixed+1, 2), ActivePane: "bottomRight",
	}))
	w.do(w.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: fmt.Sprintf("'%s'!$1:$1", strings.ReplaceAll(sheet, "'", "''")),
	}))
	w.page(sheet, title, "landscape")
}

// page sets up the paper, and gives rows the height that their texts need.
func (w *writer) page(sheet, title, orientation string) {
	for _, row := range slices.Sorted(maps.Keys(w.now.lines)) {
		w.do(w.SetRowHeight(sheet, row, min(409, 3+12.75*float64(w.now.lines[row])))) // 409 is the most there is
	}
	size, wide, tall := 9, 1, 0 // A4, as many pages as it takes
	if w.book.Paper == Letter {
		size = 1
	}
	w.do(w.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}))
	fit := true
	w.do(w.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	edge, foot := 0.4, 0.3
	bottom := 0.7
	w.do(w.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &edge, Right: &edge, Top: &edge, Bottom: &bottom, Footer: &foot}))
	w.do(w.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + footer(title) + "&R&8Page &P of &N"}))
}

// footer returns text as it may stand in a footer, where & begins a code, a
// digit would belong to the size before it, and all of it has 255 characters.
func footer(text string) string {
	const room = 150
	if runes := []rune(text); len(runes) > room {
		text = string(runes[:room-1]) + "…"
	}
	return " " + strings.ReplaceAll(text, "&", "&&")
}

// grid knows how many lines the rows of a sheet take.
type grid struct {
	widths map[int]float64 // of columns, in characters
	lines  map[int]int     // of rows
}

func newGrid() *grid { return &grid{map[int]float64{}, map[int]int{}} }

// text counts the lines of a text, which wraps between words. A column that is
// not shown does not count.
func (g *grid) text(col, row int, text string) {
	width, ok := g.widths[col]
	if !ok {
		return
	}
	width *= 0.525 // a digit of the default font, of 11 points, in ems of our 10 points
	n := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		n++
		used := 0.0
		for word := range strings.FieldsSeq(paragraph) {
			long := 0.0
			for _, r := range word {
				long += wide(r)
			}
			if used > 0 && used+wide(' ')+long > width {
				n++
				used = 0
			}
			for ; long > width; long -= width { // a word that has to be broken
				n++
			}
			used += wide(' ') + long
		}
	}
	g.lines[row] = max(g.lines[row], n)
}

// wide returns roughly how wide a letter of Calibri is, in ems: rather more than
// less, as a row that is too low hides text.
func wide(r rune) float64 {
	switch {
	case strings.ContainsRune(" ,.:;'Iijl", r):
		return 0.24
	case strings.ContainsRune("()[]{}!rtfJ-`", r):
		return 0.33
	case strings.ContainsRune("acegksvxyz/", r):
		return 0.46
	case strings.ContainsRune("mwMW@%&", r):
		return 0.82
	case r >= 0x1100: // Hangul, kana, Han, emoji
		return 1
	case 'A' <= r && r <= 'Z' || r >= 0x80:
		return 0.6
	}
	return 0.53
}
