package build_test

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

// builtin builds the site of the built-in models.
func builtin(t *testing.T) memory {
	t.Helper()
	files := memory{}
	result, err := build.Site(build.Input{
		Root: fstest.MapFS{}, ContentDir: "content", AsOf: "2026-11-20",
		Builtin: build.Builtin{Content: content.FS, Templates: templates.FS, Site: site.FS},
	}, files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Findings {
		t.Errorf("%s: %s [%s]", f.Pos, f.Message, f.Rule)
	}
	if result.Models == 0 || diag.Worst(result.Findings) != 0 {
		t.Fatal("no site")
	}
	return files
}

// page is a parsed page.
type page struct {
	name string
	root *html.Node
	ids  map[string]bool
}

func parsePages(t *testing.T, files memory) map[string]*page {
	t.Helper()
	pages := map[string]*page{}
	for name, data := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		p := &page{name, root, map[string]bool{}}
		for n := range root.Descendants() {
			if id := attr(n, "id"); id != "" {
				if p.ids[id] {
					t.Errorf("%s: id %q stands twice", name, id)
				}
				p.ids[id] = true
			}
		}
		pages[name] = p
	}
	return pages
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestLinks holds that every link and anchor of every page resolves, and that
// links are relative, so that the site works from the file system and below
// any path.
func TestLinks(t *testing.T) {
	files := builtin(t)
	pages := parsePages(t, files)
	for _, p := range pages {
		for n := range p.root.Descendants() {
			for _, name := range []string{"href", "src"} {
				if link := attr(n, name); link != "" {
					checkLink(t, files, pages, p, n.Data, link)
				}
			}
		}
	}
}

func checkLink(t *testing.T, files memory, pages map[string]*page, from *page, element, link string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s: link %q: %v", from.name, link, err)
		return
	}
	if u.Scheme != "" {
		if element != "a" || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" {
			t.Errorf("%s: <%s> loads or leads to %s", from.name, element, link)
		}
		return
	}
	target := from.name
	if u.Path != "" {
		if strings.HasPrefix(u.Path, "/") {
			t.Errorf("%s: link %s is not relative", from.name, link)
		}
		target = path.Join(path.Dir(from.name), u.Path)
	}
	if _, ok := files[target]; !ok {
		t.Errorf("%s: link %s leads to no file", from.name, link)
		return
	}
	if u.Fragment != "" && !pages[target].ids[u.Fragment] {
		t.Errorf("%s: link %s leads to no anchor", from.name, link)
	}
}

// TestStructure holds what a reader with a screen reader, or without scripts,
// relies on.
func TestStructure(t *testing.T) {
	for _, p := range parsePages(t, builtin(t)) {
		count := map[string]int{}
		level := 0
		for n := range p.root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			count[n.Data]++
			switch n.Data {
			case "h1", "h2", "h3", "h4", "h5", "h6":
				next := int(n.Data[1] - '0')
				if next > level+1 {
					t.Errorf("%s: %s after h%d", p.name, n.Data, level)
				}
				level = next
				if attr(n, "id") == "" {
					t.Errorf("%s: a heading without an id", p.name)
				}
			case "table":
				if n.FirstChild.NextSibling.Data != "caption" {
					t.Errorf("%s: a table without a caption", p.name)
				}
			case "tr":
				if !slices.ContainsFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return c.Data == "th" && attr(c, "scope") != "" }) {
					t.Errorf("%s: a table row without a header", p.name)
				}
			case "label":
				if !p.ids[attr(n, "for")] {
					t.Errorf("%s: a label for nothing", p.name)
				}
			case "style", "iframe", "form":
				t.Errorf("%s: <%s>", p.name, n.Data)
			case "script":
				checkScript(t, p.name, n)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: <%s %s>", p.name, n.Data, a.Key)
				}
			}
		}
		for element, want := range map[string]int{"h1": 1, "main": 1, "title": 1, "header": 1, "footer": 1} {
			if count[element] != want {
				t.Errorf("%s: %d of <%s>, want %d", p.name, count[element], element, want)
			}
		}
		if path.Base(p.name) == "checklist.html" && (count["input"] == 0 || count["input"] != count["label"]) {
			t.Errorf("%s: %d boxes and %d labels", p.name, count["input"], count["label"])
		}
	}
}

// checkScript holds that a script is a classic one of the site's own, which
// works from the file system, and that only the one of the theme is not
// deferred. TestLinks holds that it is there.
func checkScript(t *testing.T, page string, n *html.Node) {
	t.Helper()
	deferred := false
	for _, a := range n.Attr {
		switch a.Key {
		case "src", "blocking":
		case "defer":
			deferred = true
		default:
			t.Errorf("%s: <script %s=%q>", page, a.Key, a.Val)
		}
	}
	if src := attr(n, "src"); src == "" || n.FirstChild != nil || deferred == (path.Base(src) == "theme.js") {
		t.Errorf("%s: <script src=%q>, deferred: %t", page, src, deferred)
	}
}

// TestPagesShowTheModels holds that nothing got lost between model and page.
func TestPagesShowTheModels(t *testing.T) {
	pages := parsePages(t, builtin(t))
	models, _, _, err := build.Load(build.Input{
		Root: fstest.MapFS{}, ContentDir: "content", AsOf: "2026-11-20", Builtin: build.Builtin{Content: content.FS},
	})
	if err != nil || len(models) == 0 {
		t.Fatal(err, len(models))
	}
	for _, m := range models {
		for _, a := range m.Activities {
			for _, doc := range []string{"raci", "traceability"} {
				if !pages[m.ID+"/"+doc+".html"].ids[a.ID] {
					t.Errorf("%s: no activity %s in %s", m.ID, a.ID, doc)
				}
			}
		}
		for _, it := range m.Items {
			for _, doc := range []string{"checklist", "runbook"} {
				if !pages[m.ID+"/"+doc+".html"].ids[it.ID] {
					t.Errorf("%s: no item %s in %s", m.ID, it.ID, doc)
				}
			}
		}
	}
}

var (
	headings  = regexp.MustCompile(`(?m)^#{1,6} (.*)$`)
	mdLinks   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	fences    = regexp.MustCompile("(?ms)^ *```.*?^ *```$")
	codeSpans = regexp.MustCompile("`[^`\n]*`")
	marks     = regexp.MustCompile(`[\\*]|\]\([^)]*\)|\[|` + "`")
)

// TestMarkdown holds that the Markdown edition reads well on a forge: one
// title, no raw HTML, and links that lead to documents and to the anchors that
// GitHub gives their headings.
func TestMarkdown(t *testing.T) {
	files := builtin(t)
	anchors := map[string]map[string]bool{}
	texts := map[string]string{}
	for name, data := range files {
		if path.Ext(name) != ".md" {
			continue
		}
		text := fences.ReplaceAllString(string(data), "")
		texts[name] = text
		anchors[name] = map[string]bool{}
		titles := 0
		for _, h := range headings.FindAllStringSubmatch(text, -1) {
			slug := markdown.Slug(marks.ReplaceAllString(h[1], ""))
			if anchors[name][slug] {
				t.Errorf("%s: two headings with the anchor %s", name, slug)
			}
			anchors[name][slug] = true
			if strings.HasPrefix(h[0], "# ") {
				titles++
			}
		}
		if titles != 1 || !strings.HasPrefix(text, "# ") {
			t.Errorf("%s: %d titles", name, titles)
		}
		if problem := rawHTML(text); problem != "" {
			t.Errorf("%s: raw HTML %s", name, problem)
		}
	}
	for name, text := range texts {
		for _, link := range mdLinks.FindAllStringSubmatch(codeSpans.ReplaceAllString(text, "code"), -1) {
			target, fragment, _ := strings.Cut(link[1], "#")
			if strings.Contains(target, ":") {
				continue
			}
			file := name
			if target != "" {
				file = path.Join(path.Dir(name), target)
			}
			if anchors[file] == nil {
				t.Errorf("%s: link %s leads to no document", name, link[1])
			} else if fragment != "" && !anchors[file][fragment] {
				t.Errorf("%s: link %s leads to no heading", name, link[1])
			}
		}
	}
}

// rawHTML returns the first raw HTML in Markdown, "" for none.
func rawHTML(text string) string {
	for _, p := range markdown.Inspect(text) {
		if p.Kind == markdown.RawHTML {
			return p.Text
		}
	}
	return ""
}
