package source

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

func FuzzReadHTML(f *testing.F) { fuzzReader(f, "html", readHTML) }

// fuzzReader gives a reader documents made from those of the tests.
func fuzzReader(f *testing.F, squeezer string, read func([]byte) ([]Block, error)) {
	files, err := filepath.Glob(filepath.Join("testdata", squeezer, "*.txtar"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no archives in %s: %v", squeezer, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(txtar.Parse(data).Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer hangs().Stop()
		blocks, err := read(data)
		checkReadBlocks(t, blocks, err, bytes.Count(data, []byte{'\n'})+1)
	})
}

// hangs ends the process, and so reports the input, if a test takes too long.
func hangs() *time.Timer {
	const limit = 10 * time.Second
	return time.AfterFunc(limit, func() { panic("no end within " + limit.String()) })
}

// checkReadBlocks checks what holds for the blocks of every document.
func checkReadBlocks(t *testing.T, blocks []Block, err error, lines int) {
	t.Helper()
	if err != nil {
		if blocks != nil || err.Error() == "" {
			t.Errorf("error %q and %d blocks", err, len(blocks))
		}
		return
	}
	text := func(what, text string, line int, mayBeEmpty bool) {
		if !utf8.ValidString(text) || text != visibleText(text) || text == "" && !mayBeEmpty {
			t.Errorf("%s: %q is not folded text", what, text)
		}
		if line < 1 || line > lines {
			t.Errorf("%s %q: line %d of %d", what, text, line, lines)
		}
	}
	for _, b := range blocks {
		switch b.Kind {
		case Heading, ListItem, Paragraph:
			text("block", b.Text, b.Line, false)
		case Table:
			text("table", "", b.Line, true)
		default:
			t.Errorf("kind %d", b.Kind)
		}
		if b.Kind == Heading && (b.Level < 1 || b.Level > 6) || b.Kind == ListItem && b.Level < 1 ||
			b.Kind == Paragraph && b.Level != 0 || (b.Kind == Table) != (len(b.Rows) > 0) {
			t.Errorf("kind %d, level %d, %d rows", b.Kind, b.Level, len(b.Rows))
		}
		for _, row := range b.Rows {
			if len(row.Cells) == 0 || row.Width < 1 || len(row.Cells) > maxTableColumns || strings.Join(row.Cells, "") == "" {
				t.Errorf("line %d: width %d, cells %q", row.Line, row.Width, row.Cells)
			}
			for _, cell := range row.Cells {
				text("cell", cell, row.Line, true)
			}
		}
	}
}
