package source

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what was read into testdata")

// TestStatements reads the document of each archive and compares its
// statements and findings.
func TestStatements(t *testing.T) {
	archives, err := filepath.Glob("testdata/statements/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in testdata (%v)", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 2 || archive.Files[1].Name != "statements" {
				t.Fatal("an archive has a document and its statements")
			}
			doc, err := Parse(archive.Files[0].Name, archive.Files[0].Data)
			if err != nil {
				t.Fatal(err)
			}
			got := show(doc)
			want := &archive.Files[1].Data
			if *update {
				*want = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(*want), got); diff != "" {
				t.Errorf("statements differ (-want +got):\n%s", diff)
			}
		})
	}
}

// show prints a document's statements, a line each, and its findings.
func show(doc *Document) string {
	var b strings.Builder
	if doc.Title != "" {
		fmt.Fprintf(&b, "title: %s\n", doc.Title)
	}
	for _, s := range doc.Statements {
		fmt.Fprintf(&b, "%d %s %s: %s", s.Line, s.ID, s.Kind, s.Text)
		if s.Context != "" {
			fmt.Fprintf(&b, " (%s)", s.Context)
		}
		if s.Cells != nil {
			fmt.Fprintf(&b, " => %s", showCells(s.Cells))
		} else if len(s.Parties) > 0 {
			fmt.Fprintf(&b, " => %q open=%t", s.Glued, s.Open)
			for _, r := range s.Readings {
				fmt.Fprintf(&b, "\n    %s => %s", r.Text, showCells(r.Cells))
			}
		}
		if s.Note != "" {
			fmt.Fprintf(&b, " # %s", s.Note)
		}
		b.WriteByte('\n')
	}
	for _, f := range doc.Findings {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", f.Pos, f.Severity, f.Message, f.Rule)
	}
	return b.String()
}

func showCells(cells []Cell) string {
	var out []string
	for _, c := range cells {
		switch {
		case c.Aspect != "":
			out = append(out, c.Aspect+": "+c.Party+c.Mark)
		default:
			out = append(out, c.Party+" "+c.Letters+c.Mark)
		}
	}
	return strings.Join(out, ", ")
}
