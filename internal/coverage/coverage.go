// Package coverage says what became of every statement of a source.
//
// A model and the locks of its sources go in; out comes, statement by
// statement, which activities claim it, or why it was set aside, or that
// nobody has looked after it.
package coverage

import (
	"path"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/source"
)

// Locks are a model's locks, by file name.
type Locks map[string]*source.Lock

// LockExt is how the names of locks end.
const LockExt = ".lock"

// ReadLocks reads the locks among a model's files. A lock that cannot be read
// is in the map as nil, and findings say why.
func ReadLocks(files []model.File) (Locks, []diag.Finding) {
	var locks Locks
	var findings []diag.Finding
	for _, f := range files {
		if path.Ext(f.Name) != LockExt {
			continue
		}
		lock, found := source.ReadLock(f.Name, f.Data)
		findings = append(findings, found...)
		if locks == nil {
			locks = Locks{}
		}
		locks[path.Base(f.Name)] = lock
	}
	return locks, findings
}

// Source is a source with what became of its statements.
type Source struct {
	*model.Source
	Lock       *source.Lock // nil if it has none that could be read
	Statements []Statement  // in the order of the document
}

// Statement is a statement with what became of it.
type Statement struct {
	*source.Entry
	Activities []*model.Activity // that claim it, in the model's order
	Exclusion  *model.Exclusion  // that sets it aside; may be nil
}

// State is what became of a statement.
type State string

// The states.
const (
	Claimed   State = "claimed"   // by an activity
	Excluded  State = "excluded"  // set aside with a reason
	Unclaimed State = "unclaimed" // nobody has looked after it
	Aside     State = "aside"     // obliges nobody by what it is: a heading, a question, navigation
)

// State returns what became of the statement.
func (s Statement) State() State {
	switch {
	case len(s.Activities) > 0:
		return Claimed
	case s.Exclusion != nil:
		return Excluded
	case s.Kind.Obliges():
		return Unclaimed
	}
	return Aside
}

// Of returns the coverage of each source of a model, in its order.
func Of(m *model.Model, locks Locks) []Source {
	sources := make([]Source, len(m.Sources))
	for i, s := range m.Sources {
		sources[i].Source = s
		lock := locks[s.Lock.Value]
		if lock == nil {
			continue
		}
		sources[i].Lock = lock
		sources[i].Statements = statements(m, s, lock)
	}
	return sources
}

func statements(m *model.Model, s *model.Source, lock *source.Lock) []Statement {
	list := make([]Statement, len(lock.Statements))
	at := make(map[string]*Statement, len(list))
	for i := range list {
		list[i].Entry = &lock.Statements[i]
		at[list[i].ID] = &list[i]
	}
	for _, a := range m.Activities {
		for _, ref := range a.Statements {
			if st := at[ref.ID]; st != nil && ref.Source == s {
				st.Activities = append(st.Activities, a)
			}
		}
	}
	for i := range s.Excluded {
		for _, id := range s.Excluded[i].Statements {
			if st := at[id.Value]; st != nil {
				st.Exclusion = &s.Excluded[i]
			}
		}
	}
	return list
}

// Count returns how many statements that can oblige somebody there are, and
// how many of them are claimed and excluded.
func (s Source) Count() (total, claimed, excluded int) {
	for _, st := range s.Statements {
		switch st.State() {
		case Claimed:
			claimed++
		case Excluded:
			excluded++
		case Aside:
			continue
		}
		total++
	}
	return total, claimed, excluded
}
