package check

import "github.com/demarc/demarc/internal/model"

// noResponsible is advice, because a provider's own table may name nobody. A
// caveat settles it: the reader is then told.
func noResponsible(m *model.Model, r *reporter) {
	for _, a := range m.Activities {
		if a.Partial || a.RolesPos.IsZero() || a.Caveat.Value != "" || responsible(a) {
			continue
		}
		r.report(a.ID, a.RolesPos, "give a party the letter R, or tell the reader in a caveat that the source names nobody",
			"nobody is responsible for activity %q", a.ID)
	}
}

func responsible(a *model.Activity) bool {
	for _, as := range a.Assignments {
		if as.Roles.Has("R") {
			return true
		}
	}
	return false
}
