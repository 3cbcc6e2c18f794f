package source

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// form tells how a table says who does what.
type form uint8

const (
	plain      form = iota // it does not
	lettered               // a column for each party, with role letters
	named                  // columns whose cells name parties
	transposed             // a column for each role letter, whose cells name parties
)

// matrix is how a table is to be read.
type matrix struct {
	form     form
	width    int      // cells of a row
	heads    []string // heads of the columns as printed, made distinct; "" where there is none
	activity int      // the column that says what is to be done
	columns  []int    // the columns of roles
	letters  []string // for each of them, if transposed, its role letter
	legend   bool     // it explains the letters
}

// maxHead is how much of the head of a column is kept, in characters.
const maxHead = 80

// clip shortens a text to at most n characters.
func clip(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i] + "…"
		}
		n--
	}
	return text
}

// maxColumns bounds how wide a table of roles is; a wider one is read as plain.
const maxColumns = 64

// parties returns the heads of the columns of roles.
func (m *matrix) parties() []string {
	var out []string
	for _, c := range m.columns {
		out = append(out, m.heads[c])
	}
	return out
}

// readMatrix finds out how a table is to be read from its header and from what
// is in its columns. Rows of another width than most do not count.
func readMatrix(b *Block) matrix {
	m := matrix{width: commonWidth(b)}
	if m.width > maxColumns {
		return m
	}
	m.heads = make([]string, m.width)
	markHeader(b)
	for _, row := range b.Rows {
		if row.Header && row.Width == m.width && len(row.Cells) == m.width {
			for c, head := range row.Cells {
				m.heads[c] = clip(head, maxHead)
			}
		}
	}
	cols := make([]column, m.width)
	for _, row := range b.Rows {
		if row.Header || row.Width != m.width || len(row.Cells) != m.width || spans(row) {
			continue
		}
		for c := range cols {
			cols[c].add(row.Cells[c])
		}
	}
	m.legend = isLegend(cols)
	switch {
	case m.legend, m.width < 2:
	case m.findTransposed(cols):
	case m.findLettered(cols):
	default:
		m.findNamed(cols)
	}
	m.findActivity(cols)
	for _, c := range m.columns {
		if m.heads[c] == "" {
			m.heads[c] = "column " + strconv.Itoa(c+1)
		}
	}
	m.heads = distinctHeads(m.heads)
	return m
}

// markHeader marks the first row as the header if none is marked and the row
// has the words of one.
func markHeader(b *Block) {
	for _, row := range b.Rows {
		if row.Header {
			return
		}
	}
	for _, cell := range b.Rows[0].Cells {
		if isPhrase(activityWords, cell) || IsCustomer(cell) {
			b.Rows[0].Header = true
		}
	}
}

// commonWidth returns how many cells most rows of a table have.
func commonWidth(b *Block) int {
	count := map[int]int{}
	for _, row := range b.Rows {
		count[row.Width]++
		if row.Header {
			count[row.Width]++ // settles a table of two rows
		}
	}
	best := 0
	for w, n := range count {
		if n > count[best] || n == count[best] && w > best {
			best = w
		}
	}
	return best
}

// spans reports whether one cell goes over the whole row, as captions within a
// table do.
func spans(row Row) bool {
	if len(row.Cells) < 2 || row.Cells[0] == "" {
		return false
	}
	for _, c := range row.Cells[1:] {
		if c != row.Cells[0] {
			return false
		}
	}
	_, isLetters := parseLetters(row.Cells[0])
	return !isLetters
}

// column is what the cells of a column are.
type column struct {
	filled   int // cells that are not empty
	lettered int // cells of role letters
	single   int // of these, those with one letter
	sets     map[string]int
	runes    int            // of all cells
	names    map[string]int // names of parties in cells that hold names only; nil if one does not
	noNames  bool
}

// maxNames bounds how many different names the cells of a column have if they
// name parties.
const maxNames = 12

func (c *column) add(cell string) {
	if emptyCell(cell) {
		return
	}
	c.filled++
	c.runes += utf8.RuneCountInString(cell)
	if l, ok := parseLetters(cell); ok {
		c.lettered++
		if len(l) == 1 {
			c.single++
		}
		if c.sets == nil {
			c.sets = map[string]int{}
		}
		c.sets[l.set()]++
	}
	if c.noNames {
		return
	}
	for _, n := range cellNames(cell) {
		if c.names == nil {
			c.names = map[string]int{}
		}
		c.names[strings.ToLower(n.Party)]++
		if len(n.Party) > 50 || strings.Count(n.Party, " ") > 4 || strings.ContainsAny(n.Party, ".:;?!") || len(c.names) > maxNames {
			c.noNames, c.names = true, nil
			return
		}
	}
}

func (c *column) hasCustomer() bool {
	for n := range c.names {
		if IsCustomer(n) || isPhrase(everyoneWords, n) {
			return true
		}
	}
	return false
}

// isLegend reports whether a table explains the letters: one of its columns
// has each letter at most once, alone or before its explanation.
func isLegend(cols []column) bool {
	for _, c := range cols {
		once := c.filled > 1 && c.filled <= 8 && c.single == c.lettered && len(c.sets) == c.lettered
		if once && c.lettered == c.filled && c.lettered >= 3 && len(cols) <= 2 {
			return true
		}
	}
	return false
}

// findLettered looks for columns in which most cells are role letters. Beside
// such a column, others count too if their head names a party, or if they have
// a head and nothing in them, or some letters and nothing much longer: better a
// cell that is reported than a party that is overlooked.
func (m *matrix) findLettered(cols []column) bool {
	sure := func(c int) bool {
		return cols[c].lettered > 0 && cols[c].lettered*2 >= cols[c].filled && !isPhrase(activityWords, m.heads[c])
	}
	some := false
	for c := range cols {
		some = some || sure(c)
	}
	for c := range cols {
		short := c > 0 && m.heads[c] != "" && cols[c].runes <= shortCell*cols[c].filled &&
			!isPhrase(contextWords, m.heads[c]) && !isPhrase(activityWords, m.heads[c])
		if sure(c) || c > 0 && namesRole(m.heads[c]) || short && (cols[c].lettered > 0 || cols[c].filled == 0) {
			m.columns = append(m.columns, c)
		}
	}
	if !some || len(m.columns) == m.width {
		m.columns = nil
		return false
	}
	m.form = lettered
	return true
}

// shortCell is how many characters a cell of letters has at most, on average.
const shortCell = 4

// findTransposed looks for heads that are role letters.
func (m *matrix) findTransposed(cols []column) bool {
	for c, head := range m.heads {
		l, ok := parseLetters(head)
		if ok && len(l) == 1 && cols[c].lettered*2 <= cols[c].filled {
			m.columns = append(m.columns, c)
			m.letters = append(m.letters, string(l[0].r))
		}
	}
	if len(m.columns) < 2 || len(m.columns) == m.width {
		m.columns, m.letters = nil, nil
		return false
	}
	m.form = transposed
	return true
}

// findNamed looks for columns whose cells name parties: one that names the
// customer somewhere, and others with no other names.
func (m *matrix) findNamed(cols []column) {
	known := map[string]bool{}
	for c := range cols {
		if cols[c].filled > 1 && cols[c].hasCustomer() {
			for n := range cols[c].names {
				known[n] = true
			}
		}
	}
	for c := range cols {
		all := cols[c].filled > 0 && cols[c].names != nil
		for n := range cols[c].names {
			all = all && known[n]
		}
		if all {
			m.columns = append(m.columns, c)
		}
	}
	if len(m.columns) == 0 || len(m.columns) == m.width {
		m.columns = nil
		return
	}
	m.form = named
}

// findActivity picks the column that says what is to be done: the one with a
// word for it, else the one with the longest text.
func (m *matrix) findActivity(cols []column) {
	m.activity = 0
	best := -1
	for c := range cols {
		if slices.Contains(m.columns, c) {
			continue
		}
		if isPhrase(activityWords, m.heads[c]) {
			m.activity = c
			return
		}
		length := 0
		if cols[c].filled > 0 && !isPhrase(contextWords, m.heads[c]) {
			length = cols[c].runes / cols[c].filled
		}
		if length > best {
			best, m.activity = length, c
		}
	}
}

// distinctHeads tells columns with the same head apart.
func distinctHeads(heads []string) []string {
	seen := map[string]bool{}
	for i, h := range heads {
		if h == "" {
			continue
		}
		for n := 2; seen[heads[i]]; n++ {
			heads[i] = h + " (" + strconv.Itoa(n) + ")"
		}
		seen[heads[i]] = true
	}
	return heads
}
