package render

import (
	"cmp"
	"strings"

	"github.com/demarc/demarc/internal/compare"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Card is what the site's own documents say about a model. It is small, can be
// kept when the model is let go of, and survives being written as JSON.
type Card struct {
	ID         string
	Site       string // address of the published site; "" if the workspace does not say
	Title      string
	Provider   string
	Summary    model.Prose
	Reviewed   model.Date
	Activities int
	Items      int
	Inferred   int                  // activities whose basis is inferred
	Before     int                  // items before production
	Actions    map[model.Action]int // activities by what they mean for the customer
	Questions  int                  // activities with a question to the provider
	Proofs     int                  // items that ask the provider for proof
	Sources    []SourceCard
	Caveats    []Note
	Compared   []compare.Activity // nil unless the site compares its models
}

// SourceCard is what the page about the sources says of one.
type SourceCard struct {
	Title, URL           string
	Published, Retrieved model.Date
	Language             string
	Note                 model.Prose
}

// Note is a remark on an activity.
type Note struct {
	ID     string // of the activity
	Title  string
	Anchor string // of its section in the RACI document
	Text   model.Prose
	Ask    model.Prose
}

// CardOf returns the card of a model.
func CardOf(m *model.Model) *Card {
	c := &Card{
		ID: m.ID, Title: m.Title.Value, Provider: m.Provider.Value, Summary: m.Summary, Reviewed: m.Reviewed,
		Activities: len(m.Activities), Items: len(m.Items), Actions: map[model.Action]int{},
	}
	for _, a := range m.Activities {
		c.Actions[a.Action()]++
		if a.Basis == model.Inferred {
			c.Inferred++
		}
		if a.Ask.Value != "" {
			c.Questions++
		}
		if a.Caveat.Value != "" || a.Ask.Value != "" {
			c.Caveats = append(c.Caveats, Note{a.ID, a.Title.Value, sectionAnchor(a.Section), a.Caveat, a.Ask})
		}
	}
	for _, it := range m.Items {
		if it.Phase.PreProduction() {
			c.Before++
		}
		if it.Action() == model.Verify {
			c.Proofs++
		}
	}
	for _, s := range m.Sources {
		c.Sources = append(c.Sources, SourceCard{s.Title.Value, s.URL.Value, s.Published, s.Retrieved, s.Language.Value, s.Note})
	}
	return c
}

// Count returns the number of activities that mean this action for the
// customer.
func (c *Card) Count(action string) int { return c.Actions[model.Action(action)] }

// Stated returns the number of activities whose source names the parties.
func (c *Card) Stated() int { return c.Activities - c.Inferred }

// Edition returns which model this is, as of when, from which sources, as one
// line of plain text: what a signature on paper refers to.
func (c *Card) Edition() string {
	var b strings.Builder
	b.WriteString(c.Title + " · reviewed " + string(c.Reviewed))
	for i, s := range c.Sources {
		lead := " · source "
		if i > 0 {
			lead = ", "
		}
		b.WriteString(lead + string(cmp.Or(s.Published, s.Retrieved)))
	}
	return b.String()
}

// sectionAnchor is the anchor of a section in the RACI document.
func sectionAnchor(s *model.Section) string { return markdown.Slug(s.Heading()) }

// itemAnchor is the anchor of an item in the runbook, whose heading ends with
// the item's identifier.
func itemAnchor(it *model.Item) string { return markdown.Slug(it.Title.Value + " " + it.ID) }
