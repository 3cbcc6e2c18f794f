package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// footnoteStart matches the mark that a footnote begins with. A star before a
// number is left over from emphasis.
var footnoteStart = regexp.MustCompile(`^(?:\*?(\(\d{1,2}\)|\[\d{1,2}\])|(\*+|[†‡]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+))\s*\pL`)

// linkFootnotes notes with each row whose letters carry a mark which statement
// of its section explains the mark.
func linkFootnotes(statements []Statement) {
	type key struct{ section, mark string }
	notes := map[key][]int{}
	for i := range statements {
		if statements[i].Kind == KindRow {
			continue
		}
		if m := footnoteStart.FindStringSubmatch(statements[i].Text); m != nil {
			k := key{statements[i].Section, m[1] + m[2]}
			notes[k] = append(notes[k], i)
		}
	}
	if len(notes) == 0 {
		return
	}
	for i := range statements {
		s := &statements[i]
		var marks []string
		for _, c := range s.Cells {
			if c.Mark != "" && !slices.Contains(marks, c.Mark) {
				marks = append(marks, c.Mark)
			}
		}
		for _, mark := range marks {
			all := notes[key{s.Section, mark}]
			at, _ := slices.BinarySearch(all, i)
			if at < len(all) {
				s.Note = strings.TrimPrefix(s.Note+"; ", "; ") + fmt.Sprintf("%s is explained by %s", mark, statements[all[at]].ID)
			}
		}
	}
}
