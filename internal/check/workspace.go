package check

import (
	"fmt"
	"slices"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// Facts is what rules that compare models need to know of one. It is small
// and can be kept when the model is let go of.
type Facts struct {
	ID         string
	Title      string
	TitlePos   diag.Pos
	Parameters []string // names of the parameters it declares or uses
	Complete   bool     // every file of the model could be read
	Sources    []SourceFact
}

// SourceFact is what is to be known of a source.
type SourceFact struct {
	ID        string
	Retrieved model.Date
	Pos       diag.Pos
}

// FactsOf returns the facts of a model.
func FactsOf(m *model.Model) Facts {
	f := Facts{ID: m.ID, Title: m.Title.Value, TitlePos: m.Title.Pos, Complete: m.Complete}
	for _, p := range m.Parameters {
		f.Parameters = append(f.Parameters, p.Name)
	}
	for _, s := range m.Sources {
		f.Sources = append(f.Sources, SourceFact{s.ID, s.Retrieved, s.Pos})
	}
	return f
}

// Workspace runs the rules that compare models, look at the settings or depend
// on the date, which is asOf.
func Workspace(s *model.Settings, models []Facts, asOf model.Date) []diag.Finding {
	r := reporter{rule: Lookup("text/duplicate-title")}
	seen := titles{r: &r, what: "model", first: map[string]model.Text{}}
	for _, m := range models {
		r.model = m.ID
		seen.add("", model.Text{Value: m.Title, Pos: m.TitlePos})
	}
	for _, m := range models {
		r.stale(m, asOf)
	}
	r.model = ""
	for _, set := range s.Parameters {
		r.parameter(set, models)
	}
	for _, l := range s.Levels {
		r.settable(l.Rule)
	}
	for _, sup := range s.Suppress {
		r.settable(sup.Rule)
	}
	return r.findings
}

// parameter reports a value that is given to a parameter of no model, or not
// of the model that it is given for. What a model holds that could not be read
// is not known.
func (r *reporter) parameter(set model.Setting, models []Facts) {
	var ids, names []string
	complete, message := true, fmt.Sprintf("no model has a parameter %q", set.Name.Value)
	if set.Model != "" {
		message = fmt.Sprintf("model %q has no parameter %q", set.Model, set.Name.Value)
	}
	for _, m := range models {
		ids = append(ids, m.ID)
		if set.Model == "" || set.Model == m.ID {
			names = append(names, m.Parameters...)
			complete = complete && m.Complete
		}
	}
	switch {
	case set.Model != "" && !slices.Contains(ids, set.Model):
		r.rule = Lookup("ref/unknown-model")
		r.report("", set.Name.Pos, diag.DidYouMean(set.Model, ids, "correct the name or remove it"), "there is no model %q", set.Model)
	case complete && !slices.Contains(names, set.Name.Value):
		slices.Sort(names)
		r.rule = Lookup("ref/unknown-parameter")
		r.report("", set.Name.Pos, diag.DidYouMean(set.Name.Value, slices.Compact(names), "correct the name or remove it"), "%s", message)
	}
}

// settable reports a rule that does not exist or does not allow settings.
func (r *reporter) settable(name model.Text) {
	switch rule := Lookup(name.Value); {
	case name.Value == "": // reported where it is missing
	case rule == nil:
		r.rule = Lookup("ref/unknown-rule")
		r.report("", name.Pos, diag.DidYouMean(name.Value, Names(), "demarc explain lists the rules"), "there is no rule %q", name.Value)
	case rule.Fixed:
		r.rule = Lookup("ref/fixed-rule")
		r.report("", name.Pos, "mend what it finds instead", "rule %q cannot be re-levelled or suppressed", name.Value)
	}
}
