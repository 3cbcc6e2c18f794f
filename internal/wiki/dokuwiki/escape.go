package dokuwiki

import (
	"regexp"
	"strings"
)

// oneLine returns text without line breaks and tabs.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, text)
}

// escape returns the source of a text that shows it as it is: words that could
// mean something in it, or that typography would change, are kept from the
// parser.
func escape(text string) string {
	words := strings.Split(oneLine(text), " ")
	var b strings.Builder
	for i := 0; i < len(words); i++ {
		if i > 0 {
			b.WriteByte(' ')
		}
		if plain(words[i]) {
			b.WriteString(words[i])
			continue
		}
		end := i + 1 // of a run of such words
		for end < len(words) && words[end] != "" && !plain(words[end]) {
			end++
		}
		b.WriteString(nowiki(strings.Join(words[i:end], " ")))
		i = end - 1
	}
	return b.String()
}

// word matches a word without meaning in whatever setting: letters and digits,
// single hyphens and full stops in it, brackets around it, a sign behind it;
// or only a sign, behind something else.
var word = regexp.MustCompile(`^\(?[\pL\pM\pN·☐☑•–—]+([-.,/][\pL\pM\pN]+)*\)?[.,:;?!]?$|^\)?[.,:;]?$`)

// meaning matches words that would be replaced: smileys and typography that a
// wiki comes with, links made of mixed case, sizes, what begins an address. To
// the parser, letters beyond ASCII are the end of a word, too.
var meaning = regexp.MustCompile(`FIXME|DELETEME|LOL|[A-Z][a-z]+[A-Z]|\((c|r|tm)\)|[0-9][xX][0-9]|8-[oO]|` +
	`(?i:www?\.|ftp?\.|(http|https|telnet|gopher|wais|ftp|ed2k|irc|ldap|file):$)`)

func plain(s string) bool {
	return s == "" || s == "-" || word.MatchString(s) && !meaning.MatchString(s)
}

// span returns the source of code in a line.
func span(text string) string {
	if text = oneLine(text); escape(text) != text {
		text = nowiki(text)
	}
	return "''" + text + "''"
}

// nowiki keeps a text from the parser. What would end it is written by the
// other of the two ways to do so.
func nowiki(text string) string {
	if text == "" {
		return ""
	}
	if !strings.Contains(text, "%") {
		return "%%" + text + "%%"
	}
	const end = "</nowiki>"
	var b strings.Builder
	for i, part := range strings.Split(text, end) {
		if i > 0 {
			b.WriteString("%%" + end + "%%")
		}
		if part != "" {
			b.WriteString("<nowiki>" + part + end)
		}
	}
	return b.String()
}

// code returns a block of code without a language: highlighting would put
// no-break spaces into empty lines. A text that holds the ends of both elements
// for code is written line by line.
func code(text string) string {
	if text == "" {
		return ""
	}
	for _, element := range []string{"code", "file"} {
		if !strings.Contains(text, "</"+element+">") {
			return "<" + element + ">\n" + text + "\n</" + element + ">"
		}
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = span(line)
	}
	return strings.Join(lines, `\\ `)
}

// address encodes what would end a link's address.
var address = strings.NewReplacer(" ", "%20", "|", "%7C", "[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D")
