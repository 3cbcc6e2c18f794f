package gfm_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

var dialects = map[string]*gfm.Dialect{
	"github": &gfm.GitHub, "gitlab": &gfm.GitLab, "azure-devops": &gfm.AzureDevOps, "docusaurus": &gfm.Docusaurus, "mkdocs": &gfm.MkDocs,
	"gitea": &gfm.Gitea, "techdocs": &gfm.TechDocs,
}

// TestRoundTrip shows that nothing of a document is lost or changed on the way
// through each dialect.
func TestRoundTrip(t *testing.T) {
	for _, doc := range buildtest.Edition(t, buildtest.Input()).Documents {
		want := tree.Parse(doc)
		for name, dialect := range dialects {
			if dialect.HeadingIDs {
				continue // its anchors are no CommonMark
			}
			written := dialect.Write(want, func(to tree.Target) string {
				if to.Heading == "" {
					return to.Path
				}
				return to.Path + "#" + to.Heading
			})
			again := doc
			again.Path = "x.md" // so that paths in links stay as they were written
			again.Markdown = append([]byte("# Title\n\n"), written...)
			got := tree.Parse(again)
			if diff := cmp.Diff(plainMarks(want.Blocks), plainMarks(got.Blocks)); diff != "" {
				t.Fatalf("%s of %s (-want +got):\n%s", name, doc.Path, diff)
			}
		}
	}
}

// plainMarks returns blocks with marks as the emphasis that they are written
// as.
func plainMarks(blocks []tree.Block) []tree.Block {
	tree.Walk(blocks, func(b tree.Block) bool {
		if p, ok := b.(*tree.Paragraph); ok {
			for i, n := range p.Text {
				if m, ok := n.(tree.Marks); ok {
					p.Text[i] = &tree.Emphasis{Text: []tree.Inline{tree.Text(strings.Join(m, ", "))}}
				}
			}
		}
		return true
	})
	return blocks
}

// hostile is text that means something to some reader of Markdown.
var hostile = []string{
	"plain", "{{x}}", "{braces}", "a | b", "<script>alert(1)</script>", "#12 and @user, !3 ~l %1 $1 &1", "[[link]]", "**x**", "~~x~~", "C++/C#", "C #",
	"[TOC]", "[[_TOC_]]", "__x__", "_x_", "a_b_c", "`code`", "\\", "\\*", "&amp;", "&", "AT&T", "# heading", "- list", "+ list", "* list", "1. list", "12) list", "> quote",
	"=====", "-----", "::: x", ": definition", "http://example.com/a_b", "www.example.com", "john@example.com", ":smile:", "1f0c2ab77", "$x$ and $y$", "x^2^",
	"![image](x)", "[x](y)", "<!-- comment -->", "| a | b |", "Ünïcödé 日本 🙂", "~", "%%", "''x''", "a\\|b", "[ ] box", "[x] box", "{#id}", "x {.class}", "*[ABC]: x", "[^1]: note", "  ",
}

func TestEscape(t *testing.T) {
	for _, text := range hostile {
		checkEscape(t, text)
	}
}

// FuzzEscape shows that every text on one line shows as it is.
func FuzzEscape(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable) {
			t.Skip("no text of a document")
		}
		checkEscape(t, text)
	})
}

// unprintable reports characters that no document holds, and blanks that
// Markdown folds or strips.
func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// checkEscape writes a text in all places and dialects, and reads it again.
func checkEscape(t *testing.T, text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return
	}
	for name, dialect := range dialects {
		inline := []tree.Inline{tree.Text(text)}
		blocks := []tree.Block{
			&tree.Paragraph{Text: inline},
			&tree.List{Entries: []*tree.Entry{{Blocks: []tree.Block{&tree.Paragraph{Text: inline}}}}},
			&tree.Table{Head: []tree.Cell{inline, inline}, Rows: []*tree.Row{{Cells: []tree.Cell{inline, inline}}}},
			&tree.Paragraph{Text: []tree.Inline{&tree.Link{Text: inline, URL: "https://example.com/(x)"}, tree.Text(" " + text)}},
		}
		if !dialect.HeadingIDs {
			blocks = append(blocks, &tree.Heading{Level: 2, Text: inline})
		}
		written := dialect.Write(&tree.Document{Blocks: blocks}, nil)
		got := tree.Parse(render.Document{Path: "x.md", Markdown: written})
		if h, ok := got.Blocks[len(got.Blocks)-1].(*tree.Heading); ok {
			h.Slug = ""
		}
		// Addresses are encoded as they are written.
		blocks[3].(*tree.Paragraph).Text[0].(*tree.Link).URL = "https://example.com/%28x%29"
		if diff := cmp.Diff(blocks, got.Blocks); diff != "" {
			t.Errorf("%s: %q is written as\n%s\n(-want +got):\n%s", name, text, written, diff)
		}
	}
}

func TestAnchors(t *testing.T) {
	doc := tree.Parse(render.Document{Path: "x.md", Markdown: []byte("# T\n\n## A - B `a-b`\n\n## Twice\n\n## Twice\n\n## 12\n\n## 1.1 Über\n")})
	tests := map[string]string{
		"github":       "a---b-a-b twice twice-1 12 11-über",
		"gitea":        "a---b-a-b twice twice-1 12 11-über",
		"techdocs":     "a-b twice twice-1 12 11-über",
		"gitlab":       "a-b-a-b twice twice-1 anchor-12 11-über",
		"docusaurus":   "a-b twice twice-1 12 11-über",
		"mkdocs":       "a-b twice twice-1 12 11-über",
		"azure-devops": "a---b-a-b twice twice %312 %31.1-%C3%BCber",
	}
	for name, want := range tests {
		anchors := dialects[name].Anchors(doc)
		var got []string
		for _, h := range doc.Headings() {
			got = append(got, anchors[h])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestReaders holds what readers make of text in ways of their own.
func TestReaders(t *testing.T) {
	for _, test := range []struct {
		dialect    *gfm.Dialect
		text, want string
	}{
		{&gfm.GitHub, "[[x]] :smile: (c)", `\[\[x\]\] :<!-- -->smile: (c)`},
		{&gfm.Gitea, "[[x]]", `\[<!-- -->\[x\]\]`},
		{&gfm.Docusaurus, ":smile:", ":<span></span>smile:"},
		{&gfm.MkDocs, "==h== (c) 1/2", "==h== (c) 1/2"},
		{&gfm.TechDocs, "==h== (c) 1/2 a/b", "&#61;=h&#61;= &#40;c) &#49;/2 a/b"},
	} {
		got := test.dialect.Write(&tree.Document{Blocks: []tree.Block{&tree.Paragraph{Text: []tree.Inline{tree.Text("x " + test.text)}}}}, nil)
		if want := "x " + test.want + "\n"; string(got) != want {
			t.Errorf("%q is written as %q, want %q", test.text, got, want)
		}
	}
	heading := &tree.Heading{Level: 2, Text: []tree.Inline{tree.Text("{a} | [[b]]")}}
	anchors := gfm.Gitea.Anchors(&tree.Document{Blocks: []tree.Block{heading}})
	if want := "123a125-124------b"; anchors[heading] != want {
		t.Errorf("in Gitea the anchor is %q, want %q: digits of references and hyphens of comments count", anchors[heading], want)
	}
}

func TestGolden(t *testing.T) {
	const markdown = "# Title\n\n## Heading `an-id`\n\n1. One\n\n    ```sh\n    echo\n\n    echo\n    ```\n\n    **Expect:** x\n\n2. Two\n\n- [ ] **Task** [`item`](x.md#heading-an-id) *required · do*\n    - Evidence: e\n\n> quote\n> more\n\n| A | B |\n| --- | --- |\n| a `x|y` | |\n"
	doc := tree.Parse(render.Document{Path: "x.md", Markdown: []byte(strings.Replace(markdown, "x|y", `x\|y`, 1))})
	const want = "## Heading `an-id` {#an-id}\n\n1. One\n\n    ```sh\n    echo\n\n    echo\n    ```\n\n    **Expect:** x\n\n2. Two\n\n<!-- -->\n\n- [ ] **Task** [`item`](here) *required, do*\n    - Evidence: e\n\n> quote more\n\n| A | B |\n| --- | --- |\n| a <code>x&#124;y</code> | |\n"
	got := gfm.MkDocs.Write(doc, func(tree.Target) string { return "here" })
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}
