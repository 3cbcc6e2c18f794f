package fragment

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/wikitest"
)

func files(t *testing.T, options Options) map[string]string {
	t.Helper()
	list, err := Files(wikitest.Site("Shared responsibility"), options)
	return wikitest.ByPath(t, list, err)
}

func TestGolden(t *testing.T) {
	wikitest.Golden(t, "testdata/runbook.html", files(t, Options{Level: 3})["provider/service/runbook.html"])
}

func TestFragments(t *testing.T) {
	got := files(t, Options{})
	want := []string{"index.html", "legend.html", "provider/service/index.html", "provider/service/raci.html", "provider/service/runbook.html"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got))); diff != "" {
		t.Error(diff)
	}
	const home = `<section class="demarc demarc-home">
<h2>Shared responsibility</h2>
<p><a href="provider/service/index.html">A service</a> <a href="https://x.example">out</a></p>
</section>
`
	if diff := cmp.Diff(home, got["index.html"]); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(got["provider/service/index.html"], `<a href="../../index.html">all</a>`) {
		t.Error(got["provider/service/index.html"])
	}
	for name, text := range got {
		for _, bad := range []string{"<script", "<style", " style=", "<input", " onclick", "<html"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
}

func TestEmbed(t *testing.T) {
	got := files(t, Options{Level: 4, Embed: true})
	page := got["provider/service/runbook.embed.html"]
	for _, want := range []string{
		"<title>A service &amp; more: Runbook</title>", "<h1>A service &amp; more: Runbook</h1>",
		`href="../../embed-page.css"`, `src="../../embed-page.js"`, `href="raci.embed.html#demarc-act-1"`,
		`<a href="https://example.com/a?b=c&amp;d=[e]" target="_blank" rel="noopener">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if !strings.Contains(got["index.embed.html"], `src="embed-page.js"`) || !strings.Contains(got["embed-example.html"], `src="index.embed.html"`) {
		t.Error(got["index.embed.html"], got["embed-example.html"])
	}
	for _, name := range []string{"embed.js", "embed-page.js", "embed-page.css"} {
		if got[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	for name, text := range got {
		if strings.Contains(text, "{{") {
			t.Errorf("%s has places that nothing was put into", name)
		}
	}
}

func TestLevel(t *testing.T) {
	for level, want := range map[int]bool{0: true, 1: true, 6: true, 7: false, -1: false} {
		if _, err := Files(wikitest.Site("Shared responsibility"), Options{Level: level}); (err == nil) != want {
			t.Errorf("%d: %v", level, err)
		}
	}
	deepest := files(t, Options{Level: 6})["provider/service/runbook.html"]
	if strings.Contains(deepest, "<h7") || strings.Count(deepest, "<h6") != 3 {
		t.Error(deepest)
	}
}

// TestEscape shows that text means nothing in HTML.
func TestEscape(t *testing.T) {
	for _, text := range []string{
		"<script>alert(1)</script>", "&amp; &lt; &", `"q" 'r'`, "</pre></code>", "<!-- x -->", "{{x}}", "Ünïcödé 日本 🙂", "]]>", "javascript:alert(1)",
	} {
		inline := []tree.Inline{tree.Text(text), tree.Span(text), &tree.Link{Text: []tree.Inline{tree.Text(text)}, URL: "https://x.example/?" + text}}
		d := &tree.Document{Document: render.Document{Title: text}, Blocks: []tree.Block{&tree.Paragraph{Text: inline}, &tree.Code{Text: text}}}
		w := &writer{places: wiki.NewPlaces(wiki.New("", nil), nil), doc: d, level: 2}
		root, err := html.Parse(strings.NewReader(string(w.section())))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.ReplaceAll(textOf(root), "\n", ""), strings.Repeat(text, 5); got != want {
			t.Errorf("%q shows as %q", want, got)
		}
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textOf(c))
	}
	return b.String()
}

func TestUnsafeLink(t *testing.T) {
	w := &writer{}
	w.inline(&tree.Link{Text: []tree.Inline{tree.Text("x")}, URL: "javascript:alert(1)"})
	w.inline(&tree.Link{Text: []tree.Inline{tree.Text(" y")}, URL: "images/y.png"})
	if want := "x (javascript:alert(1)) y (images/y.png)"; w.String() != want {
		t.Errorf("%s, want %s", w.String(), want)
	}
}
