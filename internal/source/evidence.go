package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// evidence is what a document shows about words and letters in places where
// there is no doubt, to judge the places where there is.
type evidence struct {
	text    string          // what the document says apart from headers
	names   map[string]bool // answers of has
	mixed   map[string]bool // words such as OpenAI, with role letters after a small letter
	letters map[string]bool // combinations of role letters that are certainly no words

	before map[string]map[string]bool // by combination, the words that it follows as a row's first cell
}

// noEvidence is that of a document that was not looked at.
var noEvidence = &evidence{}

// maxLookups bounds how many names are looked for in a document.
const maxLookups = 200

// gather collects the evidence, if the document has tables whose columns were
// lost.
func gather(blocks []Block) *evidence {
	ev := &evidence{names: map[string]bool{}, mixed: map[string]bool{}, letters: map[string]bool{}, before: map[string]map[string]bool{}}
	var text strings.Builder
	flat := false
	for i := range blocks {
		b := &blocks[i]
		flat = flat || b.Flat
		text.WriteString(b.Text)
		text.WriteByte('\n')
		ev.words(b.Text)
		for _, row := range b.Rows {
			if row.Header {
				continue
			}
			for c, cell := range row.Cells {
				text.WriteString(cell)
				text.WriteByte('\n')
				if b.Flat && c == 0 {
					ev.tokens(cell)
					cell = cell[:strings.LastIndexByte(cell, ' ')+1]
				}
				ev.words(cell)
			}
		}
	}
	if flat {
		ev.text = strings.ToLower(text.String())
	}
	return ev
}

var mixedWord = regexp.MustCompile(`^\pL*\p{Ll}[RACI]+$`)

func (ev *evidence) words(text string) {
	if !strings.ContainsAny(text, roleLetters) {
		return
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) < 40 && mixedWord.MatchString(w) {
			ev.mixed[w] = true
		}
	}
}

// manyWords is how many different words a combination of letters has to follow
// to be no word itself: texts that differ so much do not all end in the same.
const manyWords = 3

// tokens notes the letters at the end of a row that are certainly letters:
// those with a footnote mark, those after other letters, and those that stand
// after many different words.
func (ev *evidence) tokens(line string) {
	text, tokens := spacedTail(line)
	for i, t := range tokens {
		set := scanLetters(t).set()
		if i > 0 || strings.ContainsAny(t, footnoteMarks+",/&+") {
			ev.letters[set] = true
			continue
		}
		words := ev.before[set]
		if words == nil {
			words = map[string]bool{}
			ev.before[set] = words
		}
		if len(words) < manyWords {
			words[lastWord(text)] = true
		}
		if len(words) >= manyWords && len(tokens) > 1 {
			ev.letters[set] = true
		}
	}
}

// lastWord returns the last word of a text in lower case.
func lastWord(text string) string {
	word := text[strings.LastIndexAny(text, " '’")+1:]
	return strings.ToLower(strings.Trim(word, `"“”().,`))
}

// has reports whether the document uses a name, as words of their own.
func (ev *evidence) has(name string) bool {
	name = strings.ToLower(name)
	if answer, known := ev.names[name]; known {
		return answer
	}
	if name == "" || ev.names == nil || len(ev.names) >= maxLookups {
		return false
	}
	ev.names[name] = containsWords(ev.text, name)
	return ev.names[name]
}

func containsWords(text, words string) bool {
	for range 1000 {
		i := strings.Index(text, words)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(words):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		text = text[i+len(words):]
	}
	return false
}
