package source

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// fill repeats a unit, whose %d is a running number, up to 1 MiB.
func fill(head, unit, tail string) []byte { return fillTo(1<<20, head, unit, tail) }

func fillTo(size int, head, unit, tail string) []byte {
	var b strings.Builder
	b.WriteString(head)
	numbered := strings.Contains(unit, "%d")
	for i := 0; b.Len() < size-len(tail); i++ {
		if numbered {
			fmt.Fprintf(&b, unit, i)
		} else {
			b.WriteString(unit)
		}
	}
	b.WriteString(tail)
	return []byte(b.String())
}

// TestHostileDocuments reads large documents that are made to cost much: each
// has to be read or refused within seconds and with bounded memory. What costs
// a second for 1 MiB would, if it grew faster than the document, not end for 10.
func TestHostileDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	row := func(cells string) string { return `<row>` + cells + `</row>` }
	inline := `<c t="inlineStr"><is><t>x</t></is></c>`
	tests := []struct {
		name  string
		read  func([]byte) ([]Block, error)
		data  func() []byte
		error string // part of the refusal, or empty if it has to be read
	}{
		{"html/deep", readHTML, func() []byte { return fillTo(10<<20, "", "<div>", "") }, "nested more than 512 deep"},
		{"html/deep tables", readHTML, func() []byte { return fill("", "<table><tr><td>", "") }, "nested more than 16 deep"},
		{"html/deep lists", readHTML, func() []byte { return fill("", "<ul><li>x", "") }, "nested more than 512 deep"},
		{"html/marks", readHTML, func() []byte { return fill("", "<b id=%d><i><a href=x>", "") }, ""},
		{"html/misnested", readHTML, func() []byte { return fillTo(10<<20, "<p>"+strings.Repeat("<b id=1><i>", 400), "</p>x<p>", "") }, ""},
		{"html/paragraphs", readHTML, func() []byte { return fill("", "a<p>", "") }, ""},
		{"html/items", readHTML, func() []byte { return fill("<ul>", "<li>a", "") }, ""},
		{"html/terms", readHTML, func() []byte { return fill("<dl>", "<dt>a", "") }, ""},
		{"html/end tags", readHTML, func() []byte { return fill("<section><table><tr><td>"+strings.Repeat("<div>", 480), "a</section>", "") }, ""},
		{"html/colspan", readHTML, func() []byte { return fillTo(10<<20, "<table>", "<tr><td colspan=1000000000>a<td>b", "") }, "more than 1048576 cells"},
		{"html/colspan alone", readHTML, func() []byte { return fill("<table>", "<tr><td colspan=1000000000>a", "") }, ""},
		{"html/rowspan", readHTML, func() []byte {
			return fillTo(10<<20, "<table><tr>"+strings.Repeat("<td rowspan=1000000000>a", 1000), "<tr><td>b", "")
		}, "more than 1048576 cells"},
		{"html/columns", readHTML, func() []byte { return fill("<table><tr>", "<td>a", "") }, "more than 1024 columns"},
		{"html/rows", readHTML, func() []byte { return fillTo(10<<20, "<table>", "<tr><td>a<td>b<td>c<td>d", "") }, "more than 1048576 cells"},
		{"html/tables", readHTML, func() []byte { return fill("", "<table><td>a<td>b</table>", "") }, ""},
		{"html/attributes", readHTML, func() []byte { return fill("<table><tr><td ", "a%d=b ", ">x") }, ""},
		{"html/open tag", readHTML, func() []byte { return fill("<p>a</p>", "<", "") }, ""},
		{"html/open comment", readHTML, func() []byte { return fill("<p>a</p><!--", "-", "") }, ""},
		{"html/entities", readHTML, func() []byte { return fill("<p>", "&amp;&#x41;&notanentity", "") }, ""},
		{"html/breaks", readHTML, func() []byte { return fill("a", "<br>", "") }, ""},
		{"html/zeros", readHTML, func() []byte { return fill("<p>a", "\x00", "") }, ""},

		{"asciidoc/items", readAsciiDoc, func() []byte { return fill("", "* a\n", "") }, ""},
		{"asciidoc/marks", readAsciiDoc, func() []byte { return fill("", "*a _b `c ", "") }, ""},
		{"asciidoc/double marks", readAsciiDoc, func() []byte { return fill("", "**a* __b_ ", "") }, ""},
		{"asciidoc/brackets", readAsciiDoc, func() []byte { return fill("", "link:a[b <<c [[d ((e {f ", "") }, ""},
		{"asciidoc/long paragraph", readAsciiDoc, func() []byte { return fill("", "word word\n", "") }, ""},
		{"asciidoc/open blocks", readAsciiDoc, func() []byte { return fill("", "----\n====\n|===\n", "") }, ""},
		{"asciidoc/attributes", readAsciiDoc, func() []byte {
			return fill(":a: "+strings.Repeat("x", 1000)+"\n", "{a}{a}{a}\n", "")
		}, "attributes of this document make it too large"},
		{"asciidoc/laughs", readAsciiDoc, func() []byte {
			return fill(":a0: x\n", ":a: {a0}{a0}\n:a0: {a}{a}\n{a}\n", "")
		}, "attributes of this document make it too large"},
		{"asciidoc/conditions", readAsciiDoc, func() []byte { return fill("", "ifdef::a[]\n", "") }, ""},
		{"asciidoc/columns", readAsciiDoc, func() []byte { return fill("[cols=\"1000000000*\"]\n|===\n", "|a\n", "|===\n") }, "more than 1024 columns"},
		{"asciidoc/repeat", readAsciiDoc, func() []byte { return fill("|===\n|a |b\n", "1000000000*|a\n", "|===\n") }, "more than 1048576 cells"},
		{"asciidoc/spans", readAsciiDoc, func() []byte { return fill("", "|===\n|a\n.1000000000+|b\n|c\n|===\n", "") }, "more than 1048576 cells"},
		{"asciidoc/cells", readAsciiDoc, func() []byte { return fill("[cols=\"4*a\"]\n|===\n", "|a |b |c |d\n", "|===\n") }, ""},
		{"asciidoc/separators", readAsciiDoc, func() []byte { return fillTo(2<<20, "[cols=4*]\n|===\n", "|", "\n|===\n") }, "cells"},
		{"asciidoc/terms", readAsciiDoc, func() []byte { return fill("", "a:: ", "") }, ""},
		{"asciidoc/term lines", readAsciiDoc, func() []byte { return fill("", "a::\n\n", "") }, ""},

		{"csv/commas", csvReader, func() []byte { return fill("", ",", "") }, "more than 1024 columns"},
		{"csv/cells", csvReader, func() []byte { return fill("", ",,\n", "") }, "more than 1048576 cells"},
		{"csv/quotes", csvReader, func() []byte { return fill("", "\"", "") }, ""},
		{"csv/quote at the end", csvReader, func() []byte { return fill("", "a,b\n", "a,\"b") }, "not in pairs"},
		{"csv/one cell", csvReader, func() []byte { return fill("\"", "a\n", "\"") }, ""},

		{"xlsx/bomb", readXLSX, func() []byte { return oneSheet(t, strings.Repeat(" ", 150<<20)) }, "unpacks to more than 128 MiB"},
		{"xlsx/cells", readXLSX, func() []byte { return oneSheet(t, strings.Repeat(row(inline+inline), 600_000)) }, "more than 1048576 cells"},
		{"xlsx/empty cells", readXLSX, func() []byte { return oneSheet(t, strings.Repeat(row("<c/><c/>"), 1_000_000)) }, ""},
		{"xlsx/wide rows", readXLSX, func() []byte {
			return oneSheet(t, strings.Repeat(row(`<c r="AMJ1" t="inlineStr"><is><t>x</t></is></c>`), 1)+strings.Repeat(row(inline), 100_000)+
				`</sheetData><mergeCells><mergeCell ref="A2:AMJ1048576"/></mergeCells><sheetData>`)
		}, "more than 1048576 cells"},
		{"xlsx/merges", readXLSX, func() []byte {
			return oneSheet(t, strings.Repeat(row(inline+inline), 10_000)+`</sheetData><mergeCells>`+
				strings.Repeat(`<mergeCell ref="A1:B10000"/>`, 100_000)+`</mergeCells><sheetData>`)
		}, "more than 1048576 cells"},
		{"xlsx/texts", readXLSX, func() []byte {
			return packSheet(t, map[string]string{
				"xl/sharedStrings.xml":     "<sst>" + strings.Repeat("<si/>", 2_000_000) + "</sst>",
				"xl/worksheets/sheet1.xml": sheetHead + "</sheetData></worksheet>",
			})
		}, "more than 1048576 texts"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data := test.data()
			start, before := time.Now(), allocated()
			blocks, err := test.read(data)
			took, used := time.Since(start), (allocated()-before)>>20
			t.Logf("%v, %d MiB allocated, %d blocks, error %v", took.Round(time.Millisecond), used, len(blocks), err)
			if took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if used > 4096 {
				t.Errorf("allocated %d MiB", used)
			}
			switch {
			case test.error == "" && err != nil:
				t.Errorf("not read: %v", err)
			case test.error != "" && (err == nil || !strings.Contains(err.Error(), test.error)):
				t.Errorf("error %v, want one with %q", err, test.error)
			}
		})
	}
}

func csvReader(data []byte) ([]Block, error) { return readCSV(data, ',') }

// allocated returns how many bytes were allocated so far, freed or not: an
// upper bound of what is in use.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestLongTables reads a table of 100,000 rows in each format.
func TestLongTables(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 100_000
	rows := func(head, format, tail string) []byte {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			fmt.Fprintf(&b, format, i+1)
		}
		return []byte(b.String() + tail)
	}
	cell := `<c t="inlineStr"><is><t>%s</t></is></c>`
	tests := []struct {
		name string
		read func([]byte) ([]Block, error)
		data []byte
		line int // of the last row
	}{
		{"html", readHTML, rows("<table>", "<tr><td>Activity <b>%d</b><td>RA<td>I<td>C<td>A\n", "</table>"), n},
		{"asciidoc", readAsciiDoc, rows("[cols=\"2a,4*a\"]\n|===\n", "|Activity *%d* |RA |I |C |A\n", "|===\n"), n + 2},
		{"csv", csvReader, rows("", "Activity %d,RA,I,C,A\n", ""), n},
		{"xlsx", readXLSX, oneSheet(t, string(rows("", "<row>"+fmt.Sprintf(cell, "Activity %d")+fmt.Sprintf(cell, "RA")+
			fmt.Sprintf(cell, "I")+fmt.Sprintf(cell, "C")+fmt.Sprintf(cell, "A")+"</row>", ""))), n},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			blocks, err := test.read(test.data)
			took := time.Since(start)
			if err != nil || len(blocks) == 0 {
				t.Fatalf("%d blocks, error %v", len(blocks), err)
			}
			table := blocks[len(blocks)-1].Rows
			t.Logf("%v", took.Round(time.Millisecond))
			if took > 10*time.Second || len(table) != n {
				t.Fatalf("%d rows in %v", len(table), took)
			}
			last := table[n-1]
			if got := strings.Join(last.Cells, "|"); got != "Activity 100000|RA|I|C|A" || last.Line != test.line || last.Width != 5 {
				t.Errorf("last row: %v", last)
			}
		})
	}
}
