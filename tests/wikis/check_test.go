package wikis

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// figures is how much was looked at.
type figures struct {
	pages, links, anchors, outside, entries, rows, procedures, scripts int
}

func (f figures) String() string {
	return fmt.Sprintf("%d pages; %d links within, %d of them followed to an anchor, %d to other places; %d checklist entries; %d RACI rows; %d procedures; %d scripts",
		f.pages, f.links, f.anchors, f.outside, f.entries, f.rows, f.procedures, f.scripts)
}

// checker looks at a site and collects what is wrong with it.
type checker struct {
	*target
	site     *site
	facts    catalogue
	words    []string
	byKey    map[string]*page
	kinds    map[*page]string // what pages are: ovhcloud/managed-kubernetes:raci
	fetched  map[string]bool  // addresses that were reported
	figures  figures
	problems []string
}

// check returns what is wrong with the site that a target made of a workspace.
func check(tg *target, s *site, facts catalogue) (figures, []string) {
	c := &checker{target: tg, site: s, facts: facts, words: facts.words(), byKey: map[string]*page{}, kinds: map[*page]string{}, fetched: map[string]bool{}}
	for _, p := range s.pages {
		if other := c.byKey[s.key(p.url)]; other != nil {
			c.problem(p, "has the address of %s: %s", other.file, p.url)
		}
		c.byKey[s.key(p.url)] = p
	}
	c.figures.pages = len(s.pages)
	c.navigate()
	for _, p := range s.pages {
		c.structure(p)
		c.links(p)
		c.leaks(p)
	}
	c.reachable()
	if first := c.first(); first != nil && facts.Settings.Summary != "" {
		shows(c, "site", "first page", first.content, []string{plain(facts.Settings.Summary)}, func(s string) []string { return []string{s} })
	}
	for i := range facts.Models {
		m := &facts.Models[i]
		c.checklist(m)
		c.raci(m)
		c.runbook(m)
		c.rest(m)
	}
	return c.figures, c.problems
}

func (c *checker) problem(p *page, format string, args ...any) {
	c.problems = append(c.problems, p.file+": "+fmt.Sprintf(format, args...))
}

func (c *checker) problemIn(m *model, format string, args ...any) {
	c.problems = append(c.problems, m.ID+": "+fmt.Sprintf(format, args...))
}

// structure: headings say something, ids are unique, rows of tables are whole,
// nothing is fetched from other places.
func (c *checker) structure(p *page) {
	if len(p.content) == 0 {
		c.problem(p, "has no content")
	}
	for _, h := range elements(p.content, headings...) {
		if text(h) == "" {
			c.problem(p, "has an empty heading")
		}
	}
	seen := map[string]bool{}
	for _, root := range p.content {
		for n := range root.Descendants() {
			if id, ok := attr(n, "id"); ok && n.Type == html.ElementNode {
				if seen[id] {
					c.problem(p, "has the id %q twice", id)
				}
				seen[id] = true
			}
		}
	}
	for _, table := range elements(p.content, atom.Table) {
		head, body := cells(table)
		for _, row := range body {
			if len(head) > 0 && len(row) != len(head) {
				c.problem(p, "has a row of %d cells below %d heads: %q", len(row), len(head), row)
			}
		}
	}
	for _, n := range elements([]*html.Node{p.whole}, atom.Img, atom.Script, atom.Link, atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed) {
		src, ok := attr(n, "src")
		if n.DataAtom == atom.Link {
			rel, _ := attr(n, "rel")
			src, ok = attr(n, "href")
			ok = ok && (rel == "stylesheet" || rel == "preload" || rel == "preconnect" || strings.Contains(rel, "icon"))
		}
		if u, err := p.url.Parse(src); ok && err == nil && u.Scheme != "data" && u.Host != p.url.Host && !c.fetched[src] {
			c.fetched[src] = true
			c.problem(p, "fetches %s", src)
		}
	}
}

var headings = []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

// hasWord reports whether a text holds an identifier, not as part of another.
func hasWord(s, id string) bool {
	for i := 0; ; {
		at := strings.Index(s[i:], id)
		if at < 0 {
			return false
		}
		i += at
		before, after := s[:i], s[i+len(id):]
		if !endsInWord(before) && !beginsInWord(after) {
			return true
		}
		i++
	}
}

func endsInWord(s string) bool { return s != "" && isIDByte(s[len(s)-1]) }

func beginsInWord(s string) bool { return s != "" && isIDByte(s[0]) }

func isIDByte(b byte) bool { return b == '-' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' }

// shows checks that pages show all texts of some things, as they are.
func shows[T any](c *checker, name, where string, content []*html.Node, things []T, texts func(T) []string) {
	var b strings.Builder
	for _, n := range content {
		b.WriteString(squash(text(n)))
	}
	all := b.String()
	for _, thing := range things {
		for _, want := range texts(thing) {
			if !strings.Contains(all, squash(want)) {
				c.problems = append(c.problems, fmt.Sprintf("%s: the %s does not show %q", name, where, want))
			}
		}
	}
}
