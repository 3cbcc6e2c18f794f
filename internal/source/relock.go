package source

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
)

// NewLock makes the lock of a document that has none. Sections gives ids that a
// person chose for headings, by the line that a heading stands on; where there
// is no heading, a finding of the rule document/no-heading says so.
func NewLock(source string, doc *Document, sections map[string]int) (*Lock, []diag.Finding) {
	rep := &reporter{file: doc.Name}
	lock := &Lock{Source: source}
	ids := make([]string, 0, len(sections))
	for id := range sections {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	chosen := map[string]string{}
	for _, id := range ids {
		line := sections[id]
		at := slices.IndexFunc(doc.Statements, func(s Statement) bool {
			return s.Line == line && (s.Kind == KindHeading || s.Kind == KindQuestion) && numberOf(s.ID) == 0
		})
		if at < 0 {
			rep.error("document/no-heading", line, fmt.Sprintf("line %d, to be section %q, is no heading", line, id), "give the line of a heading")
			continue
		}
		if doc.hasSection(id) && doc.Statements[at].Section != id {
			rep.error("document/no-heading", line, fmt.Sprintf("another section of the document is called %q", id), "choose another id")
			continue
		}
		chosen[doc.Statements[at].Section] = id
		lock.Sections = append(lock.Sections, Alias{ID: id, Heading: doc.Statements[at].Digest})
	}
	renamed := doc.rename(func(s *Statement) string {
		if id, ok := chosen[s.Section]; ok {
			return fmt.Sprintf("%s-%d", id, numberOf(s.ID))
		}
		return s.ID
	}, chosen)
	lock.fill(renamed)
	return lock, rep.findings
}

func (d *Document) hasSection(id string) bool {
	return slices.ContainsFunc(d.Sections, func(s Section) bool { return s.ID == id }) || id == introSection || id == navigationSection
}

// rename returns the document with other ids for its statements and sections.
func (d *Document) rename(id func(*Statement) string, sections map[string]string) *Document {
	out := *d
	out.Statements = slices.Clone(d.Statements)
	for i := range out.Statements {
		s := &out.Statements[i]
		s.ID = id(s)
		s.Section = cmp.Or(sections[s.Section], s.Section)
	}
	out.Sections = slices.Clone(d.Sections)
	for i := range out.Sections {
		s := &out.Sections[i]
		s.ID = cmp.Or(sections[s.ID], s.ID)
		s.Parent = cmp.Or(sections[s.Parent], s.Parent)
	}
	return &out
}

// fill takes the document's statements over.
func (l *Lock) fill(doc *Document) {
	l.Document = doc.Digest
	l.Statements = make([]Entry, 0, len(doc.Statements))
	for i := range doc.Statements {
		l.Statements = append(l.Statements, doc.Statements[i].entry())
	}
}

// entry returns the statement as a lock has it.
func (s *Statement) entry() Entry {
	e := Entry{
		ID: s.ID, Section: s.Section, Line: s.Line, Kind: s.Kind, Digest: s.Digest,
		Parties: s.Parties, Cells: s.Cells, Glued: s.Glued, Open: s.Open,
	}
	if s.Cells != nil {
		e.Glued, e.Open, e.Parties = "", false, nil
		for _, c := range s.Cells {
			if c.Aspect == "" {
				e.Parties = append(e.Parties, c.Party)
			}
		}
	}
	return e
}

// Adopt returns the document with the ids that the lock has for its
// statements, so that a model's references fit it. A statement that the lock
// does not have gets the next number of its section that was never used.
func (l *Lock) Adopt(doc *Document) *Document {
	return l.adopt(doc, match(l.items(nil), doc.items()))
}

func (l *Lock) adopt(doc *Document, m *matching) *Document {
	used := map[string]bool{} // sections
	last := map[string]int{}  // numbers, by section
	note := func(id string) {
		section := sectionOf(id)
		used[section] = true
		last[section] = max(last[section], numberOf(id))
	}
	for i := range l.Statements {
		note(l.Statements[i].ID)
	}
	for _, id := range l.Retired {
		note(id)
	}
	sections := maps.Clone(m.sections)
	for i := range doc.Sections {
		at := doc.Sections[i].ID
		if sections[at] == "" {
			section := at
			for k := 2; used[section]; k++ {
				section = fmt.Sprintf("%s-%d", at, k)
			}
			sections[at], used[section] = section, true
		}
	}
	at := 0 // of the next statement among m.new, which has no navigation
	return doc.rename(func(s *Statement) string {
		if s.Kind == KindNavigation {
			return s.ID
		}
		n := at
		at++
		if o := m.toOld[n]; o >= 0 {
			return m.old[o].id
		}
		section := cmp.Or(sections[s.Section], s.Section)
		if numberOf(s.ID) == 0 {
			return section + "-0"
		}
		last[section]++
		return fmt.Sprintf("%s-%d", section, last[section])
	}, sections)
}

// Update returns the lock of a newer copy of the document. Statements that did
// not change keep their ids, and so do those that were reworded or moved; ids
// of statements that are gone are retired.
func (l *Lock) Update(doc *Document) *Lock {
	next := &Lock{Source: l.Source, Retired: slices.Clone(l.Retired)}
	next.fill(l.Adopt(doc))
	have := map[string]*Entry{}
	for i := range next.Statements {
		have[next.Statements[i].ID] = &next.Statements[i]
	}
	for i := range l.Statements {
		e := &l.Statements[i]
		if have[e.ID] == nil && e.Kind != KindNavigation && !slices.Contains(next.Retired, e.ID) {
			next.Retired = append(next.Retired, e.ID)
		}
	}
	for _, a := range l.Sections {
		if e := have[a.ID+"-0"]; e != nil {
			next.Sections = append(next.Sections, Alias{ID: a.ID, Heading: e.Digest})
		}
	}
	return next
}

// items returns what a lock has to compare, navigation left out. Texts, by id,
// are what is known of an older copy of the document.
func (l *Lock) items(texts map[string]string) []item {
	var out []item
	for i := range l.Statements {
		if e := &l.Statements[i]; e.Kind != KindNavigation {
			out = append(out, item{id: e.ID, section: e.Section, kind: e.Kind, digest: e.Digest, text: texts[e.ID]})
		}
	}
	return out
}

// items returns what a document has to compare, navigation left out.
func (d *Document) items() []item {
	var out []item
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Kind != KindNavigation {
			out = append(out, item{id: s.ID, section: s.Section, kind: s.Kind, digest: s.Digest, other: s.otherDigests(), text: s.whole()})
		}
	}
	return out
}

// otherDigests returns the digests that a row may have in a copy of the
// document in which it is or is not certain where its text ends.
func (s *Statement) otherDigests() []string {
	var out []string
	if s.Open {
		for _, r := range s.Readings {
			out = append(out, digest(r.Text))
		}
	} else if len(s.Parties) > 0 && s.Context == "" {
		var cells []string
		for _, c := range s.Cells {
			cells = append(cells, c.Letters+c.Mark)
		}
		out = append(out, digest(s.Text+strings.Join(cells, "")), digest(s.Text+" "+strings.Join(cells, " ")))
	}
	return out
}

// whole returns all that a statement says.
func (s *Statement) whole() string { return strings.TrimSpace(s.Text + " " + s.Context) }
