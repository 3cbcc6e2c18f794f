package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// A workbook is read with the standard library and not with a spreadsheet
// library. What is needed of it is little: texts, and where they stand. What
// must not happen is that a row is lost without a word, and the one kept
// library for Go (excelize, tried with 2.11.0) ends a sheet where its XML is
// damaged, and leaves out cells with an unknown text number, without an error;
// crafted files make it panic (GO-2026-6452). The format is ECMA-376 part 1,
// section 18; names are matched without their namespace, so that the strict
// variant is read too.

const (
	maxUnpacked = 128 << 20 // bytes of all parts of a workbook that are read
	maxParts    = 10_000    // files in the archive
	maxDepth    = 64        // of elements; a sheet needs 8
)

// readXLSX reads a workbook: for each sheet that is shown, its name as a
// heading and what sheetBlocks makes of its rows. Cells have the value as it is
// kept, so a date is a number; of a formula it is the last result. Merged cells
// are repeated. A row is a header where the sheet's filter or a table of it
// says so. Hidden sheets are left out, hidden rows and columns are not: a
// filter that was left on hides rows that count.
func readXLSX(data []byte) ([]Block, error) {
	w, err := openWorkbook(data)
	if err != nil {
		return nil, err
	}
	sheets, err := w.sheets()
	if err != nil {
		return nil, err
	}
	if err := w.readStrings(); err != nil {
		return nil, err
	}
	var blocks []Block
	budget := maxTableCells
	for _, sheet := range sheets {
		rows, err := w.readSheet(sheet.part, &budget)
		if err != nil {
			return nil, refuse(0, "sheet %q: %v", sheet.name, err)
		}
		found := sheetBlocks(rows)
		for i := range found {
			if err := fillWidth(found[i].Rows, &budget); err != nil {
				return nil, refuse(0, "sheet %q: %v", sheet.name, err)
			}
		}
		if len(found) > 0 {
			blocks = append(blocks, Block{Kind: Heading, Level: 1, Text: visibleText(sheet.name), Line: 1})
			blocks = append(blocks, found...)
		}
	}
	return blocks, nil
}

// fillWidth gives all rows of a table the same width: no cell of a sheet is
// missing, it is only empty.
func fillWidth(rows []Row, budget *int) error {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	for i := range rows {
		row := &rows[i]
		if *budget -= width - len(row.Cells); *budget < 0 {
			return fmt.Errorf("row %d: the tables of this document have more than %d cells", row.Line, maxTableCells)
		}
		row.Cells = append(row.Cells, make([]string, width-len(row.Cells))...)
		row.Width = width
	}
	return nil
}

// workbook is an open XLSX file.
type workbook struct {
	parts  map[string]*zip.File // by name, in lower case
	main   string               // name of the part that lists the sheets
	links  []link               // of the main part
	unread int64                // what is left of maxUnpacked
	texts  []string             // shared strings
}

// link is a relationship from one part to another.
type link struct {
	id     string
	kind   string // last part of the type's URL, such as worksheet
	target string // name of the part
}

func openWorkbook(data []byte) (*workbook, error) {
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		return nil, refuse(0, "this is an old or an encrypted spreadsheet; save it as XLSX without a password")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse(0, "this is no XLSX file: %v", err)
	}
	if len(archive.File) > maxParts {
		return nil, refuse(0, "this file has more than %d parts", maxParts)
	}
	w := &workbook{parts: map[string]*zip.File{}, unread: maxUnpacked}
	for _, f := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		if w.parts[name] != nil {
			return nil, refuse(0, "this file has two parts with the name %s", name)
		}
		w.parts[name] = f
	}
	top, err := w.readLinks("")
	if err != nil {
		return nil, err
	}
	for _, l := range top {
		if l.kind == "officeDocument" {
			w.main = l.target
		}
	}
	if w.main == "" {
		return nil, refuse(0, "this is no XLSX file: it names no workbook")
	}
	w.links, err = w.readLinks(w.main)
	return w, err
}

// readPart calls visit for each element that begins in a part. Visit may read
// on from the decoder. The end of the part is not an error, damage is.
func (w *workbook) readPart(name string, visit func(*xml.Decoder, xml.StartElement) error) error {
	part := w.parts[name]
	if part == nil {
		return refuse(0, "part %s is missing", name)
	}
	f, err := part.Open()
	if err != nil {
		return refuse(0, "part %s: %v", name, err)
	}
	defer f.Close()
	d := xml.NewTokenDecoder(&shallow{d: xml.NewDecoder(&meter{r: f, left: &w.unread})})
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			switch token := token.(type) {
			case xml.Directive:
				err = errors.New("a document type, which no spreadsheet has")
			case xml.StartElement:
				err = visit(d, token)
			}
		}
		if err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
}

// meter reads until what is left for the whole file is used up.
type meter struct {
	r    io.Reader
	left *int64
}

func (m *meter) Read(p []byte) (int, error) {
	if *m.left <= 0 {
		return 0, refuse(0, "this file unpacks to more than %d MiB", maxUnpacked>>20)
	}
	n, err := m.r.Read(p)
	*m.left -= int64(n)
	return n, err
}

// shallow passes XML on that is not too deep. The decoder behind it remembers
// each open element, and opening one takes only three bytes of a packed file.
type shallow struct {
	d     *xml.Decoder
	depth int
}

// Token implements xml.TokenReader.
func (s *shallow) Token() (xml.Token, error) {
	token, err := s.d.RawToken()
	switch token.(type) {
	case xml.StartElement:
		s.depth++
	case xml.EndElement:
		s.depth--
	}
	if s.depth > maxDepth {
		return nil, fmt.Errorf("elements are nested more than %d deep", maxDepth)
	}
	return token, err
}

// readLinks reads the relationships of a part, or of the file for "". A part
// without is no error.
func (w *workbook) readLinks(from string) ([]link, error) {
	dir, file := path.Split(from)
	name := dir + "_rels/" + file + ".rels"
	if w.parts[name] == nil {
		return nil, nil
	}
	var links []link
	err := w.readPart(name, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := strings.ToLower(attr(e, "Target"))
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		links = append(links, link{
			id:     attr(e, "Id"),
			kind:   path.Base(attr(e, "Type")),
			target: strings.TrimPrefix(path.Clean(target), "/"),
		})
		if len(links) > maxParts {
			return fmt.Errorf("more than %d relationships", maxParts)
		}
		return nil
	})
	return links, err
}

type sheet struct{ name, part string }

// sheets returns the sheets with cells that are shown, in their order.
func (w *workbook) sheets() ([]sheet, error) {
	byID := map[string]link{}
	for _, l := range w.links {
		byID[l.id] = l
	}
	var sheets []sheet
	err := w.readPart(w.main, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "sheet" {
			return nil
		}
		l, ok := byID[relationID(e)]
		switch state := attr(e, "state"); {
		case !ok:
			return refuse(0, "sheet %q is missing", attr(e, "name"))
		case l.kind == "worksheet" && state != "hidden" && state != "veryHidden":
			sheets = append(sheets, sheet{name: attr(e, "name"), part: l.target})
		}
		return nil
	})
	return sheets, err
}

// readStrings reads the texts that cells refer to by number.
func (w *workbook) readStrings() error {
	for _, l := range w.links {
		if l.kind != "sharedStrings" {
			continue
		}
		return w.readPart(l.target, func(d *xml.Decoder, e xml.StartElement) error {
			if e.Name.Local != "si" {
				return nil
			}
			text, err := readRichText(d)
			w.texts = append(w.texts, text)
			if len(w.texts) > maxTableCells {
				return fmt.Errorf("more than %d texts", maxTableCells)
			}
			return err
		})
	}
	return nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// relationID returns an element's id of a relationship, which is the one
// attribute with a namespace that has this name.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}
