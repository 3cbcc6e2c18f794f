package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/diag"
)

// Kind tells what a statement is.
type Kind string

// The kinds of statement.
const (
	KindRow        Kind = "row"        // a row of a table
	KindItem       Kind = "item"       // an item of a list
	KindSentence   Kind = "sentence"   // a sentence of a paragraph
	KindQuestion   Kind = "question"   // a heading or a sentence that asks
	KindHeading    Kind = "heading"    // a heading
	KindNavigation Kind = "navigation" // what the site puts around the text
)

// Kinds lists the kinds of statement.
var Kinds = []Kind{KindRow, KindItem, KindSentence, KindQuestion, KindHeading, KindNavigation}

// Obliges reports whether a statement of this kind can oblige somebody, so that
// a model has to claim it or set it aside. The others are set aside by what
// they are.
func (k Kind) Obliges() bool { return k == KindRow || k == KindItem || k == KindSentence }

// Statement is the smallest unit of a source that can oblige somebody.
//
// Its id is that of its section, a hyphen and its number there, from 1 in the
// order of the document: 3.1.2-3, security-by-design-4. A heading is number 0
// of the section that it opens. What the site puts around the text counts by
// itself, as navigation-1 and so on, and takes no number away.
type Statement struct {
	ID      string
	Section string // id of the section
	Line    int    // from 1, in the document; of a paragraph, for all its sentences
	Kind    Kind
	Text    string // what is said; of a row, the activity; of a heading, without its number
	Context string // of a row, what the columns beside the activity say
	Digest  string // of text and context, folded: 16 hexadecimal digits

	// Of a row in a table that says who does what:
	Parties  []string  // heads of the columns of roles, in order
	Cells    []Cell    // what the row says; nil if that is not certain
	Glued    string    // if not: the letters as printed
	Open     bool      // and the text may go on into them
	Readings []Reading // and what the row may say, at most 16 ways

	Note string // what a person should know about the reading; may be empty
}

// Cell is what a row says about a party.
type Cell struct {
	Party   string // as printed: the head of the column, or the name in the cell
	Letters string // role letters in the order printed; "" if none, or if the cell names the party
	Mark    string // footnote marks, such as * or (1)
	Aspect  string // head of the column, if the cell names the party
}

// Reading is one way to read a row.
type Reading struct {
	Text  string
	Cells []Cell
}

// Section is a part of a document below a heading.
type Section struct {
	ID     string // its number, or its title in lower-case letters and hyphens
	Title  string // as printed, without the number
	Parent string // id of the section it stands in, or ""
	Level  int    // of the heading
	Line   int
}

// Ids of what stands under no heading of the document.
const (
	introSection      = "intro"      // before the first heading
	navigationSection = "navigation" // around the text
)

// Document is a source that was read and cut into statements.
type Document struct {
	Name       string
	Title      string // of the page; "" if none was found
	Digest     string // of all that it says, 64 hexadecimal digits; navigation does not count
	Sections   []Section
	Statements []Statement
	Findings   []diag.Finding // what could not be read for certain, and why
}

// Parse reads a document and cuts it into statements. See [Read] for the error
// and for documents that cannot be read: these have no statements, and a
// finding that is an error.
func Parse(name string, data []byte) (doc *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("reading %s: %v", name, r)
		}
	}()
	blocks, findings, err := Read(name, data)
	if err != nil {
		return nil, err
	}
	doc = Inventory(name, blocks)
	doc.Findings = append(findings, doc.Findings...)
	diag.Sort(doc.Findings)
	return doc, nil
}

// Inventory cuts the blocks of a document into statements.
func Inventory(name string, blocks []Block) *Document {
	b := &builder{
		doc:      &Document{Name: name},
		rep:      &reporter{file: name},
		evidence: gather(blocks),
		section:  introSection,
		taken:    map[string]bool{introSection: true, navigationSection: true},
		numbers:  map[string]int{},
	}
	chrome := leadingNavigation(blocks)
	title := titleBlock(blocks, chrome)
	for i := range blocks {
		if len(b.doc.Statements) > maxStatements {
			b.rep.error("document/too-large", 0, fmt.Sprintf("the document has more than %d statements", maxStatements), tooLargeHint)
			b.doc.Statements, b.doc.Sections = nil, nil
			break
		}
		switch block := &blocks[i]; {
		case i < chrome, block.Kind != Table && isNavigation(block.Text, b.section == introSection, i == len(blocks)-1):
			b.navigation(block)
		case i == title:
			b.doc.Title = block.Text
			b.statement(Statement{ID: introSection + "-0", Section: introSection, Line: block.Line, Kind: KindHeading, Text: block.Text})
		default:
			b.block(block)
		}
	}
	linkFootnotes(b.doc.Statements)
	b.subjectChange()
	b.rep.rest()
	b.doc.Findings = b.rep.findings
	b.doc.Digest = b.doc.digest()
	return b.doc
}

// digest identifies what a document says: the text and the letters of all
// statements, in order, navigation left out.
func (d *Document) digest() string {
	h := sha256.New()
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Kind != KindNavigation {
			fmt.Fprintf(h, "%s %s\n", s.Digest, s.printed())
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// printed returns who does what in a row, as printed, in a form to compare.
func (s *Statement) printed() string {
	if s.Cells == nil {
		return s.Glued
	}
	var b strings.Builder
	for _, c := range s.Cells {
		fmt.Fprintf(&b, "%s=%s%s;", c.Party, c.Letters, c.Mark)
	}
	return b.String()
}

// builder makes a document of blocks.
type builder struct {
	doc      *Document
	rep      *reporter
	evidence *evidence
	section  string          // in which the next statement stands
	taken    map[string]bool // ids of sections
	numbers  map[string]int  // of statements, by section
}

// statement adds a statement that has its id. Beyond the limit there is no use
// in it; the document is given up.
func (b *builder) statement(s Statement) {
	if len(b.doc.Statements) > maxStatements {
		return
	}
	s.Digest = digest(s.Text)
	if s.Context != "" {
		s.Digest = digest(s.Text + "\n" + s.Context)
	}
	b.doc.Statements = append(b.doc.Statements, s)
}

// next adds a statement under the next number of its section.
func (b *builder) next(s Statement) {
	b.numbers[s.Section]++
	s.ID = fmt.Sprintf("%s-%d", s.Section, b.numbers[s.Section])
	b.statement(s)
}

func (b *builder) navigation(block *Block) {
	text := block.Text
	if block.Kind == Table {
		for _, row := range block.Rows {
			text += joinCells(row.Cells) + " "
		}
	}
	b.next(Statement{Section: navigationSection, Line: block.Line, Kind: KindNavigation, Text: squeeze(text)})
}

func (b *builder) block(block *Block) {
	switch block.Kind {
	case Heading:
		b.stray(block)
		b.heading(block)
	case Paragraph:
		b.stray(block)
		for _, text := range sentences(block.Text) {
			s := Statement{Section: b.section, Line: block.Line, Kind: KindSentence, Text: text}
			if asks(text) {
				s.Kind = KindQuestion
			}
			if explainsLetter(text) {
				s.Note = LegendNote
			}
			b.next(s)
		}
	case ListItem:
		b.stray(block)
		s := Statement{Section: b.section, Line: block.Line, Kind: KindItem, Text: block.Text}
		if explainsLetter(block.Text) {
			s.Note = LegendNote
		}
		b.next(s)
	case Table:
		b.table(block)
	}
}

func asks(text string) bool { return strings.HasSuffix(strings.TrimRight(text, ` "”’»)*`), "?") }

// heading opens a section.
func (b *builder) heading(block *Block) {
	number, title := cutNumber(block.Text)
	id := number
	if id == "" {
		id = slug(title)
	}
	if id == "" {
		id = "section"
	}
	base := id
	for n := 2; b.taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	b.taken[id] = true
	b.section = id
	b.doc.Sections = append(b.doc.Sections, Section{
		ID: id, Title: title, Level: block.Level, Line: block.Line, Parent: b.parent(number, block.Level),
	})
	s := Statement{ID: id + "-0", Section: id, Line: block.Line, Kind: KindHeading, Text: title}
	if asks(title) {
		s.Kind = KindQuestion
	}
	b.statement(s)
}

// parent returns the section that a new one stands in: by its number, else by
// the level of its heading.
func (b *builder) parent(number string, level int) string {
	if i := strings.LastIndexByte(number, '.'); i > 0 {
		if b.taken[number[:i]] {
			return number[:i]
		}
	}
	for i := len(b.doc.Sections) - 1; i >= 0; i-- {
		if s := b.doc.Sections[i]; s.Level < level {
			return s.ID
		}
	}
	return ""
}
