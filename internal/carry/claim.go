package carry

import (
	"slices"
	"strings"
)

// claim finds the units of the old text that were generated.
func (m *merge) claim() {
	m.each(m.exact)
	m.each(func(u *unit) { _ = m.filled(u) || m.extended(u) })
	m.astray()
}

// each calls f for the units of the old text that are not known to be generated.
func (m *merge) each(f func(u *unit)) {
	for _, u := range m.prev {
		if u.kind != blank && !u.generated {
			f(u)
		}
	}
}

func (m *merge) exact(u *unit) { m.take(u, u.digest(), len(u.raw)) }

// take claims a generated unit, which ends at an offset of the old one.
func (m *merge) take(u *unit, d digest, cut int) bool {
	place, ok := m.known.take(d)
	if ok {
		u.generated, u.sum, u.place, u.cut = true, d, place, cut
	}
	return ok
}

// filled claims a table row whose last cells were generated empty and have text
// now, as in a table to sign off.
func (m *merge) filled(u *unit) bool {
	if u.kind != row {
		return false
	}
	list := cells(u.key.text)
	blanked := append([]string(nil), list...)
	for i := len(list) - 1; i > 0; i-- {
		blanked[i] = ""
		if list[i] != "" && m.take(u, digestOf(u.scope, rowOf(blanked)), len(u.raw)) {
			clear(list[:i])
			u.filled = list
			return true
		}
	}
	return false
}

// extended claims a line that begins with a generated one: the longest, if there
// are several.
func (m *merge) extended(u *unit) bool {
	if u.kind == fence {
		return false
	}
	n := m.known.prefix(u.digestScope(), u.key.text, true)
	return n > 0 && m.take(u, digestOf(u.digestScope(), u.key.text[:n]), u.key.ends[n-1])
}

// astray claims generated lines that stand outside of their scope: below a
// heading that was renamed or that a person put before them, below an item whose
// task line was deleted, behind a person's line that ends the item, or behind
// another item that was moved in between.
func (m *merge) astray() {
	titles, texts := m.missing()
	var latest, second string // scopes of the generated units before
	section := sectPrefix     // of the latest that is not in an item; at first, that without a heading
	for _, u := range m.prev {
		switch {
		case u.generated && u.scope != latest:
			latest, second = u.scope, latest
			if !isItem(u.scope) {
				section = u.scope
			}
		case !u.generated && u.kind != blank && u.kind != heading:
			for _, scope := range slices.Concat(titles, texts[u.key.text], []string{latest, second, section}) {
				if scope != u.scope && m.take(u, digestOf(scope, u.key.text), len(u.raw)) {
					u.scope = scope
					break
				}
			}
		}
	}
}

// missing returns the scopes of the generated text that the old one lacks:
// sections without an identifier, whose titles people may change, and all of
// them by the texts in them, since there may be thousands.
func (m *merge) missing() (titles []string, texts map[string][]string) {
	here := map[string]bool{}
	for _, u := range m.prev {
		here[u.scope] = true
	}
	texts = map[string][]string{}
	seen := map[digest]bool{}
	for _, u := range m.next {
		if u.kind == blank || here[u.scope] || seen[u.digest()] {
			continue
		}
		seen[u.digest()] = true
		if u.opens && u.id == "" {
			titles = append(titles, u.scope)
		}
		texts[u.key.text] = append(texts[u.key.text], u.scope)
	}
	return titles, texts
}

// generatedText returns the key of a generated unit without what was added.
func (u *unit) generatedText() string {
	text := u.key.text
	for len(text) > 0 && u.cut < len(u.raw) && u.key.ends[len(text)-1] > u.cut {
		text = text[:len(text)-1]
	}
	return strings.TrimRight(text, " ")
}
