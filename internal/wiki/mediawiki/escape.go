package mediawiki

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// raw escapes text for nowiki and pre, where nothing is looked at for markup but
// references to characters and the end. There, too, a blank beside some signs
// would become a no-break space, which no shell takes.
func raw(text string) string {
	return french.ReplaceAllStringFunc(brackets.Replace(text), func(s string) string { return strings.Replace(s, " ", "&#32;", 1) })
}

var brackets = strings.NewReplacer("&", "&amp;", "<", "&lt;")

var french = regexp.MustCompile(` [?:;!%»›]|[«‹] `)

// address encodes what would end a link's address, or mean something in it.
var address = strings.NewReplacer(" ", "%20", `"`, "%22", "'", "%27", "<", "%3C", ">", "%3E", "[", "%5B", `\`, "%5C", "]", "%5D",
	"__", "%5F%5F", "{", "%7B", "|", "%7C", "}", "%7D", "~", "%7E", "&", "&amp;")

// escape returns wikitext that shows a text, on one line: what could mean
// something is written as a reference to the character. What means something at
// the beginning of a line only is escaped there, and blanks there are dropped.
func escape(text string, lineStart bool) string {
	var b strings.Builder
	text = strings.Map(oneLine, text)
	if lineStart {
		text = strings.TrimLeft(text, " ")
	}
	runes := []rune(text)
	for i, r := range runes {
		before, after := ' ', ' '
		if i > 0 {
			before = runes[i-1]
		}
		last := i+1 == len(runes)
		if !last {
			after = runes[i+1]
		}
		if means(r, before, after, i == 0 || last) || lineStart && i == 0 && strings.ContainsRune("*#:;-", r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return numbers.ReplaceAllString(b.String(), "$1$2&#x3$3;")
}

func oneLine(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}

// numbers finds what MediaWiki links without brackets, unless told not to: the
// number of a standard, article or book.
var numbers = regexp.MustCompile(`(RFC|PMID|ISBN)((?: |&#\d+;)+)([0-9])`)

// means reports whether a character can mean something in a line of wikitext
// between its neighbours, or at an edge of the text.
func means(r, before, after rune, edge bool) bool {
	switch r {
	case '&', '<', '>', '[', ']', '{', '}', '|':
		return true
	case '\'', '_', '＿', '~', '!': // when doubled, also with what stands beside the text
		return edge || before == r || after == r
	case '=': // in headings
		return edge
	case ':': // in addresses, which become links without brackets
		return !unicode.IsSpace(after)
	case ' ': // where it would become a no-break space
		return strings.ContainsRune("?:;!%»›", after) || strings.ContainsRune("«‹", before)
	}
	return unicode.Is(unicode.Zs, r) // other blanks, of which addresses swallow those behind them
}
