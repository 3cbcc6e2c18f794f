package sheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/state"
)

// said returns what lines say, a line each.
func said(lines []sheet.Line) string {
	var b strings.Builder
	for _, l := range lines {
		r := l.Record
		fmt.Fprintf(&b, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s\n", l.Model, l.Environment, r.Item, r.State, r.By, r.On, r.Evidence, r.Reason, r.Note, r.Digest)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// reported returns findings, a line each.
func reported(findings []diag.Finding) string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s: %s: %s [%s]", f.Pos, f.Severity, f.Message, f.Rule))
	}
	return strings.Join(lines, "\n")
}

const noDigest = `f.csv:1:1: warning: column "Digest" is missing [sheet/heading]`

func TestReadCSV(t *testing.T) {
	utf16le := func(text string) string {
		b := []byte("\xFF\xFE")
		for _, u := range utf16.Encode([]rune(text)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}
	for _, test := range []struct{ name, text, said, reported string }{
		{"commas", "Model,Item,State,Owner,Date,Evidence link,Reason,Note,Environment,Digest\r\nacme/db,a,done,Anna,2026-11-20,e,,n,test,sha256:001122334455\r\n",
			"acme/db|test|a|done|Anna|2026-11-20|e||n|001122334455", ""},
		{"semicolons, mark, other order, blanks and case", "\ufeff note ; STATE;Item\n'=1+1; Done ;a\n;;b\n", "||a|done|||||=1+1|", noDigest},
		{"bars, as they are exported", "Item|State|Note|Digest\r\na|open|\"a|b\"|\r\n", "||a|open|||||a|b|", ""},
		{"lines of an old Macintosh", "Item,State,Digest\ra,done,\rb,open,\r", "||a|done||||||\n||b|open||||||", ""},
		{"no environment", "Model,Item,State,Digest\nm,a,done,\n", "m||a|done||||||", `f.csv:1:1: warning: column "Environment" is missing [sheet/heading]`},
		{"a failed formula", "Item,State,Owner,Digest\na,done,Err:508,\n", "||a|done||||||", `f.csv:2:8: error: the formula in this cell failed: Err:508 [sheet/formula]`},
		{"tabulators in UTF-16", utf16le("Item\tState\tNote\r\na\topen\t\"two\nlines\"\r\n"), "||a|open|||||two\nlines|", noDigest},
		{"Excel's separator line", "sep=;\r\nItem;State\r\na;nonsense\r\n", "||a|||||||", "f.csv:2:1: warning: column \"Digest\" is missing [sheet/heading]\nf.csv:3:3: error: state \"nonsense\" is not known [sheet/state]"},
		{"headings below others", "Checklist of today\n\nItem,State,Digest\na,x,001122334455\n", "||a|done||||||001122334455", ""},
		{"other columns", "Item,State,Digest,Cost,Mood,Cost\na,x,,12,,\n", "||a|done||||||", `f.csv: advice: not read, as a state has no place for it: column "Cost" [sheet/column]`},
		{"a heading twice", "Item,State,State,Digest\na,x,open,\n", "||a|done||||||", `f.csv:1:12: error: column "State" stands twice [sheet/heading]`},
		{"a state of nothing", "Item,State,Digest\n,done,\n,,\n", "", `f.csv:2:1: error: this row has a state but no item [sheet/no-item]`},
		{"a digest gone bad", "Item,State,Digest\na,done,1.2E+11\n", "||a|done||||||", `f.csv:2:8: warning: "1.2E+11" is no digest, and left out [sheet/digest]`},
		{"lines of cells with lines", "Item,Note,State,Digest\na,\"1\n2\n3\",open,\nb,x,bad,\n", "||a|open|||||1\n2\n3|\n||b||||||x|", `f.csv:5:5: error: state "bad" is not known [sheet/state]`},
		{"no table", "a,b\n1,2\n", "", "f.csv: error: no table with the columns Item and State was found [sheet/no-table]"},
		{"nothing", "", "", "f.csv: error: no table with the columns Item and State was found [sheet/no-table]"},
		{"an open quote", "Item,State,Digest\na,\"done,\n", "", "f.csv:2:1: error: quotes are not closed, or not doubled, in this row [sheet/unreadable]"},
		{"Windows-1252", "Item,State,Note\na,done,J\xf6rg\n", "", "f.csv: error: this is neither a workbook nor text in UTF-8 [sheet/unreadable]"},
		{"UTF-8 taken for something else", "\u00ef\u00bb\u00bfModel,Item,State,Digest\n", "", "f.csv:1:1: error: a program took this file for another encoding when it saved it, and spoilt it [sheet/unreadable]"},
		{"an old workbook", "\xD0\xCF\x11\xE0\xA1\xB1", "", "f.csv: error: this workbook is encrypted, or of the format before 2007 [sheet/unreadable]"},
		{"another archive", "PK\x03\x04 nonsense", "", "f.csv: error: the workbook cannot be read: it is damaged, or of another format [sheet/unreadable]"},
	} {
		lines, findings := sheet.Read("f.csv", []byte(test.text))
		if diff := cmp.Diff(test.said, said(lines)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		if diff := cmp.Diff(test.reported, reported(findings)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestWords(t *testing.T) {
	for word, want := range map[string]state.Value{
		"open": "open", "To do": "open", "TODO": "open", "no": "open", "FALSE": "open",
		"done": "done", " Done ": "done", "x": "done", "X": "done", "yes": "done", "TRUE": "done", "✓": "done", "✔\ufe0f": "done", "✅": "done", "☑": "done", "done\u200b": "done",
		"not-applicable": "not-applicable", "Not applicable": "not-applicable", "N/A": "not-applicable", "n.a.": "not-applicable", "not_applicable": "not-applicable",
		"in progress": "", "n": "", "0": "", "waived": "",
	} {
		lines, findings := sheet.Read("f.csv", []byte("Item,State,Digest\na,\""+word+"\",\n"))
		if len(lines) != 1 || lines[0].Record.State != want || (want == "") != (len(findings) == 1) {
			t.Errorf("%q: %v, %s", word, said(lines), reported(findings))
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-20": "2026-11-20", "2026-1-5": "2026-01-05", "2026/11/20": "2026-11-20", "2026-11-20 00:00:00": "2026-11-20", "2026-11-20T12:30:00Z": "2026-11-20",
		"20.11.2026": "2026-11-20", "5.1.2026": "2026-01-05", "5. 1. 2026": "2026-01-05", "11/20/2026": "2026-11-20", "20/11/2026": "2026-11-20", "20-11-2026": "2026-11-20", "5/5/2026": "2026-05-05",
		"5/1/2026": `"5/1/2026" can be two dates`, "2026-02-30": `"2026-02-30" is no date`, "32.1.2026": `"32.1.2026" is no date`, "20.11.26": `"20.11.26" is no date`,
		"tomorrow": `"tomorrow" is no date`, "46346": `"46346" is no date`, "2026": `"2026" is no date`, "2024-02-29": "2024-02-29", "2100-02-29": `"2100-02-29" is no date`,
	} {
		lines, findings := sheet.Read("f.csv", []byte("Item,Date,State,Digest\na,"+text+",,\n"))
		got := ""
		if len(findings) == 1 {
			got = findings[0].Message
		} else if len(lines) == 1 {
			got = lines[0].Record.On
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestReadWorkbook reads a workbook after people were at it.
func TestReadWorkbook(t *testing.T) {
	f := open(t, workbook(t, book(t)))
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(f.SetSheetName("Checklist", "Ours"))
	do(f.DuplicateRow("Ours", 1)) // the second one is a row like others
	do(f.RemoveRow("Ours", 2))
	do(f.InsertRows("Ours", 1, 2))
	do(f.SetCellStr("Ours", "B1", "Checklist of our team"))
	do(f.InsertCols("Ours", "C", 1))
	do(f.SetCellStr("Ours", "C3", "Cost"))
	do(f.SetCellInt("Ours", "C6", 12))
	do(f.SetRowVisible("Ours", 5, false))
	do(f.SetCellStr("Ours", "O6", " Done"))    // ready
	do(f.SetCellStr("Ours", "Q6", "1.2.2026")) // a date as text
	do(f.SetCellFloat("Ours", "Q7", 46346.75, -1, 64))
	do(f.SetCellBool("Ours", "O7", true)) // late
	do(f.SetCellInt("Ours", "T7", 5))     // a number as a note
	buffer, err := f.WriteToBuffer()
	do(err)
	lines, findings := sheet.Read("x.xlsx", buffer.Bytes())
	want := known().Items
	digests := map[string]string{}
	for _, row := range sheet.Items(book(t).Lists)[1:] {
		digests[row[1]] = strings.TrimPrefix(row[len(row)-1], "sha256:")
	}
	wantSaid := said([]sheet.Line{
		{Model: "acme/database", Environment: "staging", Record: want[0]},
		{Model: "acme/database", Environment: "staging", Record: want[1]},
		{Model: "acme/database", Environment: "staging", Record: state.Record{Item: "ready", State: state.Done, On: "2026-02-01", Digest: digests["ready"]}},
		{Model: "acme/database", Environment: "staging", Record: state.Record{Item: "late", State: state.Done, By: "Jörg 日本", On: "2026-11-20", Note: "5", Digest: digests["late"]}},
		{Model: "acme/database", Environment: "staging", Record: want[3]},
	})
	if diff := cmp.Diff(wantSaid, said(lines)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(`x.xlsx: Ours: advice: not read, as a state has no place for it: column "Cost" [sheet/column]`, reported(findings)); diff != "" {
		t.Error(diff)
	}
	if got, want := lines[2].At("state").String(), "x.xlsx: Ours!O6"; got != want {
		t.Errorf("the state is at %s, want %s", got, want)
	}

	// What cannot be understood is said with its cell.
	do(f.SetCellStr("Ours", "O6", "half"))
	do(f.SetCellFloat("Ours", "Q7", 12.5, -1, 64))
	do(f.SetCellStr("Ours", "B8", ""))
	buffer, err = f.WriteToBuffer()
	do(err)
	_, findings = sheet.Read("x.xlsx", buffer.Bytes())
	wantReported := `x.xlsx: Ours!O6: error: state "half" is not known [sheet/state]
x.xlsx: Ours!Q7: error: "1900-01-12" is no date of this century [sheet/date]
x.xlsx: Ours!B8: error: this row has a state but no item [sheet/no-item]
x.xlsx: Ours: advice: not read, as a state has no place for it: column "Cost" [sheet/column]`
	if diff := cmp.Diff(wantReported, reported(findings)); diff != "" {
		t.Error(diff)
	}
}

// edited returns the workbook as it is after an edit, and whatever a finding
// reports of it.
func edited(t *testing.T, edit func(f *excelize.File) error) (lines []sheet.Line, report string) {
	t.Helper()
	f := open(t, workbook(t, book(t)))
	if err := edit(f); err != nil {
		t.Fatal(err)
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	lines, findings := sheet.Read("x.xlsx", buffer.Bytes())
	return lines, reported(findings)
}

// TestMerged holds that what is said in merged cells is said of all their rows.
func TestMerged(t *testing.T) {
	lines, report := edited(t, func(f *excelize.File) error {
		return errors.Join(
			f.SetCellStr("Checklist", "N4", "done"), f.MergeCell("Checklist", "N4", "N5"), // ready and late
			f.SetCellFloat("Checklist", "P4", 46346, -1, 64), f.MergeCell("Checklist", "P4", "Q5"),
			f.MergeCell("Checklist", "D3", "E3"), f.MergeCell("Checklist", "X2", "X6"))
	})
	if report != "" {
		t.Error(report)
	}
	for i, item := range []string{2: "ready", 3: "late"} {
		if i < 2 {
			continue
		}
		if r := lines[i].Record; r.Item != item || r.State != state.Done || r.On != "2026-11-20" || r.Evidence != "" {
			t.Errorf("%+v", r)
		}
	}
	if r := lines[4].Record; r.Item != "gone" || r.On != "2024-02-29" {
		t.Errorf("the row below is taken for one of them: %+v", r)
	}
}

// TestNotRead holds that nothing in a workbook is passed over in silence.
func TestNotRead(t *testing.T) {
	for _, test := range []struct {
		name string
		edit func(f *excelize.File) error
		want string
	}{
		{"a formula without its result", func(f *excelize.File) error { // the library calculates nothing
			return errors.Join(f.SetCellFormula("Checklist", "O4", `"An"&"na"`), f.SetCellFormula("Checklist", "C4", "1+1"))
		}, "x.xlsx: Checklist!O4: error: the result of this formula is not stored [sheet/formula]"},
		{"a formula that failed", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("Checklist", "S4", "#REF!"), f.SetCellStr("Checklist", "C4", "#REF!"))
		}, "x.xlsx: Checklist!S4: error: the formula in this cell failed: #REF! [sheet/formula]"},
		{"columns without a heading", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("Checklist", "X4", "mine"), f.SetCellStr("Checklist", "Z6", "mine"), f.SetCellStr("Checklist", "Z1", "Cost"))
		}, `x.xlsx: Checklist: advice: not read, as a state has no place for it: column 24 without a heading, "Cost" [sheet/column]`},
		{"comments", func(f *excelize.File) error {
			return f.AddComment("Checklist", excelize.Comment{Cell: "N4", Text: "Ask Anna"})
		}, "x.xlsx: Checklist: advice: not read, as a state has no place for it: comment on N4 [sheet/comment]"},
		{"a second table without its heading", func(f *excelize.File) error {
			to, err := f.NewSheet("Other")
			return errors.Join(err, f.CopySheet(2, to), f.SetCellStr("Other", "N1", "Status"))
		}, `x.xlsx: Other!A1: warning: this table is not read: column "State" is missing [sheet/heading]`},
		{"a column taken away", func(f *excelize.File) error { return f.RemoveCol("Checklist", "U") },
			`x.xlsx: Checklist!A1: warning: column "Environment" is missing [sheet/heading]`},
		{"a date that is no number", func(f *excelize.File) error { return f.SetCellStr("Checklist", "P4", "NaN") },
			`x.xlsx: Checklist!P4: error: "NaN" is no date [sheet/date]`},
	} {
		if _, report := edited(t, test.edit); report != test.want {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, report))
		}
	}
}

// TestDays1904 reads a workbook that counts days as old Macintoshes did.
func TestDays1904(t *testing.T) {
	f := open(t, workbook(t, book(t)))
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	lines, findings := sheet.Read("x.xlsx", buffer.Bytes())
	if len(lines) == 0 || lines[0].Record.On != "2030-11-21" {
		t.Errorf("%s\n%s", said(lines), reported(findings))
	}
}

// TestBack holds that a table that nobody touched changes nothing.
func TestBack(t *testing.T) {
	list := sheet.Checklist{Model: acme(t), Environment: "staging", State: known()}
	var csv strings.Builder
	if err := sheet.WriteCSV(&csv, sheet.Items([]sheet.Checklist{list}), sheet.CSV{}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"f.csv": []byte(csv.String()), "f.xlsx": workbook(t, book(t))} {
		lines, findings := sheet.Read(name, data)
		parts, more := sheet.Split(lines, "", "")
		if findings = append(findings, more...); len(findings) > 0 || len(parts) != 1 {
			t.Fatalf("%s: %d parts\n%s", name, len(parts), reported(findings))
		}
		st := known()
		if changed, _ := parts[0].Lay(st, list.Model); changed != 0 {
			t.Errorf("%s: %d items changed", name, changed)
		}
		want := known()
		want.Merge(nil, sheet.Order(list.Model))
		if diff := cmp.Diff(want, st, cmpopts.IgnoreFields(state.Record{}, "Pos")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		// Where nothing was known, all of it comes in.
		st = &state.State{Workspace: "W", Model: "acme/database", Environment: "staging"}
		if changed, _ := parts[0].Lay(st, list.Model); changed != 4 {
			t.Errorf("%s: %d items changed", name, changed)
		}
		if diff := cmp.Diff(want, st, cmpopts.IgnoreFields(state.Record{}, "Pos")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
