// Package compare puts models side by side.
//
// Models go in; out come their activities reduced to what can be compared, and
// the difference between two of them: topic by topic who answers, and activity
// by activity who holds what. Activities of two models are the same if they
// have the same identifier, which their authors chose so. What a model does not
// speak of is a gap and never anybody's job.
package compare

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Activity is an activity reduced to what can be compared. It survives being
// written as JSON.
type Activity struct {
	ID      string                     `json:"id"`
	Title   string                     `json:"title"`
	Topic   string                     `json:"topic"`   // id
	Holders string                     `json:"holders"` // such as "Customer A; OVHcloud I, R"
	Sides   map[model.Side]model.Roles `json:"sides"`   // letters of all parties of a side, in the order RACI
	Basis   model.Basis                `json:"basis"`
	Caveat  string                     `json:"caveat,omitempty"` // Markdown
	Anchor  string                     `json:"anchor"`           // of its section in the RACI document
}

// Activities returns the activities of a model.
func Activities(m *model.Model) []Activity {
	list := make([]Activity, len(m.Activities))
	for i, a := range m.Activities {
		list[i] = Activity{
			ID: a.ID, Title: a.Title.Value, Topic: a.Topic.ID, Holders: a.Holders(), Sides: sides(a), Basis: a.Basis,
			Caveat: a.Caveat.Value, Anchor: markdown.Slug(a.Section.Heading()),
		}
	}
	return list
}

func sides(a *model.Activity) map[model.Side]model.Roles {
	held := map[model.Side]model.Roles{}
	for _, letter := range model.RoleLetters {
		for _, side := range model.Sides {
			for _, as := range a.Assignments {
				if as.Party.Side == side && as.Roles.Has(string(letter)) {
					held[side] += model.Roles(letter)
					break
				}
			}
		}
	}
	return held
}

// Accountable returns the side that answers for the activity, "" if nobody does.
func (a Activity) Accountable() model.Side {
	for _, side := range model.Sides {
		if a.Sides[side].Has("A") {
			return side
		}
	}
	return ""
}

// Holding says who answers for the activities of a topic in one model.
type Holding struct {
	Customer   []Activity `json:"customer"`
	Provider   []Activity `json:"provider"`
	ThirdParty []Activity `json:"third-party,omitempty"`
	Inferred   int        `json:"inferred"` // how many of them are inferred
}

// Of returns who answers for the activities of a topic.
func Of(activities []Activity, topic string) Holding {
	var h Holding
	for _, a := range activities {
		if a.Topic != topic {
			continue
		}
		if a.Basis == model.Inferred {
			h.Inferred++
		}
		switch a.Accountable() {
		case model.Customer:
			h.Customer = append(h.Customer, a)
		case model.Provider:
			h.Provider = append(h.Provider, a)
		case model.ThirdParty:
			h.ThirdParty = append(h.ThirdParty, a)
		}
	}
	return h
}

// Stated reports that the model speaks of the topic.
func (h Holding) Stated() bool { return len(h.Customer)+len(h.Provider)+len(h.ThirdParty) > 0 }

// Who returns the sides that answer, such as "customer and provider", or
// "not stated".
func (h Holding) Who() string {
	var who []string
	for _, s := range []struct {
		side       model.Side
		activities []Activity
	}{{model.Customer, h.Customer}, {model.Provider, h.Provider}, {model.ThirdParty, h.ThirdParty}} {
		if len(s.activities) > 0 {
			who = append(who, string(s.side))
		}
	}
	if who == nil {
		return "not stated"
	}
	return strings.Join(who, " and ")
}

// Difference is what sets two models apart.
type Difference struct {
	Topics  []TopicPair `json:"topics"`  // those where other sides answer
	Changed []Pair      `json:"changed"` // activities of both whose holders, basis or caveat differ
	Same    []Pair      `json:"same"`    // activities of both that do not
	OnlyA   []Activity  `json:"only_a"`
	OnlyB   []Activity  `json:"only_b"`
}

// TopicPair is a topic in two models.
type TopicPair struct {
	Topic string `json:"topic"` // id
	Title string `json:"title"`
	A     string `json:"a"` // who answers, as [Holding.Who]
	B     string `json:"b"`
}

// Pair is an activity that two models have.
type Pair struct {
	A Activity `json:"a"`
	B Activity `json:"b"`
}

// Differs reports whether the models say different things of the activity. Its
// title does not count: it is in their authors' own words.
func (p Pair) Differs() bool {
	if p.A.Basis != p.B.Basis || !slices.Equal(strings.Fields(p.A.Caveat), strings.Fields(p.B.Caveat)) {
		return true
	}
	for _, side := range model.Sides {
		if p.A.Sides[side] != p.B.Sides[side] {
			return true
		}
	}
	return false
}

// Models compares two models' activities, topics in the order of the list.
func Models(a, b []Activity, topics []*model.Topic) Difference {
	d := Difference{Topics: []TopicPair{}, Changed: []Pair{}, Same: []Pair{}, OnlyA: []Activity{}, OnlyB: []Activity{}}
	for _, t := range topics {
		whoA, whoB := Of(a, t.ID).Who(), Of(b, t.ID).Who()
		if whoA != whoB {
			d.Topics = append(d.Topics, TopicPair{t.ID, t.Title.Value, whoA, whoB})
		}
	}
	inB := make(map[string]Activity, len(b))
	for _, activity := range b {
		inB[activity.ID] = activity
	}
	inA := make(map[string]bool, len(a))
	for _, activity := range a {
		inA[activity.ID] = true
		other, both := inB[activity.ID]
		switch pair := (Pair{activity, other}); {
		case !both:
			d.OnlyA = append(d.OnlyA, activity)
		case pair.Differs():
			d.Changed = append(d.Changed, pair)
		default:
			d.Same = append(d.Same, pair)
		}
	}
	for _, activity := range b {
		if !inA[activity.ID] {
			d.OnlyB = append(d.OnlyB, activity)
		}
	}
	return d
}
