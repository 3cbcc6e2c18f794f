package render

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/ownership"
)

// Section is a section of the RACI document.
type Section struct {
	*model.Section
	Rows []Row
}

// Heading returns the section's heading as Markdown, its marks included.
func (s Section) Heading() string {
	return strings.Repeat("#", min(s.Depth()+2, 6)) + " " + markdown.Escape(s.Section.Heading())
}

// Row is one activity in a table.
type Row struct {
	*model.Activity
	parties []*model.Party
}

// Roles returns the roles of each party, in the model's order; "-" for none.
func (r Row) Roles() []string {
	roles := make([]string, len(r.parties))
	for i, p := range r.parties {
		roles[i] = "-"
		if of := r.Of(p); of != "" {
			roles[i] = of.String()
		}
	}
	return roles
}

// Link returns a link to the activity in the RACI document.
func (r Row) Link() string { return activityLink(r.Activity) }

// ItemLinks returns links to the items that cover the activity.
func (r Row) ItemLinks() string {
	links := make([]string, len(r.Items))
	for i, it := range r.Items {
		links[i] = itemLink(it)
	}
	return strings.Join(links, ", ")
}

// Who returns who holds what as Markdown, such as "Customer A; OVHcloud I, R".
func (r Row) Who() string { return markdown.Escape(r.Holders()) }

// StatementIDs returns the statements the activity stands on, as code.
func (r Row) StatementIDs() string {
	ids := make([]string, len(r.Statements))
	for i, s := range r.Statements {
		ids[i] = "`" + s.String() + "`"
	}
	return strings.Join(ids, ", ")
}

func activityLink(a *model.Activity) string {
	return "[`" + a.ID + "`](" + RACI.FileName() + "#" + sectionAnchor(a.Section) + ")"
}

func itemLink(it *model.Item) string {
	return "[`" + it.ID + "`](" + Runbook.FileName() + "#" + itemAnchor(it) + ")"
}

// Rows returns all activities as rows.
func (v ModelView) Rows() []Row {
	rows := make([]Row, len(v.Activities))
	for i, a := range v.Activities {
		rows[i] = Row{a, v.Parties}
	}
	return rows
}

// BySection returns every section with its activities.
func (v ModelView) BySection() []Section {
	at := make(map[*model.Section]int, len(v.Sections))
	sections := make([]Section, len(v.Sections))
	for i, s := range v.Sections {
		sections[i].Section = s
		at[s] = i
	}
	for _, row := range v.Rows() {
		s := &sections[at[row.Section]]
		s.Rows = append(s.Rows, row)
	}
	return sections
}

// Part is a part of the checklist: before production, in production, the end.
type Part struct {
	Title  string
	Phases []Phase
}

// Phase is a phase with its items.
type Phase struct {
	model.Phase
	Items []Item
}

// Title returns the phase's name on pages.
func (p Phase) Title() string {
	switch p.Phase {
	case model.Choose:
		return "Choose"
	case model.SetUp:
		return "Set up"
	case model.GoLive:
		return "Go live"
	case model.Operate:
		return "Operate"
	case model.Incident:
		return "Incident"
	}
	return "Exit"
}

// Item is a checklist item in a document.
type Item struct {
	*model.Item
	view ModelView
}

// Link returns a link to the item in the runbook.
func (it Item) Link() string { return itemLink(it.Item) }

// Marks returns level, action and teams as one emphasised line.
func (it Item) Marks() string {
	marks := []string{string(it.Level), string(it.Action())}
	for _, t := range it.Teams {
		marks = append(marks, string(t))
	}
	return "*" + strings.Join(marks, " · ") + "*"
}

// Activities returns the activities that the item covers, as rows.
func (it Item) Activities() []Row {
	rows := make([]Row, len(it.Covers))
	for i, c := range it.Covers {
		rows[i] = Row{c.Activity, it.view.Parties}
	}
	return rows
}

// Contacts returns the parties other than the customer that hold a role in
// what the item covers and say how they are reached.
func (it Item) Contacts() []*model.Party {
	var contacts []*model.Party
	for _, p := range it.view.Contacts() {
		for _, c := range it.Covers {
			if c.Activity.Of(p) != "" {
				contacts = append(contacts, p)
				break
			}
		}
	}
	return contacts
}

// Contacts returns the parties that say how they are reached.
func (v ModelView) Contacts() []*model.Party {
	var contacts []*model.Party
	for _, p := range v.Parties {
		if p.Contact.Value != "" {
			contacts = append(contacts, p)
		}
	}
	return contacts
}

// Phases returns the phases that have items, in order.
func (v ModelView) Phases() []Phase {
	var phases []Phase
	for _, phase := range model.Phases {
		var items []Item
		for _, it := range v.Items {
			if it.Phase == phase {
				items = append(items, Item{it, v})
			}
		}
		if items != nil {
			phases = append(phases, Phase{phase, items})
		}
	}
	return phases
}

// Parts returns the parts of the checklist that have items.
func (v ModelView) Parts() []Part {
	parts := []Part{{Title: "Before production"}, {Title: "In production"}, {Title: "At the end"}}
	for _, p := range v.Phases() {
		at := 1
		switch {
		case p.PreProduction():
			at = 0
		case p.Phase == model.Exit:
			at = 2
		}
		parts[at].Phases = append(parts[at].Phases, p)
	}
	filled := parts[:0]
	for _, p := range parts {
		if p.Phases != nil {
			filled = append(filled, p)
		}
	}
	return filled
}

// Tally counts, for one party, the activities in which it holds each role.
type Tally struct {
	*model.Party
	Responsible, Accountable, Consulted, Informed int
}

// Tallies returns the counts of each party.
func (v ModelView) Tallies() []Tally {
	tallies := make([]Tally, len(v.Parties))
	for i, p := range v.Parties {
		t := &tallies[i]
		t.Party = p
		for _, a := range v.Activities {
			roles := a.Of(p)
			for letter, n := range map[string]*int{"R": &t.Responsible, "A": &t.Accountable, "C": &t.Consulted, "I": &t.Informed} {
				if roles.Has(letter) {
					*n++
				}
			}
		}
	}
	return tallies
}

// Split counts the activities of one topic by who does the work or answers for
// it: only the customer's side, only others, or both.
type Split struct {
	*model.Topic
	Yours, Shared, Others int
}

func (s Split) sum() int { return s.Yours + s.Shared + s.Others }

// Anchor returns the anchor of the topic in the legend.
func (s Split) Anchor() string { return markdown.Slug(s.Title.Value) }

// Splits returns the counts of each topic that has activities, the largest
// first, else in the order in which the model first speaks of them.
func (v ModelView) Splits() []Split {
	var splits []Split
	at := map[*model.Topic]int{}
	for _, a := range v.Activities {
		i, ok := at[a.Topic]
		if !ok {
			i = len(splits)
			at[a.Topic] = i
			splits = append(splits, Split{Topic: a.Topic})
		}
		switch ownership.Of(a).Split() {
		case ownership.Yours:
			splits[i].Yours++
		case ownership.Both:
			splits[i].Shared++
		default:
			splits[i].Others++
		}
	}
	slices.SortStableFunc(splits, func(a, b Split) int { return b.sum() - a.sum() })
	return splits
}

// Anchor returns the anchor of the phase's heading in the checklist.
func (p Phase) Anchor() string { return markdown.Slug(p.Title()) }

// Required returns the number of items that must not be left out.
func (p Phase) Required() int {
	n := 0
	for _, it := range p.Items {
		if it.Level == model.Required {
			n++
		}
	}
	return n
}

// TopicAnchor returns the anchor of the activity's topic in the legend.
func (r Row) TopicAnchor() string { return markdown.Slug(r.Topic.Title.Value) }

// ToAsk returns the activities with a question to the provider.
func (v ModelView) ToAsk() []Row {
	var rows []Row
	for _, row := range v.Rows() {
		if row.Ask.Value != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// ToProve returns the items that ask the provider for proof.
func (v ModelView) ToProve() []Item {
	var items []Item
	for _, it := range v.Items {
		if it.Action() == model.Verify {
			items = append(items, Item{it, v})
		}
	}
	return items
}
