package markdown_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/markdown"
)

func TestPlain(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"  \n ", ""},
		{"Nothing to do.", "Nothing to do."},
		{"The *first*, **second** and ~~third~~ word", "The first, second and third word"},
		{"run `kubectl get pods` twice", "run kubectl get pods twice"},
		{"a `` tick ` inside `` it, `broken\nline`", "a tick ` inside it, broken line"},
		{`\*no emphasis\*, 1 \< 2, R\&D, &lt;b&gt; &amp;amp;`, "*no emphasis*, 1 < 2, R&D, <b> &amp;"},
		{"`a\\*b &amp; c`", `a\*b &amp; c`},
		{"one\nline", "one line"},
		{"hard  \nbreak, and\\\nanother", "hard\nbreak, and\nanother"},
		{"one\n\ntwo\n\n\nthree", "one\n\ntwo\n\nthree"},
		{"see [the *guide*](https://example.com/a_b?c=1&d=2)", "see the guide (https://example.com/a_b?c=1&d=2)"},
		{"see [https://example.com](https://example.com)", "see https://example.com"},
		{"see <https://example.com>", "see https://example.com"},
		{"write to [a@example.com](mailto:a@example.com) or <b@example.com>", "write to a@example.com or b@example.com"},
		{"[](https://example.com)", "https://example.com"},
		{`[a](b\(c.md)`, "a (b(c.md)"},
		{"[x][y]\n\n[y]: https://example.com", "x (https://example.com)"},
		{"![a chart](chart.png)", "a chart (chart.png)"},
		{"before\n\n- one\n- two\n  goes on\n\nafter", "before\n\n- one\n- two goes on\n\nafter"},
		{"* one\n\n* two\n\n  more\n  * deep", "- one\n- two\n  more\n  - deep"},
		{"9. nine\n10. ten\n\n    more", "9. nine\n10. ten\n    more"},
		{"- [x] done\n- [ ] open", "- [x] done\n- [ ] open"},
		{"a <b>bold</b> word", "a <b>bold</b> word"},
		{"<div>\nin *it*\n</div>\n\n<!-- a\nb -->", "<div>\nin *it*\n</div>\n\n<!-- a\nb -->"},
		{"# Title\n\ntext\n\n---\n\n> said", "Title\n\ntext\n\nsaid"},
		{"```sh\na  b\n\nc\n```", "a  b\n\nc"},
		{"| a | b |\n| --- | --- |\n| 1 | *2* |", "a | b\n1 | 2"},
		{"=1+1", "=1+1"},
	} {
		if got := markdown.Plain(test.in); got != test.want {
			t.Errorf("Plain(%q)\n got %q\nwant %q", test.in, got, test.want)
		}
	}
}

// FuzzPlain holds that text which was escaped comes back.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"a*b*", "- a", "1. a", "[a](b)", "<a>", "`a`", "&amp;", `\`, "a | b", "~~a~~", "_a_ b_c_d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		want := strings.Join(strings.Fields(in), " ")
		if !utf8.ValidString(in) || strings.ContainsFunc(in, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' }) {
			t.Skip("the reader refuses it")
		}
		if got := markdown.Plain(markdown.Escape(want)); got != want {
			t.Errorf("%q becomes %q", want, got)
		}
	})
}
