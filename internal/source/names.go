package source

import (
	"regexp"
	"strings"
)

// cellNames reads a cell that names parties: "Customer", "Red Hat and
// Customer", "SAP, Customer", "AWS [1]".
func cellNames(cell string) []Cell {
	cell = squeeze(cell)
	if rest, isList := strings.CutPrefix(cell, "- "); isList {
		cell = strings.ReplaceAll(rest, " - ", ", ")
	}
	var out []Cell
	for _, part := range strings.FieldsFunc(joinAnds(cell), func(r rune) bool { return strings.ContainsRune(",;/&+•", r) }) {
		name, mark := cutMark(part)
		if name != "" {
			out = append(out, Cell{Party: name, Mark: mark})
		}
	}
	return out
}

// joinAnds writes commas for the words that join names.
func joinAnds(s string) string {
	if !strings.Contains(s, " ") {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		if i > 0 && i+1 < len(words) && isPhrase(andWords, w) {
			words[i] = ","
		}
	}
	return strings.Join(words, " ")
}

var trailingMark = regexp.MustCompile(`\s*(?:[*†‡#¹²³⁴⁵⁶⁷⁸⁹⁰]+|\^?\[\^?\w{1,3}\]\^?|\(\d{1,2}\)|\^\w{1,3}\^)$`)

// cutMark takes the footnote marks off the end of a name.
func cutMark(s string) (name, mark string) {
	s = stripEmphasis(strings.TrimSpace(s))
	for {
		m := trailingMark.FindString(s)
		if m == "" || len(m) == len(s) {
			return s, mark
		}
		mark = strings.TrimSpace(m) + mark
		s = strings.TrimSpace(s[:len(s)-len(m)])
	}
}
