package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Plain returns an author's prose as plain text, for places that know no
// Markdown, such as a spreadsheet's cell or a tracker's field.
//
// Marks are gone, escapes and character references resolved, and code is bare.
// A paragraph is one line, apart from its hard breaks, and an empty line stands
// between paragraphs. Entries of a list are lines that begin with "- ", or with
// their number, and what belongs to an entry is indented below it. A link is
// its text with the address in brackets behind it, or only the address where
// the text says the same. What prose should not hold (raw HTML, headings,
// tables) keeps its text, so that nothing is lost.
func Plain(markdown string) string {
	markdown = strings.TrimSpace(markdown)
	if plain(markdown) {
		return markdown
	}
	p := plainer{source: []byte(markdown)}
	return p.blocks(Parser.Parse(text.NewReader(p.source)), "\n\n")
}

// plainer makes plain text of the nodes of a document.
type plainer struct {
	source []byte
}

// blocks returns the text of a node's blocks, put apart by between.
func (p plainer) blocks(parent ast.Node, between string) string {
	var parts []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if part := p.block(n); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, between)
}

func (p plainer) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		return strings.TrimSpace(p.inline(n))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return strings.TrimRight(string(n.Lines().Value(p.source)), "\n")
	case *ast.HTMLBlock:
		html := n.Lines().Value(p.source)
		if n.HasClosure() {
			html = append(html, n.ClosureLine.Value(p.source)...)
		}
		return strings.TrimRight(string(html), "\n")
	case *ast.List:
		return p.list(n)
	case *extast.Table:
		return p.blocks(n, "\n")
	case *extast.TableHeader, *extast.TableRow:
		return p.blocks(n, " | ")
	case *extast.TableCell:
		return p.inline(n)
	}
	return p.blocks(n, "\n\n") // a quotation; a horizontal line has none
}

// list returns a line for each entry, with what else belongs to it below.
func (p plainer) list(n *ast.List) string {
	var entries []string
	number := n.Start
	for entry := n.FirstChild(); entry != nil; entry = entry.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		entries = append(entries, mark+Indent(len(mark), p.blocks(entry, "\n")))
	}
	return strings.Join(entries, "\n")
}

// inline returns the text of what stands in a block.
func (p plainer) inline(parent ast.Node) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(Unescape(n.Segment.Value(p.source)))
			switch {
			case n.HardLineBreak():
				b.WriteByte('\n')
			case n.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					b.WriteString(strings.ReplaceAll(string(t.Segment.Value(p.source)), "\n", " "))
				}
			}
		case *ast.Link:
			b.WriteString(linked(p.inline(n), string(Unescape(n.Destination))))
		case *ast.Image:
			b.WriteString(linked(p.inline(n), string(Unescape(n.Destination))))
		case *ast.AutoLink:
			b.Write(n.Label(p.source))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(p.source))
		case *extast.TaskCheckBox:
			b.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[n.IsChecked])
		default: // emphasis
			b.WriteString(p.inline(n))
		}
	}
	return b.String()
}

// linked returns the text of a link with its address.
func linked(text, address string) string {
	switch text {
	case "":
		return address
	case address, strings.TrimPrefix(address, "mailto:"):
		return text
	}
	return text + " (" + address + ")"
}
