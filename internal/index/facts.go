// Package index holds what the scripts of pages know of a model.
//
// A model goes in. Out come its part of the search index ([Search]), a classic
// script that a page loads when search is opened, and the facts of its
// activities and items ([FactsOf]), which pages carry as attributes: what the
// filters go by, and a digest by which a tick notices that its item changed.
package index

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/model"
)

// Facts are what filters and ticks go by, for one model.
type Facts struct {
	Activities map[string]Fact // by id
	Items      map[string]Fact // by id
	Names      string          // JSON: {"party": [[id, name], ...], "topic": [[id, title], ...]}
}

// Fact is what is known of one activity or item. Words of a kind are apart by
// blanks; for an activity, phase, level and team are those of its items, and
// for an item, roles and topic those of what it covers.
type Fact struct {
	Roles  string // "customer:A ovhcloud:IR"; a party may stand twice
	Topic  string
	Action string
	Phase  string
	Level  string
	Team   string
	Digest string // of an item; "" for an activity
}

// FactsOf returns the facts of a model.
func FactsOf(m *model.Model) *Facts {
	f := &Facts{Activities: make(map[string]Fact, len(m.Activities)), Items: make(map[string]Fact, len(m.Items))}
	var topics []*model.Topic
	for _, a := range m.Activities {
		fact := Fact{Roles: roles(nil, a), Topic: a.Topic.ID, Action: string(a.Action())}
		for _, it := range a.Items {
			fact.addItem(it)
		}
		f.Activities[a.ID] = fact
		if !slices.Contains(topics, a.Topic) {
			topics = append(topics, a.Topic)
		}
	}
	for _, it := range m.Items {
		fact := Fact{Action: string(it.Action()), Digest: Digest(it)}
		fact.addItem(it)
		var parts []string
		for _, c := range it.Covers {
			addWord(&fact.Topic, c.Activity.Topic.ID)
			fact.Roles = roles(&parts, c.Activity)
		}
		f.Items[it.ID] = fact
	}
	f.Names = names(m.Parties, topics)
	return f
}

func (f *Fact) addItem(it *model.Item) {
	addWord(&f.Phase, string(it.Phase))
	addWord(&f.Level, string(it.Level))
	for _, team := range it.Teams {
		addWord(&f.Team, string(team))
	}
}

// addWord adds a word that is not there yet.
func addWord(to *string, word string) {
	switch {
	case *to == "":
		*to = word
	case !slices.Contains(strings.Fields(*to), word):
		*to += " " + word
	}
}

// roles returns who holds what in an activity, and in those before it if parts
// is given.
func roles(parts *[]string, a *model.Activity) string {
	if parts == nil {
		parts = new([]string)
	}
	for _, as := range a.Assignments {
		if part := as.Party.ID + ":" + string(as.Roles); as.Roles != "" && !slices.Contains(*parts, part) {
			*parts = append(*parts, part)
		}
	}
	return strings.Join(*parts, " ")
}

// names returns the names of parties and topics as JSON, topics by title.
func names(parties []*model.Party, topics []*model.Topic) string {
	var n struct {
		Party [][2]string `json:"party"`
		Topic [][2]string `json:"topic"`
	}
	for _, p := range parties {
		n.Party = append(n.Party, [2]string{p.ID, p.Name.Value})
	}
	for _, t := range topics {
		n.Topic = append(n.Topic, [2]string{t.ID, t.Title.Value})
	}
	slices.SortFunc(n.Topic, func(a, b [2]string) int { return strings.Compare(a[1], b[1]) })
	return string(must(json.Marshal(n)))
}

// must returns what was encoded: strings and lists of them cannot fail to be.
func must(data []byte, err error) []byte {
	if err != nil {
		panic("index: " + err.Error())
	}
	return data
}

// Digest returns twelve hexadecimal digits that change whenever the item asks
// for something else: with its title, phase, level, action, what it covers, its
// reason, steps, evidence or interval. They do not change with its place in the
// checklist, its teams or its references.
func Digest(it *model.Item) string {
	b := make([]byte, 0, 2048)
	add := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s))) // so that parts cannot run together
		b = append(b, s...)
	}
	for _, s := range []string{it.Title.Value, string(it.Phase), string(it.Level), string(it.Action()), it.Why.Value, it.Evidence.Value, it.Repeat.Value} {
		add(s)
	}
	b = binary.AppendUvarint(b, uint64(len(it.Covers)))
	for _, c := range it.Covers {
		add(c.Activity.ID)
	}
	for _, s := range it.Steps {
		for _, part := range []string{s.Text.Value, s.Caution.Value, s.Run.Value, s.Manifest.Value, s.Expect.Value, s.Undo.Value} {
			add(part)
		}
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}
