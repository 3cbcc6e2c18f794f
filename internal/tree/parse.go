package tree

import (
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/render"
)

// Parse returns the tree of a document.
func Parse(doc render.Document) *Document {
	p := &parser{source: doc.Markdown, path: doc.Path, used: map[string]bool{}}
	root := markdown.Parser.Parse(text.NewReader(doc.Markdown))
	d := &Document{Document: doc}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 && d.Blocks == nil {
			Unique(p.used, markdown.Slug(Plain(p.inlines(h))), "-")
			continue
		}
		if b := p.block(n); b != nil {
			d.Blocks = append(d.Blocks, b)
		}
	}
	return d
}

// parser turns the nodes of one document into blocks and inlines.
type parser struct {
	source []byte
	path   string
	used   map[string]bool // slugs given so far
	inLink bool            // no link can be in another
}

// block returns the block that a node is; nil for one that has no place here,
// as raw HTML, which no document holds.
func (p *parser) block(n ast.Node) Block {
	switch n := n.(type) {
	case *ast.Heading:
		h := &Heading{Level: n.Level, Text: p.inlines(n)}
		h.ID = lastSpan(h.Text)
		h.Slug = Unique(p.used, markdown.Slug(Plain(h.Text)), "-")
		return h
	case *ast.Paragraph, *ast.TextBlock:
		return &Paragraph{p.inlines(n)}
	case *ast.List:
		return p.list(n)
	case *ast.FencedCodeBlock:
		return &Code{string(n.Language(p.source)), p.lines(n)}
	case *ast.CodeBlock:
		return &Code{"", p.lines(n)}
	case *extast.Table:
		return p.table(n)
	case *ast.Blockquote:
		return &Quote{p.blocks(n)}
	case *ast.ThematicBreak:
		return &Rule{}
	}
	return nil
}

func (p *parser) blocks(parent ast.Node) []Block {
	var list []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if b := p.block(n); b != nil {
			list = append(list, b)
		}
	}
	return list
}

func (p *parser) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(p.source))
	}
	return strings.TrimRight(b.String(), "\n")
}

func (p *parser) list(n *ast.List) *List {
	l := &List{Ordered: n.IsOrdered(), Start: n.Start}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		e := &Entry{}
		if first := item.FirstChild(); first != nil {
			if box, ok := first.FirstChild().(*extast.TaskCheckBox); ok {
				e.Box, e.Checked = true, box.IsChecked
			}
		}
		e.Blocks = p.blocks(item)
		if e.Box {
			e.ID = itemOf(e.Blocks)
		}
		l.Entries = append(l.Entries, e)
	}
	return l
}

// itemOf returns the identifier in a task: the text of the first link that
// ends in a code span, or of the first code span.
func itemOf(blocks []Block) string {
	first, ok := blocks[0].(*Paragraph)
	if !ok {
		return ""
	}
	for _, n := range first.Text {
		switch n := n.(type) {
		case Span:
			return string(n)
		case *Link:
			if id := lastSpan(n.Text); id != "" {
				return id
			}
		}
	}
	return ""
}

func (p *parser) table(n *extast.Table) *Table {
	t := &Table{}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Cell
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, p.inlines(cell))
		}
		if row.Kind() == extast.KindTableHeader {
			t.Head = cells
			continue
		}
		r := &Row{Cells: cells}
		if len(cells) > 0 && len(cells[0]) > 1 {
			r.ID = lastSpan(cells[0])
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// lastSpan returns the code span that ends the inlines, or "".
func lastSpan(list []Inline) string {
	if len(list) > 0 {
		if s, ok := list[len(list)-1].(Span); ok {
			return string(s)
		}
	}
	return ""
}

// inlines returns what is in a node, texts beside each other as one.
func (p *parser) inlines(parent ast.Node) []Inline {
	var list []Inline
	add := func(n Inline) {
		if t, ok := n.(Text); ok {
			if t == "" {
				return
			}
			if len(list) > 0 {
				if last, ok := list[len(list)-1].(Text); ok {
					list[len(list)-1] = last + t
					return
				}
			}
		}
		list = append(list, n)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			add(Text(markdown.Unescape(n.Segment.Value(p.source))))
			if n.HardLineBreak() {
				add(Break{})
			} else if n.SoftLineBreak() {
				add(Text(" "))
			}
		case *ast.String:
			add(Text(n.Value))
		case *extast.TaskCheckBox: // said of the entry
		default:
			add(p.inline(n))
		}
	}
	return list
}

// inline returns one inline; of a node that has no counterpart, its text.
func (p *parser) inline(n ast.Node) Inline {
	switch n := n.(type) {
	case *ast.CodeSpan:
		return Span(p.code(n))
	case *ast.Emphasis:
		return p.emphasis(n)
	case *extast.Strikethrough:
		return &Strike{p.inlines(n)}
	case *ast.Link:
		return p.link(n, string(n.Destination))
	case *ast.Image:
		return p.link(n, string(n.Destination))
	case *ast.AutoLink:
		url := string(n.URL(p.source))
		label := Text(n.Label(p.source))
		if p.inLink {
			return label
		}
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(url, "mailto:") {
			url = "mailto:" + url
		}
		return &Link{Text: []Inline{label}, URL: url}
	}
	return Text(Plain(p.inlines(n)))
}

func (p *parser) code(n *ast.CodeSpan) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(strings.ReplaceAll(string(t.Segment.Value(p.source)), "\n", " "))
		}
	}
	return b.String()
}

func (p *parser) emphasis(n *ast.Emphasis) Inline {
	inner := p.inlines(n)
	if n.Level == 2 {
		return &Strong{inner}
	}
	if text := Plain(inner); strings.Contains(text, " · ") {
		return Marks(strings.Split(text, " · "))
	}
	return &Emphasis{inner}
}

// link returns a link, or its text within another; n is what holds the text.
func (p *parser) link(n ast.Node, destination string) Inline {
	if p.inLink {
		return Text(Plain(p.inlines(n)))
	}
	p.inLink = true
	l := &Link{Text: p.inlines(n)}
	p.inLink = false
	if n.Kind() == ast.KindLink && Plain(l.Text) == "" {
		l.Text = []Inline{Text(destination)} // it is there to be followed
	}
	file, fragment, _ := strings.Cut(destination, "#")
	if strings.Contains(file, ":") || file != "" && !strings.HasSuffix(file, ".md") {
		l.URL = string(markdown.Unescape([]byte(destination)))
		return l
	}
	l.To = Target{Path: p.path, Heading: fragment}
	if file != "" {
		l.To.Path = path.Join(path.Dir(p.path), file)
	}
	if fragment != "" && len(l.Text) == 1 {
		l.To.ID = lastSpan(l.Text)
	}
	return l
}
