package source

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockParser finds the blocks of Markdown. Inline Markdown and tables are read
// here: goldmark pads and cuts the rows of a table to its header's width, which
// hides the rows that have lost a cell, and it needs quadratic time for some
// inputs.
var blockParser = parser.NewParser(parser.WithBlockParsers(
	util.Prioritized(parser.NewSetextHeadingParser(), 100),
	util.Prioritized(parser.NewThematicBreakParser(), 200),
	util.Prioritized(parser.NewListParser(), 300),
	util.Prioritized(parser.NewListItemParser(), 400),
	util.Prioritized(parser.NewCodeBlockParser(), 500),
	util.Prioritized(parser.NewATXHeadingParser(), 600),
	util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
	util.Prioritized(parser.NewBlockquoteParser(), 800),
	util.Prioritized(parser.NewHTMLBlockParser(), 900),
	util.Prioritized(parser.NewParagraphParser(), 1000),
))

// readMarkdown reads GitHub Flavored Markdown. Front matter, comments and
// fenced code are skipped; a table in HTML is read as HTML.
func readMarkdown(rep *reporter, data []byte) ([]Block, error) {
	data = skipFrontMatter(data)
	data, tables := cutHTMLTables(data)
	m := &markdownReader{rep: rep, src: flatten(data)}
	m.starts = lineStarts(m.src)
	m.children(blockParser.Parse(text.NewReader(m.src)), 0)
	for _, t := range tables {
		m.blocks = append(m.blocks, readHTMLTable(rep, t)...)
	}
	slices.SortStableFunc(m.blocks, func(a, b Block) int { return a.Line - b.Line })
	return m.blocks, nil
}

type markdownReader struct {
	rep    *reporter
	src    []byte
	starts []int // offsets of the lines
	blocks []Block
}

func lineStarts(src []byte) []int {
	starts := []int{0}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func (m *markdownReader) line(offset int) int {
	i, found := slices.BinarySearch(m.starts, offset)
	if found {
		return i + 1
	}
	return i
}

// children reads what is in a node; list tells in how many lists it stands.
func (m *markdownReader) children(parent ast.Node, list int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if lines := m.lines(n); len(lines) > 0 {
				m.blocks = append(m.blocks, Block{Kind: Heading, Level: n.Level, Text: headingText(join(lines)), Line: lines[0].no})
			}
		case *ast.Paragraph, *ast.TextBlock, *ast.CodeBlock:
			m.paragraph(m.lines(n))
		case *ast.List:
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				m.item(item, list+1)
			}
		case *ast.HTMLBlock:
			m.html(n)
		case *ast.FencedCodeBlock, *ast.ThematicBreak:
		default:
			m.children(n, list)
		}
	}
}

// item reads a list item: what it begins with is the item, the rest stands by
// itself.
func (m *markdownReader) item(item ast.Node, level int) {
	first := item.FirstChild()
	if first == nil {
		return
	}
	switch first.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		if lines := m.lines(first); len(lines) > 0 && !hasTable(lines) {
			text := taskMark.ReplaceAllString(join(lines), "")
			m.add(Block{Kind: ListItem, Level: level, Text: inlineText(text), Line: lines[0].no})
			item.RemoveChild(item, first)
		}
	}
	m.children(item, level)
}

var taskMark = regexp.MustCompile(`^\[[ xX]\]\s+`)

func (m *markdownReader) add(b Block) {
	if b.Text != "" {
		m.blocks = append(m.blocks, b)
	}
}

// lines returns the lines of a block, without those that only mark it up.
func (m *markdownReader) lines(n ast.Node) []textLine {
	var lines []textLine
	segments := n.Lines()
	for i := range segments.Len() {
		s := segments.At(i)
		t := strings.TrimRight(string(s.Value(m.src)), "\r\n")
		if markupLine.MatchString(t) {
			continue
		}
		lines = append(lines, textLine{t, m.line(s.Start)})
	}
	return lines
}

// markupLine matches what documentation systems add to Markdown: the mark of
// an alert, the fence of an admonition, attributes, a link reference.
var markupLine = regexp.MustCompile(`^\s*(\[![A-Za-z-]+\](\(\S*\))?|:::.*|\{[:.#]?[a-z][\w-]*=?.*\}|\[[^\]^]+\]:\s*\S+.*)\s*$`)

func join(lines []textLine) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimSuffix(strings.TrimSpace(l.text), `\`))
	}
	return b.String()
}

var headingID = regexp.MustCompile(`\s*\{#?[^{}]*\}\s*$`)

func headingText(s string) string { return inlineText(headingID.ReplaceAllString(s, "")) }

// paragraph reads a paragraph, which may be a table or have one in it, also one
// that has lost its columns.
func (m *markdownReader) paragraph(lines []textLine) {
	if flat := newTextReader(lines); flat.hasFlat() {
		m.blocks = append(m.blocks, flat.read()...)
		return
	}
	for len(lines) > 0 {
		from, to := findTable(lines)
		if from > 0 {
			m.add(Block{Kind: Paragraph, Text: inlineText(join(lines[:from])), Line: lines[0].no})
		}
		if from == to {
			return
		}
		m.blocks = append(m.blocks, pipeTable(lines[from:to], inlineText))
		lines = lines[to:]
	}
}

func hasTable(lines []textLine) bool {
	from, to := findTable(lines)
	return from < to
}

// findTable returns where the first table in a paragraph's lines is, or the
// number of lines twice. A table is a delimiter row with what is around it, or
// two lines and more that begin with a pipe.
func findTable(lines []textLine) (from, to int) {
	for i := range lines {
		begins := i+1 < len(lines) && hasPipe(lines[i].text) && (isDelimiter(lines[i+1].text) ||
			startsWithPipe(lines[i].text) && startsWithPipe(lines[i+1].text))
		if !begins {
			continue
		}
		to = i
		for to < len(lines) && hasPipe(lines[to].text) {
			to++
		}
		return i, to
	}
	return len(lines), len(lines)
}

func startsWithPipe(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), "|") }

// html reads a block of HTML other than a table.
func (m *markdownReader) html(n *ast.HTMLBlock) {
	if n.HTMLBlockType == ast.HTMLBlockType2 || n.Lines().Len() == 0 {
		return // a comment
	}
	var src []byte
	segments := n.Lines()
	for i := range segments.Len() {
		s := segments.At(i)
		src = append(src, s.Value(m.src)...)
	}
	if n.HasClosure() {
		src = append(src, n.ClosureLine.Value(m.src)...)
	}
	m.blocks = append(m.blocks, readHTMLPart(m.rep, src, m.line(segments.At(0).Start))...)
}

// skipFrontMatter blanks the YAML or TOML at the head of a page, so that lines
// keep their numbers.
func skipFrontMatter(data []byte) []byte {
	for _, fence := range []string{"---", "+++"} {
		if !bytes.HasPrefix(data, []byte(fence+"\n")) {
			continue
		}
		end := bytes.Index(data, []byte("\n"+fence+"\n"))
		if end < 0 {
			continue
		}
		end += len(fence) + 1
		lines := bytes.Count(data[:end], []byte("\n"))
		return append(bytes.Repeat([]byte("\n"), lines), data[end:]...)
	}
	return data
}
