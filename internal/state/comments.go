package state

import "strings"

// title is the comment that begins every file.
const title = "# The state of a checklist, kept with Demarc."

// comments returns what people commented in a file, but not where: once items
// are sorted anew, there is no place that is right for sure.
func comments(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n\t ")
		if i := commentAt(line); i >= 0 && line[i:] != title {
			list = append(list, line[i:])
		}
	}
	return list
}

// commentAt returns where a line's comment begins, -1 for none: at a # that
// stands first or behind a blank, and not in quotes.
func commentAt(line string) int {
	var quote byte
	for i := 0; i < len(line); i++ {
		blank := i == 0 || line[i-1] == ' ' || line[i-1] == '\t'
		switch c := line[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && blank:
			quote = c
		case c == '#' && blank:
			return i
		}
	}
	return -1
}
