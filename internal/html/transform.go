package html

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/render"
)

// transformer works what pages add into one document's syntax tree.
type transformer struct {
	source   []byte
	used     map[string]bool // ids given so far
	kind     render.Kind     // of the document
	facts    *index.Facts    // nil if the document belongs to no model
	contents []Entry
}

// document turns a flat document into nested sections and treats everything
// in it.
func (t *transformer) document(root ast.Node) {
	open := []ast.Node{root} // the sections that a block now belongs to
	title := ""
	for _, n := range children(root) {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			title = t.plain(h)
			t.heading(h)
		} else if ok {
			s := t.section(h)
			title = s.title
			for len(open) > 1 && open[len(open)-1].(*section).level >= s.level {
				open = open[:len(open)-1]
			}
			open[len(open)-1].AppendChild(open[len(open)-1], s)
			open = append(open, s)
			s.AppendChild(s, h)
		} else if in := open[len(open)-1]; in != root {
			in.AppendChild(in, n)
			t.steps(n, in.(*section))
		}
		if _, ok := n.(*ast.Heading); !ok {
			t.block(n, title)
		}
	}
}

// children returns the children of a node, to walk while they move.
func children(n ast.Node) []ast.Node {
	list := make([]ast.Node, 0, n.ChildCount())
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		list = append(list, c)
	}
	return list
}

// section makes the section that a heading begins.
func (t *transformer) section(h *ast.Heading) *section {
	s := &section{level: h.Level}
	if id := t.trailingCode(h); id != "" {
		s.id = t.unique(id)
		s.title = strings.TrimSpace(strings.TrimSuffix(t.plain(h), id))
	} else {
		s.title = t.plain(h)
	}
	slug := t.heading(h)
	if h.Level <= 3 {
		e := Entry{h.Level, s.title, s.id}
		if s.id == "" {
			e.ID = slug
		}
		t.contents = append(t.contents, e)
	}
	if s.id != "" {
		t.makeAnchor(h.LastChild(), s.id)
	}
	t.inlines(h)
	return s
}

// heading gives a heading the anchor that it has on a forge.
func (t *transformer) heading(h *ast.Heading) string {
	id := t.unique(markdown.Slug(t.plain(h)))
	h.SetAttributeString("id", []byte(id))
	return id
}

// unique returns id, or id with the first free number behind it.
func (t *transformer) unique(id string) string {
	free := id
	for n := 1; t.used[free] || free == ""; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	t.used[free] = true
	return free
}

// block treats a block and everything in it. Title is that of its section.
func (t *transformer) block(n ast.Node, title string) {
	switch n := n.(type) {
	case *extast.Table:
		t.table(n, title)
	case *ast.ListItem:
		t.task(n)
	}
	if n.Type() == ast.TypeInline {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeBlock {
			t.block(c, title)
		}
	}
	t.inlines(n)
}

// steps gives the entries of an ordered list in a section that has an
// identifier one of their own: the section's, a dot and their number.
func (t *transformer) steps(n ast.Node, in *section) {
	list, ok := n.(*ast.List)
	if !ok || !list.IsOrdered() || in.id == "" {
		return
	}
	number := list.Start
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		li.SetAttributeString("id", []byte(t.unique(in.id+"."+strconv.Itoa(number))))
		number++
	}
}

// inlines treats the links and marks directly in a block.
func (t *transformer) inlines(block ast.Node) {
	for _, n := range children(block) {
		switch n := n.(type) {
		case *ast.Link:
			t.link(n)
		case *ast.AutoLink:
			n.SetAttributeString("class", []byte("address")) // it shows where it leads, on paper too
		case *ast.Emphasis:
			t.marks(n)
		}
		if n.Type() == ast.TypeInline && n.HasChildren() {
			t.inlines(n)
		}
	}
}

// link makes a link to a document one to its page. If its text is one code
// span, it leads to the thing of that identifier.
func (t *transformer) link(n *ast.Link) {
	target, fragment, found := strings.Cut(string(n.Destination), "#")
	if strings.Contains(target, ":") || target != "" && !strings.HasSuffix(target, ".md") {
		return
	}
	if target != "" {
		target = pagePath(target)
	}
	if found {
		if code, ok := n.FirstChild().(*ast.CodeSpan); ok && code.NextSibling() == nil {
			fragment = t.plain(code)
		}
		target += "#" + fragment
	}
	n.Destination = []byte(target)
}

// marks turns emphasis with middle dots into marks.
func (t *transformer) marks(n *ast.Emphasis) {
	text := t.plain(n)
	if n.Level != 1 || !strings.Contains(text, " · ") {
		return
	}
	m := &marks{words: strings.Split(text, " · ")}
	n.Parent().ReplaceChild(n.Parent(), n, m)
}

// task gives a box to tick an id and its text a label.
func (t *transformer) task(li *ast.ListItem) {
	text := li.FirstChild()
	if text == nil {
		return
	}
	box, ok := text.FirstChild().(*extast.TaskCheckBox)
	if !ok {
		return
	}
	id := ""
	for c := box.NextSibling(); c != nil && id == ""; c = c.NextSibling() {
		if link, ok := c.(*ast.Link); ok {
			id = t.trailingCode(link)
		}
	}
	if id == "" {
		return
	}
	item := id
	id = t.unique(id)
	li.SetAttributeString("id", []byte(id))
	if t.facts != nil {
		setFacts(li, t.facts.Items[item])
	}
	box.SetAttributeString("id", []byte("tick-"+id))
	for c := box.NextSibling(); c != nil; c = c.NextSibling() {
		if strong, ok := c.(*ast.Emphasis); ok && strong.Level == 2 {
			l := &label{box: "tick-" + id}
			text.ReplaceChild(text, strong, l)
			l.AppendChild(l, strong)
			return
		}
	}
}

// table gives a table its caption, and its rows their ids, headers and badges.
func (t *transformer) table(table *extast.Table, title string) {
	table.SetAttributeString("caption", []byte(title))
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		if row.Kind() == extast.KindTableHeader {
			continue
		}
		first := row.FirstChild()
		if id := t.trailingCode(first); id != "" && first.FirstChild() != first.LastChild() {
			activity := id
			id = t.unique(id)
			row.SetAttributeString("id", []byte(id))
			if t.facts != nil && t.kind == render.RACI {
				setFacts(row, t.facts.Activities[activity])
			}
			t.makeAnchor(first.LastChild(), id)
		}
		for cell := first; cell != nil; cell = cell.NextSibling() {
			t.cell(row, cell)
		}
	}
	if title == splitTitle {
		t.split(table)
	}
}

// setFacts puts what scripts go by on a row or an entry.
func setFacts(n ast.Node, f index.Fact) {
	for _, a := range []struct{ name, value string }{
		{"data-roles", f.Roles}, {"data-topic", f.Topic}, {"data-action", f.Action}, {"data-phase", f.Phase},
		{"data-level", f.Level}, {"data-team", f.Team}, {"data-digest", f.Digest},
	} {
		if a.value != "" {
			n.SetAttributeString(a.name, []byte(a.value))
		}
	}
}

// cell turns a cell of role letters, or of one word of the legend, into that.
func (t *transformer) cell(row, cell ast.Node) {
	only, ok := cell.FirstChild().(*ast.Text)
	if !ok || only.NextSibling() != nil {
		return
	}
	text := only.Segment.Value(t.source)
	if letters := roleLetters(text); letters != "" {
		cell.ReplaceChild(cell, only, &roles{letters: letters})
		return
	}
	switch w := string(text); w {
	case "stated", "inferred":
		row.SetAttributeString("class", []byte(w))
		fallthrough
	case "-", "do", "advise", "watch", "verify", "not stated":
		cell.ReplaceChild(cell, only, &word{text: w})
	}
}

// roleLetters returns the letters of a text such as "R, A", or "".
func roleLetters(text []byte) string {
	var letters [4]byte
	n := 0
	for i, c := range text {
		switch {
		case i%3 == 0 && n < 4 && bytes.IndexByte([]byte("RACI"), c) >= 0:
			letters[n] = c
			n++
		case i%3 == 1 && c == ',', i%3 == 2 && c == ' ':
		default:
			return ""
		}
	}
	if len(text)%3 != 1 {
		return ""
	}
	return string(letters[:n])
}

// trailingCode returns the text of the code span that ends a block, or "".
func (t *transformer) trailingCode(n ast.Node) string {
	if n == nil {
		return ""
	}
	if code, ok := n.LastChild().(*ast.CodeSpan); ok {
		return t.plain(code)
	}
	return ""
}

// makeAnchor turns a code span into a link to the thing it identifies.
func (t *transformer) makeAnchor(code ast.Node, id string) {
	a := &anchor{id: id}
	code.Parent().ReplaceChild(code.Parent(), code, a)
	a.AppendChild(a, code)
}

// plain returns the text in a node, without marks.
func (t *transformer) plain(n ast.Node) string {
	var b strings.Builder
	t.appendPlain(&b, n)
	return b.String()
}

func (t *transformer) appendPlain(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(markdown.Unescape(c.Segment.Value(t.source)))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		default:
			t.appendPlain(b, c)
		}
	}
}
