package check

import "github.com/demarc/demarc/internal/model"

// strayParameter looks where no parameter is filled in, so that braces would
// stand on the page.
func strayParameter(m *model.Model, r *reporter) {
	look := func(id string, p model.Prose) {
		for _, use := range model.ParameterUses(p.Value) {
			r.report(id, p.Pos, "name it in the steps or the evidence of an item instead", "parameter %s is not filled in here", use)
		}
	}
	text := func(id string, t model.Text) { look(id, model.Prose(t)) }
	text("", m.Title)
	look("", m.Summary)
	for _, p := range m.Parties {
		look("", p.Contact)
	}
	for _, s := range m.Sources {
		look("", s.Note)
	}
	for _, a := range m.Activities {
		text(a.ID, a.Title)
		look(a.ID, a.Rationale)
		look(a.ID, a.Caveat)
		look(a.ID, a.Ask)
	}
	for _, it := range m.Items {
		text(it.ID, it.Title)
		text(it.ID, it.Repeat)
	}
}
