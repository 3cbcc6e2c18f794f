// Package export writes the catalogue for other programs.
//
// Models go in; out comes one document in another format.
package export

import (
	"encoding/json"
	"io"

	"github.com/demarc/demarc/internal/model"
)

// Document is the catalogue as [JSON] writes it. Fields are only ever added.
// docs/export-json.md describes it for its readers.
type Document struct {
	Format int     `json:"format"` // 1
	Models []Model `json:"models"`
}

// Model is one model.
type Model struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Provider   string      `json:"provider"`
	Summary    string      `json:"summary"` // Markdown
	Reviewed   model.Date  `json:"reviewed"`
	Parties    []Party     `json:"parties"`
	Sources    []Source    `json:"sources"`
	Sections   []Section   `json:"sections"`
	Parameters []Parameter `json:"parameters"`
	Activities []Activity  `json:"activities"`
	Items      []Item      `json:"items"`
}

// Party is who can hold a role.
type Party struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Side    model.Side `json:"side"`
	Contact string     `json:"contact,omitempty"` // Markdown
}

// Source is a document of the provider.
type Source struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	URL       string     `json:"url"`
	Published model.Date `json:"published,omitempty"`
	Retrieved model.Date `json:"retrieved"`
	Language  string     `json:"language,omitempty"`
	Note      string     `json:"note,omitempty"` // Markdown
}

// Section is a part of a source.
type Section struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Parent string `json:"parent,omitempty"`
}

// Parameter is a value that differs from cluster to cluster.
type Parameter struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Value       string `json:"value,omitempty"`
}

// Activity is something somebody has to do.
type Activity struct {
	ID        string                 `json:"id"`
	Section   string                 `json:"section"`
	Title     string                 `json:"title"`
	RACI      map[string]model.Roles `json:"raci"` // letters by party, as the source prints them
	Basis     model.Basis            `json:"basis"`
	Rationale string                 `json:"rationale,omitempty"` // Markdown
	Topic     string                 `json:"topic"`
	Action    model.Action           `json:"action"`
	Source    []string               `json:"source"`           // source#statement
	Caveat    string                 `json:"caveat,omitempty"` // Markdown
	Ask       string                 `json:"ask,omitempty"`    // Markdown
	Items     []string               `json:"items"`
}

// Item is what the customer does about activities.
type Item struct {
	ID         string       `json:"id"`
	Use        string       `json:"use,omitempty"` // the library item it was made from
	Title      string       `json:"title"`
	Phase      model.Phase  `json:"phase"`
	Level      model.Level  `json:"level"`
	Action     model.Action `json:"action"`
	Covers     []string     `json:"covers"`
	Own        bool         `json:"own,omitempty"`
	Team       []model.Team `json:"team"`
	Why        string       `json:"why"` // Markdown
	Steps      []Step       `json:"steps"`
	Evidence   string       `json:"evidence"` // Markdown
	Repeat     string       `json:"repeat"`
	References []Reference  `json:"references"`
}

// Step is one step of an item.
type Step struct {
	Text     string `json:"text"` // Markdown
	Caution  string `json:"caution,omitempty"`
	Run      string `json:"run,omitempty"`
	Manifest string `json:"manifest,omitempty"`
	Expect   string `json:"expect,omitempty"`
	Undo     string `json:"undo,omitempty"`
}

// Reference is primary documentation.
type Reference struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// JSON writes the models, in their order, as one [Document].
func JSON(w io.Writer, models []*model.Model) error {
	doc := Document{Format: 1, Models: each(models, modelOf)}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(doc)
}

// each returns f of every element; never nil, so that JSON has a list.
func each[S, T any](list []S, f func(S) T) []T {
	out := make([]T, len(list))
	for i, s := range list {
		out[i] = f(s)
	}
	return out
}

func modelOf(m *model.Model) Model {
	return Model{
		ID: m.ID, Title: m.Title.Value, Provider: m.Provider.Value, Summary: m.Summary.Value, Reviewed: m.Reviewed,
		Parties: each(m.Parties, func(p *model.Party) Party {
			return Party{p.ID, p.Name.Value, p.Side, p.Contact.Value}
		}),
		Sources: each(m.Sources, func(s *model.Source) Source {
			return Source{s.ID, s.Title.Value, s.URL.Value, s.Published, s.Retrieved, s.Language.Value, s.Note.Value}
		}),
		Sections: each(m.Sections, func(s *model.Section) Section {
			section := Section{ID: s.ID, Title: s.Title.Value}
			if s.Parent != nil {
				section.Parent = s.Parent.ID
			}
			return section
		}),
		Parameters: each(m.Parameters, func(p *model.Parameter) Parameter {
			return Parameter{p.Name, p.Description.Value, p.Value}
		}),
		Activities: each(m.Activities, activityOf),
		Items:      each(m.Items, itemOf),
	}
}

func activityOf(a *model.Activity) Activity {
	raci := make(map[string]model.Roles, len(a.Assignments))
	for _, as := range a.Assignments {
		raci[as.Party.ID] = as.Roles
	}
	return Activity{
		ID: a.ID, Section: a.Section.ID, Title: a.Title.Value, RACI: raci, Basis: a.Basis, Rationale: a.Rationale.Value,
		Topic: a.Topic.ID, Action: a.Action(), Caveat: a.Caveat.Value, Ask: a.Ask.Value,
		Source: each(a.Statements, model.Statement.String),
		Items:  each(a.Items, func(it *model.Item) string { return it.ID }),
	}
}

func itemOf(it *model.Item) Item {
	return Item{
		ID: it.ID, Use: it.Use, Title: it.Title.Value, Phase: it.Phase, Level: it.Level, Action: it.Action(), Own: it.Own,
		Covers: each(it.Covers, func(c model.Cover) string { return c.Activity.ID }),
		Team:   append([]model.Team{}, it.Teams...),
		Why:    it.Why.Value, Evidence: it.Evidence.Value, Repeat: it.Repeat.Value,
		Steps: each(it.Steps, func(s model.Step) Step {
			return Step{s.Text.Value, s.Caution.Value, s.Run.Value, s.Manifest.Value, s.Expect.Value, s.Undo.Value}
		}),
		References: each(it.References, func(r model.Reference) Reference { return Reference{r.Title.Value, r.URL.Value} }),
	}
}
