package source

import (
	"strings"
	"unicode"
)

// Modal words tell how far a sentence binds somebody, in the five languages.
// A word may be in the lists of several languages only with the same force.
var modals = func() map[string]int {
	words := map[string]int{}
	for force, list := range map[int]string{
		forceMust: `must shall required mandatory obliged doit doivent devra devront obligatoire tenu tenus
			muss müssen verpflichtet debe deben deberá deberán obligatorio obligado deve devono dovrà dovranno obbligatorio`,
		forceWill: `will wird werden sera seront`,
		forceShould: `should recommended recommend recommends advised ought strives endeavours endeavors
			devrait devraient recommandé recommande recommandons sollte sollten empfohlen empfiehlt bemüht
			debería deberían recomienda recomendado procura dovrebbe dovrebbero raccomandato consigliato`,
		forceMay: `may can could might optionally optional peut peuvent pourrait pourraient éventuellement facultatif
			kann können könnte könnten darf dürfen eventuell gegebenenfalls puede pueden podrá podrán podría podrían opcional
			può possono potrà potranno potrebbe potrebbero facoltativo`,
		forceNot: `not no never cannot neither nor won't doesn't isn't aren't can't pas jamais aucun aucune ni
			nicht kein keine keinen keiner nie niemals nunca ningún ninguna non mai nessun nessuna`,
	} {
		for _, w := range strings.Fields(list) {
			words[w] = force
		}
	}
	return words
}()

// How far a sentence binds. Without a modal word it states a fact, which binds
// as much as "will".
const (
	forceNot = iota + 1
	forceMay
	forceShould
	forceWill
	forceMust
)

// compareModals tells how a text binds differently from what it was: by the
// modal words that it lost and got. A gain of a weaker word, or of a "not", is
// softer; a word that bound as the plain statement does may go without a
// difference.
func compareModals(before, after string) (kind ChangeKind, lost, got string) {
	was, is := modalWords(before), modalWords(after)
	lostWords, gotWords := without(was, is), without(is, was)
	from, to := weakest(lostWords), weakest(gotWords)
	switch {
	case from == to:
		return Reworded, "", ""
	case to < from:
		kind = Softened
	default:
		kind = Hardened
	}
	return kind, strings.Join(lostWords, " "), strings.Join(gotWords, " ")
}

// modalWords returns the modal words of a text in order.
func modalWords(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(fold(text)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		if modals[w] != 0 {
			out = append(out, w)
		}
	}
	return out
}

// without returns the words of a list that another has not, each as often as
// it is missing.
func without(list, other []string) []string {
	left := map[string]int{}
	for _, w := range other {
		left[w]++
	}
	var out []string
	for _, w := range list {
		if left[w]--; left[w] < 0 {
			out = append(out, w)
		}
	}
	return out
}

// weakest returns the force of the weakest of modal words; of none, that of a
// plain statement.
func weakest(words []string) int {
	force := forceWill
	if len(words) > 0 {
		force = forceMust
	}
	for _, w := range words {
		force = min(force, modals[w])
	}
	return force
}
