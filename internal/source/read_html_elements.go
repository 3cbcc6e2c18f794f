package source

import (
	"math/bits"

	"golang.org/x/net/html/atom"
)

// element is an open element.
type element struct {
	tag   atom.Atom // as written: what its end tag has to match
	kind  elementKind
	hides bool // what it holds is not read
	inert bool // hides, or is hidden
	used  bool // of a list item or definition: its first text has been read
	table *pageTable
}

// start opens an element.
func (p *page) start(tag atom.Atom, a attributes) error {
	if p.hidden == 0 && len(p.flows) > 1 {
		p.flow().label(a)
	}
	switch {
	case plainTags[tag]:
		p.boundary()
		return nil
	case tag == 0: // an element of somebody's own: within text a part of it
		if p.open[bitOf(kindP)] == 0 && p.leaf() == nil && len(p.flows) == 1 {
			p.boundary()
		}
		return nil
	case voidTags[tag]:
		return p.void(tag)
	}
	e := element{tag: tag, kind: p.kindOf(tag, a)}
	e.hides = p.hides(e, a)
	if e.kind == kindMark {
		p.mark(tag, 1)
		// Only one that hides has to be remembered, and one that it may hold.
		if e.hides || p.tags[tag] > 0 {
			return p.push(e)
		}
		return nil
	}
	if err := p.imply(e.kind, tagKinds[tag] == e.kind); err != nil {
		return err
	}
	if e.kind&kindTablePart != 0 && p.last(kindTable, 0) < 0 {
		p.boundary() // a cell without a table
		return nil
	}
	if e.kind == kindTable && p.hidden == 0 && !e.hides {
		e.table = &pageTable{line: p.line, layout: a.role == "presentation" || a.role == "none"}
	}
	p.boundary()
	if err := p.push(e); err != nil {
		return err
	}
	return p.opened(e.kind, a)
}

// hides reports whether what an element holds is not to be read.
func (p *page) hides(e element, a attributes) bool {
	if a.hidden || hidingTags[e.tag] {
		return true
	}
	inArticle := p.open[bitOf(kindMain)]+p.open[bitOf(kindArticle)] > 0
	switch e.kind {
	case kindNav:
		return !p.furniture
	case kindHeader, kindFooter:
		return !p.furniture && !inArticle && p.open[bitOf(kindSection)] == 0
	case kindAside:
		return !p.furniture && !inArticle
	}
	switch e.tag {
	case atom.Button: // to press; but in lists of questions it holds the question
		return p.leaf() == nil && len(p.flows) == 1
	case atom.Dialog:
		return !a.open
	}
	return false
}

// void reads an element without content.
func (p *page) void(tag atom.Atom) error {
	switch tag {
	case atom.Br:
		p.lineBreak()
	case atom.Hr:
		if err := p.imply(kindSection, true); err != nil {
			return err
		}
		p.boundary()
	}
	return nil
}

// mark notes the start or end of a mark within text.
func (p *page) mark(tag atom.Atom, by int) {
	switch tag {
	case atom.B, atom.Strong:
		p.bold = max(p.bold+by, 0)
	case atom.Sup:
		p.raised = by > 0
	}
}

// imply closes what the start of an element closes without an end tag.
func (p *page) imply(k elementKind, byTag bool) error {
	if leaf := p.leaf(); leaf != nil && leaf.kind&kindHeading != 0 {
		if k&kindNotInHeading != 0 || k == kindP && p.flow().run.Len() > 0 {
			if err := p.popLast(kindHeading, kindBound); err != nil {
				return err
			}
		}
	}
	if err := p.popLast(kindP, kindBound); err != nil {
		return err
	}
	switch {
	case k == kindLi && byTag:
		return p.popLast(kindLi, kindUl|kindBound)
	case k == kindDt, k == kindDd:
		return p.popLast(kindDt|kindDd, kindDl|kindBound)
	case k&(kindTable|kindTablePart) != 0 && byTag:
		return p.implyInTable(k)
	}
	return nil
}

// last returns the place of the innermost element of some kinds that no bound
// stands in front of, or -1.
func (p *page) last(k, bounds elementKind) int {
	if bits.OnesCount32(uint32(k)) == 1 && p.open[bitOf(k)] == 0 {
		return -1
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		switch {
		case p.stack[i].kind&k != 0:
			return i
		case p.stack[i].kind&bounds != 0:
			return -1
		}
	}
	return -1
}

// popLast closes the innermost element of some kinds within bounds, if any.
func (p *page) popLast(k, bounds elementKind) error {
	if i := p.last(k, bounds); i >= 0 {
		return p.popTo(i)
	}
	return nil
}

// end closes an element and what is open in it. An end tag without an element
// only divides text, as it does in a browser.
func (p *page) end(tag atom.Atom) error {
	switch {
	case tag == 0:
		return nil
	case tag == atom.Br:
		p.lineBreak()
		return nil
	case markTags[tag]:
		p.mark(tag, -1)
	case tagKinds[tag]&kindHeading != 0:
		return p.popLast(kindHeading, kindBound)
	}
	bounds := kindBound
	if tagKinds[tag]&(kindTable|kindTablePart) != 0 {
		bounds = kindTable
	}
	for i := len(p.stack) - 1; i >= 0 && p.tags[tag] > 0; i-- {
		if p.stack[i].tag == tag {
			return p.popTo(i)
		}
		if p.stack[i].kind&bounds != 0 {
			break
		}
	}
	if !markTags[tag] && !hidingTags[tag] {
		p.boundary()
	}
	return nil
}

func (p *page) push(e element) error {
	if len(p.stack) == maxNesting {
		return refuse(p.line, "elements are nested more than %d deep", maxNesting)
	}
	if e.hides {
		p.hidden++
	}
	e.inert = p.hidden > 0
	if e.kind&kindLeaf != 0 && !e.inert {
		p.leaves = append(p.leaves, len(p.stack))
	}
	p.tags[e.tag]++
	p.open[bitOf(e.kind)]++
	p.stack = append(p.stack, e)
	return nil
}

// popTo closes open elements, the innermost first, until n are left.
func (p *page) popTo(n int) error {
	for len(p.stack) > n {
		e := p.stack[len(p.stack)-1]
		if err := p.closing(e); err != nil {
			return err
		}
		if e.hides {
			p.hidden--
		}
		if e.kind&kindLeaf != 0 && !e.inert {
			p.leaves = p.leaves[:len(p.leaves)-1]
		}
		p.tags[e.tag]--
		p.open[bitOf(e.kind)]--
		p.stack = p.stack[:len(p.stack)-1]
	}
	return nil
}

// bitOf returns the number of the one bit of a kind.
func bitOf(k elementKind) int { return bits.TrailingZeros32(uint32(k)) }
