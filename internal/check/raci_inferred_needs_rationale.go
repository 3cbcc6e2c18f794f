package check

import "github.com/demarc/demarc/internal/model"

func inferredNeedsRationale(m *model.Model, r *reporter) {
	for _, a := range m.Activities {
		switch {
		case a.Basis == model.Inferred && a.Rationale.Value == "":
			r.report(a.ID, a.Pos, "add a rationale: what in the source leads to it", "activity %q is inferred without a rationale", a.ID)
		case a.Basis == model.Stated && a.Rationale.Value != "":
			r.report(a.ID, a.Rationale.Pos, "set basis: inferred, or say it in a caveat", "activity %q is stated but has a rationale", a.ID)
		}
	}
}
