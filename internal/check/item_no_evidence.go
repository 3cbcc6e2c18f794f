package check

import "github.com/demarc/demarc/internal/model"

func noEvidence(m *model.Model, r *reporter) {
	for _, it := range m.Items {
		if it.Evidence.Value == "" {
			r.report(it.ID, it.Pos, "add evidence: what shows that it was done", "item %q has no evidence", it.ID)
		}
	}
}
