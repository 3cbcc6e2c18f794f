package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headingShape reports whether a line looks like a heading: short, with
// letters, and without a full stop or the like at its end. A question may be
// longer.
func headingShape(text string) bool {
	n := utf8.RuneCountInString(text)
	if n == 0 || !strings.ContainsFunc(text, unicode.IsLetter) || explainsLetter(text) {
		return false
	}
	if _, letters := parseLetters(text); letters {
		return false
	}
	switch end := lastRune(text); {
	case end == "?":
		return n <= 250
	case strings.ContainsAny(end, ".,;:!…"):
		return false
	case strings.HasPrefix(text, "*"), strings.Contains(text, "://"):
		return false
	}
	return n <= 120 && strings.Count(text, " ") < 16 && len(sentences(text)) == 1
}

// heading reports whether the current line is a heading.
func (t *textReader) heading() bool { return t.headingAt(t.at, 0) }

// maxAhead bounds how many headings in a row are looked through.
const maxAhead = 6

func (t *textReader) headingAt(at, ahead int) bool {
	text := t.lines[at].text
	number, title := cutNumber(text)
	if number != "" && (t.outline || strings.Contains(number, ".")) {
		return headingShape(title)
	}
	if number != "" || !headingShape(text) || ahead > maxAhead {
		return false
	}
	next := at + 1
	for next < len(t.lines) && t.lines[next].text == "" {
		next++
	}
	if next == len(t.lines) || at > 0 && isNavigation(text, len(t.blocks) < 6, false) {
		return false
	}
	apartBefore := at == 0 || t.lines[at-1].text == ""
	if apartBefore && next > at+1 {
		return true // it stands by itself
	}
	if !startsUpper(text) || lastRune(text) == "-" {
		return false
	}
	if t.prose(next) || t.startsTable(next) || t.headingAt(next, ahead+1) {
		return true
	}
	_, bulleted := cutBullet(t.lines[next].text)
	return bulleted || enumerated.MatchString(t.lines[next].text)
}

// level returns the level of the heading at the current line: 1 for the first
// line of the text, then by its number.
func (t *textReader) level() int {
	if len(t.blocks) == 0 {
		return 1
	}
	number, _ := cutNumber(t.lines[t.at].text)
	return min(6, 2+strings.Count(number, "."))
}
