package carry

import (
	"slices"
	"strings"
)

// writer writes units with at most one blank line between two.
type writer struct {
	strings.Builder
	want  bool // a blank line before what comes next
	notes int  // what people wrote
}

func (w *writer) put(text string) {
	if w.want {
		w.WriteByte('\n')
	}
	w.want = false
	w.WriteString(text)
	w.WriteByte('\n')
}

// piece writes human text. The blank line behind it is kept where something
// follows that it parts it from.
func (w *writer) piece(p piece, parts bool) {
	w.notes++
	w.want = w.want || p.blankBefore
	w.put(p.text)
	w.want = p.blankAfter && parts
}

// write returns the new region.
func (m *merge) write() []byte {
	w := &writer{want: true}
	for _, p := range m.atStart {
		w.piece(p, true)
	}
	from := map[*unit]*unit{}
	for _, u := range m.prev {
		if u.to != nil {
			from[u.to] = u
		}
		if u.ticked() && (u.generated || u.reworded) {
			m.report.Ticks++
		}
	}
	for i, u := range m.next {
		if u.kind == blank {
			w.want = true
			continue
		}
		w.generated(u, from[u])
		if b := m.behind[u]; b != nil {
			goesOn := !isItem(u.scope) || m.goesOn(i)
			for j, p := range b.inner {
				w.piece(p, goesOn || j+1 < len(b.inner))
			}
			for _, p := range b.outer {
				w.piece(p, true)
			}
		}
	}
	sums := append(digests(m.next), m.writeKept(w)...)
	w.want = true
	w.put(formatBase(sums))
	m.report.Notes = w.notes
	m.report.Reworded = m.changedItems()
	return []byte(w.String())
}

// goesOn reports whether the item that a unit of the generated text is in has
// more lines.
func (m *merge) goesOn(i int) bool {
	for _, n := range m.next[i+1:] {
		if n.kind != blank {
			return n.scope == m.next[i].scope
		}
	}
	return false
}

// generated writes a generated unit, with what a person did to the old one: a
// tick, text behind it, filled cells. Of a wording only the tick is taken over.
func (w *writer) generated(u, old *unit) {
	text := u.raw
	switch {
	case old == nil:
	case old.reworded:
		text = u.withTick(old)
	case old.filled != nil:
		w.notes++
		list := cells(u.key.text)
		for i, c := range old.filled {
			list[i] += c
		}
		text = rowOf(list)
	default:
		text = w.join(u.withTick(old), old.suffix())
	}
	w.put(text)
}

// withTick returns a generated unit with the box as the old one has it.
func (u *unit) withTick(old *unit) string {
	if u.kind != task || !old.ticked() {
		return u.raw
	}
	box := taskLine.FindStringSubmatchIndex(u.raw)[2]
	return u.raw[:box] + string(old.tick) + u.raw[box+1:]
}

// join puts a person's text behind a line, apart from its last word.
func (w *writer) join(line, suffix string) string {
	if strings.Trim(suffix, " \t\r") == "" {
		return line
	}
	w.notes++
	line = strings.TrimRight(line, " \t\r")
	if line != "" && !cutAt(line+suffix, len(line)) {
		return line + " " + suffix
	}
	return line + suffix
}

// changedItems returns the items that are ticked and do not say any more what
// they said when a person last saw them.
func (m *merge) changedItems() []string {
	last := map[digest]bool{}
	for _, d := range m.base {
		last[d] = true
	}
	said := map[string]bool{} // scope and text without links, whose targets do not matter
	for _, u := range m.prev {
		if u.generated {
			said[u.scope+"\x00"+unlink(u.generatedText())] = true
		}
	}
	changed := map[string]bool{}
	for _, u := range m.next {
		if isItem(u.scope) && !said[u.scope+"\x00"+unlink(u.key.text)] && !last[u.digest()] {
			changed[u.scope] = true
		}
	}
	for _, u := range m.prev {
		if u.generated && u.to == nil {
			changed[u.scope] = true
		}
	}
	var ids []string
	for _, u := range m.prev {
		if u.ticked() && u.to != nil && isItem(u.to.scope) && changed[u.to.scope] && !slices.Contains(ids, u.id) {
			ids = append(ids, u.id)
		}
	}
	return ids
}
