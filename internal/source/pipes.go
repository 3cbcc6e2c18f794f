package source

import "strings"

// textLine is a line of a document with its number.
type textLine struct {
	text string
	no   int
}

// splitPipes cuts a table row written with pipes into cells, without the pipe
// at either end. A pipe after a backslash belongs to its cell.
func splitPipes(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	var cells []string
	from := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, cellText(line[from:i]))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(line[from:]); rest != "" || len(cells) == 0 {
		cells = append(cells, cellText(rest))
	}
	return cells
}

func cellText(s string) string {
	return strings.ReplaceAll(strings.TrimSpace(s), `\|`, "|")
}

// isDelimiter reports whether a line is the one that parts a table's header
// from its rows: dashes, colons and pipes only. How many cells it has is not
// looked at, since copying often breaks it.
func isDelimiter(line string) bool {
	line = strings.TrimSpace(line)
	return strings.Contains(line, "-") && strings.Contains(line, "|") && strings.Trim(line, "|:- \t") == ""
}

func hasPipe(line string) bool {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			return true
		}
	}
	return false
}

// pipeTable reads the lines of one table. The line before the delimiter row,
// else the first, is the header. How a cell's text is shown is up to show.
func pipeTable(lines []textLine, show func(string) string) Block {
	b := Block{Kind: Table, Line: lines[0].no}
	for i, l := range lines {
		if isDelimiter(l.text) {
			continue
		}
		cells := splitPipes(l.text)
		row := Row{Line: l.no, Width: len(cells), Header: i == 0}
		if i+1 < len(lines) && isDelimiter(lines[i+1].text) {
			row.Header = true
		}
		for _, c := range cells {
			row.Cells = append(row.Cells, show(c))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}
