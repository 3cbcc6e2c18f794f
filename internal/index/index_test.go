package index_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/model"
)

// example returns a model with all that facts and the index are made from.
func example() *model.Model {
	text := func(s string) model.Text { return model.Text{Value: s} }
	prose := func(s string) model.Prose { return model.Prose{Value: s} }
	you := &model.Party{ID: "customer", Name: text("Customer"), Side: model.Customer}
	them := &model.Party{ID: "acme", Name: text("Acme \"&\" <Sons>"), Side: model.Provider}
	backup := &model.Topic{ID: "backup", Title: text("Backup")}
	access := &model.Topic{ID: "access", Title: text("Access"), Definition: prose("Who may *do* what, see [the list](https://x.example/y).")}
	take := &model.Activity{ID: "take", Title: text("Take backups"), Topic: backup, Assignments: []model.Assignment{{Party: you, Roles: "A"}, {Party: them, Roles: "IR"}}}
	guard := &model.Activity{ID: "guard", Title: text("Guard the halls"), Topic: access, Assignments: []model.Assignment{{Party: them, Roles: "RA"}}}
	item := &model.Item{
		ID: "check", Title: text("Check both"), Phase: model.GoLive, Level: model.Required, Teams: []model.Team{"platform", "security"},
		Covers: []model.Cover{{Activity: take}, {Activity: guard}}, Why: prose("Why."), Evidence: prose("A log."), Repeat: text("once"),
		Steps: []model.Step{{
			Text: prose("Look at `a_b*c`, *then* \\*wait\\*\nfor [it](https://x.example)."), Caution: prose("Careful."),
			Run: model.Script{Value: "kubectl get <pod>\n  --watch"}, Manifest: model.Script{Value: "kind: Pod"}, Expect: prose("It runs."), Undo: prose("Delete it."),
		}},
	}
	own := &model.Item{ID: "own", Title: text("Tell \u2028 all"), Phase: model.Exit, Level: model.Recommended, Own: true}
	take.Items, guard.Items = []*model.Item{item}, []*model.Item{item}
	return &model.Model{ID: "acme/db", Parties: []*model.Party{you, them}, Activities: []*model.Activity{take, guard}, Items: []*model.Item{item, own}}
}

func TestFactsOf(t *testing.T) {
	m := example()
	got := index.FactsOf(m)
	want := &index.Facts{
		Activities: map[string]index.Fact{
			"take":  {Roles: "customer:A acme:IR", Topic: "backup", Action: "do", Phase: "go-live", Level: "required", Team: "platform security"},
			"guard": {Roles: "acme:RA", Topic: "access", Action: "verify", Phase: "go-live", Level: "required", Team: "platform security"},
		},
		Items: map[string]index.Fact{
			"check": {Roles: "customer:A acme:IR acme:RA", Topic: "backup access", Action: "do", Phase: "go-live", Level: "required", Team: "platform security", Digest: index.Digest(m.Items[0])},
			"own":   {Action: "do", Phase: "exit", Level: "recommended", Digest: index.Digest(m.Items[1])},
		},
		Names: `{"party":[["customer","Customer"],["acme","Acme \"\u0026\" \u003cSons\u003e"]],"topic":[["access","Access"],["backup","Backup"]]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDigest holds what a digest depends on. Its value is fixed: people keep
// it in files, so a change makes every tick look outdated.
func TestDigest(t *testing.T) {
	const fixed = "e7228b256e95"
	if got := index.Digest(example().Items[0]); got != fixed {
		t.Errorf("digest %s, want %s", got, fixed)
	}
	for name, change := range map[string]func(it *model.Item){
		"title":    func(it *model.Item) { it.Title.Value += "." },
		"phase":    func(it *model.Item) { it.Phase = model.Exit },
		"level":    func(it *model.Item) { it.Level = model.Recommended },
		"action":   func(it *model.Item) { it.Covers[0].Activity.Assignments = nil },
		"covers":   func(it *model.Item) { it.Covers = it.Covers[:1] },
		"why":      func(it *model.Item) { it.Why.Value = "" },
		"evidence": func(it *model.Item) { it.Evidence.Value = "Two logs." },
		"repeat":   func(it *model.Item) { it.Repeat.Value = "twice" },
		"steps":    func(it *model.Item) { it.Steps = append(it.Steps, model.Step{}) },
		"text":     func(it *model.Item) { it.Steps[0].Text.Value += "!" },
		"caution":  func(it *model.Item) { it.Steps[0].Caution.Value = "" },
		"run":      func(it *model.Item) { it.Steps[0].Run.Value += "\n" },
		"manifest": func(it *model.Item) { it.Steps[0].Manifest.Value += "s" },
		"expect":   func(it *model.Item) { it.Steps[0].Expect.Value = "" },
		"undo":     func(it *model.Item) { it.Steps[0].Undo.Value = "" },
		"boundary": func(it *model.Item) { it.Steps[0].Expect.Value, it.Steps[0].Undo.Value = "It runs.Delete it.", "" },
	} {
		it := example().Items[0]
		change(it)
		if index.Digest(it) == fixed {
			t.Errorf("another %s, the same digest", name)
		}
	}
	it := example().Items[0]
	it.Teams, it.References, it.ID = nil, []model.Reference{{}}, "other"
	if index.Digest(it) != fixed {
		t.Error("teams, references or the name make another digest")
	}
}

// call returns what a part of the index hands over to a function.
func call(t *testing.T, script []byte, function string) (arg map[string]any) {
	t.Helper()
	body, ok := strings.CutPrefix(string(script), "demarcSearch."+function+"(")
	body, ok2 := strings.CutSuffix(body, ");\n")
	if !ok || !ok2 {
		t.Fatalf("no call of %s: %s", function, script)
	}
	if err := json.Unmarshal([]byte(body), &arg); err != nil {
		t.Fatal(err)
	}
	return arg
}

func TestSearch(t *testing.T) {
	m := example()
	want := map[string]any{
		"model":      "acme/db",
		"activities": []any{[]any{"take", "Take backups", "Backup"}, []any{"guard", "Guard the halls", "Access"}},
		"items": []any{
			[]any{"check", "Check both", "go-live", "Look at a_b*c, then *wait* for it. kubectl get <pod> --watch"},
			[]any{"own", "Tell \u2028 all", "exit"},
		},
	}
	if diff := cmp.Diff(want, call(t, index.Search(m), "model")); diff != "" {
		t.Error(diff)
	}
	want = map[string]any{
		"models": []any{[]any{"acme/db", "Acme Database"}},
		"topics": []any{[]any{"Access", "access", "Who may do what, see the list."}},
	}
	got := index.SearchSite([][2]string{{"acme/db", "Acme Database"}}, []*model.Topic{m.Activities[1].Topic})
	if diff := cmp.Diff(want, call(t, got, "site")); diff != "" {
		t.Error(diff)
	}
}
