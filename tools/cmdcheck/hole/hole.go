// Package hole handles the parts of a text whose value is not known when it is
// checked: parameters that nobody has set (<cluster>) and shell expansions.
//
// In goes text; a hole in it becomes a mark that a shell or YAML parser takes
// for ordinary letters. Out comes, later, the same text with every mark replaced
// by a stand-in. There are several stand-ins because what may stand in a place
// differs: a number of replicas refuses a word, a label wants a pair.
package hole

import (
	"regexp"
	"strings"
)

// A mark is open, the hole's name, end. Both are from Unicode's private use
// area, so no content contains them and no parser gives them a meaning.
const (
	open = '\uE000'
	end  = '\uE001'
)

// Stand-ins. Word is no keyword of any tool, so that a check which compares
// values can recognise it. Number is also a duration, a quantity and a boolean
// to Go's parsers. Pair is for flags that want key=value, Time for a field that
// wants a duration with its unit.
const (
	Word   = "standin"
	Number = "0"
	Pair   = "standin=standin"
	Time   = "0s"
)

var (
	// A parameter as the exporter leaves it. The first group keeps a
	// here-document's << from being taken for one.
	parameter = regexp.MustCompile(`(^|[^<])<([a-z][a-z0-9-]*)>`)
	mark      = regexp.MustCompile(string(open) + `([^` + string(end) + `]*)` + string(end))
)

// New returns the mark of the hole with the given name. Holes of one name are
// filled alike.
func New(name string) string { return string(open) + name + string(end) }

// Mark replaces each parameter placeholder <name> by the mark of a hole.
func Mark(text string) string {
	// A match swallows the character before it, so that the second of two
	// placeholders without anything in between is only found in a second go.
	for range 2 {
		text = parameter.ReplaceAllString(text, "${1}"+New("${2}"))
	}
	return text
}

// Names returns the names of the holes in the texts, each once, in order of
// appearance.
func Names(texts ...string) []string {
	var names []string
	seen := map[string]bool{}
	for _, text := range texts {
		for _, m := range mark.FindAllStringSubmatch(text, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				names = append(names, m[1])
			}
		}
	}
	return names
}

// Fill replaces every mark by what fill returns for the hole's name.
func Fill(text string, fill func(name string) string) string {
	if !strings.ContainsRune(text, open) {
		return text
	}
	return mark.ReplaceAllStringFunc(text, func(m string) string {
		return fill(mark.FindStringSubmatch(m)[1])
	})
}

// Show writes text for a person: a parameter as <name>, an expansion as $name.
func Show(text string) string {
	return Fill(text, func(name string) string {
		if strings.HasPrefix(name, "$") {
			return name
		}
		return "<" + name + ">"
	})
}
