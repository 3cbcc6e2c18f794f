package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/export/sheet"
)

// rezip returns a workbook with parts replaced.
func rezip(t testing.TB, data []byte, replace map[string]io.Reader) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range archive.File {
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		from := replace[f.Name]
		if from == nil {
			if from, err = f.Open(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := io.Copy(to, from); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zeros is as many zeros as are asked for.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestBombs opens workbooks that are small and claim to be large.
func TestBombs(t *testing.T) {
	data := workbook(t, book(t))
	const sheet3 = "xl/worksheets/sheet3.xml"
	row := `<row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c><c r="B1" t="inlineStr"><is><t>State</t></is></c></row>`
	merged := strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 100_000)
	xml := func(rows string) io.Reader {
		return strings.NewReader(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + row + rows + `</sheetData></worksheet>`)
	}
	for _, test := range []struct {
		name string
		part io.Reader
		want string
	}{
		{"much of nothing", io.LimitReader(zeros{}, 65<<20), "cannot be read"},
		{"a row far down", xml(`<row r="999999999"><c r="A999999999"><v>1</v></c></row>`), "cannot be read"},
		{"cells far right", xml(strings.Repeat(`<row><c r="XFD2"><v>1</v></c></row>`, 100)), ""},
		{"cells merged again and again", strings.NewReader(`<worksheet><sheetData>` + row + strings.Repeat(`<row><c><v>1</v></c></row>`, 10_000) + `</sheetData><mergeCells>` + merged + `</mergeCells></worksheet>`), ""},
		{"broken off below the headings", strings.NewReader(`<worksheet><sheetData>` + row + `<row r="2"><c`), "cannot be read"},
		{"broken off", strings.NewReader(`<worksheet><sheetData><row r="1"><c`), "no table"},
	} {
		_, findings := sheet.Read("x.xlsx", rezip(t, data, map[string]io.Reader{sheet3: test.part}))
		if got := reported(findings); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

// FuzzRead reads whatever there may be in a CSV file and in a sheet.
func FuzzRead(f *testing.F) {
	f.Add("Item,State,Note\na,done,\"x\ny\"\n")
	f.Add("sep=;\n;;Item;State\n\n;;a;x;\n")
	f.Add("Item\tState\tDate\r\na\tn/a\t1.2.2026\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines, findings := sheet.Read("f.csv", []byte(text))
		parts, more := sheet.Split(lines, "acme/database", "production")
		for _, finding := range append(findings, more...) {
			if finding.Message == "" || finding.Pos.IsZero() {
				t.Errorf("a finding without place or words: %+v", finding)
			}
		}
		n := 0
		for _, p := range parts {
			n += len(p.Lines)
		}
		if n > len(lines) {
			t.Errorf("%d lines became %d", len(lines), n)
		}
	})
}

// FuzzWorkbook reads damaged sheets.
func FuzzWorkbook(f *testing.F) {
	data := fuzzed()
	for _, part := range []string{
		`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c><c r="B1" t="str"><v>State</v></c></row><row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" s="4"><v>46346.5</v></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row><c><v/></c></row><row r="0"><c r="0A" t="s"><v>-1</v></c><c r="B" t="b"><v>7</v></c><c t="e"><f>A1</f></c></row></sheetData></worksheet>`,
	} {
		f.Add(part)
	}
	f.Fuzz(func(t *testing.T, part string) {
		sheet.Read("x.xlsx", rezip(t, data, map[string]io.Reader{"xl/worksheets/sheet1.xml": strings.NewReader(part)}))
	})
}

// fuzzed returns a small workbook.
func fuzzed() []byte {
	data, err := sheet.Workbook(sheet.Book{})
	if err != nil {
		panic(err)
	}
	return data
}
