package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

const (
	maxCells = 100    // columns of the terminal that an excerpt takes at most
	tab      = "    " // how a tab is shown
	ellipsis = "..."  // what stands for cropped text; ASCII, so that its width is known
	maxMarks = 8      // combining marks shown on one character
)

// snippet is a line made ready for the terminal. Widths are in columns of the
// terminal ("cells"): a CJK ideograph takes two, a combining mark none.
//
// displaywidth measures them by grapheme clusters and by nothing but the text.
// (go-runewidth also asks the environment for the locale, which would make
// the output differ between machines; uniseg's tables are of Unicode 15.)
type snippet struct {
	text   string // what to print: no control characters, cropped to maxCells
	before int    // cells before the carets
	carets int    // how many carets; 0 for none
}

// cut makes the snippet of line whose carets stand under the length code
// points from column col on (from 1). A column past the end of the line is
// taken for its end, a length of 0 for one code point, a column of 0 for no
// caret.
//
// The widths are measured on the text that is printed, piece by piece, and
// not on the line: what is written out or cropped cannot move the carets.
func cut(line string, col, length int) snippet {
	start := skip(line, max(col-1, 0))
	end := start + skip(line[start:], max(length, 1))

	before, cutLeft := lastBytes(line[:start])
	span, cutSpan := firstBytes(line[start:end])
	after, cutRight := firstBytes(line[end:])
	if cutSpan {
		after, cutRight = "", true
	}
	before, span, after = shown(before), shown(span), strings.TrimRight(shown(after), " ")

	// The caret gets at least a third of the room for what comes before it,
	// and more where little comes after.
	room := max(maxCells/3, maxCells-displaywidth.String(span)-displaywidth.String(after))
	if cutLeft || displaywidth.String(before) > room {
		before = ellipsis + lastCells(before, room-len(ellipsis))
	}
	s := snippet{before: displaywidth.String(before), carets: max(displaywidth.String(span), 1)}
	room = maxCells - s.before
	text := span + after
	if cutRight || displaywidth.String(text) > room {
		text = firstCells(text, room-len(ellipsis)) + ellipsis
	}
	s.text = before + text
	s.carets = min(s.carets, room)
	if col < 1 {
		s.before, s.carets = 0, 0
	}
	return s
}

// skip returns the length in bytes of the first n code points of s.
func skip(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// maxBytes bounds the work on a minified file: text that is further from the
// caret than this is not looked at. No readable text of maxCells is longer.
const maxBytes = 8 * maxCells

// firstBytes returns the start of s, at most maxBytes of it, and whether there
// was more.
func firstBytes(s string) (string, bool) {
	if len(s) <= maxBytes {
		return s, false
	}
	end := maxBytes
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end], true
}

// lastBytes is firstBytes for the end of s.
func lastBytes(s string) (string, bool) {
	if len(s) <= maxBytes {
		return s, false
	}
	start := len(s) - maxBytes
	for start < len(s) && !utf8.RuneStart(s[start]) {
		start++
	}
	return s[start:], true
}

// firstCells returns as much of the start of s as fits in n cells.
func firstCells(s string, n int) string {
	end := 0
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		if n -= g.Width(); n < 0 {
			break
		}
		end += len(g.Value())
	}
	return s[:end]
}

// lastCells returns as much of the end of s as fits in n cells.
func lastCells(s string, n int) string {
	start, width := 0, displaywidth.String(s)
	for g := displaywidth.StringGraphemes(s); width > n && g.Next(); {
		width -= g.Width()
		start += len(g.Value())
	}
	return s[start:]
}

// shown is visible for text of a file, where tabs are common and harmless.
func shown(s string) string {
	return visible(strings.ReplaceAll(s, "\t", tab))
}

// visible returns s with everything written out that could drive a terminal
// or deceive its reader: control characters, bytes that are not UTF-8, line
// separators, and the format characters that reorder text or take no room.
// Joiners stay, since scripts and emoji are spelled with them. Of a pile of
// combining marks, the first few stay.
func visible(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	marks := 0
	for i, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
		} else if marks++; marks > maxMarks {
			continue
		}
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < utf8.RuneSelf && unicode.IsControl(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == '\u200c' || r == '\u200d': // zero width non-joiner and joiner
			b.WriteRune(r)
		case !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// isPlain reports whether s is printable ASCII, as most text is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
