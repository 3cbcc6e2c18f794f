package sheet

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// csv reads comma-separated values with whichever separator shows the headings.
func (r *reader) csv(data []byte) {
	data = decode(data)
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		r.error("sheet/unreadable", diag.Pos{File: r.file}, "this is neither a workbook nor text in UTF-8", "save it as .xlsx, or as \"CSV UTF-8\"")
		return
	}
	comma, ok := separator(data)
	if !ok {
		r.noTable()
		return
	}
	t := &table{reader: r, name: r.file}
	lines := bytes.Split(data, []byte("\n"))
	pos := func(line, column int) diag.Pos { // column in bytes
		before := lines[line-1]
		before = before[:min(column-1, len(before))]
		return diag.Pos{File: r.file, Line: int32(line), Col: int32(utf8.RuneCount(before) + 1)}
	}
	records := csv.NewReader(bytes.NewReader(data))
	records.Comma, records.FieldsPerRecord = comma, -1
	for number := 1; ; number++ {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			r.error("sheet/unreadable", pos(bad.StartLine, 1), "quotes are not closed, or not doubled, in this row", "save the file anew from a spreadsheet")
			return
		}
		at := func(col int) diag.Pos {
			return pos(records.FieldPos(min(col, len(record)-1)))
		}
		if !t.row(row{count: number, text: record, raw: record, at: at}) {
			break
		}
	}
	t.end()
	r.noTable()
}

// separator returns the character between cells: the one with which the
// headings are found.
func separator(data []byte) (rune, bool) {
	for _, comma := range []rune{',', ';', '\t', '|'} {
		records := csv.NewReader(bytes.NewReader(data))
		records.Comma, records.FieldsPerRecord, records.LazyQuotes = comma, -1, true
		for number := 1; number <= headRows; number++ {
			record, err := records.Read()
			if err != nil {
				break
			}
			t := &table{reader: &reader{}}
			if t.head(row{count: number, text: record, at: func(int) diag.Pos { return diag.Pos{} }}) {
				return comma, true
			}
		}
	}
	return 0, false
}

// decode returns text without its byte order mark, as UTF-8 if the mark says
// that it is UTF-16, which spreadsheets call Unicode text. Lines that end in a
// lone carriage return, as Excel's "CSV (Macintosh)" has them, end in a line
// feed.
func decode(data []byte) []byte {
	if data = decoded(data); bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data
}

func decoded(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(data, []byte("\uFEFF"))
	}
	var units []uint16
	for data = data[2:]; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(strings.ToValidUTF8(string(utf16.Decode(units)), ""))
}
