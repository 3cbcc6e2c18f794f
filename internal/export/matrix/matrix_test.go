package matrix_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/export/matrix"
	"github.com/demarc/demarc/internal/model"
)

func example() []*model.Model {
	you := &model.Party{ID: "customer", Name: model.Text{Value: "You"}, Side: model.Customer}
	acme := &model.Party{ID: "acme", Name: model.Text{Value: "Acme"}, Side: model.Provider}
	guide := &model.Source{ID: "guide"}
	topic := &model.Topic{ID: "backup", Controls: []model.Control{
		{Catalogue: model.Catalogue{ID: "nist80053"}, IDs: []string{"CP-9"}},
		{Catalogue: model.Catalogue{ID: "ccm"}, IDs: []string{"BCR-08", "BCR-11"}},
	}}
	item := &model.Item{
		ID: "restore-test", Title: model.Text{Value: "Restore a backup"}, Level: model.Required,
		Evidence: model.Prose{Value: "The *log*\nof it."}, Repeat: model.Text{Value: "every quarter"},
	}
	shared := &model.Activity{
		ID: "test-restores", Title: model.Text{Value: "Test restores"}, Basis: model.Stated, Topic: topic,
		Statements:  []model.Statement{{Source: guide, ID: "1-1"}, {Source: guide, ID: "1-2"}},
		Assignments: []model.Assignment{{Party: you, Roles: "A"}, {Party: acme, Roles: "R"}}, Items: []*model.Item{item},
	}
	item.Covers = []model.Cover{{Activity: shared}}
	theirs := &model.Activity{
		ID: "run-backups", Title: model.Text{Value: "Run backups"}, Basis: model.Inferred, Rationale: model.Prose{Value: "Nobody else can."},
		Topic: &model.Topic{}, Statements: []model.Statement{{Source: guide, ID: "1-3"}},
		Assignments: []model.Assignment{{Party: you, Roles: "I"}, {Party: acme, Roles: "RA"}}, Items: []*model.Item{item},
	}
	nobodys := &model.Activity{ID: "gap", Title: model.Text{Value: "Fill the gap"}, Basis: model.Stated, Topic: topic, Statements: []model.Statement{{Source: guide, ID: "1-4"}}}
	return []*model.Model{{ID: "acme/database", Activities: []*model.Activity{shared, theirs, nobodys}}}
}

const restore = "• Restore a backup [restore-test; required; do]. Evidence: The log of it. Repeat: every quarter."

func TestCRM(t *testing.T) {
	want := [][]string{
		{"Control ID", "Can Be Inherited from CSP", "Specific Inheritance and Customer Agency/CSP Responsibilities"},
		{"acme/database#test-restores Test restores", "Partial",
			"Roles: You A; Acme R (stated; guide#1-1, guide#1-2).\nCustomer responsibilities:\n" + restore},
		{"acme/database#run-backups Run backups", "Yes",
			"Roles: You I; Acme R, A (inferred; guide#1-3).\nInformed: You.\nInferred, not stated by the source: Nobody else can.\nChecklist items:\n" + restore},
		{"acme/database#gap Fill the gap", "", "Roles: nobody (stated; guide#1-4).\nThe source names nobody who does this or answers for it."},
	}
	if diff := cmp.Diff(want, matrix.CRM(example())); diff != "" {
		t.Error(diff)
	}
}

func TestCAIQ(t *testing.T) {
	want := [][]string{
		{"Question ID", "Question", "CSP CAIQ Answer", "SSRM Control Ownership", "CSP Implementation Description (Optional/Recommended)",
			"CSC Responsibilities (Optional/Recommended)", "CCM Control ID", "CCM Control Specification", "CCM Control Title", "CCM Domain Title"},
		{"acme/database#test-restores", "Test restores", "", "Shared CSP and CSC", "Roles: You A; Acme R (stated; guide#1-1, guide#1-2).", restore, "BCR-08, BCR-11", "", "", ""},
		{"acme/database#run-backups", "Run backups", "", "CSP-owned",
			"Roles: You I; Acme R, A (inferred; guide#1-3).\nInformed: You.\nInferred, not stated by the source: Nobody else can.", restore, "", "", "", ""},
		{"acme/database#gap", "Fill the gap", "", "", "Roles: nobody (stated; guide#1-4).\nThe source names nobody who does this or answers for it.", "", "BCR-08, BCR-11", "", "", ""},
	}
	if diff := cmp.Diff(want, matrix.CAIQ(example())); diff != "" {
		t.Error(diff)
	}
}
