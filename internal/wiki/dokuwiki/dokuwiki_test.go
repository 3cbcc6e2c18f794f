package dokuwiki

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/wikitest"
)

func files(t *testing.T, title string, options Options) map[string]string {
	t.Helper()
	list, err := Files(wikitest.Site(title), options)
	return wikitest.ByPath(t, list, err)
}

func TestGolden(t *testing.T) {
	wikitest.Golden(t, "testdata/runbook.txt", files(t, "Shared responsibility", Options{})["shared_responsibility/provider/service/runbook.txt"])
}

func TestPages(t *testing.T) {
	got := files(t, "x", Options{Namespace: "ops:cloud"})
	want := []string{
		"ops/cloud/legend.txt", "ops/cloud/provider/service/raci.txt", "ops/cloud/provider/service/runbook.txt",
		"ops/cloud/provider/service/start.txt", "ops/cloud/sidebar.txt", "ops/cloud/start.txt",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got))); diff != "" {
		t.Error(diff)
	}
	const sidebar = `  * [[:ops:cloud:start|x]]
  * [[:ops:cloud:provider:service:start|A service & more]]
    * [[:ops:cloud:provider:service:raci|RACI]]
    * [[:ops:cloud:provider:service:runbook|Runbook]]
  * [[:ops:cloud:legend|Legend]]
`
	if diff := cmp.Diff(sidebar, got["ops/cloud/sidebar.txt"]); diff != "" {
		t.Error(diff)
	}
	const overview = `====== A service & more ======

[[:ops:cloud:start|x]] · **Overview** · [[:ops:cloud:provider:service:raci|RACI]] · [[:ops:cloud:provider:service:runbook|Runbook]]

%%#REDIRECT%%

[[:ops:cloud:provider:service:runbook#settle_the_split|steps]], [[:ops:cloud:start|all]]
`
	if diff := cmp.Diff(overview, got["ops/cloud/provider/service/start.txt"]); diff != "" {
		t.Error(diff)
	}
}

func TestNamespace(t *testing.T) {
	for title, want := range map[string]string{
		"Shared responsibility": "shared_responsibility", "Größe & mehr: Teil 2": "groesse_mehrteil_2", "日本": "shared_responsibility",
		strings.Repeat("long ", 60): strings.Repeat("long_", 18) + "l_0ee835ee",
	} {
		if got := namespaceOf(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	for ns, want := range map[string]bool{
		"ops": true, "ops:cloud": true, "a-b_c.d:e1": true, "Ops": false, ":ops": false, "ops:": false, "a b": false, "../x": false, "a::b": false, "ops/cloud": false,
	} {
		if _, err := Files(wikitest.Site("x"), Options{Namespace: ns}); (err == nil) != want {
			t.Errorf("%q: %v", ns, err)
		}
	}
}

// TestClean compares with what cleanID makes of the same.
func TestClean(t *testing.T) {
	for path, want := range map[string]string{
		"index": "start", "OVH/K8s_v1.2/index": "ovh/k8s_v1.2/start", "a/x__y-._/raci": "a/x_y/raci", "comparison/a--b": "comparison/a--b",
	} {
		if got := clean(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

// TestSectionID compares with what DokuWiki 2022-07-31 made of the same
// headings.
func TestSectionID(t *testing.T) {
	for title, want := range map[string]string{
		"Before production":               "before_production",
		"1.1 Settle what is ordered":      "settle_what_is_ordered",
		"3.1.2":                           "section312",
		"2024":                            "section2024",
		"!?":                              "section",
		"Ünïcödé Größe ß Ångström":        "uenicoede_groesse_ss_angstroem",
		"Proof (choose-project)":          "proof_choose-project",
		"A = \"b\" [[c]] -- (x)":          "a_b_c_--_x",
		"snake__case ;x: y.z":             "snake_casexyz",
		"日本語 の テスト":                       "日本語_の_テスト",
		"C++/C# «x» – y… 🙂":               "c_c_x_y_🙂",
		"İstanbul":                        "i\u0307stanbul",
		"one: two. three/four; five-_six": "onetwo_three_fourfive-_six",
	} {
		if got := sectionID(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

// TestLinkable holds that a link to an anchor arrives there, though DokuWiki
// makes an id of it once more.
func TestLinkable(t *testing.T) {
	for _, title := range []string{"Before production", "Keep ... and -- x", "a . . b", "1.1 Settle", "3.1.2", "日本語 の テスト"} {
		anchor := sectionID(title)
		if got := sectionID(linkable(anchor)); got != anchor {
			t.Errorf("the link to %q arrives at %q", anchor, got)
		}
	}
}

func TestAnchors(t *testing.T) {
	doc := render.Document{Path: "index.md", Kind: render.Home, Title: "Twice", Markdown: []byte("# Twice\n\n## Twice\n\n## Twice 1\n\n## Twice\n\n## Twice1\n\n## Éa `e-a`\n")}
	s := wiki.New("x", []render.Document{doc})
	e := &edition{site: s, anchors: map[*tree.Document]map[*tree.Heading]string{}}
	anchors := e.anchorsOf(s.Own[0])
	var got []string
	for _, h := range s.Own[0].Headings() {
		got = append(got, anchors[h])
	}
	if want := "twice1 twice_1 twice2 twice11 ea_e-a"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"plain, words (with brackets): 2026-11-20 - 1.36; yes?": "plain, words (with brackets): 2026-11-20 - 1.36; yes?",
		"Ünïcödé 日本 ☐":                                          "Ünïcödé 日本 ☐",
		"a | b ^ c":                                             "a %%|%% b %%^%% c",
		"say **x** ''y'' //z// now":                             "say %%**x** ''y'' //z//%% now",
		"OVHcloud's \"q\"":                                      "%%OVHcloud's \"q\"%%",
		"-> ... -- (c) 640x480 :-) FIXME x":                     "%%-> ... -- (c) 640x480 :-) FIXME%% x",
		"see http://x.example or www.x.example":                 "see %%http://x.example%% or %%www.x.example%%",
		"[[l]] {{x}} ((f)) <b> ~~NOTOC~~ \\\\ ##":               "%%[[l]] {{x}} ((f)) <b> ~~NOTOC~~ \\\\ ##%%",
		"OpenStack x@y.example C++/C#":                          "%%OpenStack x@y.example C++/C#%%",
		"100% of %%x%%":                                         "<nowiki>100%</nowiki> of <nowiki>%%x%%</nowiki>",
		"50% </nowiki> 5%":                                      "<nowiki>50% </nowiki>%%</nowiki>%%<nowiki> 5%</nowiki>",
		"http:":                                                 "%%http:%%",
		"* a":                                                   "%%*%% a",
		"a\nb":                                                  "a b",
		"; then":                                                "; then",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q is written as\n%s, want\n%s", text, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"a | b\n\n  c":         "<code>\na | b\n\n  c\n</code>",
		"x </code>":            "<file>\nx </code>\n</file>",
		"</code>\n</file> 5%%": "''%%</code>%%''\\\\ ''<nowiki></file> 5%%</nowiki>''",
		"":                     "",
	} {
		if got := code(text); got != want {
			t.Errorf("%q is written as\n%s, want\n%s", text, got, want)
		}
	}
	for text, want := range map[string]string{"choose-version": "''choose-version''", "a|b": "''%%a|b%%''"} {
		if got := span(text); got != want {
			t.Errorf("%q is written as %s, want %s", text, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	for _, test := range []struct{ url, text, want string }{
		{"https://x.example/[a]|b c", "a [b] | ''c''", "[[https://x.example/%5Ba%5D%7Cb%20c|a [b] | ''c'']]"},
		{"https://x.example", "a]]b", "%%a]]b%% [[https://x.example|→]]"},
		{"https://x.example", "{{x}}", "%%{{x}}%% [[https://x.example|→]]"},
		{"mailto:a@x.example", "mail", "[[a@x.example|mail]]"},
		{"images/x.png", "image", "image (images/x.png)"},
	} {
		w := &writer{}
		w.inline(&tree.Link{Text: []tree.Inline{tree.Text(test.text)}, URL: test.url})
		if w.String() != test.want {
			t.Errorf("%s is written as %s, want %s", test.url, w.String(), test.want)
		}
	}
}

// TestBehindList has what comes behind a list in an entry.
func TestBehindList(t *testing.T) {
	s := wiki.New("x", []render.Document{{Path: "index.md", Kind: render.Home, Title: "T",
		Markdown: []byte("# T\n\n1. One\n\n    - in it\n\n    behind\n\n2. Two\n\n> - quoted\n>\n> behind\n")}})
	files, err := Files(s, Options{Namespace: "n"})
	got := wikitest.ByPath(t, files, err)["n/start.txt"]
	const want = "====== T ======\n\n  - One\n    * in it\n    * behind\n  - Two\n\n> • quoted\n> behind\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestQuote holds blocks where DokuWiki takes a line.
func TestQuote(t *testing.T) {
	paragraph := func(s string) tree.Block { return &tree.Paragraph{Text: []tree.Inline{tree.Text(s)}} }
	w := &writer{}
	w.blocks([]tree.Block{&tree.Quote{Blocks: []tree.Block{
		paragraph("a"),
		&tree.List{Entries: []*tree.Entry{{Blocks: []tree.Block{paragraph("b"), &tree.Code{Text: "c"}}}, {Box: true, Blocks: []tree.Block{paragraph("d"), paragraph("e")}}}},
		&tree.Table{Head: []tree.Cell{{tree.Text("f")}}, Rows: []*tree.Row{{Cells: []tree.Cell{{tree.Text("g")}}}}},
	}}})
	const want = "> a\n> • b <code>\nc\n</code>\\\\ • ☐ d\\\\ e\n> f\\\\ g\n"
	if diff := cmp.Diff(want, strings.TrimSuffix(w.String(), "\n")); diff != "" {
		t.Error(diff)
	}
}
