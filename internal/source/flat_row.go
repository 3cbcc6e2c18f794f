package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// flatRow is what is known of a row whose columns were lost.
type flatRow struct {
	text     string    // the activity; the whole line if it is not certain where it ends
	glued    string    // the letters as printed
	open     bool      // the activity may go on into the letters
	cells    []Cell    // what the row says, if that is certain
	split    bool      // and that by dividing the letters
	readings []Reading // otherwise, what it may say
}

const letterPattern = `[RACI][*†‡#¹²³⁴⁵⁶⁷⁸⁹⁰]*`

var (
	// gluedTail is the longest run of role letters at the end of a line, with
	// "C, I" as one cell.
	gluedTail = regexp.MustCompile(`(?:` + letterPattern + `(?:[,/&+] ?)?)*` + letterPattern + `$`)
	// spacedToken is a cell of letters at the end of a line, after a space.
	spacedToken = regexp.MustCompile(`(?:^|\s)(` + letterPattern + `(?:(?:, |[,/&+])?` + letterPattern + `)*)$`)
)

// maxTail is how far from the end of a line letters are looked for, in bytes.
// A row has far less; a line can have megabytes.
const maxTail = 256

// cutTail parts a line before its tail.
func cutTail(line string) (head, tail string) {
	at := max(0, len(line)-maxTail)
	for at < len(line) && !utf8.RuneStart(line[at]) {
		at++
	}
	return line[:at], line[at:]
}

// gluedEnd returns where the run of letters at the end of a line begins.
func gluedEnd(line string) int {
	head, tail := cutTail(line)
	if m := gluedTail.FindStringIndex(tail); m != nil {
		return len(head) + m[0]
	}
	return len(line)
}

// maxTokens bounds how many cells at the end of a line are told apart.
const maxTokens = 16

// spacedTail returns the text of a line and the cells of letters at its end.
func spacedTail(line string) (text string, tokens []string) {
	text = line
	for len(tokens) < maxTokens {
		head, tail := cutTail(text)
		m := spacedToken.FindStringSubmatchIndex(tail)
		if m == nil || m[0] == 0 && head != "" {
			break
		}
		tokens = append([]string{tail[m[2]:m[3]]}, tokens...)
		text = strings.TrimSpace(text[:len(head)+m[0]])
	}
	return text, tokens
}

// row reads a row under the header. The combinations of letters that the table
// is known to mix are in known.
func (h flatHeader) row(line string, ev *evidence, known map[string]bool) flatRow {
	if h.glued {
		return h.gluedRow(line, ev, known)
	}
	return h.spacedRow(line, ev)
}

func (h flatHeader) gluedRow(line string, ev *evidence, known map[string]bool) flatRow {
	at := gluedEnd(line)
	if at == len(line) {
		return flatRow{text: line}
	}
	before, all := line[:at], scanLetters(line[at:])
	if textEnds(before, all, ev) {
		row := flatRow{text: before, glued: all.String()}
		only, ways := divide(all, len(h.parties), known)
		if only != nil && h.sure {
			row.cells, row.split = only.cells(h.parties), true
			return row
		}
		if only != nil {
			ways = []split{only}
		}
		row.readings = h.readings(before, ways)
		return row
	}
	row := flatRow{text: line, glued: all.String(), open: true}
	for k := 0; k <= len(all) && len(row.readings) < maxSplits; k++ {
		text := strings.TrimSpace(before + all[:k].String())
		if k > 0 && all[k-1].mark != "" {
			break // a word has no footnote mark within
		}
		only, ways := divide(all[k:], len(h.parties), known)
		if only != nil {
			ways = []split{only}
		}
		row.readings = append(row.readings, h.readings(text, ways)...)
	}
	return row
}

func (h flatHeader) readings(text string, ways []split) []Reading {
	var out []Reading
	for _, w := range ways {
		out = append(out, Reading{Text: text, Cells: w.cells(h.parties)})
	}
	return out
}

// textEnds reports whether it is certain that a text ends before a run of
// letters that is glued to it. After a capital letter, a digit, a space or a
// hyphen, the first letters may belong to the text (CINDER + AI, the API + RA),
// and so they may where they make up a known word (OpenAI).
func textEnds(before string, all letters, ev *evidence) bool {
	before = strings.TrimRight(before, footnoteMarks)
	r, size := utf8.DecodeLastRuneInString(before)
	switch {
	case strings.ContainsRune(`)]}»”"’'!?%…`, r):
		return true
	case r == '.':
		word := strings.TrimRight(before, ".")
		last, _ := utf8.DecodeLastRuneInString(word)
		return unicode.IsLower(last) && len(word)-strings.LastIndexAny(word, " .") > 3 || strings.HasSuffix(before, "..")
	case !unicode.IsLower(r) || len(before) == size:
		return false
	}
	word := before[strings.LastIndexAny(before, " (/-'’\"")+1:]
	for _, l := range all {
		word += string(l.r)
		if ev.mixed[word] || mixedNames[word] {
			return false
		}
	}
	return true
}

// mixedNames are well-known words that end in role letters after a small one.
var mixedNames = wordSet(`OpenAI GenAI xAI VertexAI MistralAI GitLabCI GitlabCI CircleCI TravisCI DroneCI JenkinsCI IaC PaC SaC`)

func (h flatHeader) spacedRow(line string, ev *evidence) flatRow {
	text, tokens := spacedTail(line)
	if len(tokens) == 0 {
		return flatRow{text: line}
	}
	cells := make([]letters, len(tokens))
	var all letters
	distinct := true
	for i, t := range tokens {
		cells[i] = scanLetters(t)
		distinct = distinct && cells[i].distinct()
		all = append(all, cells[i]...)
	}
	row := flatRow{text: text, glued: all.String()}
	if h.sure && distinct && len(cells) == len(h.parties) && ev.cellAfter(text, tokens[0]) {
		row.cells = split(cells).cells(h.parties)
		return row
	}
	if len(cells) >= len(h.parties) || !ev.cellAfter(text, tokens[0]) {
		row.text, row.open = line, true
	}
	for k := 0; k <= len(tokens); k++ {
		text := strings.TrimSpace(text + " " + strings.Join(tokens[:k], " "))
		ways := placements(cells[k:], len(h.parties))
		row.readings = append(row.readings, h.readings(text, ways)...)
		if len(row.readings) >= maxSplits || !row.open {
			break
		}
	}
	row.readings = row.readings[:min(len(row.readings), maxSplits)]
	return row
}

// placements returns the ways to put cells into n columns in order, each cell
// whole.
func placements(cells []letters, n int) []split {
	var out []split
	current := make(split, n)
	var try func(column int, rest []letters)
	try = func(column int, rest []letters) {
		if len(rest) > n-column || len(out) >= maxSplits {
			return
		}
		if column == n {
			out = append(out, append(split(nil), current...))
			return
		}
		current[column] = nil
		try(column+1, rest)
		if len(rest) > 0 {
			current[column] = rest[0]
			try(column+1, rest[1:])
			current[column] = nil
		}
	}
	try(0, cells)
	return out
}

// cellAfter reports whether it is certain that letters after a text and a space
// are a cell and not the last word of the text. RA and single letters are
// cells, unless the text cannot end before them (the A, phase I). Other
// combinations can be words, such as AI, CA and CI; they count if the document
// has the same letters in a place where they cannot be.
func (ev *evidence) cellAfter(text, token string) bool {
	word := lastWord(text)
	l := scanLetters(token)
	switch {
	case text == "" || functionWords[word]:
		return false
	case strings.ContainsAny(token, footnoteMarks+",/&+"):
		return true
	case len(l) == 1:
		return !seriesWords[word]
	}
	return l.set() == "RA" || ev.letters[l.set()]
}
