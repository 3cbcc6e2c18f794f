package source

import (
	"regexp"
	"strings"
)

// asciiDoc reads blocks from lines.
type asciiDoc struct {
	lines   []adocLine
	next    int      // line to read
	inCell  bool     // the lines are those of a table cell
	options []string // block attributes for the table that follows
	markers []string // of the open lists, the outermost first
	text    []string // lines of the block being read
	block   Block    // its kind and place
	blocks  []Block
	budget  int // cells that tables may still have
}

var (
	adocHeading    = regexp.MustCompile(`^(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+(={1,6}|#{1,6}))?$`)
	adocAnchor     = regexp.MustCompile(`^\[\[[^\]]*\]\]$`)
	adocAttributes = regexp.MustCompile(`^\[[^\]\[]*(?:\[[^\]\[]*\][^\]\[]*)*\]$`)
	adocTitle      = regexp.MustCompile(`^\.([^\s.].*)$`)
	adocDelimiter  = regexp.MustCompile(`^(?:={4,}|\*{4,}|_{4,}|-{4,}|\.{4,}|\+{4,}|~{4,}|-{2,3}|\*{3}|'{3,}|<{3,}|\x60{3,}\S*)$`)
	adocVerbatim   = regexp.MustCompile(`^(?:-{4,}|\.{4,}|\+{4,}|\x60{3,}\S*)$`)
	adocItem       = regexp.MustCompile(`^[ \t]*(\*{1,6}|-|\.{1,6}|<(?:\d+|\.)>|\d+\.|[A-Za-z]\.|[ivxIVX]+\))[ \t]+(?:\[[ x*]\][ \t]+)?(\S.*)$`)
	adocTerm       = regexp.MustCompile(`^[ \t]*(\S.*?)(:{2,4}|;;)(?:[ \t]+(\S.*))?$`)
	adocMacro      = regexp.MustCompile(`^(?:image|video|audio|toc|icon)::[^\[]*\[.*\]$`)
	adocAdmonition = regexp.MustCompile(`^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+`)
)

// read reads all lines.
func (r *asciiDoc) read() error {
	for r.next < len(r.lines) {
		line := r.lines[r.next]
		r.next++
		if err := r.line(line); err != nil {
			return err
		}
	}
	r.flush()
	return nil
}

// line reads a line, and those after it that belong to it.
func (r *asciiDoc) line(l adocLine) error {
	switch text := l.text; {
	case text == "":
		r.flush()
	case text == "+":
		r.flush() // what follows belongs to the item
	case isAdocFence(text, '/'):
		r.flush()
		r.until(text)
	case strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "///"):
		// a comment within a paragraph does not end it
	case r.startsTable(text):
		r.flush()
		return r.table(l)
	case r.underlines(text):
		// was the second line of a heading
	case adocVerbatim.MatchString(text):
		r.verbatim(l)
	case adocDelimiter.MatchString(text), adocMacro.MatchString(text):
		r.flush()
	case len(r.text) == 0 && (adocAnchor.MatchString(text) || adocAttributes.MatchString(text)):
		r.options = append(r.options, text)
	case len(r.text) == 0 && adocTitle.MatchString(text):
		r.open(Block{Kind: Paragraph, Line: l.line}, text[1:])
		r.flush()
	case adocHeading.MatchString(text):
		r.heading(l)
	default:
		r.textLine(l)
	}
	return nil
}

// isAdocFence reports whether a line is four or more of one character.
func isAdocFence(text string, c byte) bool {
	return len(text) >= 4 && strings.Trim(text, string(c)) == ""
}

// until skips lines to the one that ends a block, and returns them. A block
// without end goes to the end, as the standard has it.
func (r *asciiDoc) until(end string) []adocLine {
	from := r.next
	for r.next < len(r.lines) {
		r.next++
		if r.lines[r.next-1].text == end {
			return r.lines[from : r.next-1]
		}
	}
	return r.lines[from:]
}

func (r *asciiDoc) heading(l adocLine) {
	r.flush()
	match := adocHeading.FindStringSubmatch(l.text)
	r.markers = nil
	r.open(Block{Kind: Heading, Level: len(match[1]), Line: l.line}, match[2])
	r.flush()
}

// underlines makes a heading of the line before if this one underlines it.
func (r *asciiDoc) underlines(text string) bool {
	level := strings.IndexByte("=-~^+", text[0]) + 1
	if level == 0 || len(r.text) != 1 || r.block.Kind != Paragraph || len(text) < 3 || strings.Trim(text, text[:1]) != "" {
		return false
	}
	title := []rune(r.text[0])
	if diff := len(title) - len(text); diff < -2 || diff > 2 {
		return false
	}
	r.block.Kind, r.block.Level = Heading, level
	r.markers = nil
	r.flush()
	return true
}

// verbatim reads a listing. Passed-through HTML is read as that.
func (r *asciiDoc) verbatim(l adocLine) {
	r.flush()
	r.options = nil
	end := l.text
	if end[0] == '`' {
		end = "```"
	}
	inner := r.until(end)
	if len(inner) == 0 {
		return
	}
	var b strings.Builder
	for _, l := range inner {
		b.WriteString(l.text + "\n")
	}
	if end[0] == '+' {
		if blocks, err := readHTML([]byte(b.String())); err == nil {
			for _, block := range blocks {
				r.blocks = append(r.blocks, shiftLines(block, inner[0].line-1))
			}
		}
		return
	}
	if text := visibleText(b.String()); text != "" {
		r.blocks = append(r.blocks, Block{Kind: Paragraph, Text: text, Line: inner[0].line})
	}
}

func shiftLines(b Block, by int) Block {
	b.Line += by
	for i := range b.Rows {
		b.Rows[i].Line += by
	}
	return b
}

// textLine reads a line of a paragraph or of a list item.
func (r *asciiDoc) textLine(l adocLine) {
	if match := adocItem.FindStringSubmatch(l.text); match != nil && r.mayStartItem() {
		r.item(l, adocMarker(match[1]), match[2])
		return
	}
	if match := adocTerm.FindStringSubmatch(l.text); match != nil && r.mayStartItem() {
		r.item(l, match[2], match[1])
		r.term(match[3])
		return
	}
	if len(r.text) > 0 {
		r.text = append(r.text, l.text)
		return
	}
	if r.next < 2 || r.lines[r.next-2].text != "+" {
		if l.text[0] != ' ' && l.text[0] != '\t' {
			r.markers = nil // a paragraph of its own ends the lists
		}
	}
	r.open(Block{Kind: Paragraph, Line: l.line}, adocAdmonition.ReplaceAllString(l.text, ""))
}

// mayStartItem reports whether a list item can begin here: not in the middle of
// a paragraph.
func (r *asciiDoc) mayStartItem() bool { return len(r.text) == 0 || r.block.Kind == ListItem }

// adocMarker returns what lists a marker belongs to: 1. and 2. are one.
func adocMarker(marker string) string {
	switch {
	case marker[0] == '<':
		return "<>"
	case strings.HasSuffix(marker, ")"):
		return "i)"
	case '0' <= marker[0] && marker[0] <= '9':
		return "1."
	case marker[0] >= 'A':
		return "a."
	}
	return marker
}

// item begins a list item. A marker that is not that of an open list begins a
// list inside the item before.
func (r *asciiDoc) item(l adocLine, marker, text string) {
	r.flush()
	level := 0
	for level < len(r.markers) && r.markers[level] != marker {
		level++
	}
	if level < len(r.markers) {
		r.markers = r.markers[:level]
	}
	if len(r.markers) < maxAdocLists {
		r.markers = append(r.markers, marker)
	}
	r.open(Block{Kind: ListItem, Level: len(r.markers), Line: l.line}, text)
}

// maxAdocLists is more than there are markers.
const maxAdocLists = 20

// term joins a term with its definition, which stands behind it or in the next
// line with text.
func (r *asciiDoc) term(definition string) {
	for i := r.next; definition == "" && i < len(r.lines); i++ {
		text := r.lines[i].text
		if text == "" {
			continue
		}
		if r.isPlain(text) {
			definition = text
			r.next = i + 1
		}
		break
	}
	if definition != "" {
		r.text = []string{define(r.text[0], strings.TrimSpace(definition))}
	}
}

// isPlain reports whether a line is the start of a paragraph.
func (r *asciiDoc) isPlain(text string) bool {
	for _, other := range []*regexp.Regexp{adocHeading, adocAttributes, adocTitle, adocDelimiter, adocItem, adocTerm, adocMacro} {
		if other.MatchString(text) {
			return false
		}
	}
	return text != "+" && !strings.HasPrefix(text, "//") && !r.startsTable(text)
}

// open begins a block.
func (r *asciiDoc) open(b Block, text string) {
	r.options = nil
	r.block, r.text = b, []string{text}
}

// flush ends the block being read.
func (r *asciiDoc) flush() {
	if len(r.text) == 0 {
		return
	}
	if r.block.Text = adocText(strings.Join(r.text, "\n")); r.block.Text != "" {
		r.blocks = append(r.blocks, r.block)
	}
	r.text = nil
}
