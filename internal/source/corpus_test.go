package source

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shared is the folder of real documents, beside the repository. They may not
// be copied into it, so these tests are skipped where it is absent.
const shared = "../../../shared"

func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(shared, name))
	if os.IsNotExist(err) {
		t.Skipf("no %s beside the repository", filepath.Join("../shared", name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parseShared(t *testing.T, name string) *Document {
	t.Helper()
	doc, err := Parse(name, sharedFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// truth is a row as it really is.
type truth struct {
	line     string
	activity string
	roles    map[string]string
}

func readTruth(t *testing.T) map[string][]truth {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(string(sharedFile(t, "corpus/truth.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]truth{}
	for _, r := range records[1:] {
		row := truth{line: r[1], activity: inlineText(r[3])}
		if err := json.Unmarshal([]byte(r[4]), &row.roles); err != nil {
			t.Fatal(err)
		}
		rows[r[0]] = append(rows[r[0]], row)
	}
	return rows
}

// same reports whether cells hold exactly the roles, letters and marks.
func (r truth) same(cells []Cell) bool {
	if len(cells) != len(r.roles) {
		return false
	}
	for _, c := range cells {
		printed, known := r.roles[c.Party]
		if !known || strings.NewReplacer(",", "", " ", "").Replace(printed) != c.Letters+c.Mark {
			return false
		}
	}
	return true
}

// rows returns the rows of the tables of roles of a document.
func rows(doc *Document) []Statement {
	var out []Statement
	for _, s := range doc.Statements {
		if s.Kind == KindRow && len(s.Parties) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func TestCorpusMarkdown(t *testing.T) {
	all := readTruth(t)
	files := make([]string, 0, len(all))
	for f := range all {
		files = append(files, f)
	}
	slices.Sort(files)
	for _, file := range files {
		want, got := all[file], rows(parseShared(t, "corpus/"+file))
		right := 0
		for _, s := range got {
			i := slices.IndexFunc(want, func(w truth) bool { return w.line == strconv.Itoa(s.Line) })
			if i < 0 {
				t.Errorf("%s:%d: no such row: %s", file, s.Line, s.Text)
			} else if w := want[i]; w.activity != s.Text || !w.same(s.Cells) {
				t.Errorf("%s:%d: got %q %v, want %q %v", file, s.Line, s.Text, s.Cells, w.activity, w.roles)
			} else {
				right++
			}
		}
		if right != len(want) || right != len(got) {
			t.Errorf("%s: %d rows right of %d read and %d there", file, right, len(got), len(want))
		}
		t.Logf("%-32s rows %3d  precision %.3f  recall %.3f", file, len(want), float64(right)/float64(len(got)), float64(right)/float64(len(want)))
	}
}

func TestCorpusFlattened(t *testing.T) {
	all := readTruth(t)
	for _, doc := range []string{"iaas-raci.fr", "kubernetes-raci.en"} {
		want := all["cloud-temple/"+doc+".md"]
		for _, style := range []string{"tabs", "trailpipe", "brokendelim", "percell", "spaced", "glued"} {
			file := "cloud-temple--" + doc + "." + style + ".txt"
			got := rows(parseShared(t, "corpus/cloud-temple/"+file))
			if len(got) != len(want) {
				t.Errorf("%s: %d rows, want %d", file, len(got), len(want))
				continue
			}
			right, ambiguous, wrong, among := 0, 0, 0, 0
			for i, s := range got {
				switch w := want[i]; {
				case s.Cells == nil:
					ambiguous++
					if slices.ContainsFunc(s.Readings, func(r Reading) bool { return w.same(r.Cells) && inlineText(r.Text) == w.activity }) {
						among++
					} else {
						t.Errorf("%s:%d: %q %v is not among the readings of %q: %v", file, s.Line, w.activity, w.roles, s.Glued, s.Readings)
					}
				case w.same(s.Cells) && inlineText(s.Text) == w.activity:
					right++
				default:
					wrong++
					t.Errorf("%s:%d: got %q %v, want %q %v", file, s.Line, s.Text, s.Cells, w.activity, w.roles)
				}
			}
			t.Logf("%-20s %-12s rows %3d  right %3d  wrong %d  ambiguous %3d, the truth among their readings %d", doc, style, len(want), right, wrong, ambiguous, among)
		}
	}
}

// flattenings lose the columns of a table in the ways that copying does.
var flattenings = []struct {
	style string
	row   func(cells []string) string
}{
	{"glued", func(cells []string) string { return strings.Join(cells, "") }},
	{"spaced", func(cells []string) string { return strings.Join(filled(cells), " ") }},
	{"percell", func(cells []string) string { return strings.Join(filled(cells), "\n") }},
}

func filled(cells []string) []string {
	return slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return c == "" })
}

// TestCorpusFlattenedHere flattens the tables of all Markdown files, whose
// rows are known by now, and reads them back.
func TestCorpusFlattenedHere(t *testing.T) {
	for file, want := range readTruth(t) {
		blocks, _, err := Read(file, sharedFile(t, "corpus/"+file))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range flattenings {
			var text strings.Builder
			for _, b := range blocks {
				for _, row := range b.Rows {
					text.WriteString(f.row(row.Cells) + "\n")
				}
				text.WriteString(b.Text + "\n\n")
			}
			doc, err := Parse(file+".txt", []byte(text.String()))
			if err != nil {
				t.Fatal(err)
			}
			got := rows(doc)
			if len(got) != len(want) {
				t.Errorf("%s %s: %d rows, want %d", file, f.style, len(got), len(want))
				continue
			}
			right, ambiguous := 0, 0
			for i, s := range got {
				switch w := want[i]; {
				case s.Cells == nil:
					ambiguous++
				case w.same(s.Cells) && s.Text == w.activity:
					right++
				default:
					t.Errorf("%s %s: got %q %v, want %q %v", file, f.style, s.Text, s.Cells, w.activity, w.roles)
				}
			}
			t.Logf("%-32s %-8s rows %3d  right %3d  ambiguous %3d", file, f.style, len(want), right, ambiguous)
		}
	}
}

// TestCorpusParties counts who holds what in the documents without a list of
// their rows. The counts were taken from the files in another way, by matching
// cells with regular expressions.
func TestCorpusParties(t *testing.T) {
	tests := []struct {
		file   string
		rows   int
		nobody []int // lines of rows that name nobody
		want   map[string]int
	}{
		{"adobe/commerce-cloud-shared-responsibility.md", 200, []int{893}, map[string]int{
			"Adobe A": 5, "Adobe C": 5, "Adobe I": 1, "Adobe R": 103, "CDN provider C": 2, "CDN provider R": 4,
			"Merchant C": 6, "Merchant I": 15, "Merchant R": 94,
		}},
		{"openshift/rosa-policy-responsibilities.adoc", 14, nil, map[string]int{"Customer ": 30, "Red Hat ": 45, "AWS ": 10}},
		{"sap/btp-operating-model-cf.20251112.md", 37, nil, map[string]int{"Customer ": 14 + 4, "SAP ": 19 + 4}},
		{"sap/btp-operating-model-kyma.20250923.md", 38, nil, map[string]int{"Customer ": 18 + 3, "SAP ": 17 + 3}},
		{"sap/btp-operating-model.md", 26, nil, map[string]int{"Customer ": 18 + 2, "SAP ": 6 + 2}},
		{"sap/btp-operating-model-comparison.20251112.md", 38, nil, map[string]int{"Customer ": 15 + 18 + 8, "SAP ": 19 + 16 + 8}},
	}
	for _, tt := range tests {
		doc := parseShared(t, "corpus/"+tt.file)
		got := map[string]int{}
		n := 0
		var nobodyAt []int
		for _, s := range doc.Statements {
			if s.Kind != KindRow || s.Cells == nil {
				continue
			}
			n++
			if nobody(s.Cells) {
				nobodyAt = append(nobodyAt, s.Line)
			}
			for _, c := range s.Cells {
				if c.Letters != "" || c.Aspect != "" {
					got[c.Party+" "+c.Letters]++
				}
			}
		}
		if n != tt.rows || !slices.Equal(nobodyAt, tt.nobody) {
			t.Errorf("%s: %d rows, want %d; rows that name nobody at %v, want %v", tt.file, n, tt.rows, nobodyAt, tt.nobody)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.file, diff)
		}
		t.Logf("%-50s rows %3d  %v", tt.file, n, got)
	}
}
