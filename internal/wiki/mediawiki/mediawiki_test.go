package mediawiki

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
	wikitest.Golden(t, "testdata/runbook.wiki", files(t, Options{})["A service and more/Runbook.wiki"])
}

func TestPages(t *testing.T) {
	got := files(t, Options{Prefix: "Ops:Cloud/"})
	for name, want := range map[string]string{
		"Shared responsibility.wiki":          "[[Ops:Cloud/A service and more|A service]] [https://x.example out]\n\n[[Category:Shared responsibility]]\n",
		"Category/A service and more.wiki":    "[[:Ops:Cloud/A service and more|A service and more]]\n\n[[Category:Shared responsibility]]\n",
		"Category/Shared responsibility.wiki": "[[:Ops:Cloud/Shared responsibility|Shared responsibility]]\n",
	} {
		if got[name] != want {
			t.Errorf("%s is\n%s, want\n%s", name, got[name], want)
		}
	}
	for name, want := range map[string]string{
		"A service and more.wiki":           "\n\n&#35;REDIRECT\n",
		"A service and more/RACI.wiki":      "|- id=\"act-1\"\n! scope=\"row\" style=\"text-align: left\" | Act <code>act-1</code>\n| R\n|}",
		"Shared responsibility/Legend.wiki": "[[Ops:Cloud/Shared responsibility|Shared responsibility]]\n\n== <span id=\"roles\"></span>Roles ==",
	} {
		if !strings.Contains(got[name], want) {
			t.Errorf("%s is\n%s, without\n%s", name, got[name], want)
		}
	}
	if len(got) != 8 {
		t.Errorf("%d files", len(got))
	}
}

func TestExport(t *testing.T) {
	got := files(t, Options{Prefix: "Ops:"})
	var doc struct {
		Pages []struct {
			Title    string `xml:"title"`
			NS       int    `xml:"ns"`
			Revision struct {
				Timestamp string `xml:"timestamp"`
				SHA1      string `xml:"sha1"`
				Text      struct {
					Bytes int    `xml:"bytes,attr"`
					Text  string `xml:",chardata"`
				} `xml:"text"`
			} `xml:"revision"`
		} `xml:"page"`
	}
	if err := xml.Unmarshal([]byte(got["pages.xml"]), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Pages) != len(got)-1 {
		t.Errorf("%d pages for %d files", len(doc.Pages), len(got)-1)
	}
	for _, p := range doc.Pages {
		name, isCategory := strings.CutPrefix(p.Title, "Category:")
		if isCategory {
			name = "Category/" + name
		}
		if want := strings.TrimSuffix(got[strings.TrimPrefix(name, "Ops:")+".wiki"], "\n"); p.Revision.Text.Text != want || p.Revision.Text.Bytes != len(want) || want == "" {
			t.Errorf("%s has the text %q, want %q", p.Title, p.Revision.Text.Text, want)
		}
		if p.Revision.Timestamp != "2026-11-20T00:00:00Z" || len(p.Revision.SHA1) != 31 || isCategory != (p.NS == 14) {
			t.Errorf("%+v", p)
		}
	}
}

func TestDate(t *testing.T) {
	xml := files(t, Options{Date: "2027-01-02"})["pages.xml"]
	if strings.Count(xml, "<timestamp>2027-01-02T00:00:00Z</timestamp>") != 7 {
		t.Error(xml)
	}
	if _, err := Files(wikitest.Site("Shared responsibility"), Options{Date: "tomorrow"}); err == nil {
		t.Error("tomorrow is a day")
	}
}

// TestBase36 compares with what MediaWiki 1.39 has for the text.
func TestBase36(t *testing.T) {
	if got := base36("hello"); got != "jywkymwk5kel4plcu17bdqhwzuuz3nx" {
		t.Error(got)
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"plain, text; (a) - b: 50 % \"q\" it's 640x480 a_b C++/C#": "plain, text; (a) - b: 50&#32;% \"q\" it's 640x480 a_b C++/C#",
		"Ünïcödé 日本 🙂 x@y.example -- -> ...":                       "Ünïcödé 日本 🙂 x@y.example -- -&#62; ...",
		"{{x}} a | b [[l]] [x]":                                    "&#123;&#123;x&#125;&#125; a &#124; b &#91;&#91;l&#93;&#93; &#91;x&#93;",
		"<script>&amp;</nowiki>":                                   "&#60;script&#62;&#38;amp;&#60;/nowiki&#62;",
		"a ''x'' '''y''' z'":                                       "a &#39;&#39;x&#39;&#39; &#39;&#39;&#39;y&#39;&#39;&#39; z&#39;",
		"a ~~~~ __TOC__ b!!c ＿＿目次＿＿":                               "a &#126;&#126;&#126;&#126; &#95;&#95;TOC&#95;&#95; b&#33;&#33;c &#65343;&#65343;目次&#65343;&#65343;",
		"see http://x.example, tel:1, urn:x":                       "see http&#58;//x.example, tel&#58;1, urn&#58;x",
		"RFC 2119, PMID  7, ISBN\u00a0978":                         "RFC &#x32;119, PMID  &#x37;, ISBN&#160;&#x39;78",
		"what ? yes ! «a» a ; b":                                   "what&#32;? yes&#32;! «a» a&#32;; b",
		"a\nb":                                                     "a b",
	} {
		if got := escape(text, false); got != want {
			t.Errorf("%q is written as\n%s, want\n%s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"#REDIRECT": "&#35;REDIRECT", "* a": "&#42; a", ": a": "&#58; a", "; a": "&#59; a", "----": "&#45;---", "  a": "a", "= a =": "&#61; a &#61;",
	} {
		if got := escape(text, true); got != want {
			t.Errorf("at the beginning of a line %q is written as %s, want %s", text, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"choose-version": "<code>choose-version</code>",
		"a|b ''c''":      "<code><nowiki>a|b ''c''</nowiki></code>",
		"</nowiki> &lt;": "<code><nowiki>&lt;/nowiki> &amp;lt;</nowiki></code>",
		"[ ! -f x ]":     "<code><nowiki>[&#32;! -f x ]</nowiki></code>",
	} {
		w := &writer{}
		w.inline(tree.Span(text))
		if w.String() != want {
			t.Errorf("%q is written as %s, want %s", text, w.String(), want)
		}
	}
}

func TestPageName(t *testing.T) {
	for title, want := range map[string]string{
		"OVHcloud Managed Kubernetes":    "OVHcloud Managed Kubernetes",
		"amazon: EKS/ECS <new> [x] {y}|": "Amazon EKS ECS new x y",
		"C++/C#":                         "C++ C",
		"Q&A 100% \"sure\"?":             "Q and A 100 sure",
		"..":                             "Untitled",
		"a ''b'' snake_case":             "A 'b' snake case",
		"éclair":                         "Éclair",
		strings.Repeat("ä", 100):         "Ä" + strings.Repeat("ä", 44) + " 8c8b9015",
		"aux":                            "Aux page",
	} {
		if got := pageName(title); got != want {
			t.Errorf("%q is named %q, want %q", title, got, want)
		}
	}
}

func TestNamesAreUnique(t *testing.T) {
	card := func(id string) *render.Card { return &render.Card{ID: id, Title: "Category"} }
	var docs []render.Document
	for _, id := range []string{"a/a", "b/b"} {
		docs = append(docs, render.Document{Path: id + "/index.md", Kind: render.Overview, Title: "Category", Model: card(id)},
			render.Document{Path: id + "/raci.md", Kind: render.RACI, Title: "Category: RACI", Model: card(id)})
	}
	var got []string
	s := wiki.New("Title", docs)
	named := names(s)
	for _, d := range s.Documents() {
		got = append(got, named[d])
	}
	if diff := cmp.Diff([]string{"Category 2", "Category 2/RACI", "Category 3", "Category 3/RACI"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestAnchors shows that a heading gets no id that MediaWiki gives it, too.
func TestAnchors(t *testing.T) {
	s := wiki.New("T", []render.Document{{Path: "index.md", Kind: render.Home, Title: "T", Markdown: []byte("# T\n\n## 日本\n\n## Backup\n\n## `a-b`\n\n[x](#日本)\n")}})
	list, err := Files(s, Options{})
	got := wikitest.ByPath(t, list, err)["T.wiki"]
	const want = "== 日本 ==\n\n== <span id=\"backup\"></span>Backup ==\n\n== <code>a-b</code> ==\n\n[[#日本|x]]\n\n[[Category:T]]\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPrefix(t *testing.T) {
	for prefix, want := range map[string]bool{
		"": true, "Ops:": true, "Ops:Cloud/": true, "Cloud/Models/": true, "Cloud ": false, "Team Cloud/": true,
		":": false, "a:b:": false, "/": false, "[x": false, "../": false, "a//b/": false, "A|": false, strings.Repeat("a", 47) + "/": true, strings.Repeat("a", 48) + "/": false,
	} {
		if _, err := Files(wikitest.Site("Shared responsibility"), Options{Prefix: prefix}); (err == nil) != want {
			t.Errorf("%q: %v", prefix, err)
		}
	}
}
