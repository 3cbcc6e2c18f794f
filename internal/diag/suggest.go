package diag

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Suggest returns the candidate that was most likely meant by name, or "".
// A third of the letters may differ, and at most three.
func Suggest(name string, candidates []string) string {
	best, bestDistance := "", min(3, (len(name)+2)/3)+1
	for _, c := range candidates {
		d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(c))
		if d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean returns a hint that names the candidate most likely meant by
// name; failing that, otherwise and the candidates, if they are few.
func DidYouMean(name string, candidates []string, otherwise string) string {
	if s := Suggest(name, candidates); s != "" {
		return "did you mean \"" + s + "\"?"
	}
	known := ""
	if n := len(candidates); n > 0 && n <= 12 {
		known = "known: " + strings.Join(candidates, ", ")
	}
	if known == "" || otherwise == "" {
		return otherwise + known
	}
	return otherwise + "; " + known
}
