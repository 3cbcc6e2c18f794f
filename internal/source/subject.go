package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A copy of a page may be spliced together from two: it opens with one service
// and from some line on speaks of another. It is read as it stands, and said.
const (
	subjectNamed = 3  // statements that name what the document opens with
	subjectLost  = 10 // statements at the end that do not
	otherNamed   = 5  // of these, how many name the other
)

// subjectChange warns of a document that opens with one name and goes on with
// another that it did not mention before.
func (b *builder) subjectChange() {
	var said []*Statement
	for i := range b.doc.Statements {
		if s := &b.doc.Statements[i]; s.Kind.Obliges() && s.Note != LegendNote {
			said = append(said, s)
		}
	}
	names := map[string][]int{} // indexes into said
	for i, s := range said {
		for _, name := range properNames(s.whole()) {
			if at := names[name]; len(at) == 0 || at[len(at)-1] != i {
				names[name] = append(at, i)
			}
		}
	}
	subject := b.opensWith(names)
	at := names[subject]
	if len(at) < subjectNamed || len(said)-1-at[len(at)-1] < subjectLost {
		return
	}
	other := ""
	for name, mentions := range names {
		related := strings.Contains(strings.ToLower(name), strings.ToLower(subject)) // a compound, as German makes them
		if mentions[0] > at[len(at)-1] && len(mentions) >= otherNamed && !related &&
			(len(mentions) > len(names[other]) || len(mentions) == len(names[other]) && name < other) {
			other = name
		}
	}
	if other != "" {
		b.rep.warn("document/other-subject", said[names[other][0]].Line,
			fmt.Sprintf("from here on the document speaks of %s and no longer of %s, with which it opens", other, subject),
			"see whether two documents were spliced into one, and which statements belong to the service")
	}
}

// opensWith returns the name in the title or the introduction that most
// statements have, or "".
func (b *builder) opensWith(names map[string][]int) string {
	var opening strings.Builder
	opening.WriteString("- " + b.doc.Title)
	parties := map[string]bool{}
	for _, s := range b.doc.Statements {
		if s.Section == introSection {
			opening.WriteString(" " + s.Text)
		}
		for _, party := range s.Parties {
			for _, word := range strings.Fields(party) {
				parties[word] = true
			}
		}
	}
	subject := ""
	for _, name := range properNames(opening.String()) {
		if parties[name] {
			continue // who does it, not what it is about
		}
		if len(names[name]) > len(names[subject]) || len(names[name]) == len(names[subject]) && name < subject {
			subject = name
		}
	}
	return subject
}

// properNames returns the words of a text that begin with a capital letter and
// do not begin the text.
func properNames(text string) []string {
	var names []string
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		first, _ := utf8.DecodeRuneInString(word)
		if i > 0 && unicode.IsUpper(first) && utf8.RuneCountInString(word) > 3 {
			names = append(names, word)
		}
	}
	return names
}
