package check

import "github.com/demarc/demarc/internal/model"

// unmappedActivity is the promise of Demarc: nothing the source asks for is
// left without something that somebody does about it.
func unmappedActivity(m *model.Model, r *reporter) {
	for _, a := range m.Activities {
		if len(a.Items) == 0 {
			r.report(a.ID, a.Pos, "add it to the covers of an item, or write an item for it",
				"activity %q maps to no checklist item", a.ID)
		}
	}
}
