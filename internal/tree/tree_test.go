package tree_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

const document = `# A title

A \<text\> & *more*,
on two lines. Hard\
break, ~~gone~~, ![picture](p.png "x") and <https://example.com/?a=1&amp;b>.

## Twice ` + "`an-id`" + `

*required · do*

## Twice ` + "`an-id`" + `

1. One

    ` + "```sh\n    run <x>\n\n      more\n    ```" + `

3. Two

- [x] **Item** [` + "`item`" + `](../x/runbook.md#heading-item) *a · b*
    - Evidence: [log](https://example.com/a_(b))
- [ ] No identifier

> quoted

| Activity | Who |
| --- | --- |
| Do it ` + "`row`" + ` | R, A |
| ` + "`a\\|b`" + ` |

---
`

func TestParse(t *testing.T) {
	text := func(s string) []tree.Inline { return []tree.Inline{tree.Text(s)} }
	want := []tree.Block{
		&tree.Paragraph{Text: []tree.Inline{
			tree.Text("A <text> & "), &tree.Emphasis{Text: text("more")}, tree.Text(", on two lines. Hard"), tree.Break{},
			tree.Text("break, "), &tree.Strike{Text: text("gone")}, tree.Text(", "),
			&tree.Link{Text: text("picture"), URL: "p.png"}, tree.Text(" and "),
			&tree.Link{Text: text("https://example.com/?a=1&amp;b"), URL: "https://example.com/?a=1&amp;b"}, tree.Text("."),
		}},
		&tree.Heading{Level: 2, ID: "an-id", Slug: "twice-an-id", Text: []tree.Inline{tree.Text("Twice "), tree.Span("an-id")}},
		&tree.Paragraph{Text: []tree.Inline{tree.Marks{"required", "do"}}},
		&tree.Heading{Level: 2, ID: "an-id", Slug: "twice-an-id-1", Text: []tree.Inline{tree.Text("Twice "), tree.Span("an-id")}},
		&tree.List{Ordered: true, Start: 1, Entries: []*tree.Entry{
			{Blocks: []tree.Block{&tree.Paragraph{Text: text("One")}, &tree.Code{Language: "sh", Text: "run <x>\n\n  more"}}},
			{Blocks: []tree.Block{&tree.Paragraph{Text: text("Two")}}},
		}},
		&tree.List{Entries: []*tree.Entry{
			{ID: "item", Box: true, Checked: true, Blocks: []tree.Block{
				&tree.Paragraph{Text: []tree.Inline{
					&tree.Strong{Text: text("Item")}, tree.Text(" "),
					&tree.Link{Text: []tree.Inline{tree.Span("item")}, To: tree.Target{Path: "a/x/runbook.md", ID: "item", Heading: "heading-item"}},
					tree.Text(" "), tree.Marks{"a", "b"},
				}},
				&tree.List{Entries: []*tree.Entry{{Blocks: []tree.Block{&tree.Paragraph{Text: []tree.Inline{
					tree.Text("Evidence: "), &tree.Link{Text: text("log"), URL: "https://example.com/a_(b)"},
				}}}}}},
			}},
			{Box: true, Blocks: []tree.Block{&tree.Paragraph{Text: text("No identifier")}}},
		}},
		&tree.Quote{Blocks: []tree.Block{&tree.Paragraph{Text: text("quoted")}}},
		&tree.Table{Head: []tree.Cell{text("Activity"), text("Who")}, Rows: []*tree.Row{
			{ID: "row", Cells: []tree.Cell{{tree.Text("Do it "), tree.Span("row")}, text("R, A")}},
			{Cells: []tree.Cell{{tree.Span("a|b")}, nil}},
		}},
		&tree.Rule{},
	}
	got := tree.Parse(render.Document{Path: "a/b/checklist.md", Markdown: []byte(document)})
	if diff := cmp.Diff(want, got.Blocks); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if plain := tree.Plain(got.Blocks[0].(*tree.Paragraph).Text); !strings.HasPrefix(plain, "A <text> & more, on two lines. Hard break, gone, picture and https") {
		t.Errorf("plain: %q", plain)
	}
}

// TestLinkInLink has badges, and links without a text.
func TestLinkInLink(t *testing.T) {
	for markdown, want := range map[string]*tree.Link{
		"[**![up](up.svg)** now](https://status.example)": {Text: []tree.Inline{&tree.Strong{Text: []tree.Inline{tree.Text("up")}}, tree.Text(" now")}, URL: "https://status.example"},
		"![a [b](c) <https://d.example>](e.png)":          {Text: []tree.Inline{tree.Text("a b https://d.example")}, URL: "e.png"},
		"[![](up.svg)](https://status.example)":           {Text: []tree.Inline{tree.Text("https://status.example")}, URL: "https://status.example"},
	} {
		got := tree.Parse(render.Document{Path: "x.md", Markdown: []byte(markdown)})
		if diff := cmp.Diff([]tree.Block{&tree.Paragraph{Text: []tree.Inline{want}}}, got.Blocks); diff != "" {
			t.Errorf("%s (-want +got):\n%s", markdown, diff)
		}
	}
}

// FuzzParse shows that no document makes the parser fail.
func FuzzParse(f *testing.F) {
	f.Add([]byte(document))
	f.Add([]byte("- [ ]\n- [x] "))
	f.Add([]byte("- [ ] | a |\n"))
	f.Fuzz(func(t *testing.T, markdown []byte) {
		tree.Walk(tree.Parse(render.Document{Path: "x.md", Markdown: markdown}).Blocks, func(tree.Block) bool { return true })
	})
}
