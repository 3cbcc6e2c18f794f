package source

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readCorpus reads a real document from beside the repository. They are not
// part of it, and without them there is nothing to test.
func readCorpus(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/corpus", name))
	if os.IsNotExist(err) {
		t.Skipf("skipped: ../shared/corpus/%s is not there", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCorpusOpenShift reads the page of OpenShift, whose cells name parties,
// and compares each row with the file's own lines.
func TestCorpusOpenShift(t *testing.T) {
	data := readCorpus(t, "openshift/rosa-policy-responsibilities.adoc")
	blocks, err := readAsciiDoc(data)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []BlockKind
	var table Block
	for _, b := range blocks {
		kinds = append(kinds, b.Kind)
		if b.Kind == Table {
			table = b
		}
	}
	if want := []BlockKind{Heading, Paragraph, Paragraph, Table, ListItem, ListItem}; !slices.Equal(kinds, want) {
		t.Fatalf("kinds of blocks: %v, want %v\n%s", kinds, want, showBlocks(blocks))
	}
	header := []string{"Resource", "Incident and operations management", "Change management", "Access and identity authorization",
		"Security and regulation compliance", "Disaster recovery"}
	if len(table.Rows) != 15 || !table.Rows[0].Header || !slices.Equal(table.Rows[0].Cells, header) {
		t.Fatalf("%d rows, header %v", len(table.Rows), table.Rows[0])
	}
	counts := map[string]int{}
	lines := strings.Split(string(data), "\n")
	for _, row := range table.Rows[1:] {
		if row.Header || len(row.Cells) != 6 || row.Width != 6 {
			t.Errorf("line %d: %v", row.Line, row)
			continue
		}
		if !strings.HasPrefix(lines[row.Line-1], "|"+row.Cells[0]) {
			t.Errorf("%q is not on line %d: %s", row.Cells[0], row.Line, lines[row.Line-1])
		}
		for _, cell := range row.Cells[1:] {
			counts[cell]++
		}
	}
	want := map[string]int{"Customer": 15, "Red Hat": 27, "Red Hat and Customer": 14, "AWS": 10, "Red Hat [1]": 3, "Red Hat and Customer [2]": 1}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("cells of parties (-want +got)\n%s", diff)
	}
	for _, want := range [][]string{
		{"Logging", "Red Hat", "Red Hat and Customer", "Red Hat and Customer", "Red Hat and Customer", "Red Hat"},
		{"Cluster networking", "Red Hat [1]", "Red Hat and Customer [2]", "Red Hat and Customer", "Red Hat [1]", "Red Hat [1]"},
		{"Cluster version", "Red Hat", "Red Hat and Customer", "Red Hat", "Red Hat", "Red Hat"},
		{"AWS software (public AWS services)", "AWS", "AWS", "AWS", "AWS", "AWS"},
	} {
		if !slices.ContainsFunc(table.Rows, func(row Row) bool { return slices.Equal(row.Cells, want) }) {
			t.Errorf("no row %v", want)
		}
	}
}

// TestCorpusSAP reads the HTML tables in the Markdown pages of SAP. Each row is
// a task and a party, or a Markdown list of two parties.
func TestCorpusSAP(t *testing.T) {
	for _, file := range []string{"btp-operating-model-cf.20251112.md", "btp-operating-model-kyma.20250923.md"} {
		t.Run(file, func(t *testing.T) {
			data := readCorpus(t, "sap/"+file)
			blocks, err := readHTML(data)
			if err != nil {
				t.Fatal(err)
			}
			rows := 0
			lines := bytes.Split(data, []byte("\n"))
			for _, b := range blocks {
				for _, row := range b.Rows {
					rows++
					last := row.Cells[len(row.Cells)-1]
					if row.Header != (last == "Responsibility") || len(row.Cells) != 3 || row.Width != 3 {
						t.Errorf("line %d: %v", row.Line, row)
					}
					if !row.Header && last != "Customer" && last != "SAP" && last != "- SAP - Customer" {
						t.Errorf("line %d: party %q", row.Line, last)
					}
					if string(lines[row.Line-1]) != "<tr>" {
						t.Errorf("line %d is %q", row.Line, lines[row.Line-1])
					}
				}
			}
			if want := bytes.Count(data, []byte("<tr>")); rows != want || rows < 10 {
				t.Errorf("%d rows, want %d", rows, want)
			}
		})
	}
}
