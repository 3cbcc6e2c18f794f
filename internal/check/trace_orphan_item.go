package check

import "github.com/demarc/demarc/internal/model"

func orphanItem(m *model.Model, r *reporter) {
	for _, it := range m.Items {
		switch {
		case it.Partial:
		case len(it.Covers) == 0 && !it.Own:
			r.report(it.ID, it.Pos, "add covers, or own: true if it is the team's own", "item %q covers no activity", it.ID)
		case len(it.Covers) > 0 && it.Own:
			r.report(it.ID, it.Pos, "remove own", "item %q covers activities and is marked as the team's own", it.ID)
		}
	}
}
