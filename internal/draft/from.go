package draft

import (
	"cmp"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/source"
)

// About is what a document does not say of itself.
type About struct {
	Provider, Title, URL string
	Source, Lock         string // id of the source, name of its lock
	Retrieved            string
}

// From returns what is known of a model from a document. A sentence, a list
// item or a row of a table becomes a statement; rows that explain the role
// letters are set aside.
func From(doc *source.Document, about About) Model {
	m := Model{
		Title: cmp.Or(about.Title, doc.Title, about.Provider), Provider: about.Provider,
		Source: Source{
			ID: about.Source, Title: cmp.Or(doc.Title, about.Title, about.Provider), URL: about.URL,
			Retrieved: about.Retrieved, Lock: about.Lock,
		},
		Parties: parties(doc, about),
	}
	sections := map[string]bool{}
	var legend []string
	for i := range doc.Statements {
		st := &doc.Statements[i]
		switch {
		case !st.Kind.Obliges():
		case st.Note == source.LegendNote:
			legend = append(legend, st.ID)
		default:
			sections[st.Section] = true
			m.Statements = append(m.Statements, statement(m, st))
		}
	}
	if legend != nil {
		m.Source.Excluded = []Exclusion{{Statements: legend, Reason: "legend"}}
	}
	m.Sections = usedSections(doc, sections)
	return m
}

// parties returns the columns of the document's tables, or the two there
// always are.
func parties(doc *source.Document, about About) []Party {
	var list []Party
	add := func(name string) {
		if name == "" || slices.ContainsFunc(list, func(p Party) bool { return strings.EqualFold(p.Name, name) }) {
			return
		}
		side := "provider"
		if source.IsCustomer(name) {
			side = "customer"
		}
		list = append(list, Party{partyID(name, len(list)), name, side})
	}
	for _, st := range doc.Statements {
		for _, head := range st.Parties {
			add(head)
		}
	}
	for _, st := range doc.Statements {
		for _, c := range st.Cells {
			if c.Aspect != "" {
				add(c.Party)
			}
		}
	}
	if list == nil {
		add("Customer")
		add(about.Provider)
	}
	return list
}

// partyID makes an identifier of a party's name.
func partyID(name string, n int) string {
	id := strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
	return cmp.Or(id, "party-"+string(rune('a'+n%26)))
}

// usedSections returns the sections that statements stand in, with those
// around them.
func usedSections(doc *source.Document, used map[string]bool) []Section {
	for i := len(doc.Sections) - 1; i >= 0; i-- { // a section stands behind its parent
		if s := doc.Sections[i]; used[s.ID] && s.Parent != "" {
			used[s.Parent] = true
		}
	}
	var list []Section
	if used["intro"] {
		list = append(list, Section{ID: "intro", Title: "Introduction"})
	}
	for _, s := range doc.Sections {
		if used[s.ID] {
			list = append(list, Section{s.ID, cmp.Or(s.Title, s.ID), s.Parent})
		}
	}
	return list
}

// statement returns a statement with the roles that are certain.
func statement(m Model, st *source.Statement) Statement {
	out := Statement{ID: st.ID, Section: st.Section, Line: st.Line, Text: st.Text, Roles: map[string]string{}}
	switch {
	case st.Kind != source.KindRow:
		out.Remark = "prose, which prints no letters"
	case st.Cells == nil:
		out.Remark = "it is not certain whose the letters " + cmp.Or(st.Glued, "are") + " are"
	case st.Cells[0].Aspect != "":
		named(m, st, &out)
	default:
		for _, c := range st.Cells {
			if letters := strings.ToUpper(c.Letters); letters != "" {
				out.Roles[m.partyOf(c.Party)] = letters
			}
			if c.Mark != "" {
				out.Remark = "the letters of " + c.Party + " have the mark " + c.Mark
			}
		}
		if len(out.Roles) == 0 {
			out.Remark = "the row names nobody"
		}
	}
	return out
}

// named reads a row whose cells name parties. If all name the same one, it
// does and answers for everything; else a person has to say who does what.
func named(m Model, st *source.Statement, out *Statement) {
	var says []string
	for _, c := range st.Cells {
		says = append(says, c.Aspect+": "+c.Party)
	}
	first := st.Cells[0].Party
	if slices.ContainsFunc(st.Cells, func(c source.Cell) bool { return !strings.EqualFold(c.Party, first) }) {
		out.Remark = "the row names several parties (" + strings.Join(says, "; ") + ")"
		return
	}
	out.Roles[m.partyOf(first)] = "RA"
}

func (m Model) partyOf(name string) string {
	for _, p := range m.Parties {
		if strings.EqualFold(p.Name, name) {
			return p.ID
		}
	}
	return ""
}
