package gfm_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

// TestStructure writes random documents, with blocks in each other in all ways,
// and reads them again.
func TestStructure(t *testing.T) {
	for seed := range uint64(500) {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
		want := g.blocks(0)
		for name, dialect := range dialects {
			if dialect.HeadingIDs {
				continue // its anchors are no CommonMark
			}
			written := dialect.Write(&tree.Document{Blocks: want}, nil)
			got := tree.Parse(render.Document{Path: "x.md", Markdown: append([]byte("# T\n\n"), written...)})
			if diff := cmp.Diff(want, got.Blocks); diff != "" {
				t.Fatalf("%s, seed %d is written as\n%s\n(-want +got):\n%s", name, seed, written, diff)
			}
		}
	}
}

// generator makes random blocks.
type generator struct {
	*rand.Rand
	words int
}

func (g *generator) word() string {
	g.words++
	return fmt.Sprintf("%s%d", []string{"", "- ", "1. ", "# ", "> "}[g.IntN(5)], g.words)
}

func (g *generator) text() []tree.Inline {
	text := []tree.Inline{tree.Text(g.word())}
	switch g.IntN(4) {
	case 0:
		text = append(text, tree.Break{}, tree.Text(g.word()))
	case 1:
		text = []tree.Inline{tree.Text(g.word() + " "), &tree.Strong{Text: []tree.Inline{tree.Text(g.word())}}}
	}
	return text
}

// blocks returns one to three blocks.
func (g *generator) blocks(depth int) []tree.Block {
	var list []tree.Block
	for range 1 + g.IntN(3) {
		kind := g.IntN(5)
		if depth > 2 && kind > 2 {
			kind = 0
		}
		list = append(list, g.block(kind, depth))
	}
	return list
}

func (g *generator) block(kind, depth int) tree.Block {
	switch kind {
	case 1:
		return &tree.Code{Language: "sh", Text: g.word() + "\n\n\n  " + g.word()}
	case 2:
		cell := func() tree.Cell { return tree.Cell{tree.Text(g.word())} }
		return &tree.Table{Head: []tree.Cell{cell(), cell()}, Rows: []*tree.Row{{Cells: []tree.Cell{cell(), cell()}}}}
	case 3:
		return &tree.Quote{Blocks: g.blocks(depth + 1)}
	case 4:
		l := &tree.List{}
		if g.IntN(2) == 0 {
			l.Ordered, l.Start = true, []int{1, 9, 98}[g.IntN(3)]
		}
		for range 1 + g.IntN(3) {
			l.Entries = append(l.Entries, &tree.Entry{Blocks: g.blocks(depth + 1)})
		}
		return l
	}
	return &tree.Paragraph{Text: g.text()}
}
