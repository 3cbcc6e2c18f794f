package carry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// key is a line as it counts when lines are compared: without its indentation,
// the state of its box and its trailing blanks; runs of blanks are one blank,
// bullets are hyphens, marks of emphasis are asterisks except in headings and
// rows, of which people's text is taken from the key, and dashes of a table's
// delimiter row are three. So an editor or a formatter that aligns tables,
// indents lists anew or writes _ for * makes no line a person's.
type key struct {
	text string
	ends []int // where each byte of text ends in the line
}

// keyOf returns the key of a line of this kind.
func keyOf(line string, k kind) key {
	b := keyBuilder{line: line}
	i := skipBlanks(line, 0)
	if k == task || k == bullet {
		b.add("-", i+1)
		if i++; k == task {
			i = skipBlanks(line, i)
			b.add(" [ ]", i+3)
			i += 3
		}
	}
	code := false
	for dashes := 0; i < len(line); {
		c := line[i]
		if isBlank(c) {
			end := skipBlanks(line, i)
			if end < len(line) && len(b.text) > 0 {
				b.add(" ", end)
			}
			i, dashes = end, 0
			continue
		}
		if dashes++; c != '-' {
			dashes = 0
		}
		if i++; k == row && dashes > 3 {
			b.ends[len(b.ends)-1] = i
			continue
		}
		switch {
		case c == '`':
			code = !code
		case c == '_' && !code && k != heading && k != row && emphasizes(line, i-1):
			c = '*'
		}
		b.text, b.ends = append(b.text, c), append(b.ends, i)
	}
	return key{string(b.text), b.ends}
}

// emphasizes reports whether the mark at offset i of a line can be one of
// emphasis: within a word it is a character as any other (CommonMark 6.2).
func emphasizes(line string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	after, _ := utf8.DecodeRuneInString(line[i+1:])
	return before == '_' || after == '_' || !isWord(before) || !isWord(after)
}

type keyBuilder struct {
	line string
	text []byte
	ends []int
}

// add appends bytes of the key that end at an offset of the line.
func (b *keyBuilder) add(s string, end int) {
	for i := range len(s) {
		b.text = append(b.text, s[i])
		b.ends = append(b.ends, end)
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

func skipBlanks(s string, i int) int {
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	return i
}

// cutAt reports whether a person's text can begin at offset i of a key: not
// within a word, a character or a run of the same mark, and not after a blank.
func cutAt(text string, i int) bool {
	if i <= 0 || i >= len(text) {
		return i == len(text) && i > 0
	}
	if text[i-1] == ' ' || text[i-1] == text[i] || !utf8.RuneStart(text[i]) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return !isWord(before) || !isWord(after)
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_')
}

// cells returns the cells of a table row's key, without the blanks around them.
func cells(text string) []string {
	text = strings.TrimPrefix(text, "|")
	var list []string
	from := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '|':
			list = append(list, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" {
		list = append(list, rest)
	}
	return list
}

// rowOf is the inverse of cells.
func rowOf(cells []string) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString("| ")
		if c != "" {
			b.WriteString(c + " ")
		}
	}
	b.WriteString("|")
	return b.String()
}
