package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// marks is what a sheet says beside its values. The library would have to hold
// all cells for it, also the empty ones of a sheet that only claims to be large.
type marks struct {
	merged  map[int][]*merge // by the row they begin in
	active  map[int]*merge   // by column: those that cover the row
	unknown map[place]bool   // formulas whose result is not stored
}

// place is a cell: its column from 0, its row from 1.
type place struct{ col, row int }

// merge is a cell that covers those below it, too.
type merge struct {
	from, to  place
	text, raw string
}

// marksOf reads the marks of a sheet. The error tells, too, that its part is
// damaged, which reading by rows takes for the end.
func marksOf(f *excelize.File, sheet string) (*marks, error) {
	data, err := partOf(f, sheet)
	if err != nil {
		return nil, err
	}
	m := &marks{map[int][]*merge{}, map[int]*merge{}, map[place]bool{}}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = f.CharsetReader
	var cell place
	var text, formula, inValue, value bool
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "c":
				cell, _ = placeOf(attribute(token, "r"))
				text, formula, value = attribute(token, "t") == "str", false, false
			case "f":
				formula = true
			case "v", "is":
				inValue, value = true, text // which may be empty
			case "mergeCell":
				m.merge(attribute(token, "ref"))
			}
		case xml.CharData:
			value = value || inValue && len(token) > 0
		case xml.EndElement:
			switch token.Name.Local {
			case "v", "is":
				inValue = false
			case "c":
				if formula && !value {
					m.unknown[cell] = true
				}
			}
		}
	}
}

// merge takes a range of cells that are one, if it has several rows.
func (m *marks) merge(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	a, known := placeOf(from)
	b, both := placeOf(to)
	if known && both && b.row > a.row {
		m.merged[a.row] = append(m.merged[a.row], &merge{from: a, to: b})
	}
}

// spread gives a row what is said of it in cells that began in a row above:
// whoever merges cells says it of all their rows, but it is stored in the first.
// It takes the rows in their order.
func (m *marks) spread(w *row) {
	for col, a := range m.active {
		if w.count > a.to.row {
			delete(m.active, col)
		} else if w.cell(col) == "" {
			for len(w.text) <= col {
				w.text, w.raw = append(w.text, ""), append(w.raw, "")
			}
			w.text[col], w.raw[col] = a.text, a.raw
		}
	}
	for _, a := range m.merged[w.count] {
		if col := a.from.col; w.cell(col) != "" {
			a.text, a.raw = w.text[col], w.raw[col]
			m.active[col] = a
		}
	}
}

func placeOf(ref string) (place, bool) {
	col, row, err := excelize.CellNameToCoordinates(ref)
	return place{col - 1, row}, err == nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// partOf returns the part of the workbook that holds a sheet.
func partOf(f *excelize.File, sheet string) ([]byte, error) {
	missing := errors.New("its part is missing")
	part := func(name string) ([]byte, error) {
		if data, ok := f.Pkg.Load(name); ok {
			return data.([]byte), nil
		}
		return nil, missing
	}
	data, err := part("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil, err
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = f.CharsetReader
	if err := d.Decode(&relations); err != nil {
		return nil, err
	}
	for _, s := range f.WorkBook.Sheets.Sheet {
		for _, r := range relations.All {
			if s.Name == sheet && s.ID == r.ID {
				if path.IsAbs(r.Target) {
					return part(r.Target[1:])
				}
				return part(path.Join("xl", r.Target))
			}
		}
	}
	return nil, missing
}
