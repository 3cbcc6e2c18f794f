package source

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// The largest row and column that the format allows.
const (
	lastSheetRow    = 1 << 20
	lastSheetColumn = 1 << 14
)

// area is a rectangle of cells, counted from 1.
type area struct{ col, row, lastCol, lastRow int }

// readTables marks the header rows of the tables that are defined in a sheet.
func (s *worksheet) readTables(part string) error {
	links, err := s.book.readLinks(part)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.kind != "table" || s.book.parts[l.target] == nil {
			continue
		}
		err := s.book.readPart(l.target, func(_ *xml.Decoder, e xml.StartElement) error {
			if e.Name.Local != "table" || attr(e, "headerRowCount") == "0" {
				return nil
			}
			a, err := parseArea(attr(e, "ref"))
			s.heads[a.row] = true
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// merge repeats the text of merged cells in every row and column that has
// text: what an area claims beyond, and in empty rows, is nothing to read. What
// a program left in the cells that are covered is not shown, and not read.
func (s *worksheet) merge() error {
	width := 0
	index := map[int]int{} // from a row's number
	for i, row := range s.rows {
		width = max(width, len(row.Cells))
		index[row.Line] = i
	}
	for _, a := range s.merged {
		first, ok := index[a.row]
		if !ok || a.col > len(s.rows[first].Cells) {
			continue
		}
		text := s.rows[first].Cells[a.col-1]
		if text == "" {
			continue
		}
		for i := first; i < len(s.rows) && s.rows[i].Line <= a.lastRow; i++ {
			for col := a.col; col <= min(a.lastCol, width); col++ {
				if err := s.set(&s.rows[i], col, text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// parseArea reads a reference such as B2 or B2:D4. Whole columns and rows (B:D,
// 2:4), and references to other sheets, are not used where this is called.
func parseArea(ref string) (area, error) {
	from, to, isRange := strings.Cut(ref, ":")
	if !isRange {
		to = from
	}
	var a area
	var ok1, ok2 bool
	a.col, a.row, ok1 = parseCell(from)
	a.lastCol, a.lastRow, ok2 = parseCell(to)
	if !ok1 || !ok2 || a.lastCol < a.col || a.lastRow < a.row {
		return area{}, fmt.Errorf("%q is no place in a sheet", ref)
	}
	return a, nil
}

func parseCell(ref string) (col, row int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	i := 0
	for ; i < len(ref) && 'A' <= ref[i]&^0x20 && ref[i]&^0x20 <= 'Z' && col <= lastSheetColumn; i++ {
		col = col*26 + int(ref[i]&^0x20-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return col, row, err == nil && 1 <= col && col <= lastSheetColumn && 1 <= row && row <= lastSheetRow
}
