package carry

import (
	"slices"
	"strings"
)

// piece is human text on its way: a line or a block, whole.
type piece struct {
	text                    string
	blankBefore, blankAfter bool
	sum                     *digest // of the generated part, if it has one
}

// places is what stands behind a unit of the generated text: first what belongs
// to its item, then what does not.
type places struct{ inner, outer []piece }

// placer walks the old text from top to bottom.
type placer struct {
	*merge
	at      map[*unit]int    // of next
	latest  map[string]*unit // latest generated unit of each scope
	trail   []*unit          // generated units of the current section, in order
	inList  bool             // within the list at the end
	inTable bool             // behind a generated row, with nothing but rows between
}

// place finds a place for all that people wrote.
func (m *merge) place() {
	m.behind = map[*unit]*places{}
	p := placer{merge: m, at: map[*unit]int{}, latest: map[string]*unit{}}
	for i, u := range m.next {
		p.at[u] = i
	}
	var before *unit // the latest that is not blank
	for _, u := range m.prev {
		ours := u.generated || u.reworded
		p.inTable = u.kind == row && (p.inTable || ours)
		if u.kind == blank {
			continue
		}
		again := u.kind == fence && !ours && before != nil && !before.generated && before.key.text == u.key.text
		before = u
		switch {
		case again: // from a formatter, which changes our block after each run
		case ours:
			p.ours(u)
		default:
			p.theirs(u, u.whole())
		}
	}
}

// ours deals with a generated unit, or with what took its place.
func (p *placer) ours(u *unit) {
	if u.opens {
		p.inList = p.inList || u.isNotice()
		p.trail = nil
	}
	switch {
	case u.to != nil && u.reworded:
		p.inner(u.to, u.note())
	case u.to != nil && u.filled != nil && !u.refills():
		u.filled = nil
		p.inner(u.to, u.whole())
	case u.to == nil && isItem(u.scope) && !p.items[u.scope]:
		p.vanished(u)
	case u.to == nil && u.opens && u.touched():
		p.trail = append(p.trail, u)
		p.theirs(u, u.note())
	case u.to == nil && u.touched():
		p.theirs(u, u.whole())
	}
	if len(p.trail) == 0 || p.trail[len(p.trail)-1] != u {
		p.trail = append(p.trail, u)
	}
	p.latest[u.scope] = u
}

// vanished puts a unit of an item that is gone into the group of the item. Of
// its lines only those with human text stay.
func (p *placer) vanished(u *unit) {
	g := p.groupOf(u.scope, p.inList)
	human := u.touched() || u.reworded
	g.human = g.human || human
	switch {
	case u.isTask() && g.unit == nil:
		g.unit = u
	case human:
		g.pieces = append(g.pieces, u.whole())
	}
}

// theirs puts human text behind what takes the place of what it stood behind.
func (p *placer) theirs(u *unit, x piece) {
	if isItem(u.scope) && p.latest[u.scope] != nil {
		p.intoItem(u, x)
		return
	}
	for i := len(p.trail) - 1; i >= 0; i-- {
		if to := p.trail[i].to; to != nil {
			p.outer(to, u, x)
			return
		}
	}
	if len(p.trail) == 0 || !p.trail[0].opens {
		p.atStart = append(p.atStart, x)
		return
	}
	g := p.groupOf(p.trail[0].section(), p.inList)
	g.unit, g.human = p.trail[0], true
	g.pieces = append(g.pieces, x)
}

// intoItem puts human text that stands within an item behind the line of the
// item that it stood behind.
func (p *placer) intoItem(u *unit, x piece) {
	if !p.items[u.scope] {
		g := p.groupOf(u.scope, p.inList)
		g.human = true
		g.pieces = append(g.pieces, x)
		return
	}
	to := p.latest[u.scope].to
	if to == nil { // that line is gone: the latest before it
		for _, old := range p.prev[:slices.Index(p.prev, u)] {
			if old.scope == u.scope && old.to != nil {
				to = old.to
			}
		}
	}
	if to == nil { // as is all before it
		to = p.next[slices.IndexFunc(p.next, func(n *unit) bool { return n.scope == u.scope })]
	}
	p.inner(to, x)
}

func (p *placer) inner(to *unit, x piece) {
	b := p.behindOf(to)
	b.inner = append(b.inner, x)
}

// outer puts a unit that belongs to no item behind to, and behind all of the
// item, the table or the paragraph that to is in. Rows stay in the table.
func (p *placer) outer(to, u *unit, x piece) {
	last := to
	switch {
	case isItem(to.scope):
		last = p.runEnd(to, true, func(n *unit) bool { return n.scope == to.scope })
	case to.kind == row && !p.inTable, to.kind == paragraph && u.blankBefore:
		last = p.runEnd(to, false, func(n *unit) bool { return n.kind == to.kind })
	}
	if to.kind == row && p.inTable || isItem(to.scope) && (u.kind == task || u.kind == bullet || u.kind == step) {
		x.blankAfter = false // or the table, or the list, would end here
	}
	b := p.behindOf(last)
	b.outer = append(b.outer, x)
}

// runEnd returns the last unit of the generated text from to on that is in.
func (p *placer) runEnd(to *unit, overBlanks bool, in func(n *unit) bool) *unit {
	for _, n := range p.next[p.at[to]:] {
		switch {
		case n.kind == blank && overBlanks:
		case n.kind == blank || !in(n):
			return to
		default:
			to = n
		}
	}
	return to
}

func (p *placer) behindOf(u *unit) *places {
	b := p.behind[u]
	if b == nil {
		b = &places{}
		p.behind[u] = b
	}
	return b
}

// refills reports whether the cells that a person filled are empty in the new
// row too, so that they can be filled there.
func (u *unit) refills() bool {
	list := cells(u.to.key.text)
	if len(list) != len(u.filled) {
		return false
	}
	for i, c := range u.filled {
		if c != "" && list[i] != "" {
			return false
		}
	}
	return true
}

// whole returns a unit as it stands.
func (u *unit) whole() piece {
	x := piece{text: u.raw, blankBefore: u.blankBefore, blankAfter: u.blankAfter}
	if u.generated && u.to == nil {
		x.sum = &u.sum
	}
	return x
}

// note returns the wording that a person gave to a generated line, marked so
// that it is not taken for ours. A line below an item says itself what it is.
func (u *unit) note() piece {
	indent := u.raw[:indentLen(u.raw)]
	text := strings.TrimSpace(u.raw)
	switch u.kind {
	case task:
		return piece{text: indent + "    - " + keptWording(text[strings.IndexByte(text, ']')+1:])}
	case step:
		return piece{text: indent + "    - " + keptWording(strings.TrimLeft(text, "0123456789.)"))}
	case heading:
		return piece{text: keptWording(strings.TrimLeft(text, "#")), blankBefore: true, blankAfter: true}
	case row:
		return piece{text: "| " + keptWording(strings.TrimPrefix(text, "|"))}
	}
	return u.whole()
}

func keptWording(text string) string {
	const mark = "Kept wording: "
	return mark + strings.TrimPrefix(strings.TrimSpace(text), mark)
}
