package sheet_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/state"
)

func book(t *testing.T) sheet.Book {
	return sheet.Book{Workspace: "A & B", Tool: "Demarc 1.2.3", Lists: []sheet.Checklist{{Model: acme(t), Environment: "staging", State: known()}}}
}

func workbook(t *testing.T, b sheet.Book) []byte {
	t.Helper()
	data, err := sheet.Workbook(b)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWorkbook(t *testing.T) {
	b := book(t)
	data := workbook(t, b)
	if !bytes.Equal(data, workbook(t, b)) {
		t.Error("the same book gives other bytes")
	}
	f := open(t, data)
	if diff := cmp.Diff([]string{"About", "RACI", "Checklist"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	rows, err := f.GetRows("Checklist")
	if err != nil {
		t.Fatal(err)
	}
	want := sheet.Items(b.Lists)
	want[2][17] = "'" + want[2][17] // its own apostrophe would be taken away on the way back
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("the sheet differs from the table: %s", diff)
	}
	// All but dates are texts, whatever they look like; dates are numbers.
	for i, row := range rows {
		for j, text := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			kind, err := f.GetCellType("Checklist", at)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula("Checklist", at)
			date := i > 0 && rows[0][j] == "Date"
			if err != nil || formula != "" || text != "" && (kind == excelize.CellTypeSharedString) == date {
				t.Errorf("%s: %q is of type %v with formula %q, %v", at, text, kind, formula, err)
			}
		}
	}
	// Choices for the state; dates for the date.
	validations, err := f.GetDataValidations("Checklist")
	if err != nil || len(validations) != 2 {
		t.Fatalf("%d validations, %v", len(validations), err)
	}
	if v := validations[0]; v.Type != "list" || v.Formula1 != `"open,done,not-applicable"` || v.Sqref != "N2:N6" {
		t.Errorf("the choices are %+v", v)
	}
	if v := validations[1]; v.Type != "date" || v.Sqref != "P2:P6" {
		t.Errorf("the dates are %+v", v)
	}
	for _, hidden := range []string{"A", "U", "V"} {
		if visible, err := f.GetColVisible("Checklist", hidden); visible || err != nil {
			t.Errorf("column %s is shown, %v", hidden, err)
		}
	}
	for _, name := range []string{"vba", "macro", "externalLink"} {
		if bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(name))) {
			t.Errorf("there is %s in it", name)
		}
	}
}

func TestSheetNames(t *testing.T) {
	var b sheet.Book
	m := acme(t)
	for _, title := range []string{"Managed Kubernetes of a provider", "managed kubernetes of A PROVIDER", "'[x]: a/b?*\\ 'quoted'", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "History"} {
		copied := *m
		copied.Title.Value = title
		b.Lists = append(b.Lists, sheet.Checklist{Model: &copied, Environment: "production"})
	}
	f := open(t, workbook(t, b))
	seen := map[string]bool{}
	names := f.GetSheetList()
	for _, name := range names {
		if seen[strings.ToLower(name)] || len(utf16.Encode([]rune(name))) > 31 || strings.ContainsAny(name, `[]:*?/\`) || strings.Trim(name, "' ") != name {
			t.Errorf("bad name %q", name)
		}
		seen[strings.ToLower(name)] = true
	}
	if len(names) != 11 || !seen["checklist managed kubernetes 2"] {
		t.Errorf("the sheets are %q", names)
	}
}

// TestHeights holds that a row is as high as its longest text, by its letters.
// Columns that are folded away do not count.
func TestHeights(t *testing.T) {
	for text, lines := range map[string]float64{
		"x": 1, strings.Repeat("i", 70): 1, strings.Repeat("M", 70): 4, strings.Repeat("日", 70): 4, "a\n\nb": 3,
	} {
		m := acme(t)
		m.Items = m.Items[:1]
		m.Items[0].Title.Value, m.Items[0].Evidence.Value, m.Items[0].Why.Value = "x", text, strings.Repeat("long ", 100)
		f := open(t, workbook(t, sheet.Book{Lists: []sheet.Checklist{{Model: m, Environment: "production"}}}))
		if got, err := f.GetRowHeight("Checklist", 2); err != nil || got != 3+12.75*lines {
			t.Errorf("%q: %v high, want %v lines, %v", text, got, lines, err)
		}
	}
}

func TestTooLong(t *testing.T) {
	b := book(t)
	b.Lists[0].State = &state.State{Items: []state.Record{{Item: "go", State: state.Open, Note: strings.Repeat("x", 32768)}}}
	if _, err := sheet.Workbook(b); err == nil || !strings.Contains(err.Error(), "cell S3: a text of 32768 characters does not fit") {
		t.Errorf("got %v", err)
	}
}

func TestUntouched(t *testing.T) {
	data := workbook(t, book(t))
	if !sheet.Untouched(data) {
		t.Error("a new workbook counts as touched")
	}
	f := open(t, data)
	if err := f.SetCellStr("Checklist", "S2", "mine"); err != nil {
		t.Fatal(err)
	}
	saved, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a saved one": saved.Bytes(), "nothing": nil, "text": []byte("a,b"), "half of one": data[:len(data)/2]} {
		if sheet.Untouched(data) {
			t.Errorf("%s counts as untouched", name)
		}
	}
}
