// Package state keeps the state of checklists: who did what, when, and what
// shows it.
//
// The bytes of a state file go in and a [State] comes out, with a finding for
// each thing that is wrong with the file; a [State] goes in and the bytes of
// its file come out. The format is that of the generated pages (site/state.js),
// described in docs/site.md: what one writes the other reads.
package state

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/demarc/demarc/internal/diag"
)

// Ext is what the names of state files end with.
const Ext = ".checklist.yaml"

// Environment is where items are worked on unless something else is said, as on
// the pages.
const Environment = "production"

// State is what is known of a model's checklist in one environment.
type State struct {
	Workspace   string   // title of the site
	Model       string   // id
	Environment string   // name
	Items       []Record // each item at most once
	Comments    []string // lines that a person commented the file with; all of them are written at its top
}

// Record is the state of one item.
type Record struct {
	Pos      diag.Pos // of its id, if it was read from a file
	Item     string   // id
	State    Value
	By       string // who did it or owns it
	On       string // date, as YYYY-MM-DD
	Evidence string // link or place
	Reason   string // why it is not applicable
	Note     string
	Digest   string // the item's content when the state was set: twelve hex digits; "" if not known
}

// Value is how it stands with an item.
type Value string

// The values.
const (
	Open          Value = "open"
	Done          Value = "done"
	NotApplicable Value = "not-applicable"
)

// Values lists the values.
var Values = []Value{Open, Done, NotApplicable}

// fields are the keys of an item in a file, in their order there.
var fields = []struct {
	key string
	of  func(*Record) *string
}{
	{"item", func(r *Record) *string { return &r.Item }},
	{"state", func(r *Record) *string { return (*string)(&r.State) }},
	{"by", func(r *Record) *string { return &r.By }},
	{"on", func(r *Record) *string { return &r.On }},
	{"evidence", func(r *Record) *string { return &r.Evidence }},
	{"reason", func(r *Record) *string { return &r.Reason }},
	{"note", func(r *Record) *string { return &r.Note }},
	{"digest", func(r *Record) *string { return &r.Digest }},
}

// head are the keys that say what a state is of.
var head = []struct {
	key string
	of  func(*State) *string
}{
	{"workspace", func(s *State) *string { return &s.Workspace }},
	{"model", func(s *State) *string { return &s.Model }},
	{"environment", func(s *State) *string { return &s.Environment }},
}

// FileName returns the name under which the pages offer a state.
func FileName(model, environment string) string {
	return unfit.ReplaceAllString(model+"-"+environment, "-") + Ext
}

var (
	unfit      = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
	identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// A Problem is what is wrong with a record.
type Problem struct {
	Field   string // key in the file
	Rule    string
	Message string
	Hint    string
}

// Check returns what the format does not allow in a record.
func (r *Record) Check() []Problem {
	var problems []Problem
	if !identifier.MatchString(r.Item) {
		problems = append(problems, Problem{"item", "state/item", "\"" + r.Item + "\" is no identifier of an item",
			"identifiers are lower-case words joined by hyphens"})
	}
	if !slices.Contains(Values, r.State) {
		problems = append(problems, Problem{"state", "state/value", "state \"" + string(r.State) + "\" is not known",
			"write open, done or not-applicable"})
	}
	if r.On != "" && !isDate(r.On) {
		problems = append(problems, Problem{"on", "state/date", "\"" + r.On + "\" is no date", "write it as YYYY-MM-DD"})
	}
	if r.State == NotApplicable && r.Reason == "" {
		problems = append(problems, Problem{"reason", "state/reason", "not-applicable needs a reason",
			"say why the item does not apply"})
	}
	return problems
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// Find returns the record of an item, or nil.
func (s *State) Find(item string) *Record {
	if s != nil {
		for i := range s.Items {
			if s.Items[i].Item == item {
				return &s.Items[i]
			}
		}
	}
	return nil
}

// Merge lays records over the state, as loading a file on the page does: a
// record replaces that of its item, and others stay. Items are then in the
// given order, that of the checklist, and those that it lacks follow by name.
func (s *State) Merge(records []Record, order []string) {
	by := make(map[string]Record, len(s.Items)+len(records))
	for _, r := range slices.Concat(s.Items, records) {
		by[r.Item] = r
	}
	place := make(map[string]int, len(order))
	for i, id := range order {
		place[id] = i - len(order) // below 0, where those without a place are
	}
	s.Items = make([]Record, 0, len(by))
	for _, r := range by {
		s.Items = append(s.Items, r)
	}
	slices.SortFunc(s.Items, func(a, b Record) int {
		return cmp.Or(cmp.Compare(place[a.Item], place[b.Item]), strings.Compare(a.Item, b.Item))
	})
}
