package source

import (
	"slices"
	"strings"
)

// table reads the table that begins at the current line, if one does.
func (t *textReader) table() bool {
	switch {
	case t.startsPipes(t.at):
		t.pipes()
	case t.startsTabs(t.at):
		t.tabs()
	case t.startsLegend(t.at):
		t.legend()
	case t.startsCells(t.at):
		t.cells()
	case t.startsFlat(t.at):
		t.flat()
	default:
		return false
	}
	return true
}

func (t *textReader) startsTable(at int) bool {
	return t.startsPipes(at) || t.startsTabs(at) || t.startsLegend(at) || t.startsCells(at) || t.startsFlat(at)
}

// line returns a line's text, "" beyond the end.
func (t *textReader) line(at int) string {
	if at < len(t.lines) {
		return t.lines[at].text
	}
	return ""
}

func (t *textReader) startsPipes(at int) bool { return hasPipe(t.line(at)) && hasPipe(t.line(at+1)) }

// pipes reads a table written with pipes, also one whose delimiter row is
// broken or gone, or whose rows have no pipe in front.
func (t *textReader) pipes() {
	var lines []textLine
	for ; hasPipe(t.line(t.at)); t.at++ {
		lines = append(lines, textLine{t.lines[t.at].raw, t.lines[t.at].no})
	}
	t.blocks = append(t.blocks, pipeTable(lines, squeeze))
}

func (t *textReader) hasTab(at int) bool {
	return at < len(t.lines) && t.lines[at].text != "" && strings.Contains(t.lines[at].raw, "\t") && len(t.tabCells(at)) > 1
}

// tabCells returns the cells of a line with tabs. Blanks at the beginning of a
// line set it in and part no cells, unless it is a header without a first head.
func (t *textReader) tabCells(at int) []string {
	cells := strings.Split(t.lines[at].raw, "\t")
	for i := range cells {
		cells[i] = squeeze(cells[i])
	}
	return cells
}

func (t *textReader) startsTabs(at int) bool {
	return t.hasTab(at) && t.hasTab(at+1) && (t.tabCells(at)[0] != "" || t.tabCells(at + 1)[0] != "")
}

// tabs reads a table whose cells are parted by tabs. A line without a tab
// among them has lost cells at its end.
func (t *textReader) tabs() {
	b := Block{Kind: Table, Line: t.lines[t.at].no}
	for ; t.hasTab(t.at) || t.line(t.at) != "" && t.hasTab(t.at+1) && !t.headsTable(t.at); t.at++ {
		cells := t.tabCells(t.at)
		b.Rows = append(b.Rows, Row{Cells: cells, Width: len(cells), Header: len(b.Rows) == 0, Line: t.lines[t.at].no})
	}
	t.blocks = append(t.blocks, b)
}

// headsTable reports whether a line is the heading over another table.
func (t *textReader) headsTable(at int) bool {
	rest, found := cutPhrase(activityWords, t.line(at+1))
	return found && (rest == "" || strings.Contains(t.lines[at+1].raw, "\t") || t.startsFlat(at+1))
}

// startsLegend reports whether a line heads an explanation of the letters, such
// as "Roles" or "RoleDescription".
func (t *textReader) startsLegend(at int) bool {
	rest, found := cutPhrase(roleWords, t.line(at))
	if !found || len(rest) > 40 {
		return false
	}
	return explainsLetter(t.line(at+1)) || rest == "" && explainsLetter(t.line(at+2))
}

func (t *textReader) legend() {
	b := Block{Kind: Table, Line: t.lines[t.at].no}
	add := func(header bool, cells ...string) {
		b.Rows = append(b.Rows, Row{Cells: cells, Width: len(cells), Header: header, Line: t.lines[t.at].no})
	}
	apart := !explainsLetter(t.line(t.at + 1)) // a line for each cell
	if apart {
		add(true, t.line(t.at), t.line(t.at+1))
		t.at++
	} else {
		add(true, t.line(t.at))
	}
	for t.at++; explainsLetter(t.line(t.at)); t.at++ {
		if apart {
			add(false, t.line(t.at), t.line(t.at+1))
			t.at++
		} else {
			add(false, t.line(t.at))
		}
	}
	t.blocks = append(t.blocks, b)
}

// maxHeads bounds how many lines the header of a table has, if each of its
// cells stands on a line of its own.
const maxHeads = 10

// firstLetters returns the first of the lines from at that holds nothing but
// role letters, or 0 if an empty line comes before.
func (t *textReader) firstLetters(at int) int {
	for i := at; i < at+maxHeads && t.line(i) != ""; i++ {
		if _, ok := parseLetters(t.line(i)); ok {
			return i
		}
	}
	return 0
}

// startsCells reports whether a table begins here of which each cell has a
// line of its own: a word for activity, at least one party, the first activity,
// letters.
func (t *textReader) startsCells(at int) bool {
	heads := isPhrase(activityWords, t.line(at)) || namesRole(t.line(at+1)) && !namesRole(t.line(at))
	return heads && t.firstLetters(at+1) >= at+3
}

func (t *textReader) cells() {
	b := Block{Kind: Table, Flat: true, Line: t.lines[t.at].no}
	first := t.firstLetters(t.at+1) - 1
	head := Row{Header: true, Line: t.lines[t.at].no, Width: first - t.at}
	for ; t.at < first; t.at++ {
		head.Cells = append(head.Cells, t.line(t.at))
	}
	b.Rows = append(b.Rows, head)
	for t.line(t.at) != "" && !t.startsCells(t.at) && !t.numbered(t.at, first) && !t.startsCells(t.at+1) {
		row := Row{Cells: []string{t.line(t.at)}, Line: t.lines[t.at].no}
		for t.at++; ; t.at++ {
			if _, ok := parseLetters(t.line(t.at)); !ok {
				break
			}
			row.Cells = append(row.Cells, t.line(t.at))
		}
		row.Width = len(row.Cells)
		b.Rows = append(b.Rows, row)
	}
	t.blocks = append(t.blocks, b)
}

// numbered reports whether a line is a heading by its number, within a table
// whose first row is at first. If that row is numbered too, so are the others.
func (t *textReader) numbered(at, first int) bool {
	if number, _ := cutNumber(t.line(first)); number != "" && first < at {
		return t.startsFlat(at+1) || t.startsCells(at+1)
	}
	number, title := cutNumber(t.line(at))
	return number != "" && (t.outline || strings.Contains(number, ".")) && headingShape(title)
}

// startsFlat reports whether a line is the header of a table whose columns ran
// into each other: a word for activity, the parties, and soon a row that ends
// in role letters.
func (t *textReader) startsFlat(at int) bool {
	if at >= len(t.lines) {
		return false
	}
	known := &t.lines[at].flat
	if *known == 0 {
		*known = 1
		if t.isFlatHeader(at) {
			*known = 2
		}
	}
	return *known == 2
}

func (t *textReader) isFlatHeader(at int) bool {
	h, ok := readFlatHeader(t.line(at), noEvidence)
	_, found := cutPhrase(activityWords, t.line(at))
	if !ok || !slices.ContainsFunc(h.parties, namesRole) && (!found || !h.glued) {
		return false
	}
	soon := 4 // rows; the first may have no letters
	if !found {
		if soon = 1; t.rowEnds(at, h.glued) || !startsUpper(t.line(at)) {
			return false
		}
	}
	for i, seen := at+1, 0; i < len(t.lines) && seen < soon; i++ {
		if t.line(i) == "" {
			if i > at+1 {
				return false
			}
			continue
		}
		if t.rowEnds(i, h.glued) {
			return true
		}
		seen++
	}
	return false
}

// namesRole reports whether the head of a column names the customer, or has
// the word for role in it.
func namesRole(head string) bool { return IsCustomer(head) || partyName(head) != head }

// rowEnds reports whether a line ends in role letters.
func (t *textReader) rowEnds(at int, glued bool) bool {
	if glued {
		end := gluedEnd(t.line(at))
		return 0 < end && end < len(t.line(at))
	}
	text, tokens := spacedTail(t.line(at))
	return text != "" && len(tokens) > 0
}

// flat reads a table whose columns were lost. It ends at an empty line, unless
// there are some between its rows too, at a heading, and at the next header.
func (t *textReader) flat() {
	start, first := t.at, t.at+1
	b := Block{Kind: Table, Flat: true, Line: t.lines[start].no}
	h, _ := readFlatHeader(t.line(start), noEvidence)
	glued := h.glued
	apart := t.line(first) == ""
	if apart {
		first++
	}
	for t.at < len(t.lines) {
		if t.at > start && t.ends(glued, first) {
			break
		}
		if t.line(t.at) == "" {
			if !apart || !t.rowEnds(t.at+1, glued) || t.numbered(t.at+1, first) {
				break
			}
			t.at++
			continue
		}
		l := t.lines[t.at]
		b.Rows = append(b.Rows, Row{Cells: []string{l.text}, Width: 1, Header: t.at == start, Line: l.no})
		t.at++
	}
	t.blocks = append(t.blocks, b)
}

// ends reports whether the table ends before the current line, which is not
// empty: at a heading with a number, a footnote, the next header, or what
// stands over it.
func (t *textReader) ends(glued bool, first int) bool {
	text := t.line(t.at)
	switch {
	case text == "":
		return false
	case t.startsFlat(t.at), t.startsCells(t.at), t.numbered(t.at, first):
		return true
	case t.rowEnds(t.at, glued):
		return false
	}
	return t.startsFlat(t.at+1) || t.startsCells(t.at+1) || footnoteStart.MatchString(text)
}
