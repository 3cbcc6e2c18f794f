package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// flow is text in reading order: that of the page, or of a table cell.
type flow struct {
	base   int // how many elements are open around it
	blocks []placed
	run    textRun
	lists  int      // open lists
	term   textRun  // that waits for its definition
	bold   bool     // has bold text
	plain  bool     // has other text
	labels squeezer // alternative texts
}

// textRun is the text of one block.
type textRun struct {
	squeezer
	line  int
	broke bool // ends with a line break
}

func (p *page) flow() *flow { return p.flows[len(p.flows)-1] }

// leaf returns the element that gives text its kind now, or nil.
func (p *page) leaf() *element {
	if n := len(p.leaves); n > 0 && p.leaves[n-1] >= p.flow().base {
		return &p.stack[p.leaves[n-1]]
	}
	return nil
}

// text reads text between two tags. What is seen of it begins at the line.
func (p *page) text(text string, line int) {
	if p.hidden > 0 {
		return
	}
	f := p.flow()
	if strings.TrimSpace(text) == "" {
		f.run.squeeze(text)
		return
	}
	if f.run.Len() == 0 {
		f.run.line = line
	}
	if p.raised {
		text = raisedText(text, len(p.flows) > 1)
	}
	f.run.broke = false
	f.run.squeeze(text)
	if p.bold > 0 {
		f.bold = true
	} else {
		f.plain = true
	}
}

// raisedText returns text that stands above the line in characters that show
// it: digits as such, and in a cell, where they could be taken for role
// letters, letters in brackets.
func raisedText(text string, inCell bool) string {
	const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	plain := visibleText(text)
	switch {
	case strings.Trim(plain, "0123456789, ") == "":
		return strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return []rune(digits)[r-'0']
			}
			return r
		}, plain)
	case inCell && strings.IndexFunc(plain, unicode.IsLetter) == 0:
		return "[" + plain + "]"
	}
	return text
}

// lineBreak reads <br>. Two of them in a row end a paragraph.
func (p *page) lineBreak() {
	if p.hidden > 0 {
		return
	}
	f := p.flow()
	if f.run.broke && len(p.flows) == 1 {
		p.boundary()
		return
	}
	f.run.broke = true
	f.run.squeeze(" ")
}

// boundary ends a block, or divides words where there is only one block.
func (p *page) boundary() {
	if p.hidden > 0 {
		return
	}
	if leaf := p.leaf(); leaf != nil && leaf.kind&kindWhole != 0 {
		p.flow().run.squeeze(" ")
		return
	}
	p.flush()
}

// flush makes a block of the text read so far.
func (p *page) flush() {
	f := p.flow()
	text, line := f.run.String(), f.run.line
	f.run = textRun{}
	p.raised = false
	if text == "" {
		return
	}
	leaf := p.leaf()
	if leaf == nil {
		leaf = &element{}
	}
	if leaf.kind == kindDt {
		if f.term.Len() > 0 {
			f.term.squeeze(", ")
		} else {
			f.term.line = line
		}
		f.term.squeeze(text)
		return
	}
	block := Block{Kind: Paragraph, Text: text, Line: line}
	switch {
	case leaf.kind&kindHeading != 0:
		block.Kind, block.Level = Heading, bitOf(leaf.kind)-bitOf(kindH1)+1
		if block.Text = strings.TrimRight(text, "¶🔗 "); block.Text == "" {
			return // a link to the heading, whose text is lost
		}
	case leaf.kind&(kindLi|kindDd) != 0 && !leaf.used:
		block.Kind, block.Level = ListItem, max(f.lists, 1)
	}
	if leaf.kind == kindDd && !leaf.used && f.term.Len() > 0 {
		block.Text, block.Line = define(f.term.String(), text), f.term.line
		f.term = textRun{}
	}
	leaf.used = true
	p.emitTerm()
	p.emit(block)
}

// define joins a term and its definition.
func define(term, definition string) string {
	if last, _ := utf8.DecodeLastRuneInString(term); strings.ContainsRune(":?!.…", last) {
		return term + " " + definition
	}
	return term + ": " + definition
}

// emitTerm makes an item of a term whose definition is not a text.
func (p *page) emitTerm() {
	f := p.flow()
	if f.term.Len() > 0 {
		p.emit(Block{Kind: ListItem, Level: max(f.lists, 1), Text: f.term.String(), Line: f.term.line})
		f.term = textRun{}
	}
}

func (p *page) emit(b Block) {
	f := p.flow()
	f.blocks = append(f.blocks, placed{Block: b, inMain: p.open[bitOf(kindMain)] > 0, inArticle: p.open[bitOf(kindArticle)] > 0})
}

// endFlow ends the innermost flow.
func (p *page) endFlow() {
	p.flush()
	p.emitTerm()
}

// opened does what the start of an element asks for, after it is open.
func (p *page) opened(k elementKind, a attributes) error {
	if p.hidden > 0 {
		return nil
	}
	if k&(kindList|kindTable) != 0 {
		p.emitTerm()
	}
	switch {
	case k&kindList != 0:
		p.flow().lists++
	case k&(kindTable|kindTablePart) != 0:
		return p.openedInTable(k, a)
	}
	return nil
}

// closing does what the end of an element asks for, while it is still open.
func (p *page) closing(e element) error {
	if e.inert {
		return nil
	}
	switch {
	case e.kind == kindMark:
		return nil
	case e.kind&kindCell != 0:
		p.endCell()
		return nil
	case e.kind&kindWhole != 0:
		p.flush()
	default:
		p.boundary()
	}
	switch {
	case e.kind&kindList != 0:
		p.emitTerm()
		p.flow().lists--
	case e.kind == kindTable:
		return p.endTable(e.table)
	}
	return nil
}

// label notes an alternative text, for a cell that turns out to have no other.
func (f *flow) label(a attributes) {
	for _, text := range []string{a.alt, a.label} {
		if text != "" {
			f.labels.squeeze(" " + text)
		}
	}
}
