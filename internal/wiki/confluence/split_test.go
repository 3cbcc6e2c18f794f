package confluence

import (
	"fmt"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

// TestSplit divides documents in which a heading takes 1, a paragraph as many as
// it has letters, a row or entry 10, and what is around them nothing.
func TestSplit(t *testing.T) {
	size := func(blocks []tree.Block) int {
		n := 0
		for _, b := range blocks {
			switch b := b.(type) {
			case *tree.Heading:
				n++
			case *tree.Paragraph:
				n += len(tree.Plain(b.Text))
			case *tree.Table:
				n += 10 * len(b.Rows)
			case *tree.List:
				n += 10 * len(b.Entries)
			}
		}
		return n
	}
	p := func(letter string, n int) string { return strings.Repeat(letter, n) + "\n\n" }
	tests := []struct {
		name, markdown string
		first          int
		want           string
	}{
		{"fits", "## A\n\n" + p("a", 20), 40, "##A a20"},
		{"nothing", "", 40, ""},
		{"at the higher heading", "## A\n\n" + p("a", 25) + "## B\n\n### C\n\n" + p("c", 5) + "### D\n\n" + p("d", 20), 40, "##A a25 / ##B ###C c5 ###D d20"},
		{"not so early that little is left", "## A\n\n" + p("a", 5) + "## B\n\n" + p("b", 20) + "### C\n\n" + p("c", 20), 40, "##A a5 ##B b20 / ##B ###C c20"},
		{"repeats what is open", "## A\n\n### B\n\n" + p("b", 30) + p("c", 30) + "## D\n\n" + p("d", 3), 40, "##A ###B b30 / ##A ###B c30 ##D d3"},
		{"one too long", p("a", 90) + p("b", 2), 40, "a90 / b2"},
		{"smaller first", p("a", 10) + p("b", 10) + p("c", 10), 15, "a10 / b10 c10"},
		{"no room at all in the first", p("a", 10) + p("b", 10), -5, "a10 / b10"},
		{"rows", "## A\n\n| h |\n| --- |\n| 1 |\n| 2 |\n| 3 |\n| 4 |\n| 5 |\n\n" + p("z", 2), 40, "##A h:123 / ##A h:45 z2"},
		{"entries", "3. a\n4. b\n5. c\n6. d\n7. e\n", 40, "3:abcd / 7:e"},
		{"heading alone", p("a", 39) + "## B\n", 40, "a39 ##B"},
		{"heading alone behind", p("a", 40) + "## B\n", 40, "a40 / ##B"},
	}
	for _, tt := range tests {
		blocks := tree.Parse(render.Document{Path: "x.md", Markdown: []byte("# T\n\n" + tt.markdown)}).Blocks
		var parts []string
		for _, part := range split(blocks, tt.first, 40, size) {
			parts = append(parts, outline(part))
		}
		if got := strings.Join(parts, " / "); got != tt.want {
			t.Errorf("%s: got  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// outline returns blocks in short.
func outline(blocks []tree.Block) string {
	var words []string
	for _, b := range blocks {
		word := ""
		switch b := b.(type) {
		case *tree.Heading:
			word = strings.Repeat("#", b.Level) + tree.Plain(b.Text)
		case *tree.Paragraph:
			word = fmt.Sprintf("%.1s%d", tree.Plain(b.Text), len(tree.Plain(b.Text)))
		case *tree.Table:
			word = tree.Plain(b.Head[0]) + ":"
			for _, r := range b.Rows {
				word += tree.Plain(r.Cells[0])
			}
		case *tree.List:
			word = fmt.Sprint(b.Start, ":")
			for _, e := range b.Entries {
				word += tree.Plain(e.Blocks[0].(*tree.Paragraph).Text)
			}
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
