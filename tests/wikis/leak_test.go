package wikis

import (
	"regexp"
	"strings"
)

// markup is what a page shows where its wiki did not read it as what it is. All
// of it is looked for in the text of a page outside of code, from which the
// workspace's own texts were taken away: they may hold anything.
var markup = []*regexp.Regexp{
	regexp.MustCompile(`\{\{|\}\}`),                                           // parameters, templates
	regexp.MustCompile(`\]\(|\[\[|\]\]|\[[^ \]]*\]:`),                         // links
	regexp.MustCompile(`\*\*|__|~~|''|//[a-z]+//|(^|\s)[*_][a-z]+[*_](\W|$)`), // emphasis
	regexp.MustCompile("`"),                                                   // code
	regexp.MustCompile(`\|\s*:?-{3}|^\||\|$|\|\||^\^ | \^$|\{\||\|\}|!!`),     // tables
	regexp.MustCompile(`^[-+*] |^\d+\. |\[[ xX~]\]`),                          // lists
	regexp.MustCompile(`^#{1,6} |^={2,}|={2,}$|^-{3,}$|^~{3}`),                // headings, lines
	regexp.MustCompile(`(?i)</?(span|br|div|details|summary|nowiki|code|pre|input|a|b|i|p|table|t[dhr]|[uo]l|li|kbd|abbr|html|file|ac:\S+|ri:\S+)\b[^<]*>`),
	regexp.MustCompile(`<!--|-->|<!\[CDATA`),
	regexp.MustCompile(`&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});`),       // references to characters
	regexp.MustCompile("\\\\[\\\\`*_{}\\[\\]<>()#+.!|~$@%^&=:/'\"-]"), // escapes
	regexp.MustCompile(`%%|\{#|\{:|\{%|:::|^!!! `),                    // marks of several wikis
	regexp.MustCompile(`(?i)\[_*TOC_*\]|__[A-Z]{3,}__|~~[A-Z]{3,}~~`), // tables of contents
	regexp.MustCompile(`\b(BEGIN|END) demarc:`),
	regexp.MustCompile("[\u200b-\u200d\u2060\ufeff\u00ad]"), // unseen characters, copied by who copies text
}

// leaks: no page shows markup.
func (c *checker) leaks(p *page) {
	for _, root := range p.content {
		for _, line := range lines(root, true) {
			for _, leak := range leaksIn(line, c.words, c.marks) {
				c.problem(p, "shows %q in %q", leak, line)
			}
		}
	}
}

// leaksIn returns the markup in a line, apart from what is in given texts, and
// from signs that a wiki without boxes shows.
func leaksIn(line string, texts, marks []string) []string {
	for _, mark := range marks {
		line = strings.TrimPrefix(line, mark+" ")
	}
	if !anyMarkup(line) {
		return nil
	}
	for _, t := range texts {
		line = strings.ReplaceAll(line, t, "\x00")
	}
	var found []string
	for _, re := range markup {
		found = append(found, re.FindAllString(line, 1)...)
	}
	return found
}

func anyMarkup(line string) bool {
	for _, re := range markup {
		if re.MatchString(line) {
			return true
		}
	}
	return false
}
