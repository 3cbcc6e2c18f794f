package markdown_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/demarc/demarc/internal/markdown"
)

func TestEscape(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Choose the region", "Choose the region"},
		{"", ""},
		{"a*b", `a\*b`},
		{"snake_case stays, _this_ not", `snake_case stays, \_this\_ not`},
		{"# no heading", `\# no heading`},
		{"- no item", `\- no item`},
		{"1. no item", `1\. no item`},
		{"1.1 no item either", "1.1 no item either"},
		{"a | b", `a \| b`},
		{"<b> & [c](d) `e`", "\\<b\\> & \\[c\\](d) \\`e\\`"},
		{"R&D &amp; &#35;", `R\&D \&amp; \&#35;`},
		{"two\nlines", "two lines"},
	} {
		if got := markdown.Escape(test.in); got != test.want {
			t.Errorf("Escape(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestCell(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"one *line*", "one *line*"},
		{"two\n\nparagraphs", "two paragraphs"},
		{`a | b \| c`, `a \| b \| c`},
		{`a \\| b`, `a \\\| b`},
	} {
		if got := markdown.Cell(test.in); got != test.want {
			t.Errorf("Cell(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestSlug(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"1.1 Settle what is ordered", "11-settle-what-is-ordered"},
		{"Pin a version pin-version", "pin-a-version-pin-version"},
		{"What's on, C++ & Go?", "whats-on-c--go"},
		{"Übersicht der Rôles", "übersicht-der-rôles"},
	} {
		if got := markdown.Slug(test.in); got != test.want {
			t.Errorf("Slug(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestIndent(t *testing.T) {
	if got, want := markdown.Indent(4, "a\nb\n\nc"), "a\n    b\n\n    c"; got != want {
		t.Errorf("Indent = %q, want %q", got, want)
	}
}

func TestInspect(t *testing.T) {
	for _, test := range []struct {
		in   string
		want []markdown.Problem
	}{
		{"plain *prose* with [a link](https://example.com) and `<code>`", nil},
		{"see <https://example.com>, a < b and c > d", nil},
		{"[relative](runbook.md#x), [mail](mailto:a@example.com)", nil},
		{"a <b>bold</b> word", []markdown.Problem{{markdown.RawHTML, "<b>"}, {markdown.RawHTML, "</b>"}}},
		{"<div>\nblock\n</div>", []markdown.Problem{{markdown.RawHTML, "<div>"}}},
		{"<!-- hidden -->", []markdown.Problem{{markdown.RawHTML, "<!-- hidden -->"}}},
		{"[x](javascript:alert(1))", []markdown.Problem{{markdown.UnsafeLink, "javascript:alert(1)"}}},
		{"[x](JAVASCRIPT:alert(1))", []markdown.Problem{{markdown.UnsafeLink, "JAVASCRIPT:alert(1)"}}},
		{"![x](data:text/html,hi)", []markdown.Problem{{markdown.UnsafeLink, "data:text/html,hi"}}},
		{"[x](//evil.example)", []markdown.Problem{{markdown.UnsafeLink, "//evil.example"}}},
		{"[x][y]\n\n[y]: vbscript:x", []markdown.Problem{{markdown.UnsafeLink, "vbscript:x"}}},
		{"# Title", []markdown.Problem{{markdown.Heading, "Title"}}},
		{"Title\n===", []markdown.Problem{{markdown.Heading, "Title"}}},
		{"a\n\n---\n\nb", []markdown.Problem{{markdown.Heading, "---"}}},
		{"a\n\n* * *", []markdown.Problem{{markdown.Heading, "---"}}},
	} {
		if diff := cmp.Diff(test.want, markdown.Inspect(test.in)); diff != "" {
			t.Errorf("Inspect(%q): %s", test.in, diff)
		}
	}
}

// FuzzEscape holds that escaped text shows as itself wherever it stands: as a
// paragraph, in a heading, in a list item and in a table cell.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{
		"Choose the version", "1. a", "12) b", "-", "+ c", "> d", "=", "a_b_ _c", "*x* **y**", "~~z~~", "`code` ``", "a | b", `\|`,
		"&amp; &#35; &", "<script>alert(1)</script>", "[a](b) ![c](d) [e]: f", "http://x.example www.x.example", "$x$", "  spaces  ", "\\", ":---", "#", "&nbsp;",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) || strings.ContainsFunc(in, func(r rune) bool {
			return r < ' ' && r != '\n' && r != '\r' || r == 0x7f || r == 0xa0 || r > 0xff && !utf8.ValidRune(r)
		}) {
			t.Skip("the reader refuses it")
		}
		want := strings.Join(strings.Fields(in), " ")
		if want == "" {
			return
		}
		escaped := markdown.Escape(want)
		for name, around := range map[string][2]string{
			"paragraph": {"", ""},
			"heading":   {"## ", " `id`"},
			"item":      {"- ", ""},
			"step":      {"1. ", ""},
			"cell":      {"| a | b |\n| --- | --- |\n| ", " | x |"},
		} {
			source := []byte(around[0] + escaped + around[1] + "\n")
			if got := shown(source, name); got != want {
				t.Errorf("%s: %q is shown as %q by %q", name, want, got, source)
			}
		}
	})
}

// shown returns the text that a document shows in its first paragraph, heading
// or item, or in the first cell of a table's first row, without code.
func shown(source []byte, name string) string {
	root := markdown.Parser.Parse(text.NewReader(source))
	node := root
	if name == "cell" {
		if node = root.FirstChild().LastChild(); node.Kind() != extast.KindTableRow {
			return "no table"
		}
		node = node.FirstChild()
	}
	if root.FirstChild().NextSibling() != nil {
		return "more than one block"
	}
	var b strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				b.Write(markdown.Unescape(n.Segment.Value(source)))
			}
		case *ast.Emphasis, *ast.Link, *ast.Image, *ast.AutoLink, *ast.RawHTML, *extast.Strikethrough, *extast.TaskCheckBox, *ast.HTMLBlock:
			b.WriteString("<" + n.Kind().String() + ">")
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}
