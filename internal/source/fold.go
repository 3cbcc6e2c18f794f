package source

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// digest identifies a text without showing it: the first 16 hexadecimal
// digits of the SHA-256 of the folded text. Copies of a page that differ in
// white space or typography only have the same digests.
func digest(text string) string {
	sum := sha256.Sum256([]byte(fold(text)))
	return hex.EncodeToString(sum[:8])
}

// fold returns a text without what changes when a page is set or copied in
// another way: compatibility forms (NFKC), the kind of quotes and dashes, soft
// hyphens, and white space, also before and after punctuation, where French
// sets some and English none.
func fold(text string) string {
	text = norm.NFKC.String(text)
	out := make([]rune, 0, len(text))
	space := false // white space is due before the next character
	for _, r := range text {
		r = plainRune(r)
		switch {
		case r < 0:
			continue
		case unicode.IsSpace(r):
			space = len(out) > 0
			continue
		}
		if space && !noSpaceBefore(r) && !noSpaceAfter(out[len(out)-1]) {
			out = append(out, ' ')
		}
		space = false
		out = append(out, r)
	}
	return foldDashes(foldQuotes(string(out)))
}

// plainRune returns the plain form of a character, or -1 for one that is not
// seen. The long dashes become an em dash, for [foldDashes].
func plainRune(r rune) rune {
	switch r {
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return -1
	case '‘', '’', '‚', '‛', '′', '`', '´', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '″':
		return '"'
	case '‐', '‑', '−':
		return '-'
	case '‒', '–', '—', '―':
		return '—'
	}
	if unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

func noSpaceBefore(r rune) bool {
	switch r {
	case ',', ';', ':', '.', '!', '?', ')', ']', '»':
		return true
	}
	return false
}

func noSpaceAfter(r rune) bool { return r == '(' || r == '[' || r == '«' }

// foldQuotes writes guillemets as quotes, after the white space within them is
// gone.
func foldQuotes(s string) string { return strings.NewReplacer("«", `"`, "»", `"`).Replace(s) }

// foldDashes writes a dash between thoughts as " - " and one between digits as
// "-", however it was set. A hyphen within a word stays.
func foldDashes(s string) string {
	if !strings.ContainsAny(s, "—-") {
		return s
	}
	s = strings.ReplaceAll(s, "--", "—")
	s = strings.ReplaceAll(s, " - ", "—")
	var b strings.Builder
	rest := s
	for {
		before, after, found := strings.Cut(rest, "—")
		b.WriteString(strings.TrimRight(before, " "))
		if !found {
			return b.String()
		}
		rest = strings.TrimLeft(after, " —")
		if endsInDigit(before) && startsWithDigit(rest) {
			b.WriteString("-")
		} else {
			b.WriteString(" - ")
		}
	}
}

func endsInDigit(s string) bool {
	s = strings.TrimRight(s, " ")
	return s != "" && '0' <= s[len(s)-1] && s[len(s)-1] <= '9'
}

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// squeeze returns a text on one line, with single spaces.
func squeeze(s string) string {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == ' ' && s[i+1] == ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// slug returns a text as an identifier: ASCII lower-case letters and digits
// with single hyphens, accents removed, cut at a word to at most 60
// characters. It is empty if nothing of the text can be written so.
func slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch s := latin[r]; {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', s != "":
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			if s == "" {
				s = string(r)
			}
			b.WriteString(s)
		case unicode.IsMark(r), r == '\'', r == '’':
			// belongs to the word
		default:
			gap = true
		}
	}
	return cutWords(b.String(), 60)
}

// latin gives the letters that do not decompose.
var latin = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i"}

func cutWords(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if i := strings.LastIndexByte(s[:most+1], '-'); i > 0 {
		return s[:i]
	}
	return s[:most]
}
