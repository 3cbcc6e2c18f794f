package wikis

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is one page of a wiki, as its reader gets it.
type page struct {
	file    string       // that demarc wrote, slash-separated below its folder
	url     *url.URL     // where the page is in the wiki
	whole   *html.Node   // with what the wiki puts around it
	content []*html.Node // what is made of files of ours; whole if nil
}

// site is all pages of a wiki that are ours.
type site struct {
	pages []*page
	home  string // file of the page that readers open first
	// key is the same for all addresses of one page.
	key func(*url.URL) string
	// other reports whether there is something else than a page at an address
	// of the wiki; nil if there is nothing.
	other func(*url.URL) bool
}

// newSite returns a site whose pages have one address each.
func newSite(home string, pages []*page) *site {
	return &site{pages: pages, home: home, key: func(u *url.URL) string { return u.Path }}
}

// newPage returns a page made of HTML, of which content is what has any of the
// classes or, without classes, everything.
func newPage(file, address string, body []byte, classes ...string) *page {
	p := &page{file: file, url: must(url.Parse(address)), whole: parse(body)}
	if len(classes) > 0 {
		p.content = find(p.whole, func(n *html.Node) bool {
			return slices.ContainsFunc(classes, func(c string) bool { return hasClass(n, c) })
		})
	} else {
		p.content = []*html.Node{p.whole}
	}
	return p
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func parse(body []byte) *html.Node {
	return must(html.Parse(bytes.NewReader(body))) // fails only where reading does
}

// find returns the nodes that fit, without those inside of others.
func find(n *html.Node, fits func(*html.Node) bool) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && fits(c) {
			list = append(list, c)
		} else {
			list = append(list, find(c, fits)...)
		}
	}
	return list
}

// elements returns all elements of a kind in the nodes, those inside of others
// too.
func elements(nodes []*html.Node, kinds ...atom.Atom) []*html.Node {
	var list []*html.Node
	for _, root := range nodes {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && slices.Contains(kinds, n.DataAtom) {
				list = append(list, n)
			}
		}
	}
	return list
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func hasClass(n *html.Node, class string) bool {
	classes, _ := attr(n, "class")
	return slices.Contains(strings.Fields(classes), class)
}

// unseen reports whether the node is one that a reader does not read: not
// shown, or a sign that a wiki puts behind headings.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Noscript, atom.Head, atom.Button:
		return true
	}
	for _, class := range []string{"headerlink", "hash-link", "mw-editsection", "linenos"} {
		if hasClass(n, class) {
			return true
		}
	}
	return false
}

// inline are the elements that stay within a line of text.
var inline = []atom.Atom{
	atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I,
	atom.Img, atom.Input, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span,
	atom.Strong, atom.Sub, atom.Sup, atom.Tt, atom.U, atom.Var, atom.Wbr,
}

// codeSign stands in the place of code where that is left out.
const codeSign = "\ufffc"

// lines returns the text of a node as its reader sees it, a line for each block
// and without empty ones. With hideCode, a sign is in the place of code.
func lines(n *html.Node, hideCode bool) []string {
	var list []string
	var line strings.Builder
	end := func() {
		if s := collapse(line.String()); s != "" {
			list = append(list, s)
		}
		line.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			line.WriteString(n.Data)
			return
		case n.Type == html.CommentNode || n.Type == html.ElementNode && unseen(n):
			return
		case hideCode && (n.DataAtom == atom.Code || n.DataAtom == atom.Pre || n.DataAtom == atom.Tt):
			line.WriteString(codeSign)
			return
		}
		block := n.Type == html.ElementNode && !slices.Contains(inline, n.DataAtom)
		if block {
			end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			end()
		}
	}
	walk(n)
	end()
	return list
}

// text returns the text of a node on one line.
func text(n *html.Node) string { return strings.Join(lines(n, false), " ") }

// script returns what a reader copies from a block of code.
func script(pre *html.Node) string {
	var b strings.Builder
	for n := range pre.Descendants() {
		switch {
		case n.Type == html.TextNode && !slices.ContainsFunc(parents(n, pre), unseen):
			b.WriteString(n.Data)
		case n.DataAtom == atom.Br:
			b.WriteByte('\n')
		}
	}
	return trimLines(b.String())
}

// parents returns the elements that a node is in, up to the root.
func parents(n, root *html.Node) []*html.Node {
	var list []*html.Node
	for p := n.Parent; p != nil && p != root; p = p.Parent {
		list = append(list, p)
	}
	return list
}

// trimLines takes blanks from the ends of lines, and empty lines from the end.
func trimLines(s string) string {
	list := strings.Split(s, "\n")
	for i := range list {
		list[i] = strings.TrimRight(list[i], " \t\r")
	}
	return strings.Trim(strings.Join(list, "\n"), "\n")
}

// collapse makes one blank of each run of them.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// squash takes all blanks away: where a line of prose ends is a wiki's choice.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// wrap returns a node that holds copies of others.
func wrap(nodes []*html.Node) *html.Node {
	var b bytes.Buffer
	for _, n := range nodes {
		must(0, html.Render(&b, n))
	}
	return parse(b.Bytes())
}

// without returns the nodes that do not have a class.
func without(nodes []*html.Node, class string) []*html.Node {
	return slices.DeleteFunc(slices.Clone(nodes), func(n *html.Node) bool { return hasClass(n, class) })
}
