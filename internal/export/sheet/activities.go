package sheet

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Activities returns the activities of models as a table, the headings first.
// Each party has a column of its own, "RACI" and its id, and parties with the
// same id in several models share one.
func Activities(models []*model.Model) [][]string {
	var parties []string
	for _, m := range models {
		for _, p := range m.Parties {
			if !slices.Contains(parties, p.ID) {
				parties = append(parties, p.ID)
			}
		}
	}
	head := []string{"Model", "Activity", "Section", "Title"}
	for _, id := range parties {
		head = append(head, "RACI "+id)
	}
	rows := [][]string{append(head, "Basis", "Rationale", "Topic", "Action", "Statements", "Items", "Caveat", "Question to the provider")}
	for _, m := range models {
		for _, a := range m.Activities {
			row := []string{m.ID, a.ID, a.Section.Heading(), a.Title.Value}
			for _, id := range parties {
				row = append(row, rolesOf(a, id))
			}
			rows = append(rows, append(row, string(a.Basis), markdown.Plain(a.Rationale.Value), a.Topic.ID, string(a.Action()),
				statements(a), itemsOf(a), markdown.Plain(a.Caveat.Value), markdown.Plain(a.Ask.Value)))
		}
	}
	return rows
}

// rolesOf returns the roles of a party in an activity, apart by commas.
func rolesOf(a *model.Activity, party string) string {
	for _, as := range a.Assignments {
		if as.Party.ID == party {
			return as.Roles.String()
		}
	}
	return ""
}

func statements(a *model.Activity) string {
	ids := make([]string, len(a.Statements))
	for i, s := range a.Statements {
		ids[i] = s.String()
	}
	return strings.Join(ids, ", ")
}

func itemsOf(a *model.Activity) string {
	ids := make([]string, len(a.Items))
	for i, it := range a.Items {
		ids[i] = it.ID
	}
	return strings.Join(ids, ", ")
}
