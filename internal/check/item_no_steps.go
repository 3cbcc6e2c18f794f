package check

import "github.com/demarc/demarc/internal/model"

func noSteps(m *model.Model, r *reporter) {
	for _, it := range m.Items {
		if len(it.Steps) == 0 {
			r.report(it.ID, it.Pos, "add steps that say how it is done", "item %q has no steps", it.ID)
		}
	}
}
