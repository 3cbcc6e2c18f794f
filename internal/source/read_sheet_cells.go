package source

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// worksheet is a sheet while it is read.
type worksheet struct {
	book   *workbook
	budget *int
	rows   []sheetRow // without those that have no cells; Line is the row's number
	row    int        // number of the row being read
	col    int        // number of the last column read in it
	merged []area
	heads  map[int]bool // numbers of header rows
}

// readSheet reads a sheet's rows with a text, and an empty one wherever rows
// without text stand between two.
func (w *workbook) readSheet(part string, budget *int) ([]sheetRow, error) {
	s := &worksheet{book: w, budget: budget, heads: map[int]bool{}}
	if err := w.readPart(part, s.element); err != nil {
		return nil, err
	}
	if err := s.readTables(part); err != nil {
		return nil, err
	}
	if err := s.merge(); err != nil {
		return nil, err
	}
	var rows []sheetRow
	last := 0
	for _, row := range s.rows {
		if row.own == 0 {
			continue
		}
		if last > 0 && row.Line > last+1 {
			rows = append(rows, sheetRow{})
		}
		last = row.Line
		row.Header = s.heads[row.Line]
		rows = append(rows, row)
	}
	return rows, nil
}

// element reads an element of a sheet.
func (s *worksheet) element(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		s.row, s.col = s.row+1, 0
		if r := attr(e, "r"); r != "" {
			n, err := strconv.Atoi(r)
			if err != nil || n < s.row || n > lastSheetRow {
				return fmt.Errorf("row %q after row %d", r, s.row-1)
			}
			s.row = n
		}
	case "c":
		return s.cell(d, e)
	case "mergeCell":
		a, err := parseArea(attr(e, "ref"))
		s.merged = append(s.merged, a)
		if len(s.merged) > maxTableCells {
			return fmt.Errorf("more than %d merged cells", maxTableCells)
		}
		return err
	case "autoFilter":
		a, err := parseArea(attr(e, "ref"))
		s.heads[a.row] = true
		return err
	}
	return nil
}

// cell reads a cell: its place, and its text if it has one.
func (s *worksheet) cell(d *xml.Decoder, e xml.StartElement) error {
	s.col++
	if ref := attr(e, "r"); ref != "" {
		a, err := parseArea(ref)
		if err != nil || a.row != s.row || a.col < s.col {
			return fmt.Errorf("row %d: a cell %q that does not stand here", s.row, ref)
		}
		s.col = a.col
	}
	text, err := s.cellText(d, attr(e, "t"))
	if err != nil {
		return fmt.Errorf("row %d: %w", s.row, err)
	}
	if text == "" {
		return nil
	}
	if s.col > maxTableColumns {
		return fmt.Errorf("row %d: more than %d columns", s.row, maxTableColumns)
	}
	if n := len(s.rows); n == 0 || s.rows[n-1].Line != s.row {
		s.rows = append(s.rows, sheetRow{Row: Row{Line: s.row}})
	}
	row := &s.rows[len(s.rows)-1]
	row.own++
	return s.set(row, s.col, text)
}

// set writes a text into a row, and takes it from the budget.
func (s *worksheet) set(row *sheetRow, col int, text string) error {
	if *s.budget -= max(col-len(row.Cells), 1); *s.budget < 0 {
		return fmt.Errorf("row %d: the tables of this document have more than %d cells", row.Line, maxTableCells)
	}
	for len(row.Cells) < col {
		row.Cells = append(row.Cells, "")
	}
	row.Cells[col-1] = text
	return nil
}

// cellText reads up to the end of a cell and returns what stands in it.
func (s *worksheet) cellText(d *xml.Decoder, kind string) (string, error) {
	value, inline := "", ""
	for {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.EndElement:
			if kind == "inlineStr" {
				value = inline
			}
			return s.shownValue(value, kind)
		case xml.StartElement:
			switch token.Name.Local {
			case "v":
				value, err = readCharacters(d)
			case "is":
				inline, err = readRichText(d)
			default:
				err = d.Skip()
			}
			if err != nil {
				return "", err
			}
		}
	}
}

// shownValue turns a value as it is kept into text.
func (s *worksheet) shownValue(value, kind string) (string, error) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(s.book.texts) {
			return "", fmt.Errorf("a cell refers to text %q, and there are %d", value, len(s.book.texts))
		}
		return s.book.texts[n], nil
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "", "n":
		// 1.1 is kept as 1.1000000000000001 by some programs.
		if n, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil {
			return strconv.FormatFloat(n, 'f', -1, 64), nil
		}
	}
	return visibleText(unescapeSheet(value)), nil
}

// readRichText reads up to the end of a text that may be made of runs, and
// leaves out the readings that Asian scripts have beside the text.
func readRichText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			switch token.Name.Local {
			case "t":
				text, err := readCharacters(d)
				if err != nil {
					return "", err
				}
				b.WriteString(text)
			case "rPh":
				if err := d.Skip(); err != nil {
					return "", err
				}
			default:
				depth++
			}
		}
	}
	return visibleText(unescapeSheet(b.String())), nil
}

// readCharacters reads the text up to the end of the element.
func readCharacters(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

var sheetEscape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescapeSheet resolves the escapes for characters that XML cannot hold
// (ECMA-376 part 1, 22.9.2.19). A line break from Windows leaves _x000D_.
func unescapeSheet(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return sheetEscape.ReplaceAllStringFunc(text, func(escape string) string {
		n, err := strconv.ParseUint(escape[2:6], 16, 16)
		if err != nil {
			return escape
		}
		return string(rune(n))
	})
}
