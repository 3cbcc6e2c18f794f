package carry

import (
	"slices"
	"strings"
)

// upToDate reports whether nothing is to be done: the region was last made of
// the same document, and all of it still stands there, in order, whatever stands
// between. That this is asked of the text itself, and not of the way in which a
// merge would go, is what makes a second merge change nothing.
func upToDate(text string, base []digest, next []*unit, now []digest) bool {
	if len(base) < len(now) || !slices.Equal(base[:len(now)], now) {
		return false
	}
	prev := parse(text, nil)
	for _, u := range next {
		if u.kind == blank {
			continue
		}
		i := slices.IndexFunc(prev, u.standsIn)
		if i < 0 {
			return false
		}
		prev = prev[i+1:]
	}
	return true
}

// standsIn reports whether a line of the region is the generated one, perhaps
// with a person's tick or text.
func (u *unit) standsIn(old *unit) bool {
	switch {
	case old.kind != u.kind:
		return false
	case u.kind == fence:
		return old.key.text == u.key.text
	case strings.HasPrefix(old.key.text, u.key.text):
		return true
	}
	return u.kind == row && filledIn(cells(u.key.text), cells(old.key.text))
}

// filledIn reports whether old is a row with something in empty cells.
func filledIn(row, old []string) bool {
	if len(row) != len(old) {
		return false
	}
	for i, c := range row {
		if c != "" && c != old[i] {
			return false
		}
	}
	return true
}
