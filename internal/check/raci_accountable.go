package check

import (
	"strings"

	"github.com/demarc/demarc/internal/model"
)

// accountable lists the ids of the parties that are accountable.
func accountable(a *model.Activity) []string {
	var ids []string
	for _, as := range a.Assignments {
		if as.Roles.Has("A") {
			ids = append(ids, as.Party.ID)
		}
	}
	return ids
}

func noAccountable(m *model.Model, r *reporter) {
	for _, a := range m.Activities {
		if !a.Partial && !a.RolesPos.IsZero() && len(accountable(a)) == 0 {
			r.report(a.ID, a.RolesPos, "give one party the letter A", "nobody is accountable for activity %q", a.ID)
		}
	}
}

func twoAccountables(m *model.Model, r *reporter) {
	for _, a := range m.Activities {
		if ids := accountable(a); len(ids) > 1 {
			r.report(a.ID, a.RolesPos, "leave the letter A with one of them", "activity %q has %d accountable parties: %s",
				a.ID, len(ids), strings.Join(ids, ", "))
		}
	}
}
