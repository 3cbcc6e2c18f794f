package sheet

import (
	"fmt"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/state"
)

// Part is what a file says about one checklist.
type Part struct {
	Model       string
	Environment string
	Lines       []Line // each item once
}

// Split puts lines apart by model and environment, in the order in which they
// first appear. Lines that do not say either are those of the model and the
// environment given; without a model that is an error. So are lines that say
// different things of an item; the same thing may be said twice.
func Split(lines []Line, model, environment string) ([]Part, []diag.Finding) {
	var parts []Part
	var findings []diag.Finding
	type key struct{ model, environment, item string }
	place := map[key]int{} // of a line in its part; of a part, with no item
	for _, l := range lines {
		if l.Model == "" {
			l.Model = model
		}
		if l.Environment == "" {
			l.Environment = environment
		}
		if l.Model == "" {
			findings = append(findings, diag.Finding{Rule: "sheet/no-model", Severity: diag.Error, Pos: l.Record.Pos,
				Message: fmt.Sprintf("item %q is of no model", l.Record.Item), Hint: "fill in the column Model, or name the model with --model"})
			continue
		}
		at := key{l.Model, l.Environment, ""}
		i, ok := place[at]
		if !ok {
			i, place[at] = len(parts), len(parts)
			parts = append(parts, Part{Model: l.Model, Environment: l.Environment})
		}
		p := &parts[i]
		at.item = l.Record.Item
		j, ok := place[at]
		if !ok {
			place[at] = len(p.Lines)
			p.Lines = append(p.Lines, l)
			continue
		}
		first, second := p.Lines[j].Record, l.Record
		if first.Pos = second.Pos; first != second {
			findings = append(findings, diag.Finding{Rule: "sheet/twice", Severity: diag.Error, Pos: l.Record.Pos,
				Message: fmt.Sprintf("item %q stands twice and says different things", l.Record.Item), Hint: "clear one of the rows",
				Related: []diag.Related{{Pos: p.Lines[j].Record.Pos, Message: "first here"}}})
		}
	}
	return parts, findings
}

// Lay lays the lines over a state: what they say replaces what the state has,
// and what they do not say stays. Whoever reopens an item takes its date and
// digest away, and its reason goes when it is not not-applicable any more, as
// on the page, unless the line gives them. It returns how many items are
// different now. The state is changed only if no finding is an error.
//
// Items that the model lacks are kept and reported, and so are items that
// changed since their state was set, and those that are open again.
func (p Part) Lay(s *state.State, m *model.Model) (changed int, findings []diag.Finding) {
	digests := map[string]string{}
	for _, it := range m.Items {
		digests[it.ID] = index.Digest(it)
	}
	order := Order(m)
	had := map[string]*state.Record{}
	for i := range s.Items {
		had[s.Items[i].Item] = &s.Items[i]
	}
	report := func(severity diag.Severity, rule string, pos diag.Pos, hint, format string, args ...any) {
		findings = append(findings, diag.Finding{Rule: rule, Severity: severity, Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	var records []state.Record
	for _, l := range p.Lines {
		old := had[l.Record.Item]
		r := l.over(old)
		for _, problem := range r.Check() {
			report(diag.Error, problem.Rule, l.At(problem.Field), problem.Hint, "item %q: %s", r.Item, problem.Message)
		}
		digest, known := digests[r.Item]
		switch {
		case !known:
			report(diag.Warning, "sheet/unknown-item", l.Record.Pos, diag.DidYouMean(r.Item, order, ""),
				"item %q is not in the checklist of %s; its state is kept all the same", r.Item, m.ID)
		case settled(r.State) && r.Digest != "" && r.Digest != digest:
			report(diag.Warning, "sheet/changed", l.Record.Pos, "look at it again on the checklist page, which says so too",
				"item %q changed since it was marked as %s", r.Item, r.State)
		}
		if old != nil && settled(old.State) && r.State == state.Open {
			report(diag.Warning, "sheet/reopened", l.At("state"), "", "item %q was %s and is open now", r.Item, old.State)
		}
		if old == nil || !same(*old, r) {
			changed++
		}
		records = append(records, r)
	}
	if diag.Worst(findings) == diag.Error {
		return 0, findings
	}
	s.Merge(records, order)
	return changed, findings
}

// same compares records by what a file says.
func same(a, b state.Record) bool {
	a.Pos = b.Pos
	return a == b
}

// over returns the record of an item as it is once the line is recorded. Old is
// what there was, or nil.
func (l Line) over(old *state.Record) state.Record {
	said := l.Record
	r := state.Record{State: state.Open}
	if old != nil {
		r = *old
	}
	r.Pos, r.Item = said.Pos, said.Item
	if said.State != "" && said.State != r.State {
		if said.State == state.Open {
			r.On = ""
		}
		r.State, r.Digest = said.State, ""
		if said.State != state.NotApplicable {
			r.Reason = ""
		}
	}
	for _, f := range []struct {
		to   *string
		said string
	}{{&r.By, said.By}, {&r.On, said.On}, {&r.Evidence, said.Evidence}, {&r.Reason, said.Reason}, {&r.Note, said.Note}, {&r.Digest, said.Digest}} {
		if f.said != "" {
			*f.to = f.said
		}
	}
	if !settled(r.State) {
		r.Digest = ""
	}
	return r
}
