package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText reads text copied from a web page, or taken from a PDF: paragraphs,
// lists and headings that nothing marks, and tables whose columns are lost.
//
// Headings are recognised by their numbers, or by being short, without a full
// stop, and in front of text. A list is what is marked as one, or what follows
// line by line on a colon. A table needs its header: a word for activity, then
// the parties.
func readText(data []byte) []Block {
	var lines []textLine
	for raw := range strings.SplitSeq(string(data), "\n") {
		lines = append(lines, textLine{raw, len(lines) + 1})
	}
	return newTextReader(lines).read()
}

// newTextReader returns a reader of lines, of which several empty ones count
// as one.
func newTextReader(lines []textLine) *textReader {
	t := &textReader{lines: make([]rawLine, 0, len(lines))}
	for _, l := range lines {
		text := squeeze(l.text)
		if text == "" && len(t.lines) > 0 && t.lines[len(t.lines)-1].text == "" {
			continue
		}
		t.lines = append(t.lines, rawLine{raw: l.text, text: text, no: l.no})
	}
	return t
}

// read returns the blocks of the lines.
func (t *textReader) read() []Block {
	t.survey()
	for t.at < len(t.lines) {
		t.next()
	}
	return t.blocks
}

// hasFlat reports whether a table that has lost its columns begins in one of
// the lines.
func (t *textReader) hasFlat() bool {
	for i := range t.lines {
		if t.startsFlat(i) || t.startsCells(i) || t.startsTabs(i) {
			return true
		}
	}
	return false
}

// rawLine is a line of plain text.
type rawLine struct {
	raw  string // as it stands
	text string // white space folded; "" for an empty line
	no   int
	flat uint8 // whether the line heads a table without columns: 0 not known yet, 1 no, 2 yes
}

type textReader struct {
	lines  []rawLine
	blocks []Block
	at     int // the line to read next

	outline bool // headings have numbers such as 3.1.2
	spaced  bool // empty lines stand between paragraphs
	wrap    int  // a line at least this long may go on in the next

	list     bool // the last line opened a list, or was one of its items
	listItem bool // an item of the list was read
	comma    bool // its last item ended in a comma or the like
}

// survey finds out how the text is set.
func (t *textReader) survey() {
	longest, empty, multi := 0, 0, 0
	prefixes := map[string]bool{}
	for _, l := range t.lines {
		longest = max(longest, utf8.RuneCountInString(l.text))
		if l.text == "" {
			empty++
		}
		number, title := cutNumber(l.text)
		if number == "" || !headingShape(title) {
			continue
		}
		prefixes[number] = true
		if i := strings.LastIndexByte(number, '.'); i > 0 {
			if multi++; prefixes[number[:i]] {
				t.outline = true
			}
		}
	}
	t.outline = t.outline || multi >= 2
	t.spaced = empty > 1
	t.wrap = 60
	if longest <= 100 {
		t.wrap = longest * 6 / 10
	}
}

// next reads what begins at the current line.
func (t *textReader) next() {
	l := t.lines[t.at]
	if l.text == "" {
		t.at++
		t.list = false
		return
	}
	if t.table() {
		t.list = false
		return
	}
	if text, ok := cutBullet(l.text); ok {
		t.blocks = append(t.blocks, Block{Kind: ListItem, Level: 1, Text: t.continued(text), Line: l.no})
		t.list = false
		return
	}
	if t.list && t.item() {
		return
	}
	if t.heading() {
		t.blocks = append(t.blocks, Block{Kind: Heading, Level: t.level(), Text: l.text, Line: l.no})
		t.at++
		t.list = false
		return
	}
	if m := enumerated.FindStringSubmatch(l.text); m != nil {
		t.blocks = append(t.blocks, Block{Kind: ListItem, Level: 1, Text: t.continued(m[1]), Line: l.no})
		t.list = false
		return
	}
	text := t.continued(l.text)
	t.blocks = append(t.blocks, Block{Kind: Paragraph, Text: text, Line: l.no})
	t.list, t.listItem, t.comma = strings.HasSuffix(text, ":"), false, false
}

// continued takes the current line, of which text is what to keep, and the
// lines on which it goes on.
func (t *textReader) continued(text string) string {
	t.at++
	if t.at == len(t.lines) || !t.goesOn(t.lines[t.at-1].text, t.lines[t.at].text) {
		return text
	}
	var b strings.Builder
	b.WriteString(text)
	for ; t.at < len(t.lines) && t.goesOn(t.lines[t.at-1].text, t.lines[t.at].text); t.at++ {
		b.WriteByte(' ')
		b.WriteString(t.lines[t.at].text)
	}
	return b.String()
}

// goesOn reports whether a line goes on in the next: it is long, does not end
// as a sentence does, and the next begins with a small letter, or with any if
// empty lines would show a new paragraph.
func (t *textReader) goesOn(line, next string) bool {
	if next == "" || utf8.RuneCountInString(line) < t.wrap || strings.ContainsAny(lastRune(line), ".:;!?") {
		return false
	}
	if _, bullet := cutBullet(next); bullet || hasPipe(next) {
		return false
	}
	if number, _ := cutNumber(next); number != "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(r) || t.spaced && unicode.IsLetter(r)
}

// item reads a line as an item of a list that was opened by a colon, and
// reports whether it is one.
func (t *textReader) item() bool {
	l := t.lines[t.at]
	if number, _ := cutNumber(l.text); number != "" || utf8.RuneCountInString(l.text) > 200 {
		t.list = false
		return false
	}
	end := lastRune(l.text)
	comma := end == "," || end == ";" || strings.HasSuffix(l.text, " and") || strings.HasSuffix(l.text, " or")
	switch {
	case comma:
	case strings.ContainsAny(end, ".!?") && end != "":
		t.list = false
		if !t.comma {
			return false // a sentence: the list had no punctuation, or no items
		}
	case end == ":", t.listItem && t.prose(t.at+1) && startsUpper(l.text):
		t.list = false
		return false
	}
	t.blocks = append(t.blocks, Block{Kind: ListItem, Level: 1, Text: l.text, Line: l.no})
	t.at++
	t.listItem, t.comma = true, comma
	return true
}

// prose reports whether a line is one that a heading can stand before: a
// sentence, or what opens a list.
func (t *textReader) prose(at int) bool {
	if at >= len(t.lines) {
		return false
	}
	text := t.lines[at].text
	return utf8.RuneCountInString(text) > 80 || text != "" && strings.ContainsAny(lastRune(text), ".:!?") || len(sentences(text)) > 1
}

var bullet = regexp.MustCompile(`^(?:[•‣▪◦●○■□·∙–—-]|\*)\s+(\S.*)$`)
var enumerated = regexp.MustCompile(`^(?:\d{1,2}[.)]|[a-z]\)|\([a-z]\)|[ivx]{1,4}[.)])\s+(\S.*)$`)

// cutBullet takes the bullet off a list item.
func cutBullet(text string) (string, bool) {
	if m := bullet.FindStringSubmatch(text); m != nil {
		return m[1], true
	}
	return text, false
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `"'“‘«(`))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}
