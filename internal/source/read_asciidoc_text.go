package source

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	adocHardBreak = regexp.MustCompile(`(?m)[ \t]\+$`)
	adocInlineID  = regexp.MustCompile(`\[\[[\w:.-]+(?:,[^\]]*)?\]\]|\banchor:[\w:.-]+\[[^\]]*\]`)
	adocXref      = regexp.MustCompile(`\\?<<([^<>,]+)(?:,\s*([^<>]*))?>>`)
	adocIndexed   = regexp.MustCompile(`\(\(\([^()]*\)\)\)|\bindexterm:\[[^\]]*\]`)
	adocIndex     = regexp.MustCompile(`\(\(([^()]*)\)\)|\bindexterm2:\[([^\]]*)\]`)
	adocLink      = regexp.MustCompile(`\b(?:link:|xref:|mailto:)(\S*?)\[((?:[^\]\\]|\\.)*)\]|\b((?:https?|ftp|irc)://[^\s\[\]<>]+)\[((?:[^\]\\]|\\.)*)\]`)
	adocInline    = regexp.MustCompile(`\b(footnote|footnoteref|image|icon|kbd|btn|menu|pass|stem|latexmath|asciimath):([^\s\[\]:]*)\[((?:[^\]\\]|\\.)*)\]`)
	adocRole      = regexp.MustCompile(`\[[.#%\w -]+\]([#*_\x60])`)
	adocAttribute = regexp.MustCompile(`\b(?:window|role|opts|options|id|rel|title|alt|width|height)=("[^"]*"|[^,]*)`)
)

// adocCharacters are the attributes that stand for a character
// (docs.asciidoctor.org/asciidoc/latest/attributes/character-replacement-ref).
var adocCharacters = map[string]string{
	"blank": "", "empty": "", "sp": " ", "nbsp": " ", "zwsp": "", "wj": "", "apos": "'", "quot": `"`, "lsquo": "‘",
	"rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+", "brvbar": "¦", "vbar": "|", "amp": "&", "lt": "<",
	"gt": ">", "startsb": "[", "endsb": "]", "caret": "^", "asterisk": "*", "tilde": "~", "backslash": `\`,
	"backtick": "`", "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "cxx": "C++", "pp": "++",
}

// adocText returns text without marks: of links their words, or where they lead
// if they have none, and of footnotes their text, in brackets.
func adocText(text string) string {
	if !strings.ContainsAny(text, "[]<>(){}*_`#^~\\+&") {
		return visibleText(text)
	}
	text = adocHardBreak.ReplaceAllString(text, "")
	text = adocInlineID.ReplaceAllString(text, "")
	text = adocIndexed.ReplaceAllString(text, "")
	text = adocIndex.ReplaceAllString(text, "$1$2")
	text = replaceMatches(adocXref, text, func(m []string) string {
		if m[0][0] == '\\' {
			return m[0][1:]
		}
		return firstText(m[2], m[1])
	})
	text = replaceMatches(adocLink, text, func(m []string) string {
		return firstText(linkText(m[2]+m[4]), m[1], m[3])
	})
	text = replaceMatches(adocInline, text, inlineMacro)
	text = adocRole.ReplaceAllString(text, "$1")
	text = withoutMarks(text)
	text = replaceMatches(adocReference, text, func(m []string) string {
		if m[0][0] == '\\' {
			return m[0][1:]
		}
		if character, ok := adocCharacters[m[1]]; ok {
			return character
		}
		return m[0]
	})
	return visibleText(html.UnescapeString(text))
}

func replaceMatches(r *regexp.Regexp, text string, with func([]string) string) string {
	return r.ReplaceAllStringFunc(text, func(match string) string { return with(r.FindStringSubmatch(match)) })
}

func firstText(texts ...string) string {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// linkText returns the words of a link without its attributes.
func linkText(text string) string {
	text = strings.ReplaceAll(text, `\]`, "]")
	if strings.Contains(text, "=") {
		text = strings.TrimRight(adocAttribute.ReplaceAllString(text, ""), ", ")
	}
	return strings.Trim(strings.TrimSuffix(text, "^"), `"`)
}

func inlineMacro(m []string) string {
	text := strings.ReplaceAll(m[3], `\]`, "]")
	switch m[1] {
	case "footnote", "footnoteref":
		if text == "" {
			return "[" + m[2] + "]"
		}
		return " (" + text + ")"
	case "image":
		text, _, _ = strings.Cut(text, ",")
		return firstText(linkText(text), "") // without words, a picture is none
	case "icon":
		return m[2]
	case "menu":
		return firstText(strings.TrimSpace(m[2]+" "+text), "")
	}
	return text
}

// withoutMarks removes the characters that set text in another way. A mark
// counts as in the standard: a pair of two anywhere, a single one only around
// words; so the asterisk of a footnote stays. Of ^1^ the digits are raised.
func withoutMarks(text string) string {
	const marks = "*_`#^~"
	drop := make([]bool, len(text))
	raised := make([]bool, len(text))
	var closed [256]int // for each mark, where the pair being read ends
	var none [256]bool  // no closing mark is left
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) && strings.IndexByte(marks+"|{", text[i+1]) >= 0 {
			if text[i+1] != '{' { // that is for the attributes
				drop[i] = true
			}
			i++
			continue
		}
		if strings.IndexByte(marks, c) < 0 || i < closed[c] || none[c] {
			continue
		}
		end, width := closingMark(text, i)
		if end < 0 {
			none[c] = width == 0
			continue
		}
		for n := range width {
			drop[i+n], drop[end+n] = true, true
		}
		if c == '^' {
			for n := i + 1; n < end; n++ {
				raised[n] = true
			}
		}
		closed[c] = end + width
		i += width - 1
	}
	return keepText(text, drop, raised)
}

func keepText(text string, drop, raised []bool) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case drop[i]:
		case raised[i]:
			from := i
			for i < len(text) && raised[i] && !drop[i] {
				i++
			}
			b.WriteString(raisedText(text[from:i], true))
			i--
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// closingMark returns where the mark at a place is closed, and how wide both
// are. Without a closing mark the place is -1; the width is then 0 if there is
// none in the rest of the text, for any mark further on.
func closingMark(text string, at int) (end, width int) {
	c := text[at : at+1]
	if c == "^" || c == "~" {
		end := strings.IndexAny(text[at+1:], c+" \n")
		if end < 1 || text[at+1+end] != c[0] {
			return -1, 1
		}
		return at + 1 + end, 1
	}
	if strings.HasPrefix(text[at:], c+c) {
		if end := strings.Index(text[at+2:], c+c); end > 0 {
			return at + 2 + end, 2
		}
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at+1:])
	if isWord(before) || unicode.IsSpace(after) || at+1 == len(text) {
		return -1, 1
	}
	for i := at + 2; i < len(text); i++ {
		if text[i] != c[0] {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+1:])
		if !unicode.IsSpace(before) && (i+1 == len(text) || !isWord(after)) {
			return i, 1
		}
	}
	return -1, 0
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
