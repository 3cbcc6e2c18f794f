package wikis

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// navigate finds the pages of models as a reader does: by the names of links,
// from the first page to that of a model, and from there to its documents.
func (c *checker) navigate() {
	for _, m := range c.facts.Models {
		overview := c.follow(c.first(), m.Title)
		if overview == nil {
			c.problemIn(&m, "no link on the first page is named after it")
			continue
		}
		c.kinds[overview] = m.ID + ":overview"
		for _, name := range []string{"RACI", "Checklist", "Runbook", "Traceability"} {
			if p := c.follow(overview, name); p != nil {
				c.kinds[p] = m.ID + ":" + strings.ToLower(name)
			}
		}
	}
}

// follow returns the page that the first link of a name leads to, nil if there
// is none.
func (c *checker) follow(p *page, name string) *page {
	if p == nil {
		return nil
	}
	for _, a := range elements(p.content, atom.A) {
		if text(a) == collapse(name) {
			if u := p.resolve(a); u != nil {
				return c.byKey[c.site.key(u)]
			}
		}
	}
	return nil
}

// resolve returns the address that a link leads to, nil if it has none. Like
// browsers, it takes a per cent sign that begins no escape for itself.
func (p *page) resolve(a *html.Node) *url.URL {
	href, ok := attr(a, "href")
	if !ok {
		return nil
	}
	var b strings.Builder
	for i := range len(href) {
		b.WriteByte(href[i])
		escape := i+2 < len(href) && isHex(href[i+1]) && isHex(href[i+2])
		if href[i] == '%' && !escape {
			b.WriteString("25")
		}
	}
	u, err := p.url.Parse(b.String())
	if err != nil {
		return nil
	}
	return u
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

// first returns the page that readers open first, nil if it is not there.
func (c *checker) first() *page {
	for _, p := range c.site.pages {
		if p.file == c.site.home {
			return p
		}
	}
	return nil
}

// links: each leads to a page, and to a place that is in it. Those that name an
// item and lead to a runbook lead to the item's procedure.
func (c *checker) links(p *page) {
	for _, a := range elements([]*html.Node{p.whole}, atom.A) {
		href, ok := attr(a, "href")
		if !ok {
			continue
		}
		u := p.resolve(a)
		switch {
		case u == nil:
			c.problem(p, "the link %q has no address that can be read", href)
		case u.Host != p.url.Host || u.Scheme != p.url.Scheme:
			c.figures.outside++
			if u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" {
				c.problem(p, "the link %q is of an unknown kind", href)
			}
		default:
			c.link(p, a, u, href)
		}
	}
}

func (c *checker) link(p *page, a *html.Node, u *url.URL, href string) {
	to := c.byKey[c.site.key(u)]
	if to == nil {
		if c.site.other == nil || !c.site.other(u) {
			c.problem(p, "the link %q (%s) leads nowhere", href, text(a))
		}
		return
	}
	c.figures.links++
	if u.Fragment == "" {
		return
	}
	c.figures.anchors++
	at := to.place(u.Fragment)
	if c.slug != nil && text(a) != "" { // one without text is the renderer's own, on the heading itself
		at = to.heading(u.Fragment, c.slug)
	}
	if at == nil {
		c.problem(p, "the link %q (%s) leads to a place that is not in %s", href, text(a), to.file)
		return
	}
	if id := text(a); c.isItem(to, id) && !hasWord(around(at), id) {
		c.problem(p, "the link %q leads to %q instead of %s", href, around(at), id)
	}
}

// place returns the element that a fragment leads to. GitHub, Gitea and others
// put something before the ids that pages have, and have a script find them.
func (p *page) place(fragment string) *html.Node {
	for n := range p.whole.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		id, _ := attr(n, "id")
		if n.DataAtom == atom.A && id == "" {
			id, _ = attr(n, "name")
		}
		if id == fragment || id == "user-content-"+fragment {
			return n
		}
	}
	return nil
}

// heading returns the heading whose text makes an anchor by the rule of a wiki
// that cannot be run here, or that renders with a library older than itself.
func (p *page) heading(fragment string, slug func(string) string) *html.Node {
	used := map[string]bool{}
	for _, h := range elements(p.content, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) {
		anchor := slug(text(h))
		free := anchor
		for n := 1; used[free]; n++ {
			free = anchor + "-" + strconv.Itoa(n)
		}
		used[free] = true
		if free == fragment {
			return h
		}
	}
	return nil
}

var (
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{M}\p{N}_ -]`)
	hyphens     = regexp.MustCompile(`-+`)
)

// gitHubSlug is what docs.github.com says of links to sections: lower case,
// blanks to hyphens, no punctuation.
func gitHubSlug(text string) string {
	return strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(text), ""), " ", "-")
}

// gitLabSlug is what docs.gitlab.com/user/markdown says of heading ids: as on
// GitHub, and several hyphens are one.
func gitLabSlug(text string) string { return hyphens.ReplaceAllString(gitHubSlug(text), "-") }

// azureSlug is what people saw Azure DevOps do: blanks become hyphens, and
// punctuation stays. Headings of one text have one anchor there, that of the
// first.
func azureSlug(text string) string { return strings.ReplaceAll(strings.ToLower(text), " ", "-") }

// around returns the text of the block that a place is in; of a place without
// text, that of the block behind it.
func around(n *html.Node) string {
	for n.Parent != nil && slices.Contains(inline, n.DataAtom) {
		n = n.Parent
	}
	for n != nil && text(n) == "" {
		n = n.NextSibling
	}
	if n == nil {
		return ""
	}
	return text(n)
}

// isItem reports whether the page is a runbook that has the item's procedure.
func (c *checker) isItem(p *page, id string) bool {
	for _, m := range c.facts.Models {
		if c.kinds[p] == m.ID+":runbook" {
			return slices.ContainsFunc(m.Items, func(i item) bool { return i.ID == id })
		}
	}
	return false
}

// reachable: links lead from the first page to all others.
func (c *checker) reachable() {
	var queue []*page
	seen := map[*page]bool{}
	visit := func(p *page) {
		if p != nil && !seen[p] {
			seen[p] = true
			queue = append(queue, p)
		}
	}
	visit(c.first())
	if len(queue) == 0 {
		c.problems = append(c.problems, "there is no "+c.site.home)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, a := range elements(queue[0].content, atom.A) {
			if u := queue[0].resolve(a); u != nil && u.Host == queue[0].url.Host {
				visit(c.byKey[c.site.key(u)])
			}
		}
	}
	for _, p := range c.site.pages {
		if !seen[p] {
			c.problem(p, "no link leads to it")
		}
	}
}
