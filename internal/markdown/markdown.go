// Package markdown knows the Markdown that Demarc writes and accepts.
//
// Plain text goes in and comes out as Markdown that shows exactly that text
// ([Escape], [Cell], [Code]); a heading's text goes in and its anchor on a
// forge comes out ([Slug]); an author's prose goes in and what does not belong
// there comes out ([Inspect]). The dialect is GitHub Flavored Markdown: tables,
// task lists and strikethrough, without raw HTML.
package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// Escape returns Markdown that renders as text, on one line: line breaks
// become spaces. It may be put anywhere in a line, at its beginning too.
func Escape(text string) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 8)
	start := LineStart(text)
	for i, r := range text {
		switch r {
		case '\\', '`', '*', '[', ']', '<', '>', '|', '~', '$':
			b.WriteByte('\\')
		case '&':
			if next := text[i+1:]; next != "" && (next[0] == '#' || isLetter(next[0])) {
				b.WriteByte('\\') // could begin a character reference
			}
		case '_':
			if !BetweenWords(text, i) {
				b.WriteByte('\\')
			}
		case '\n', '\r':
			r = ' '
		}
		if i == start {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plain reports that nothing in text means anything in Markdown, which holds
// for most titles.
func plain(text string) bool {
	if text == "" || !isLetter(text[0]) {
		return false
	}
	return !strings.ContainsAny(text, "\\`*[]<>|~&$_\n\r")
}

// LineStart returns the offset of the character that would make text a
// heading, a list item or a rule if it began a line, or -1.
func LineStart(text string) int {
	if text == "" {
		return -1
	}
	switch text[0] {
	case '#', '+', '-', '=', ':':
		return 0
	}
	digits := 0
	for digits < len(text) && '0' <= text[digits] && text[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < len(text) && (text[digits] == '.' || text[digits] == ')') {
		if digits+1 == len(text) || text[digits+1] == ' ' || text[digits+1] == '\t' {
			return digits
		}
	}
	return -1
}

// BetweenWords reports whether the underscore at i stands inside a word, where
// it cannot begin or end emphasis.
func BetweenWords(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+1:])
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// Cell returns an author's Markdown fit for one cell of a table: on one line,
// with every pipe that is not escaped yet escaped.
func Cell(markdown string) string {
	if !strings.ContainsAny(markdown, "|\n\r") {
		return markdown
	}
	var b strings.Builder
	escaped := false
	for _, r := range strings.Join(strings.Fields(markdown), " ") {
		if r == '|' && !escaped {
			b.WriteByte('\\')
		}
		escaped = r == '\\' && !escaped
		b.WriteRune(r)
	}
	return b.String()
}

// Code returns text as a code span. Backquotes in text are kept by a longer
// fence, as CommonMark 6.1 has it.
func Code(text string) string {
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if len(fence) > 1 || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}

// Fence returns text as a fenced code block of the language, without a line
// break at its end. The fence is longer than any in text, and of tildes if there
// is one of backquotes in text, as some readers end code at any of these.
func Fence(language, text string) string {
	mark := "`"
	if strings.Contains(text, "```") {
		mark = "~"
	}
	fence := strings.Repeat(mark, max(3, longestRun(text, mark[0])+1))
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence
}

func longestRun(text string, c byte) int {
	longest, run := 0, 0
	for i := range len(text) {
		if text[i] == c {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}

// Indent puts n spaces before each line of text but the first and the empty
// ones, so that text goes on inside a list item.
func Indent(n int, text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	pad := strings.Repeat(" ", n)
	lines := strings.Split(text, "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" {
			lines[i] = pad + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// Slug returns the anchor that GitHub gives a heading with this text: lower
// case, spaces to hyphens, everything dropped that is no letter, digit, hyphen
// or underscore (as implemented by its html-pipeline TableOfContentsFilter).
func Slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(text)) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Unescape returns the text that Markdown source without marks shows: its
// backslash escapes and character references resolved, each once.
func Unescape(source []byte) []byte {
	if bytes.IndexByte(source, '\\') < 0 && bytes.IndexByte(source, '&') < 0 {
		return source
	}
	var text []byte
	from := 0
	for i := 0; i+1 < len(source); i++ {
		if source[i] == '\\' && util.IsPunct(source[i+1]) {
			text = append(append(text, references(source[from:i])...), source[i+1])
			i++
			from = i + 1
		}
	}
	return append(text, references(source[from:])...)
}

func references(source []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(source))
}
