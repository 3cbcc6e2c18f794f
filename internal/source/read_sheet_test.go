package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

func TestReadCSV(t *testing.T) {
	tests := []struct {
		name, data string
		comma      rune
		want       string
	}{
		{"commas", "Task,Customer\nBack up,RA\n", ',', `
1: table
  1: | Task | Customer |
  2: | Back up | RA |
`},
		{"mark and CR LF", "\uFEFFTask,Customer\r\n\"Back up\",RA\r\n", ',', `
1: table
  1: | Task | Customer |
  2: | Back up | RA |
`},
		{"semicolons", "Task;Customer;Share\nBack up, and test;RA;0,5\nPatch, reboot;I;1,0\n", ',', `
1: table
  1: | Task | Customer | Share |
  2: | Back up, and test | RA | 0,5 |
  3: | Patch, reboot | I | 1,0 |
`},
		{"tabs guessed", "Task\tCustomer\nBack up, test\tRA\n", ',', `
1: table
  1: | Task | Customer |
  2: | Back up, test | RA |
`},
		{"separator named", "sep=;\r\nTask;Customer\r\nBack up;\"R;A\"\r\n", ',', `
2: table
  2: | Task | Customer |
  3: | Back up | R;A |
`},
		{"TSV keeps semicolons", "Task;x\tCustomer\nBack up;x\tRA\n", '\t', `
1: table
  1: | Task;x | Customer |
  2: | Back up;x | RA |
`},
		{"quoted line breaks", "Task,Customer\n\"Back\nup,\n\"\"all\"\"\",RA\nPatch,I\n", ',', `
1: table
  1: | Task | Customer |
  2: | Back up, "all" | RA |
  5: | Patch | I |
`},
		{"inches", "Task\tCustomer\nMount 19\" racks\tR\n\"Two\nlines\"\tA\n", '\t', `
1: table
  1: | Task | Customer |
  2: | Mount 19" racks | R |
  3: | Two lines | A |
`},
		{"ragged", "Task,Customer,Provider\nBack up,R\nPatch,I,R,x\n", ',', `
1: table
  1: | Task | Customer | Provider |
  2: | Back up | R |
  3: | Patch | I | R | x |
`},
		{"title, legend and margin", "Who does what,,\n,,\n,Task,Customer\n,Back up,R\n,,\n,Patch,A\n\nR = does it,,\nA = answers,,\n", ',', `
1: Who does what
3: table
  3: | Task | Customer |
  4: | Back up | R |
  6: | Patch | A |
8: R = does it
9: A = answers
`},
		{"section rows stay", "Task,Customer\nOperation,\nPatch,R\nExit,\n\nEnd.,\n", ',', `
1: table
  1: | Task | Customer |
  2: | Operation | |
  3: | Patch | R |
  4: | Exit | |
6: End.
`},
		{"one column", "The customer patches.\n\nThe provider watches.\n", ',', `
1: The customer patches.
3: The provider watches.
`},
		{"nothing", "", ',', "\n"},
		{"blank", ",,\n\n", ',', "\n"},
		{"open quote", "Task,Customer\n\"Back up,R\nPatch,I\n", ',', "\nerror: line 2: the quotes in this row are not in pairs\n"},
		{"open quote behind inches", "Task\t19\"\n\"Back up\tR\nPatch\tI\n", '\t', "\nerror: line 2: the quotes in this row are not in pairs\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			blocks, err := readCSV([]byte(test.data), test.comma)
			got := "\n" + showBlocks(blocks)
			if err != nil {
				got = "\nerror: " + err.Error() + "\n"
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestReadXLSX packs the parts in each archive of testdata/sheet into a
// workbook and reads that. A part that all workbooks need is added where an
// archive does not have it.
func TestReadXLSX(t *testing.T) {
	files, err := filepath.Glob("testdata/sheet/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range archive.Files {
				parts[f.Name] = string(f.Data)
			}
			want := parts["want"]
			delete(parts, "want")
			blocks, err := readXLSX(packSheet(t, parts))
			got := showBlocks(blocks)
			if err != nil {
				got = "error: " + err.Error() + "\n"
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

const (
	relationsHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	officeTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	sheetHead   = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
)

// packSheet packs parts into a file. Names end in .xml, which is added; the
// relationships of a workbook with sheet1 and shared strings are added if the
// parts have none.
func packSheet(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	standard := map[string]string{
		"_rels/.rels": relationsHead + `<Relationship Id="rId1" Type="` + officeTypes + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": relationsHead + `<Relationship Id="rId1" Type="` + officeTypes + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + officeTypes + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + strings.TrimSuffix(officeTypes, "/") +
			`"><sheets><sheet name="Duties" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`,
	}
	for name, data := range parts {
		standard[name] = data
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(standard)) {
		data := standard[name]
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// oneSheet packs a workbook with one sheet, whose rows are given as XML.
func oneSheet(t testing.TB, rows string) []byte {
	return packSheet(t, map[string]string{"xl/worksheets/sheet1.xml": sheetHead + rows + "</sheetData></worksheet>"})
}

func textCell(place, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, place, text)
}

// TestDamagedXLSX wants an error for everything that would lose a row.
func TestDamagedXLSX(t *testing.T) {
	cell := textCell("A1", "x")
	tests := []struct {
		name string
		data []byte
		want string // part of the error
	}{
		{"nothing", nil, "no XLSX file"},
		{"text", []byte("Task,Customer\n"), "no XLSX file"},
		{"encrypted", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "without a password"},
		{"other zip", packSheet(t, map[string]string{"_rels/.rels": relationsHead + "</Relationships>"}), "names no workbook"},
		{"no sheet", packSheet(t, nil), "part xl/worksheets/sheet1.xml is missing"},
		{"cut off", packSheet(t, map[string]string{"xl/worksheets/sheet1.xml": sheetHead + `<row r="1">` + cell + `</row><row r="2">`}), "unexpected EOF"},
		{"bare ampersand", oneSheet(t, `<row r="1">`+textCell("A1", "a & b")+`</row>`), "invalid character entity"},
		{"document type", packSheet(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "aaaa">]>` + sheetHead + "</sheetData></worksheet>"}), "document type"},
		{"entity", oneSheet(t, `<row r="1">`+textCell("A1", "&a;")+`</row>`), "invalid character entity"},
		{"text number", oneSheet(t, `<row r="1"><c r="A1" t="s"><v>7</v></c></row>`), `refers to text "7", and there are 0`},
		{"negative text number", oneSheet(t, `<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`), `refers to text "-1"`},
		{"row number", oneSheet(t, `<row r="99999999">`+cell+`</row>`), `row "99999999" after row 0`},
		{"negative row", oneSheet(t, `<row r="-1">`+cell+`</row>`), `row "-1" after row 0`},
		{"row twice", oneSheet(t, `<row r="2"/><row r="2"/>`), `row "2" after row 2`},
		{"cell elsewhere", oneSheet(t, `<row r="2">`+cell+`</row>`), `row 2: a cell "A1" that does not stand here`},
		{"cell twice", oneSheet(t, `<row r="1">`+cell+cell+`</row>`), `row 1: a cell "A1"`},
		{"no place", oneSheet(t, `<row r="1"><c r="XFE1"/></row>`), `"XFE1"`},
		{"far column", oneSheet(t, `<row r="1">`+textCell("XFD1", "x")+`</row>`), "more than 1024 columns"},
		{"merge backwards", oneSheet(t, `</sheetData><mergeCells><mergeCell ref="C3:A1"/></mergeCells><sheetData>`), `"C3:A1" is no place`},
		{"deep", oneSheet(t, strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100)), "nested more than 64 deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			blocks, err := readXLSX(test.data)
			if err == nil || !strings.Contains(err.Error(), test.want) || blocks != nil {
				t.Errorf("got %v and error %v, want the error to hold %q", blocks, err, test.want)
			}
		})
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, data := range []string{
		"Task,Customer\r\n\"Back\nup\",RA\n", "sep=;\na;b\n", "Title,,\n\n,Task,Who\n,x,R\n\nnote\n", "a\t19\"\n", "Activit\xe9;R\n",
	} {
		f.Add([]byte(data), false)
		f.Add([]byte(data), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, tabs bool) {
		defer hangs().Stop()
		comma := ','
		if tabs {
			comma = '\t'
		}
		blocks, err := readCSV(data, comma)
		checkReadBlocks(t, blocks, err, max(bytes.Count(data, []byte{'\n'})+1, len(data)))
	})
}

// FuzzReadXLSX changes the parts of a workbook: of a packed file, hardly a
// change would get past the checksums.
func FuzzReadXLSX(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/sheet/workbook.txtar")
	if err != nil {
		f.Fatal(err)
	}
	parts := map[string]string{}
	for _, part := range archive.Files {
		parts[part.Name] = string(part.Data)
	}
	f.Add(parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"], parts["xl/sharedStrings.xml"], parts["xl/worksheets/sheet1.xml"])
	f.Fuzz(func(t *testing.T, book, relations, texts, sheet string) {
		defer hangs().Stop()
		blocks, err := readXLSX(packSheet(t, map[string]string{
			"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations, "xl/sharedStrings.xml": texts,
			"xl/worksheets/sheet1.xml": sheet,
		}))
		checkReadBlocks(t, blocks, err, lastSheetRow)
	})
}

// FuzzOpenXLSX changes a packed file.
func FuzzOpenXLSX(f *testing.F) {
	f.Add(oneSheet(f, "<row>"+textCell("A1", "x")+textCell("B1", "y")+"</row>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer hangs().Stop()
		blocks, err := readXLSX(data)
		checkReadBlocks(t, blocks, err, lastSheetRow)
	})
}
