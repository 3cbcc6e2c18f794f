// Package sheet takes checklists to spreadsheets and back.
//
// On the way out, models go in, with what is known of the state of their
// checklists; rows come out that [WriteCSV] writes ([Activities], [Items]), or
// a workbook that people work in ([Workbook]). On the way back, the bytes of
// such a file go in, whatever people and programs did to it ([Read]), and come
// out as [Line]s, each of which says what a row has to say about the state of
// an item.
package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/state"
)

// Checklist is a model's checklist as it stands in one environment.
type Checklist struct {
	Model       *model.Model
	Environment string
	State       *state.State // what is known; may be nil
}

// Order returns the ids of a model's items as its checklist has them: by phase.
func Order(m *model.Model) []string {
	var ids []string
	for _, it := range inOrder(m) {
		ids = append(ids, it.ID)
	}
	return ids
}

func inOrder(m *model.Model) []*model.Item {
	items := slices.Clone(m.Items)
	slices.SortStableFunc(items, func(a, b *model.Item) int {
		return slices.Index(model.Phases, a.Phase) - slices.Index(model.Phases, b.Phase)
	})
	return items
}

// entry is a line of a checklist.
type entry struct {
	list   Checklist
	item   *model.Item // nil if the state has an item that the checklist has not
	record state.Record
	digest string // what the item is now; "" if there is none
}

// entries returns the items of a checklist, then those that only its state has.
func (c Checklist) entries() []entry {
	var list []entry
	known := map[string]bool{}
	for _, it := range inOrder(c.Model) {
		e := entry{list: c, item: it, digest: index.Digest(it)}
		if r := c.State.Find(it.ID); r != nil {
			e.record = *r
		}
		known[it.ID] = true
		list = append(list, e)
	}
	if c.State != nil {
		for _, r := range c.State.Items {
			if !known[r.Item] {
				list = append(list, entry{list: c, record: r})
			}
		}
	}
	return list
}

// of returns what f finds in the item, or otherwise if there is none.
func (e entry) of(f func(*model.Item) string, otherwise string) string {
	if e.item == nil {
		return otherwise
	}
	return f(e.item)
}

// changed reports that the item asks for something else than when its state
// was set.
func (e entry) changed() bool {
	return e.digest != "" && settled(e.record.State) && e.record.Digest != "" && e.record.Digest != e.digest
}

func settled(v state.Value) bool { return v == state.Done || v == state.NotApplicable }

// seal returns the digest of what the state of the row stands for: as recorded
// if there is a state, else of what the row shows. It has letters before it, as
// a spreadsheet would take some digests for numbers.
func (e entry) seal() string {
	digest := e.digest
	if settled(e.record.State) {
		digest = e.record.Digest
	}
	if digest == "" {
		return ""
	}
	return digestMark + digest
}

const digestMark = "sha256:"

// The headings by which columns are found when a file comes back.
const (
	headItem        = "Item"
	headModel       = "Model"
	headEnvironment = "Environment"
	headState       = "State"
	headOwner       = "Owner"
	headDate        = "Date"
	headEvidence    = "Evidence link"
	headReason      = "Reason"
	headNote        = "Note"
	headDigest      = "Digest"
)

// kind says what is done with a column of the checklist.
type kind uint8

const (
	shown  kind = iota
	filled      // by people
	folded      // shown on demand
	hidden      // for the way back
)

// column is a column of the checklist.
type column struct {
	head  string
	kind  kind
	width float64 // in characters
	text  func(e entry) string
}

// read reports that the column is read when a file comes back.
func (c column) read() bool {
	return c.kind == filled || c.kind == hidden || c.head == headItem
}

// columns are those of the checklist, in a workbook and in CSV.
var columns = []column{
	{headModel, hidden, 30, func(e entry) string { return e.list.Model.ID }},
	{headItem, shown, 18, func(e entry) string { return e.of(func(it *model.Item) string { return it.ID }, e.record.Item) }},
	{"Title", shown, 34, func(e entry) string {
		return e.of(func(it *model.Item) string { return it.Title.Value }, "(not in this checklist)")
	}},
	{"Phase", shown, 8.5, func(e entry) string { return e.of(func(it *model.Item) string { return string(it.Phase) }, "") }},
	{"Level", shown, 12.5, func(e entry) string { return e.of(func(it *model.Item) string { return string(it.Level) }, "") }},
	{"Teams", shown, 13, func(e entry) string { return e.of(teams, "") }},
	{"Action", folded, 9, func(e entry) string { return e.of(func(it *model.Item) string { return string(it.Action()) }, "") }},
	{"Covers", folded, 28, func(e entry) string { return e.of(covers, "") }},
	{"Why", folded, 44, func(e entry) string {
		return e.of(func(it *model.Item) string { return markdown.Plain(it.Why.Value) }, "")
	}},
	{"Steps", folded, 44, func(e entry) string { return e.of(steps, "") }},
	{"References", folded, 30, func(e entry) string { return e.of(references, "") }},
	{"Evidence", shown, 36, func(e entry) string {
		return e.of(func(it *model.Item) string { return markdown.Plain(it.Evidence.Value) }, "")
	}},
	{"Repeat", folded, 24, func(e entry) string { return e.of(func(it *model.Item) string { return it.Repeat.Value }, "") }},
	{headState, filled, 13, func(e entry) string { return string(e.record.State) }},
	{headOwner, filled, 13, func(e entry) string { return e.record.By }},
	{headDate, filled, 11.5, func(e entry) string { return e.record.On }},
	{headEvidence, filled, 20, func(e entry) string { return e.record.Evidence }},
	{headReason, filled, 18, func(e entry) string { return e.record.Reason }},
	{headNote, filled, 22, func(e entry) string { return e.record.Note }},
	{"Changed since", shown, 9, func(e entry) string {
		if e.changed() {
			return "yes"
		}
		return ""
	}},
	{headEnvironment, hidden, 14, func(e entry) string { return e.list.Environment }},
	{headDigest, hidden, 22, entry.seal},
}

func teams(it *model.Item) string {
	names := make([]string, len(it.Teams))
	for i, t := range it.Teams {
		names[i] = string(t)
	}
	return strings.Join(names, ", ")
}

func covers(it *model.Item) string {
	ids := make([]string, len(it.Covers))
	for i, c := range it.Covers {
		ids[i] = c.Activity.ID
	}
	return strings.Join(ids, ", ")
}

// steps returns the procedure as plain text: the steps by number, each with what
// else there is to it, as in the runbook. If that is more than a cell holds, it
// says so.
func steps(it *model.Item) string {
	list := make([]string, len(it.Steps))
	for i, s := range it.Steps {
		parts := []string{strconv.Itoa(i+1) + ". " + markdown.Plain(s.Text.Value)}
		add := func(lead, text string) {
			if text = strings.TrimRight(text, "\n"); text != "" {
				parts = append(parts, lead+text)
			}
		}
		add("Caution: ", markdown.Plain(s.Caution.Value))
		add("File:\n", s.Manifest.Value)
		add("Run:\n", s.Run.Value)
		add("Expect: ", markdown.Plain(s.Expect.Value))
		add("Way back: ", markdown.Plain(s.Undo.Value))
		list[i] = strings.Join(parts, "\n")
	}
	text := strings.Join(list, "\n\n")
	if utf16Len(text) > longest {
		return fmt.Sprintf("Too long for a cell; see the runbook. Number of steps: %d", len(list))
	}
	return text
}

func references(it *model.Item) string {
	list := make([]string, len(it.References))
	for i, r := range it.References {
		list[i] = r.Title.Value + " (" + r.URL.Value + ")"
	}
	return strings.Join(list, "\n")
}

// Items returns the checklists as a table, the headings first.
func Items(lists []Checklist) [][]string {
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.head
	}
	rows := [][]string{head}
	for _, list := range lists {
		for _, e := range list.entries() {
			row := make([]string, len(columns))
			for i, c := range columns {
				row[i] = c.text(e)
			}
			rows = append(rows, row)
		}
	}
	return rows
}
