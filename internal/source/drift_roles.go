package source

import "strings"

// compareRoles returns how who does what changed in a statement, or "".
func compareRoles(old, now *Entry, customer func(string) bool) ChangeKind {
	switch {
	case old.Cells == nil && now.Cells == nil:
		if old.Glued == now.Glued {
			return ""
		}
		return RolesChanged
	case old.Cells == nil || now.Cells == nil:
		if sameLetters(old, now) {
			return ""
		}
		return RolesChanged
	}
	before, after := holders(old.Cells), holders(now.Cells)
	if len(before) == len(after) && !isNamed(old.Cells) && !isNamed(now.Cells) {
		for i := range after { // the place of a column counts, its head may be new
			after[i].party = before[i].party
		}
	}
	changed, yours, theirs := false, 0, 0
	for _, h := range union(before, after) {
		was, is := find(before, h), find(after, h)
		changed = changed || was != is
		if customer(h.party) || isPhrase(everyoneWords, h.party) {
			yours += weigh(is) - weigh(was)
		} else {
			theirs += weighDoing(is) - weighDoing(was)
		}
	}
	switch {
	case yours > 0, yours == 0 && theirs < 0: // what nobody else does any more is yours
		return MovedToYou
	case yours < 0, theirs > 0:
		return MovedAway
	case changed, marks(old.Cells) != marks(now.Cells):
		return RolesChanged
	}
	return ""
}

// sameLetters reports whether a row that is certain in one copy can be what
// the other prints.
func sameLetters(a, b *Entry) bool {
	if a.Cells == nil {
		a, b = b, a
	}
	if isNamed(a.Cells) {
		return false
	}
	var letters []string
	for _, c := range a.Cells {
		letters = append(letters, c.Letters)
	}
	return b.Agrees(letters)
}

// holder is a party with its letters in their usual order.
type holder struct{ aspect, party, letters string }

// holders returns who holds what. A party that a cell names counts as
// responsible for the aspect that the column stands for.
func holders(cells []Cell) []holder {
	var out []holder
	for _, c := range cells {
		h := holder{c.Aspect, c.Party, scanLetters(c.Letters).set()}
		if c.Aspect != "" {
			h.letters = "R"
		}
		out = append(out, h)
	}
	return out
}

func isNamed(cells []Cell) bool { return len(cells) > 0 && cells[0].Aspect != "" }

// find returns the letters of a holder in a list.
func find(list []holder, who holder) string {
	for _, h := range list {
		if h.aspect == who.aspect && strings.EqualFold(h.party, who.party) {
			return h.letters
		}
	}
	return ""
}

// union returns the holders of both lists, those of the first first.
func union(a, b []holder) []holder {
	out := append([]holder(nil), a...)
	for _, h := range b {
		if h.letters != "" && find(a, h) == "" {
			out = append(out, h)
		}
	}
	return out
}

// weigh returns how much letters mean for their holder: any doing is more than
// all watching.
func weigh(letters string) int {
	return weighDoing(letters) + 2*strings.Count(letters, "C") + strings.Count(letters, "I")
}

func weighDoing(letters string) int {
	return 8 * (strings.Count(letters, "R") + strings.Count(letters, "A"))
}

// marks returns the footnote marks of a row.
func marks(cells []Cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.Mark + ";")
	}
	return b.String()
}
