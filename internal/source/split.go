package source

import (
	"slices"
	"strings"
)

// When the columns of a row are lost, its letters stand in a row too, and what
// was empty has vanished: "RAI" may have been RA | I, R | AI and more. A split
// is a way to hand the letters out to the parties in order. Which splits there
// are follows from what the letters mean:
//
//   - a party has each letter at most once;
//   - who is consulted or informed is so by somebody else: another party in
//     the row is responsible or accountable;
//   - who is responsible or accountable is not consulted or informed as well.
//
// The last is the custom and not the law of RACI tables. If a table has a row
// that cannot be read in keeping with it, such as AIR for two parties, the
// combinations of letters that this row may contain are possible in the table's
// other rows too, and those become ambiguous where that makes a difference.
//
// A row is read only if exactly one split is left.

// split is a way to hand letters out: one entry for each party.
type split []letters

// maxSplits bounds how many splits are listed; maxSteps the search for them.
const (
	maxSplits = 16
	maxSteps  = 4096
)

// splits returns the ways to hand letters out to n parties in order so that
// none has a letter twice, and whether these are all.
func splits(all letters, n int) (found []split, complete bool) {
	if len(all) > len(roleLetters)*n {
		return nil, true
	}
	steps := 0
	current := make(split, n)
	var try func(party int, rest letters) bool
	try = func(party int, rest letters) bool {
		if steps++; steps > maxSteps {
			return false
		}
		if party == n-1 {
			if current[party] = rest; rest.distinct() {
				found = append(found, append(split(nil), current...))
			}
			return true
		}
		for k := 0; k <= len(rest) && rest[:k].distinct(); k++ {
			if k > 0 && k < len(rest) && rest[k].joined {
				continue
			}
			current[party] = rest[:k]
			if !try(party+1, rest[k:]) {
				return false
			}
		}
		return true
	}
	complete = n > 0 && try(0, all)
	return found, complete
}

func (l letters) does() bool    { return strings.ContainsAny(l.set(), "RA") }
func (l letters) watches() bool { return strings.ContainsAny(l.set(), "CI") }
func (l letters) mixed() bool   { return l.does() && l.watches() }

// possible reports whether who is consulted or informed is so by somebody else.
func (s split) possible() bool {
	doers := 0
	for _, l := range s {
		if l.does() {
			doers++
		}
	}
	for _, l := range s {
		others := doers
		if l.does() {
			others--
		}
		if l.watches() && others == 0 {
			return false
		}
	}
	return true
}

// mixedCells returns how many parties both do and watch.
func (s split) mixedCells() int {
	n := 0
	for _, l := range s {
		if l.mixed() {
			n++
		}
	}
	return n
}

// usual reports whether nobody who does the work watches it too, except in
// combinations that the table is known to have.
func (s split) usual(known map[string]bool) bool {
	for _, l := range s {
		if l.mixed() && !known[l.set()] {
			return false
		}
	}
	return true
}

// mixedSets returns the combinations of doing and watching that a row must or
// may contain because no split of its letters goes without.
func mixedSets(all letters, n int) []string {
	found, _ := splits(all, n)
	var sets []string
	for _, s := range found {
		if !s.possible() {
			continue
		}
		if s.usual(nil) {
			return nil
		}
		for _, l := range s {
			if l.mixed() {
				sets = append(sets, l.set())
			}
		}
	}
	return sets
}

// divide returns the one way to hand letters out to n parties, or nil and the
// ways that come into question, the likeliest first.
func divide(all letters, n int, known map[string]bool) (split, []split) {
	found, complete := splits(all, n)
	if complete && len(found) == 1 {
		return found[0], nil
	}
	var likely, other []split
	for _, s := range found {
		if s.possible() && s.usual(known) {
			likely = append(likely, s)
		} else {
			other = append(other, s)
		}
	}
	if complete && len(likely) == 1 {
		return likely[0], nil
	}
	slices.SortStableFunc(likely, func(a, b split) int { return a.mixedCells() - b.mixedCells() })
	ways := append(likely, other...)
	return nil, ways[:min(len(ways), maxSplits)]
}

// cells returns a split as what a row says about the parties.
func (s split) cells(parties []string) []Cell {
	cells := make([]Cell, len(parties))
	for i, p := range parties {
		cells[i] = s[i].cell(p)
	}
	return cells
}
