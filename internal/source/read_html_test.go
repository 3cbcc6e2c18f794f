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

var updateReaders = flag.Bool("update-readers", false, "write what readers found into the expectations of testdata")

func TestReadHTML(t *testing.T) { eachReaderArchive(t, "html", readHTML) }

// eachReaderArchive reads the first file of each archive in a squeezer of
// testdata and compares what is found with the file "want".
func eachReaderArchive(t *testing.T, squeezer string, read func([]byte) ([]Block, error)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", squeezer, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives in %s: %v", squeezer, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil || len(archive.Files) != 2 || archive.Files[1].Name != "want" {
				t.Fatalf("not a document and what is wanted of it: %v", err)
			}
			blocks, err := read(archive.Files[0].Data)
			got := showBlocks(blocks)
			if err != nil {
				got = "error: " + err.Error() + "\n"
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" && !*updateReaders {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if *updateReaders {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// showBlocks writes blocks one a line, each behind its line in the document:
// headings with #, list items with -, rows with bars, header rows with |=. The
// width of a row is shown if it differs from the number of its cells.
func showBlocks(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		fmt.Fprintf(&b, "%d: ", block.Line)
		switch block.Kind {
		case Heading:
			b.WriteString(strings.Repeat("#", block.Level) + " " + block.Text + "\n")
		case ListItem:
			b.WriteString(strings.Repeat("  ", block.Level-1) + "- " + block.Text + "\n")
		case Paragraph:
			b.WriteString(block.Text + "\n")
		case Table:
			b.WriteString("table\n")
			for _, row := range block.Rows {
				mark := "|"
				if row.Header {
					mark = "|="
				}
				fmt.Fprintf(&b, "  %d: %s", row.Line, mark)
				for _, cell := range row.Cells {
					b.WriteString(strings.TrimRight(" "+cell, " ") + " |")
				}
				if row.Width != len(row.Cells) {
					fmt.Fprintf(&b, " (%d)", row.Width)
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}
