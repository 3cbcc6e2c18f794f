package check

import "github.com/demarc/demarc/internal/model"

func draft(m *model.Model, r *reporter) {
	for _, it := range m.Items {
		if it.Draft {
			r.report(it.ID, it.Pos, "write it, then remove draft", "item %q is a draft", it.ID)
		}
	}
}
