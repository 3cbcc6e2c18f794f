package source

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestReadRefuses(t *testing.T) {
	tests := []struct {
		name, data, want string
	}{
		{"page.docx", "x", "page.docx document/format"},
		{"page", "x", "page document/format"},
		{"page.txt", strings.Repeat("x", MaxSize+1), "page.txt document/too-large"},
		{"page.md", strings.Repeat("x\n", maxLines+1), "page.md document/too-large"},
		{"page.txt", "one\n\n" + strings.Repeat("word ", 20_000), "page.txt:3:1 document/too-large"},
		{"page.md", "| a |\n|--|\n| " + strings.Repeat("x", maxText+1) + " |", "page.md:3:1 document/too-large"},
		{"page.md", "one\n\nl\xe9\n", "page.md:3:1 document/encoding"},
		{"page.html", "\xFF\xFE<\x00", "page.html:1:1 document/encoding"},
		{"page.xlsx", "no archive", "page.xlsx document/unreadable"},
	}
	for _, tt := range tests {
		doc, err := Parse(tt.name, []byte(tt.data))
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Findings) != 1 || len(doc.Statements) != 0 {
			t.Errorf("%s: findings %v, %d statements", tt.name, doc.Findings, len(doc.Statements))
			continue
		}
		if got := doc.Findings[0].Pos.String() + " " + doc.Findings[0].Rule; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestReadFormats reads the same table in each format and finds the same.
func TestReadFormats(t *testing.T) {
	for name, data := range map[string]string{
		"page.md":       "| Activity | Customer | Acme |\n|---|---|---|\n| Patch the nodes | I | RA* |\n",
		"page.markdown": "\uFEFF| Activity | Customer | Acme |\r\n|---|---|---|\r\n| Patch the nodes | I | RA* |\r\n",
		"page.txt":      "Activity\tCustomer\tAcme\nPatch the nodes\tI\tRA*\n",
		"page.html":     "<table><tr><th>Activity<th>Customer<th>Acme<tr><td>Patch the nodes<td>I<td>RA*</table>",
		"page.adoc":     "|===\n|Activity |Customer |Acme\n\n|Patch the nodes |I |RA*\n|===\n",
		"page.csv":      "Activity,Customer,Acme\nPatch the nodes,I,RA*\n",
		"PAGE.TSV":      "Activity\tCustomer\tAcme\nPatch the nodes\tI\tRA*\n",
	} {
		doc, err := Parse(name, []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Statements) != 1 {
			t.Errorf("%s: %s", name, show(doc))
			continue
		}
		s := doc.Statements[0]
		if got := s.Text + ": " + showCells(s.Cells); got != "Patch the nodes: Customer I, Acme RA*" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestLongDocuments reads long and hostile documents in Markdown and plain
// text. Each has to be done within a time that leaves room for a slow machine,
// and that anything quadratic would exceed by far.
func TestLongDocuments(t *testing.T) {
	const rows, size = 100_000, 10 << 20
	if testing.Short() {
		t.Skip("takes its time")
	}
	table := func(head, row string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := range rows {
			fmt.Fprintf(&b, row, i)
		}
		return b.String()
	}
	// A line of 60 KB passes all limits; there are many of them.
	lines := func(s string) string { return repeat(strings.TrimRight(repeat(s, 60_000), "\n")+"\n\n", size) }
	tests := []struct {
		name, data string
		rows       int
	}{
		{"pipes.md", table("| Activity | Customer | Acme |\n|---|---|---|\n", "| Do thing %d well | **RA** | I |\n"), rows},
		{"pipes.txt", table("Activity | Customer | Acme |\n", "Do thing %d well | RA | I |\n"), rows},
		{"tabs.txt", table("Activity\tCustomer\tAcme\n", "Do thing %d well\tRA\tI\n"), rows},
		{"glued.txt", table("ActivityCustomerAcme\n", "Do thing %d wellRAI\n"), rows},
		{"spaced.txt", table("Activity Customer Acme\n", "Do thing %d well RA I\n"), rows},
		{"cells.txt", table("Activity\nCustomer\nAcme\n", "Do thing %d well\nRA\nI\n"), rows},
		{"links.md", lines("[a]("), 0},
		{"quotes.md", lines(">"), 0},
		{"deep.md", deepList(), 0},
		{"letters.txt", lines("RACI "), 0},
		{"headers.txt", repeat("Activity Customer RA\n", size), 0},
		{"headings.txt", repeat("A b\n", 4*maxLines), 0},
		{"one line.txt", repeat("RA", size), 0},
	}
	for _, tt := range tests {
		start := time.Now()
		doc, err := Parse(tt.name, []byte(tt.data))
		if err != nil {
			t.Fatal(err)
		}
		if spent := time.Since(start); spent > 30*time.Second {
			t.Errorf("%s took %v", tt.name, spent)
		}
		if tt.rows > 0 && (len(doc.Statements) != tt.rows || len(doc.Findings) > 0) {
			t.Errorf("%s: %d statements, want %d; findings %v", tt.name, len(doc.Statements), tt.rows, doc.Findings)
		}
	}
}

func repeat(s string, size int) string { return strings.Repeat(s, size/len(s)) }

// deepList is a list in a list in a list.
func deepList() string {
	var b strings.Builder
	for i := range 4000 {
		b.WriteString(strings.Repeat("  ", i%2000) + "- a\n")
	}
	return b.String()
}
