package source

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// Lock is the inventory of a source: which statements the document has, and
// nothing of what they say but digests, role letters and the heads of the
// columns that the letters stand in. It can be checked against a copy of the
// document by anyone who has one.
//
// The file is YAML, written in one way only:
//
//	version: 1
//	source: guide                  # id of the source in its model
//	document: "<64 hex digits>"    # Document.Digest
//	sections:                      # ids that a person chose for headings,
//	  components: "<16 hex digits>"  # by the heading's digest
//	retired: ["3.1.2-4"]           # ids of statements that are gone; never used again
//	statements:
//	  - {id: "1.1-0", line: 22, kind: heading, digest: "<16 hex digits>"}
//	  - {id: "1.1-1", line: 25, kind: row, digest: "…", letters: {"Customer": "A", "OVHcloud": "I"}}
//	  - {id: "1.1-2", line: 26, kind: row, digest: "…", glued: "RA", parties: ["Customer", "OVHcloud"]}
//	  - {id: "1.1-3", line: 27, kind: row, digest: "…", glued: "RAI", open: true, parties: ["Customer", "OVHcloud"]}
//	  - {id: "1.2-1", line: 30, kind: row, digest: "…", named: {"Responsibility": ["Customer", "SAP"]}}
//
// letters are as printed, footnote marks included, "" where a cell is empty.
// glued are the letters of a row whose columns were lost or of which a cell is
// missing, so that it is not certain whose they are; with open, the first of
// them may belong to the text. A statement that has moved to another section
// since it got its id says so: section: "1.2".
type Lock struct {
	Source     string
	Document   string
	Sections   []Alias
	Retired    []string
	Statements []Entry
}

// Alias is the id that a person chose for a section.
type Alias struct {
	ID      string
	Heading string // digest of its heading
}

// Entry is a statement in a lock. Its fields are those of [Statement].
type Entry struct {
	ID      string
	Section string // in which it stands; it may have moved since it got its id
	Line    int
	Kind    Kind
	Digest  string
	Parties []string
	Cells   []Cell
	Glued   string
	Open    bool
	Pos     diag.Pos // in the lock's file, if it was read
}

// lockVersion is the version of the format.
const lockVersion = 1

// sectionOf returns the section that a statement got its id in.
func sectionOf(id string) string { return id[:max(0, strings.LastIndexByte(id, '-'))] }

// numberOf returns the number of a statement in its section, or 0.
func numberOf(id string) int {
	n, _ := strconv.Atoi(id[strings.LastIndexByte(id, '-')+1:])
	return n
}

// Agrees reports whether role letters that a model gives to the parties, in
// the order of the lock's columns and "" for none, can be what is printed: the
// same letters for each party, in any order. Of a row whose columns were lost
// it is known only how the letters follow each other.
func (e *Entry) Agrees(letters []string) bool {
	if e.Cells != nil {
		if len(letters) != len(e.Cells) {
			return false
		}
		for i, c := range e.Cells {
			if !sameSet(letters[i], c.Letters) {
				return false
			}
		}
		return true
	}
	printed := ""
	for _, l := range scanLetters(e.Glued) {
		printed += string(l.r)
	}
	total := len(strings.Join(letters, ""))
	if total > len(printed) || total < len(printed) && !e.Open {
		return false
	}
	printed = printed[len(printed)-total:]
	for _, l := range letters {
		if !sameSet(l, printed[:len(l)]) {
			return false
		}
		printed = printed[len(l):]
	}
	return true
}

func sameSet(a, b string) bool { return scanLetters(a).set() == scanLetters(b).set() }

// Bytes returns the lock as a file.
func (l *Lock) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString("# The statements of a published document, without their text. Written by demarc lock.\n")
	fmt.Fprintf(&b, "version: %d\nsource: %s\ndocument: %s\n", lockVersion, syntax.Quote(l.Source), syntax.Quote(l.Document))
	if len(l.Sections) > 0 {
		b.WriteString("sections:\n")
		for _, a := range l.Sections {
			fmt.Fprintf(&b, "  %s: %s\n", syntax.Quote(a.ID), syntax.Quote(a.Heading))
		}
	}
	if len(l.Retired) > 0 {
		fmt.Fprintf(&b, "retired: %s\n", quotedList(l.Retired))
	}
	if len(l.Statements) == 0 {
		b.WriteString("statements: []\n")
		return b.Bytes()
	}
	b.WriteString("statements:\n")
	for i := range l.Statements {
		l.Statements[i].write(&b)
	}
	return b.Bytes()
}

func (e *Entry) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "  - {id: %s, line: %d, kind: %s, digest: %s", syntax.Quote(e.ID), e.Line, e.Kind, syntax.Quote(e.Digest))
	if e.Section != sectionOf(e.ID) {
		fmt.Fprintf(b, ", section: %s", syntax.Quote(e.Section))
	}
	switch {
	case e.Cells == nil && len(e.Parties) > 0:
		fmt.Fprintf(b, ", glued: %s", syntax.Quote(e.Glued))
		if e.Open {
			b.WriteString(", open: true")
		}
		fmt.Fprintf(b, ", parties: %s", quotedList(e.Parties))
	case slices.ContainsFunc(e.Cells, func(c Cell) bool { return c.Aspect != "" }):
		b.WriteString(", named: {")
		for i, aspect := range aspects(e.Cells) {
			if i > 0 {
				b.WriteString(", ")
			}
			var names []string
			for _, c := range e.Cells {
				if c.Aspect == aspect {
					names = append(names, strings.TrimSpace(c.Party+" "+c.Mark))
				}
			}
			fmt.Fprintf(b, "%s: %s", syntax.Quote(aspect), quotedList(names))
		}
		b.WriteString("}")
	case len(e.Cells) > 0:
		b.WriteString(", letters: {")
		for i, c := range e.Cells {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(b, "%s: %s", syntax.Quote(c.Party), syntax.Quote(c.Letters+c.Mark))
		}
		b.WriteString("}")
	}
	b.WriteString("}\n")
}

// aspects returns the heads of columns that cells stand under, in order.
func aspects(cells []Cell) []string {
	var out []string
	for _, c := range cells {
		if !slices.Contains(out, c.Aspect) {
			out = append(out, c.Aspect)
		}
	}
	return out
}

func quotedList(list []string) string {
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = syntax.Quote(s)
	}
	return "[" + strings.Join(all, ", ") + "]"
}
