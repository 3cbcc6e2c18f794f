package diag

import (
	"strconv"
	"strings"
)

// Summary counts findings in words, the gravest first: "2 errors, 1 warning,
// 3 pieces of advice". It returns "" if there are none.
func Summary(findings []Finding) string {
	var count [Error + 1]int
	for _, f := range findings {
		if f.Severity <= Error {
			count[f.Severity]++
		}
	}
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, strconv.Itoa(n)+" "+many)
		}
	}
	add(count[Error], "error", "errors")
	add(count[Warning], "warning", "warnings")
	add(count[Advice], "piece of advice", "pieces of advice")
	return strings.Join(parts, ", ")
}
