// Package drift says what a change of the provider's document means for a
// model.
//
// The differences between a lock and a newer copy of its document go in, with
// the model; out comes a report of what changed, the most important first,
// with the activities and checklist items that each change touches, as text,
// JSON or Markdown.
package drift

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/source"
)

// Report is what changed in one source.
type Report struct {
	Source  string   `json:"source"` // model#source
	Changes []Change `json:"changes"`
}

// Change is one change with what it touches.
type Change struct {
	Kind       source.ChangeKind   `json:"kind"`
	Also       []source.ChangeKind `json:"also,omitempty"`
	Statement  string              `json:"statement"` // source#statement
	Is         source.Kind         `json:"is"`
	OldLine    int                 `json:"old_line,omitempty"`
	NewLine    int                 `json:"new_line,omitempty"`
	OldSection string              `json:"old_section,omitempty"`
	NewSection string              `json:"new_section,omitempty"`
	OldRoles   string              `json:"old_roles,omitempty"`
	NewRoles   string              `json:"new_roles,omitempty"`
	OldText    string              `json:"old_text,omitempty"` // only if a copy of the old document was given
	NewText    string              `json:"new_text,omitempty"`
	OldModal   string              `json:"old_modal,omitempty"`
	NewModal   string              `json:"new_modal,omitempty"`
	Activities []string            `json:"activities"`
	Items      []string            `json:"items"`
}

// Of returns the report about a source of a model.
func Of(m *model.Model, s *model.Source, changes []source.Change) Report {
	r := Report{Source: m.ID + "#" + s.ID, Changes: []Change{}}
	for _, c := range changes {
		change := Change{
			Kind: c.Kind, Also: c.Also, Statement: s.ID + "#" + c.ID, Is: c.Is, OldLine: c.OldLine, NewLine: c.NewLine,
			OldSection: c.OldSection, NewSection: c.NewSection, OldText: c.OldText, NewText: c.NewText,
			OldRoles: roles(&c.Old), NewRoles: roles(&c.New), OldModal: c.OldModal, NewModal: c.NewModal,
			Activities: []string{}, Items: []string{},
		}
		for _, a := range m.Activities {
			if !claims(a, s, c.ID) {
				continue
			}
			change.Activities = append(change.Activities, a.ID)
			for _, it := range a.Items {
				if !slices.Contains(change.Items, it.ID) {
					change.Items = append(change.Items, it.ID)
				}
			}
		}
		r.Changes = append(r.Changes, change)
	}
	return r
}

func claims(a *model.Activity, s *model.Source, statement string) bool {
	return slices.ContainsFunc(a.Statements, func(ref model.Statement) bool { return ref.Source == s && ref.ID == statement })
}

// roles returns who does what as printed, such as "Customer RA, Acme I".
func roles(e *source.Entry) string {
	if e.Cells == nil {
		return e.Glued
	}
	var list []string
	for _, c := range e.Cells {
		switch {
		case c.Aspect != "":
			list = append(list, c.Aspect+" "+c.Party)
		case c.Letters != "":
			list = append(list, c.Party+" "+c.Letters+c.Mark)
		}
	}
	return strings.Join(list, ", ")
}

// Notes returns, by id, what is to be noted on the activities and items that
// the changes touch, with the date.
func (r Report) Notes(on model.Date) (activities, items map[string]string) {
	activities, items = map[string]string{}, map[string]string{}
	for _, c := range r.Changes {
		what := fmt.Sprintf("%s %s", c.Statement, phrases[c.Kind])
		for _, touched := range []struct {
			ids   []string
			notes map[string]string
		}{{c.Activities, activities}, {c.Items, items}} {
			for _, id := range touched.ids {
				touched.notes[id] = join(touched.notes[id], what)
			}
		}
	}
	for _, notes := range []map[string]string{activities, items} {
		for _, id := range slices.Collect(maps.Keys(notes)) {
			notes[id] = string(on) + ": " + notes[id]
		}
	}
	return activities, items
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// phrases says what happened to a statement.
var phrases = map[source.ChangeKind]string{
	source.MovedToYou:   "moved to you",
	source.MovedAway:    "moved away from you",
	source.RolesChanged: "has other roles",
	source.New:          "is new",
	source.Gone:         "is gone",
	source.Reworded:     "was reworded",
	source.Softened:     "was softened",
	source.Hardened:     "was hardened",
	source.Moved:        "stands elsewhere",
}
