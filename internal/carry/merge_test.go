package carry_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/demarc/demarc/internal/carry"
)

var update = flag.Bool("update", false, "write the merged regions into testdata")

var baseLine = regexp.MustCompile(`(?m)^\n?<!-- demarc:base .*\n`)

// TestMerge merges the regions of archives. Their files are was, what was
// generated last time (none: not known), page, what people made of it, and now,
// what is generated; want is the region without its digests, and report is what
// the merge says. A second archive goes on from there with then and finally.
func TestMerge(t *testing.T) {
	archives, err := filepath.Glob("testdata/merge/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(err, archives)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string][]byte{}
			for _, f := range archive.Files {
				files[f.Name] = f.Data
			}
			page := files["page"]
			if was, ok := files["was"]; ok {
				region, _ := carry.Merge(nil, was)
				page = append(bytes.Clone(page), baseLine.Find(region)...)
			}
			got := merge(t, page, files["now"], "now", archive)
			if then, ok := files["then"]; ok {
				merge(t, got, then, "then", archive)
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// merge merges once and compares the outcome with the file after that of this
// name.
func merge(t *testing.T, page, document []byte, name string, archive *txtar.Archive) []byte {
	t.Helper()
	got, report := carry.Merge(page, document)
	if again, second := carry.Merge(got, document); !bytes.Equal(again, got) || second.Changed {
		t.Errorf("a second merge changes the region (-first +second):\n%s", cmp.Diff(string(got), string(again)))
	}
	text := fmt.Sprintf("ticks %d, notes %d, kept %q, reworded %q\n%s", report.Ticks, report.Notes, report.Kept, report.Reworded, baseLine.ReplaceAllString(string(got), ""))
	for i, f := range archive.Files {
		if f.Name != name {
			continue
		}
		if *update {
			archive.Files[i+1].Data = []byte(text)
		} else if diff := cmp.Diff(string(archive.Files[i+1].Data), text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	return got
}
