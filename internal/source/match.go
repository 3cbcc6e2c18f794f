package source

import (
	"cmp"
	"slices"
	"strings"
)

// item is a statement of either side of a comparison.
type item struct {
	id      string
	section string
	kind    Kind
	digest  string
	other   []string // digests that it may have in another copy
	text    string   // "" if not known
}

// heading reports whether the item is the heading of its section.
func (it *item) heading() bool { return numberOf(it.id) == 0 }

// matching says which statement of an old inventory became which of a new one.
type matching struct {
	old, new []item
	toOld    []int             // for each new item the old one, or -1
	toNew    []int             // the other way round
	sections map[string]string // for each new section the old one
}

// match compares two inventories. Sections are matched first, by their
// headings, by what stands in them and by their ids; then the statements: those
// with the same digest in the same section, then anywhere; then what was
// reworded, by position between unchanged neighbours and, if the texts are
// known, by how alike they are.
func match(old, new []item) *matching {
	m := &matching{old: old, new: new, sections: map[string]string{}}
	m.toOld, m.toNew = make([]int, len(new)), make([]int, len(old))
	for i := range m.toOld {
		m.toOld[i] = -1
	}
	for i := range m.toNew {
		m.toNew[i] = -1
	}
	m.matchSections()
	m.matchHeadings()
	m.equal(func(it *item, isNew bool) string {
		return m.sectionKey(it, isNew) + "\x00" + string(it.kind) + it.digest
	})
	m.equalOther()
	m.equal(func(it *item, _ bool) string { return string(it.kind) + it.digest })
	m.inGaps()
	m.alike()
	return m
}

func (m *matching) pair(o, n int) { m.toOld[n], m.toNew[o] = o, n }

// sectionKey returns the old id of an item's section; a section that has none
// has a key of its own.
func (m *matching) sectionKey(it *item, isNew bool) string {
	if !isNew {
		return it.section
	}
	if old, ok := m.sections[it.section]; ok {
		return old
	}
	return "\x01" + it.section
}

// matchHeadings pairs the headings of sections that are paired.
func (m *matching) matchHeadings() {
	headings := map[string]int{}
	for i := range m.old {
		if m.old[i].heading() {
			headings[m.old[i].section] = i
		}
	}
	for i := range m.new {
		if !m.new[i].heading() {
			continue
		}
		if section, ok := m.sections[m.new[i].section]; ok {
			if o, ok := headings[section]; ok {
				m.pair(o, i)
			}
		}
	}
}

// equal pairs what is left and has the same key, in order.
func (m *matching) equal(key func(it *item, isNew bool) string) {
	waiting := map[string][]int{}
	for o := range m.old {
		if m.toNew[o] < 0 && !m.old[o].heading() {
			k := key(&m.old[o], false)
			waiting[k] = append(waiting[k], o)
		}
	}
	for n := range m.new {
		if m.toOld[n] >= 0 || m.new[n].heading() {
			continue
		}
		k := key(&m.new[n], true)
		if list := waiting[k]; len(list) > 0 {
			m.pair(list[0], n)
			waiting[k] = list[1:]
		}
	}
}

// equalOther pairs rows within a section that are the same but for how much of
// their line is text.
func (m *matching) equalOther() {
	waiting := map[string][]int{}
	for o := range m.old {
		if m.toNew[o] < 0 && m.old[o].kind == KindRow {
			k := m.old[o].section + "\x00" + m.old[o].digest
			waiting[k] = append(waiting[k], o)
		}
	}
	for n := range m.new {
		for _, d := range m.new[n].other {
			k := m.sectionKey(&m.new[n], true) + "\x00" + d
			if list := waiting[k]; len(list) > 0 && m.toOld[n] < 0 {
				m.pair(list[0], n)
				waiting[k] = list[1:]
			}
		}
	}
}

// inGaps pairs what stands in the same place between the same neighbours: as
// many statements, of the same kinds. If the texts are known, they have to be
// somewhat alike too.
func (m *matching) inGaps() {
	bySection := map[string][]int{}
	for n := range m.new {
		k := m.sectionKey(&m.new[n], true)
		bySection[k] = append(bySection[k], n)
	}
	oldBySection := map[string][]int{}
	var order []string
	for o := range m.old {
		k := m.old[o].section
		if oldBySection[k] == nil {
			order = append(order, k)
		}
		oldBySection[k] = append(oldBySection[k], o)
	}
	for _, k := range order {
		m.gapsOf(oldBySection[k], bySection[k])
	}
}

// gapsOf pairs within one section, of which the items are given in order.
func (m *matching) gapsOf(old, new []int) {
	place := map[int]int{} // of a new item in its section
	for i, n := range new {
		place[n] = i
	}
	left := 0 // place after the neighbour before the gap
	for i := 0; i < len(old); i++ {
		if n := m.toNew[old[i]]; n >= 0 {
			if p, here := place[n]; here {
				left = p + 1
			}
			continue
		}
		end := i
		for end < len(old) && m.toNew[old[end]] < 0 {
			end++
		}
		right := left
		for right < len(new) && m.toOld[new[right]] < 0 {
			right++
		}
		closed := end == len(old) && right == len(new) ||
			end < len(old) && right < len(new) && m.toOld[new[right]] == old[end]
		if closed && m.sameKinds(old[i:end], new[left:right]) {
			for k := range end - i {
				m.pair(old[i+k], new[left+k])
			}
		}
		i = end - 1
	}
}

// nearAlike is how alike texts in the same place have to be; alikeHere in the
// same section; alikeAnywhere in different ones.
const nearAlike, alikeHere, alikeAnywhere = 0.35, 0.5, 0.75

func (m *matching) sameKinds(old, new []int) bool {
	if len(old) != len(new) {
		return false
	}
	for i := range old {
		o, n := &m.old[old[i]], &m.new[new[i]]
		if o.kind != n.kind || o.text != "" && n.text != "" && similarity(o.text, n.text) < nearAlike {
			return false
		}
	}
	return true
}

// maxPairs bounds how many texts are compared with each other.
const maxPairs = 40_000

// alike pairs what is left by how alike the texts are, the most alike first.
func (m *matching) alike() {
	var old, new []int
	for o := range m.old {
		if m.toNew[o] < 0 && m.old[o].text != "" && !m.old[o].heading() {
			old = append(old, o)
		}
	}
	for n := range m.new {
		if m.toOld[n] < 0 && m.new[n].text != "" && !m.new[n].heading() {
			new = append(new, n)
		}
	}
	type candidate struct {
		o, n  int
		score float64
	}
	words := make([]map[string]int, len(new))
	for i, n := range new {
		words[i] = grams(m.new[n].text)
	}
	var all []candidate
	for _, o := range old[:min(len(old), maxPairs/max(1, len(new)))] {
		mine := grams(m.old[o].text)
		for i, n := range new {
			same := m.old[o].section == m.sectionKey(&m.new[n], true)
			score := common(mine, words[i])
			if m.old[o].kind == m.new[n].kind && (same && score >= alikeHere || score >= alikeAnywhere) {
				all = append(all, candidate{o, n, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	for _, c := range all {
		if m.toNew[c.o] < 0 && m.toOld[c.n] < 0 {
			m.pair(c.o, c.n)
		}
	}
}

// similarity returns how alike two texts are, from 0 to 1: the share of words
// and of pairs of words that they have in common (Dice's coefficient). Articles
// and the like do not count.
func similarity(a, b string) float64 { return common(grams(a), grams(b)) }

func common(a, b map[string]int) float64 {
	total, both := 0, 0
	for g, n := range a {
		total += n
		both += min(n, b[g])
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 1
	}
	return 2 * float64(both) / float64(total)
}

func grams(text string) map[string]int {
	set := map[string]int{}
	before := ""
	for _, w := range strings.Fields(strings.ToLower(fold(text))) {
		w = strings.Trim(w, ".,;:!?\"'()[]")
		if w == "" || functionWords[w] {
			continue
		}
		set[w]++
		if before != "" {
			set[before+" "+w]++
		}
		before = w
	}
	return set
}
