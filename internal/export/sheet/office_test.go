package sheet_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/export/sheet"
)

// write writes a file to convert and returns its path.
func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestOffice holds that what was filled in comes back after LibreOffice saved
// the file, in whichever format.
func TestOffice(t *testing.T) {
	b := book(t)
	lines, _ := sheet.Read("x.xlsx", workbook(t, b))
	want := said(lines)
	if !strings.Contains(want, "early|done") {
		t.Fatal(want)
	}
	var table strings.Builder
	if err := sheet.WriteCSV(&table, sheet.Items(b.Lists), sheet.CSV{BOM: true}); err != nil {
		t.Fatal(err)
	}
	xlsx, csv := write(t, "x.xlsx", workbook(t, b)), write(t, "x.csv", []byte(table.String()))
	// The tokens of the filter: separator, quote, UTF-8; 3: the third sheet.
	const filter, third = "csv:Text - txt - csv (StarCalc):", ",34,76,1,,0,false,true,false,false,false,3"
	for _, test := range []struct{ name, from, format string }{
		{"workbook", xlsx, "xlsx"},
		{"workbook to commas", xlsx, filter + "44" + third},
		{"workbook to semicolons", xlsx, filter + "59" + third},
		{"CSV to tabulators", csv, filter + "9,34,76"},
		{"CSV to workbook", csv, "xlsx"},
	} {
		saved := office(t, test.from, test.format)
		lines, findings := sheet.Read("saved", readFile(t, saved))
		if diff := cmp.Diff(want, said(lines)); diff != "" || findings != nil {
			t.Errorf("%s: %s\n%s", test.name, diff, reported(findings))
		}
	}
}

// TestOfficeChoices holds that LibreOffice offers what may be filled in, and
// shows formulas as the texts they are.
func TestOfficeChoices(t *testing.T) {
	doc := string(readFile(t, office(t, write(t, "x.xlsx", workbook(t, book(t))), "fods")))
	for _, want := range []string{
		`cell-content-is-in-list(&quot;open&quot;;&quot;done&quot;;&quot;not-applicable&quot;)`,
		`cell-content-is-date()`,
		`<text:p>=1+1</text:p>`, `<text:p>@SUM(1)</text:p>`, `<text:p>-2+3</text:p>`, `<text:p>+1</text:p>`,
		`office:date-value="2026-11-20"`,
		`<text:p>2 done, 1 not applicable, of 5</text:p>`, // a formula of ours
		`style:print-orientation="landscape"`,
		`table:display-filter-buttons="true"`,
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("LibreOffice does not show %s", want)
		}
	}
	for _, formula := range []string{"1+1", "SUM(1)", "HYPERLINK", "cmd"} {
		if strings.Contains(doc, `table:formula="of:=`+formula) {
			t.Errorf("LibreOffice calculates %s", formula)
		}
	}
}

// TestOfficeCSV holds that LibreOffice calculates nothing of a CSV file, and
// that it would if the file were raw.
func TestOfficeCSV(t *testing.T) {
	cells := []string{"=1+1", "+1+1", "-2+3", "@SUM(1;1)", "+1", "plain", "-2.5", " =1+1"}
	for _, raw := range []bool{false, true} {
		var b strings.Builder
		if err := sheet.WriteCSV(&b, [][]string{cells}, sheet.CSV{Raw: raw}); err != nil {
			t.Fatal(err)
		}
		// Formulas are looked at, as they are when the file is opened by hand.
		const filter = "csv:Text - txt - csv (StarCalc):44,34,76"
		saved := office(t, write(t, "x.csv", []byte(b.String())), filter)
		rows, err := csv.NewReader(strings.NewReader(string(readFile(t, saved)))).ReadAll()
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		got := rows[0]
		for i := range got {
			got[i] = sheet.Unguard(got[i])
		}
		if same := slices.Equal(cells, got); same == raw {
			t.Errorf("raw %t: %q became %q", raw, cells, got)
		}
	}
}
