package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences cuts a paragraph. It cuts rather too seldom than too often: not
// within brackets, not before a small letter, not after an abbreviation, an
// initial or a number that counts.
//
// It is our own and not a library's because the ids and digests of all
// locks hang on where it cuts: a better cutter in a later release would be
// drift on every page.
func sentences(text string) []string {
	text = squeeze(text)
	var out []string
	from, depth := 0, 0
	for i, r := range text {
		switch r {
		case '(', '[', '{':
			depth++
			continue
		case ')', ']', '}':
			depth = max(0, depth-1)
			continue
		case '.', '?', '!', '…':
		default:
			continue
		}
		if depth > 0 {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(text) && closesSentence(text[end:]) {
			_, size := utf8.DecodeRuneInString(text[end:])
			end += size
		}
		if end <= from || end >= len(text) || text[end] != ' ' || !startsSentence(text[end+1:]) {
			continue
		}
		if r == '.' && !fullStop(text[from:i], text[end+1:]) {
			continue
		}
		out = append(out, text[from:end])
		from = end + 1
	}
	if from < len(text) {
		out = append(out, text[from:])
	}
	return out
}

// closesSentence reports whether a text begins with what may stand between a
// full stop and the next sentence without a space.
func closesSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(`.?!…"'”’»)]*`, r)
}

// startsSentence reports whether a text begins as a sentence does: with a
// capital letter or a digit, maybe in quotes or brackets.
func startsSentence(s string) bool {
	for _, r := range s {
		if strings.ContainsRune(`"'“‘„«([¿¡*`, r) || r == ' ' {
			continue
		}
		return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.IsDigit(r)
	}
	return false
}

// fullStop reports whether the full stop between two texts ends a sentence.
func fullStop(before, after string) bool {
	word := before[strings.LastIndexByte(before, ' ')+1:]
	word = strings.TrimLeft(word, `"'“‘„«([*`)
	if word == "" {
		return false
	}
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(word)
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) // an initial, or the number of a list
	}
	if len(word) <= 2 && strings.Trim(word, "0123456789") == "" {
		return false // "6. Juli", "12. Abschnitt"
	}
	word = strings.ToLower(word)
	return !abbreviations[word] && (!beforeNumber[word] || !startsWithDigit(after))
}

// abbreviations are words, without the last full stop, that do not end a
// sentence in one of the five languages. "etc." often does, so it is none;
// mostly it stands in brackets, within which nothing is cut anyway.
var abbreviations = wordSet(`
	e.g i.e eg ie cf vs viz resp approx incl excl mr mrs ms dr prof inc ltd corp dept
	p.ex c.-à-d c.à.d env réf mm mme mlle z.b d.h u.a u.u o.ä o.g s.o s.u i.d.r i.d.f z.t
	bzw bspw evtl ggf inkl exkl abb vgl sog zzgl p.ej aprox sra sres uds p.es sig sigg dott`)

// beforeNumber are abbreviations only if a number follows.
var beforeNumber = wordSet(`
	no nos n° nr num núm núms fig figs sec secs art arts par para ch chap vol pp pag pagg pág págs abs st max min ca
	jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc okt dez ene abr ago dic gen mag giu lug set ott`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
