package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/export"
	"github.com/demarc/demarc/internal/model"
)

// exported returns the built-in models as demarc export json prints them.
func exported(t *testing.T) []export.Model {
	t.Helper()
	var doc export.Document
	d := json.NewDecoder(strings.NewReader(mustRun(t, t.TempDir(), "export", "json")))
	d.DisallowUnknownFields()
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc.Models
}

// row is a row of a provider's table.
type row struct {
	Section, Statement string
	Roles              map[string]model.Roles // by party
}

// TestFacts compares models with the tables that their providers publish, as
// far as these lie beside the repository.
func TestFacts(t *testing.T) {
	models := exported(t)
	for _, test := range []struct {
		model, file          string
		activities, sections int
	}{
		{"ovhcloud/managed-kubernetes", "ovhcloud-managed-kubernetes.csv", 58, 17},
		{"ovhcloud/managed-private-registry", "ovhcloud-managed-private-registry.csv", 49, 0},
	} {
		t.Run(test.model, func(t *testing.T) {
			want, wordings := readFacts(t, filepath.Join("..", "..", "..", "shared", "facts", test.file))
			i := slices.IndexFunc(models, func(m export.Model) bool { return m.ID == test.model })
			if i < 0 {
				t.Skip("there is no such model yet")
			}
			m := models[i]
			if len(want) != test.activities || len(m.Activities) != test.activities {
				t.Errorf("%d rows, %d activities, want %d", len(want), len(m.Activities), test.activities)
			}
			var got []row
			var sections []string
			for _, a := range m.Activities {
				if len(a.Source) == 0 {
					t.Fatalf("%s has no source", a.ID)
				}
				_, statement, _ := strings.Cut(a.Source[0], "#")
				got = append(got, row{a.Section, statement, a.RACI})
				sections = append(sections, a.Section)
				for _, wording := range wordings {
					if shared := sameWords(a.Title, wording); shared != "" {
						t.Errorf("the title of %s is in the provider's words: %s", a.ID, shared)
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-provider +model)\n%s", diff)
			}
			sections = slices.Compact(sections)
			if n := len(sections); test.sections > 0 && n != test.sections {
				t.Errorf("%d tables, want %d: %v", n, test.sections, sections)
			}
			checkSections(t, m, sections)
		})
	}
}

// checkSections checks that the sections that have tables are in the order of
// the tables, each after the sections that it stands in.
func checkSections(t *testing.T, m export.Model, tables []string) {
	t.Helper()
	var order []string
	for _, s := range m.Sections {
		if slices.Contains(tables, s.ID) {
			order = append(order, s.ID)
		}
		parent := ""
		if i := strings.LastIndexByte(s.ID, '.'); i >= 0 {
			parent = s.ID[:i]
		}
		if s.Parent != parent {
			t.Errorf("section %s stands in %q, want %q", s.ID, s.Parent, parent)
		}
	}
	if diff := cmp.Diff(tables, order); diff != "" {
		t.Errorf("tables and sections are in another order (-tables +sections)\n%s", diff)
	}
}

// readFacts reads a table of facts: section, row, the provider's wording, and
// a column for each party. It skips the test if there is no such file.
func readFacts(t *testing.T, name string) (rows []row, wordings []string) {
	t.Helper()
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there; it is no part of the repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	const parties = 3 // the first column of a party
	if len(records) < 2 || len(records[0]) <= parties {
		t.Fatalf("%s holds no facts", name)
	}
	for _, r := range records[1:] {
		one := row{Section: r[0], Statement: r[0] + "-" + r[1], Roles: map[string]model.Roles{}}
		for i := parties; i < len(r); i++ {
			if r[i] != "" {
				one.Roles[records[0][i]] = model.Roles(r[i])
			}
		}
		rows = append(rows, one)
		wordings = append(wordings, r[2])
	}
	return rows, wordings
}

// sameWords returns eight words that a title has in common with a provider's
// wording, or all of a shorter title that is the wording.
func sameWords(title, wording string) string {
	words, theirs := strings.Fields(strings.ToLower(title)), " "+strings.Join(strings.Fields(strings.ToLower(wording)), " ")+" "
	if strings.EqualFold(title, wording) {
		return title
	}
	for i := 0; i+8 <= len(words); i++ {
		if run := strings.Join(words[i:i+8], " "); strings.Contains(theirs, " "+run+" ") {
			return run
		}
	}
	return ""
}

// TestBuiltinComplete looks through the eyes of a reader of the export: every
// activity is settled by an item, and every item says how and what proves it.
func TestBuiltinComplete(t *testing.T) {
	models := exported(t)
	for _, id := range []string{"ovhcloud/managed-kubernetes", "scaleway/kubernetes"} {
		if !slices.ContainsFunc(models, func(m export.Model) bool { return m.ID == id }) {
			t.Errorf("there is no model %s", id)
		}
	}
	for _, m := range models {
		t.Run(m.ID, func(t *testing.T) {
			if len(m.Activities) == 0 || len(m.Items) == 0 || len(m.Sources) == 0 {
				t.Errorf("%d activities, %d items, %d sources", len(m.Activities), len(m.Items), len(m.Sources))
			}
			covers := map[string][]string{}
			for _, it := range m.Items {
				if len(it.Steps) == 0 || it.Evidence == "" || it.Why == "" || len(it.Team) == 0 {
					t.Errorf("item %s: %d steps, evidence %q, why %q, team %v", it.ID, len(it.Steps), it.Evidence, it.Why, it.Team)
				}
				for _, a := range it.Covers {
					covers[a] = append(covers[a], it.ID)
				}
			}
			for _, a := range m.Activities {
				if len(a.Items) == 0 {
					t.Errorf("no item covers activity %s", a.ID)
				}
				if diff := cmp.Diff(covers[a.ID], a.Items); diff != "" {
					t.Errorf("activity %s and the items that cover it disagree (-items +activity)\n%s", a.ID, diff)
				}
			}
		})
	}
}

// TestNoSuppressions checks that the built-in models pass on their merits: the
// repository's settings suppress nothing and weaken no rule.
func TestNoSuppressions(t *testing.T) {
	w, findings, err := model.Open(model.Input{Root: os.DirFS("../.."), Content: content.FS, ContentDir: "content"})
	if err != nil || findings != nil {
		t.Fatal(err, findings)
	}
	if len(w.Settings.Suppress) > 0 {
		t.Errorf("the built-in models need suppressions: %v", w.Settings.Suppress)
	}
	for _, l := range w.Settings.Levels {
		if l.Severity < check.Lookup(l.Rule.Value).Severity {
			t.Errorf("rule %s is set to %s", l.Rule.Value, l.Severity)
		}
	}
}
