package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readCSV reads a table of values separated by a character (RFC 4180). A file
// that should be separated by commas is also read when it is separated by
// semicolons or tabs, as spreadsheet programs write it where the comma is the
// decimal sign. A row's line is that of its first cell, also behind cells that
// hold line breaks. A row is as wide as it is written.
func readCSV(data []byte, comma rune) ([]Block, error) {
	text, line, comma := csvStart(bytes.TrimPrefix(data, []byte("\uFEFF")), comma)
	rows, err := csvRows(text, comma, false)
	if bare := (*csv.ParseError)(nil); errors.As(err, &bare) && errors.Is(bare.Err, csv.ErrBareQuote) {
		rows, err = csvRows(text, comma, true) // 19" rack
	}
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return nil, refuse(parse.StartLine+line, "the quotes in this row are not in pairs")
	}
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].Line += line
	}
	return sheetBlocks(rows), nil
}

// csvStart returns the text behind a line such as "sep=;", how many lines that
// skips, and the separator.
func csvStart(text []byte, comma rune) ([]byte, int, rune) {
	first, rest, _ := bytes.Cut(text, []byte{'\n'})
	first = bytes.TrimRight(first, "\r")
	if len(first) == 5 && bytes.EqualFold(first[:4], []byte("sep=")) && strings.IndexByte(",;\t|", first[4]) >= 0 {
		return rest, 1, rune(first[4])
	}
	if comma == ',' {
		comma = guessComma(text)
	}
	return text, 0, comma
}

// guessComma returns the separator that most rows at the head of the file have
// equally often, or the comma.
func guessComma(text []byte) rune {
	best, bestRows := ',', 0
	for _, comma := range []byte(",;\t") {
		rows := map[int]int{} // by how often the separator stands in them
		n, quoted := 0, false
		for _, c := range text[:min(len(text), 64<<10)] {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == comma:
				n++
			case c == '\n':
				rows[n]++
				n = 0
			}
		}
		rows[n]++
		delete(rows, 0)
		for _, count := range rows {
			if count > bestRows {
				best, bestRows = rune(comma), count
			}
		}
	}
	return best
}

// csvRows reads the rows. With lazy, quotes inside a cell need no doubling.
func csvRows(text []byte, comma rune, lazy bool) ([]sheetRow, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, lazy, true
	var rows []sheetRow
	total := 0
	for {
		start := r.InputOffset()
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		written := bytes.TrimSpace(text[start:r.InputOffset()])
		if lazy && bytes.IndexByte(written, '\n') >= 0 && bytes.Count(written, []byte{'"'})%2 > 0 {
			// One quote too many, and the cell goes on to wherever the next is.
			return nil, &csv.ParseError{StartLine: line, Err: csv.ErrQuote}
		}
		if rest := text[start:]; bytes.HasPrefix(rest, []byte("\n")) || bytes.HasPrefix(rest, []byte("\r\n")) {
			rows = append(rows, sheetRow{}) // the reader skips blank lines
		}
		if len(cells) > maxTableColumns {
			return nil, refuse(line, "this table has more than %d columns", maxTableColumns)
		}
		if total += len(cells); total > maxTableCells {
			return nil, refuse(line, "this table has more than %d cells", maxTableCells)
		}
		rows = append(rows, csvRow(cells, line))
	}
}

func csvRow(cells []string, line int) sheetRow {
	row := sheetRow{Row: Row{Cells: make([]string, len(cells)), Line: line, Width: len(cells)}}
	for i, cell := range cells {
		if row.Cells[i] = visibleText(cell); row.Cells[i] != "" {
			row.own++
		}
	}
	return row
}
