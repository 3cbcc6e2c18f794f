package docs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/buildtest"
)

// TestCoverage holds that the tables in docs/coverage, which walk a source
// statement by statement, name exactly the activities that claim each in the
// model.
func TestCoverage(t *testing.T) {
	models := buildtest.Models(t, buildtest.Input())
	tables, err := filepath.Glob("coverage/*.md")
	if err != nil || len(tables) < 3 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	for _, name := range tables {
		walked := walk(t, name)
		id := strings.Replace(strings.TrimSuffix(filepath.Base(name), ".md"), "-", "/", 1)
		for _, m := range models {
			if m.ID != id {
				continue
			}
			claimed := map[string][]string{}
			for _, a := range m.Activities {
				for _, s := range a.Statements {
					claimed[s.ID] = append(claimed[s.ID], a.ID)
				}
			}
			for _, ids := range claimed {
				slices.Sort(ids)
			}
			if diff := cmp.Diff(claimed, walked); diff != "" {
				t.Errorf("%s (-model +table):\n%s", name, diff)
			}
			id = ""
		}
		if id != "" {
			t.Errorf("%s: there is no model %s", name, id)
		}
	}
}

// walk returns the activities by statement of a table, without the statements
// that none claims; those have a reason.
func walk(t *testing.T, name string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	claimed := map[string][]string{}
	inTable := false
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		inTable = strings.HasPrefix(line, "| statement |") || inTable && strings.HasPrefix(line, "|")
		if !inTable || len(cells) != 4 || strings.HasPrefix(line, "| statement |") || strings.HasPrefix(line, "| ---") {
			continue
		}
		statement, activities := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[3])
		if reason, none := strings.CutPrefix(activities, "none:"); none {
			if strings.TrimSpace(reason) == "" {
				t.Errorf("%s: %s is set aside without a reason", name, statement)
			}
			continue
		}
		ids := strings.Split(activities, ", ")
		slices.Sort(ids)
		claimed[statement] = ids
	}
	return claimed
}
