package sheet

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/demarc/demarc/internal/diag"
)

// workbook reads every sheet of a workbook that has the columns looked for.
func (r *reader) workbook(data []byte) {
	fail := func(why string) {
		r.error("sheet/unreadable", diag.Pos{File: r.file}, "the workbook cannot be read: "+why, "save it anew as .xlsx")
	}
	if !holds(data, "xl/workbook.xml") {
		fail("it is damaged, or of another format")
		return
	}
	// With equal limits nothing is unpacked to the disk.
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		fail(err.Error())
		return
	}
	defer f.Close()
	props, err := f.GetWorkbookProps()
	if err != nil {
		fail(err.Error())
		return
	}
	for _, sheet := range f.GetSheetList() {
		t := &table{reader: r, name: r.file + ": " + sheet, since1904: props.Date1904 != nil && *props.Date1904}
		if err := t.sheet(f, sheet); err != nil {
			r.error("sheet/unreadable", diag.Pos{File: t.name}, "the sheet cannot be read: "+err.Error(), "save the workbook anew as .xlsx")
			continue
		}
		t.end()
	}
	r.noTable()
}

// holds reports that a zip archive has a part.
func holds(data []byte, name string) bool {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return err == nil && slices.ContainsFunc(archive.File, func(f *zip.File) bool { return f.Name == name })
}

// sheet reads a sheet twice in step: as shown, and as stored.
func (t *table) sheet(f *excelize.File, sheet string) error {
	shown, err := f.Rows(sheet)
	if err != nil {
		return err
	}
	defer shown.Close()
	stored, err := f.Rows(sheet)
	if err != nil {
		return err
	}
	defer stored.Close()
	var also *marks
	for number := 1; shown.Next() && stored.Next(); number++ {
		if number > maxRows {
			return errTooLarge
		}
		text, err := shown.Columns()
		if err != nil {
			return err
		}
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		at := func(col int) diag.Pos {
			cell, err := excelize.CoordinatesToCellName(col+1, number)
			if err != nil {
				return diag.Pos{File: t.name}
			}
			return diag.Pos{File: t.name + "!" + cell}
		}
		w := row{count: number, text: text, raw: raw, stored: true, at: at}
		if also != nil {
			also.spread(&w)
			t.results(also, w)
		}
		if !t.row(w) {
			break
		}
		if also == nil && t.cols != nil { // only of sheets that are of use
			if also, err = marksOf(f, sheet); err != nil {
				return err
			}
		}
	}
	if err := shown.Error(); err != nil || t.cols == nil {
		return err
	}
	return t.comments(f, sheet)
}

// results reports formulas whose result is not stored: some libraries leave it
// to the program that opens the file.
func (t *table) results(also *marks, w row) {
	for i, c := range columns {
		if col, ok := t.cols[i]; ok && c.read() && also.unknown[place{col, w.count}] {
			t.error("sheet/formula", w.at(col), "the result of this formula is not stored",
				"open the file in a spreadsheet program and save it, or write the result itself")
		}
	}
}

// comments says which comments on cells were not read.
func (t *table) comments(f *excelize.File, sheet string) error {
	comments, err := f.GetComments(sheet)
	if err != nil || len(comments) == 0 {
		return err
	}
	cells := make([]string, len(comments))
	for i, c := range comments {
		cells[i] = c.Cell
	}
	t.add(diag.Advice, "sheet/comment", diag.Pos{File: t.name}, "not read, as a state has no place for it: comment on "+strings.Join(cells, ", "), "write it into the column Note")
	return nil
}
