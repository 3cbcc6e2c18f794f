package source

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// roleLetters are the letters of a table of roles.
const roleLetters = "RACI"

// footnoteMarks are the signs that refer to a footnote from within letters.
const footnoteMarks = "*†‡#¹²³⁴⁵⁶⁷⁸⁹⁰"

// letter is one role letter with the footnote marks after it.
type letter struct {
	r      byte
	mark   string
	joined bool // a comma or the like joins it to the letter before: one cell
}

// letters are role letters in the order in which they are printed.
type letters []letter

// String returns the letters as printed, without what joined them.
func (l letters) String() string {
	var b strings.Builder
	for _, x := range l {
		b.WriteByte(x.r)
		b.WriteString(x.mark)
	}
	return b.String()
}

// distinct reports whether no letter stands twice.
func (l letters) distinct() bool {
	var seen [256]bool
	for _, x := range l {
		if seen[x.r] {
			return false
		}
		seen[x.r] = true
	}
	return true
}

// set returns the letters in their usual order, so that sets compare.
func (l letters) set() string {
	var b strings.Builder
	for i := range len(roleLetters) {
		for _, x := range l {
			if x.r == roleLetters[i] {
				b.WriteByte(x.r)
			}
		}
	}
	return b.String()
}

// cell returns the letters as what a row says about a party.
func (l letters) cell(party string) Cell {
	c := Cell{Party: party}
	for _, x := range l {
		c.Letters += string(x.r)
		c.Mark += x.mark
	}
	return c
}

// emptyCell reports whether a cell says in one of the usual ways that there is
// nothing in it.
func emptyCell(s string) bool {
	switch strings.ToLower(strings.Trim(s, " *_\u00A0")) {
	case "", "-", "--", "–", "—", "―", ".", "·", "/", "n/a", "n.a.", "na", "none", "s/o", "k.a.":
		return true
	}
	return false
}

var (
	roleNames    = map[string]byte{"responsible": 'R', "accountable": 'A', "consulted": 'C', "informed": 'I'}
	footnoteMark = regexp.MustCompile(`^(?:[*†‡#¹²³⁴⁵⁶⁷⁸⁹⁰]+|\^?\[\^?\w{1,3}\]\^?|\(\d{1,2}\)|\^\w{1,3}\^)`)
	cellWord     = regexp.MustCompile(`^\pL+`)
)

// maxCell is the longest cell of letters, in bytes.
const maxCell = 100

// parseLetters reads a cell of role letters in any order and with decoration:
// RA, A/R, "R, A", **RA**, RA*, RA (1), (R), "R and A", Responsible. It
// reports whether the cell holds letters, each at most once, and nothing else.
func parseLetters(cell string) (letters, bool) {
	if len(cell) > maxCell {
		return nil, false
	}
	s := stripEmphasis(squeeze(cell))
	var out letters
	for s != "" {
		if len(out) > 0 {
			if m := footnoteMark.FindString(s); m != "" {
				out[len(out)-1].mark += m
				s = s[len(m):]
				continue
			}
		}
		if w := cellWord.FindString(s); w != "" {
			s = s[len(w):]
			read, ok := wordLetters(w)
			if !ok {
				return nil, false
			}
			out = append(out, read...)
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		if !strings.ContainsRune(" ,;/+&.()-–|·", r) {
			return nil, false
		}
		s = s[size:]
	}
	return out, len(out) > 0 && out.distinct()
}

// wordLetters reads a word of a cell: letters, the name of a role, or "and".
func wordLetters(w string) (letters, bool) {
	if r, ok := roleNames[strings.ToLower(w)]; ok {
		return letters{{r: r}}, true
	}
	if isPhrase(andWords, w) {
		return nil, true
	}
	var out letters
	for _, r := range w {
		if !strings.ContainsRune(roleLetters, r) {
			return nil, false
		}
		out = append(out, letter{r: byte(r)})
	}
	return out, true
}

// stripEmphasis takes marks of emphasis off that stand on both sides.
func stripEmphasis(s string) string {
	for _, m := range []string{"**", "__", "*", "_"} {
		if len(s) > 2*len(m) && strings.HasPrefix(s, m) && strings.HasSuffix(s, m) {
			return stripEmphasis(s[len(m) : len(s)-len(m)])
		}
	}
	return s
}

// scanLetters reads a stretch of letters, marks and what joins letters.
func scanLetters(s string) letters {
	var out letters
	joined := false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && strings.IndexByte(roleLetters, byte(r)) >= 0:
			out = append(out, letter{r: byte(r), joined: joined && len(out) > 0})
			joined = false
		case strings.ContainsRune(footnoteMarks, r) && len(out) > 0:
			out[len(out)-1].mark += string(r)
		case strings.ContainsRune(",/&+", r):
			joined = true
		}
	}
	return out
}
