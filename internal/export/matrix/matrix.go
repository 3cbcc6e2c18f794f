// Package matrix writes who is responsible for what as the tables that
// assessors exchange.
//
// Models go in; out come the rows, head first, of a customer responsibility
// matrix ([CRM]) or of the CSA's questionnaire with its columns for shared
// responsibility ([CAIQ]): one row an activity, cells of plain text. Which role
// pattern becomes which word is settled in package ownership; what a column
// asks for that a model does not know stays empty.
package matrix

import (
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/ownership"
)

// CRM returns the three columns of FedRAMP's Customer Responsibility Matrix
// worksheet (the CIS and CRM workbook, SSP appendix J). Where that wants the id
// of a control stands the activity's, with its title.
func CRM(models []*model.Model) [][]string {
	rows := [][]string{{
		"Control ID",
		"Can Be Inherited from CSP",
		"Specific Inheritance and Customer Agency/CSP Responsibilities",
	}}
	for _, m := range models {
		for _, a := range m.Activities {
			inherited, lead := ownership.Of(a).CRM(), "Customer responsibilities:"
			if inherited == "Yes" {
				lead = "Checklist items:"
			}
			responsibilities := provision(a)
			if todo := todo(a); todo != "" {
				responsibilities += "\n" + lead + "\n" + todo
			}
			rows = append(rows, []string{reference(m, a) + " " + a.Title.Value, inherited, responsibilities})
		}
	}
	return rows
}

// CAIQ returns the columns of the Consensus Assessments Initiative
// Questionnaire, version 4. The activities stand where it has its questions.
// Whether the provider does what it should is not for a model to say, so the
// answer is left for the provider; so are the texts of the CSA's controls.
func CAIQ(models []*model.Model) [][]string {
	rows := [][]string{{
		"Question ID",
		"Question",
		"CSP CAIQ Answer",
		"SSRM Control Ownership",
		"CSP Implementation Description (Optional/Recommended)",
		"CSC Responsibilities (Optional/Recommended)",
		"CCM Control ID",
		"CCM Control Specification",
		"CCM Control Title",
		"CCM Domain Title",
	}}
	for _, m := range models {
		for _, a := range m.Activities {
			rows = append(rows, []string{
				reference(m, a), a.Title.Value, "", ownership.Of(a).CAIQ(), provision(a), todo(a), controls(a.Topic, "ccm"), "", "", "",
			})
		}
	}
	return rows
}

// reference names an activity among those of all models.
func reference(m *model.Model, a *model.Activity) string { return m.ID + "#" + a.ID }

// provision says who holds what by which source, and what has to be known of
// it, a sentence a line.
func provision(a *model.Activity) string {
	var statements []string
	for _, s := range a.Statements {
		statements = append(statements, s.String())
	}
	holders := a.Holders()
	if holders == "" {
		holders = "nobody"
	}
	lines := []string{"Roles: " + holders + " (" + string(a.Basis) + "; " + strings.Join(statements, ", ") + ")."}
	return strings.Join(append(lines, ownership.Notices(a)...), "\n")
}

// todo says what the customer does about the activity, an item a line. A hyphen
// before it would be guarded as the beginning of a formula.
func todo(a *model.Activity) string {
	lines := make([]string, len(a.Items))
	for i, it := range a.Items {
		lines[i] = "• " + it.Title.Value + " [" + it.ID + "; " + string(it.Level) + "; " + string(it.Action()) + "]. Evidence: " +
			strings.Join(strings.Fields(markdown.Plain(it.Evidence.Value)), " ") + " Repeat: " + it.Repeat.Value + "."
	}
	return strings.Join(lines, "\n")
}

// controls returns the ids of a catalogue's controls that match the topic.
func controls(t *model.Topic, catalogue string) string {
	for _, c := range t.Controls {
		if c.Catalogue.ID == catalogue {
			return strings.Join(c.IDs, ", ")
		}
	}
	return ""
}
