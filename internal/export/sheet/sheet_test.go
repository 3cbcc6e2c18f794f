package sheet_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/model"
)

func TestActivities(t *testing.T) {
	want := [][]string{
		{"Model", "Activity", "Section", "Title", "RACI customer", "RACI acme", "Basis", "Rationale", "Topic", "Action", "Statements", "Items", "Caveat", "Question to the provider"},
		{"acme/database", "run", "1.10 Backups", "=1+1", "I", "A, R", "stated", "", "backup", "watch", "guide#1-1", "late", "See this.", ""},
		{"acme/database", "test", "1.10 Backups", "@SUM(1)", "R, A", "C", "inferred", "-2+3", "backup", "do", "guide#1-2, guide#1-3", "late, early, go, ready", "", ""},
	}
	if diff := cmp.Diff(want, sheet.Activities([]*model.Model{acme(t)})); diff != "" {
		t.Error(diff)
	}
	// Parties of all models have a column, and the ones with the same id share it.
	all := models(t, nil)
	rows := sheet.Activities(all)
	count := 1
	for _, m := range all {
		count += len(m.Activities)
	}
	if head := strings.Join(rows[0], ","); len(rows) != count || strings.Count(head, "RACI customer") != 1 || !strings.Contains(head, "RACI ovhcloud,") {
		t.Errorf("%d rows, want %d: %s", len(rows), count, head)
	}
}

func TestItems(t *testing.T) {
	m := acme(t)
	digest := map[string]string{}
	for _, it := range m.Items {
		digest[it.ID] = "sha256:" + index.Digest(it)
	}
	want := [][]string{
		{"Model", "Item", "Title", "Phase", "Level", "Teams", "Action", "Covers", "Why", "Steps", "References", "Evidence", "Repeat",
			"State", "Owner", "Date", "Evidence link", "Reason", "Note", "Changed since", "Environment", "Digest"},
		{"acme/database", "early", "=1+1", "choose", "required", "platform, security", "do", "test", "Why", "1. Look.", "", "-2+3", "once",
			"done", "=cmd|' /C calc'!A0", "2026-11-20", "https://example.com/?a=1&b=2", "", "-1+2\nsecond line, \"quoted\"; more", "yes", "staging", "sha256:001122334455"},
		{"acme/database", "go", "@SUM(1)", "go-live", "required", "platform", "do", "test", "Why", "1. Look.\nCaution: Twice.\nFile:\na: b\nRun:\nls\nExpect: A list.\nWay back: None.\n\n2. Go.", "Page (https://example.com/p)\nOther (https://example.com/o)", "A link (https://example.com).\n\nAnd more.", "once",
			"not-applicable", "", "", "", "'=not here", "", "yes", "staging", "sha256:123456789012"},
		{"acme/database", "ready", "Ready", "go-live", "required", "platform", "do", "test", "Why", "1. Look.", "", "A note", "once", "", "", "", "", "", "", "", "staging", digest["ready"]},
		{"acme/database", "late", "+1", "operate", "recommended", "platform", "do", "run, test", "Why", "1. Look.", "", `=HYPERLINK("x")`, "-2+3",
			"open", "Jörg 日本", "", "", "", "", "", "staging", digest["late"]},
		{"acme/database", "gone", "(not in this checklist)", "", "", "", "", "", "", "", "", "", "", "done", "", "2024-02-29", "", "", "", "", "staging", "sha256:12345678e012"},
	}
	got := sheet.Items([]sheet.Checklist{{Model: m, Environment: "staging", State: known()}})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"early", "go", "ready", "late"}, sheet.Order(m)); diff != "" {
		t.Error(diff)
	}
}

// TestLongSteps holds that steps that are too long for a cell do not keep a
// workbook from being made.
func TestLongSteps(t *testing.T) {
	m := acme(t)
	m.Items[0].Steps[0].Manifest.Value = strings.Repeat("a: b\n", 10_000)
	lists := []sheet.Checklist{{Model: m, Environment: "production"}}
	rows := sheet.Items(lists)
	if got, want := rows[4][9], "Too long for a cell; see the runbook. Number of steps: 1"; got != want {
		t.Errorf("got %q", got)
	}
	workbook(t, sheet.Book{Lists: lists})
}

// TestManual holds that the manual describes every column.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile("../../../docs/spreadsheets.md")
	if err != nil {
		t.Fatal(err)
	}
	m := acme(t)
	for _, head := range append(sheet.Items(nil)[0], sheet.Activities([]*model.Model{m})[0]...) {
		if head = strings.TrimSuffix(strings.Replace(head, "RACI acme", "RACI customer", 1), " customer"); !strings.Contains(string(manual), "| `"+head) {
			t.Errorf("docs/spreadsheets.md does not describe the column %q", head)
		}
	}
}
