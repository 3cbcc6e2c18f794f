package render

import (
	"strings"

	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/markdown"
)

// Coverage is a source with what became of its statements.
type Coverage struct {
	coverage.Source
	Total, Claimed, Excluded int // of the statements that can oblige somebody
}

// Coverage returns the sources that have a lock.
func (v ModelView) Coverage() []Coverage {
	var list []Coverage
	for _, s := range v.coverage {
		if s.Lock == nil {
			continue
		}
		c := Coverage{Source: s}
		c.Total, c.Claimed, c.Excluded = s.Count()
		list = append(list, c)
	}
	return list
}

// Aside returns how many parts of the document oblige nobody by what they are:
// headings, questions, navigation.
func (c Coverage) Aside() int { return len(c.Statements) - c.Total }

// Walk returns the statements that can oblige somebody, in the order of the
// document.
func (c Coverage) Walk() []Statement {
	var list []Statement
	for _, s := range c.Statements {
		if s.State() != coverage.Aside {
			list = append(list, Statement{s})
		}
	}
	return list
}

// Statement is a statement in a document of ours.
type Statement struct{ coverage.Statement }

// Claims returns links to the activities that claim the statement, or why it
// was set aside.
func (s Statement) Claims() string {
	switch s.State() {
	case coverage.Excluded:
		text := "set aside: " + string(s.Exclusion.Reason)
		if note := s.Exclusion.Note.Value; note != "" {
			text += " (" + markdown.Cell(note) + ")"
		}
		return text
	case coverage.Unclaimed:
		return "unclaimed"
	}
	links := make([]string, len(s.Activities))
	for i, a := range s.Activities {
		links[i] = activityLink(a)
	}
	return strings.Join(links, ", ")
}
