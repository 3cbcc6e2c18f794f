package check

import "github.com/demarc/demarc/internal/model"

func reviewPending(m *model.Model, r *reporter) {
	const hint = "compare it with the source, then remove review"
	for _, a := range m.Activities {
		if a.Review.Value != "" {
			r.report(a.ID, a.Review.Pos, hint, "activity %q is to be reviewed: %s", a.ID, a.Review.Value)
		}
	}
	for _, it := range m.Items {
		if it.Review.Value != "" {
			r.report(it.ID, it.Review.Pos, hint, "item %q is to be reviewed: %s", it.ID, it.Review.Value)
		}
	}
}
