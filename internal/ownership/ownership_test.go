package ownership_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/ownership"
)

// table returns the rows of the table below a heading of the documentation,
// without its head.
func table(t *testing.T, heading string) [][]string {
	t.Helper()
	data, err := os.ReadFile("../../docs/ownership.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(data), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("there is no heading %q", heading)
	}
	var rows [][]string
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "|"):
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		case rows != nil:
			return rows[2:]
		}
	}
	return nil
}

// holds says what each word of the documentation means for a side's letters.
var holds = map[string]func(model.Roles) bool{
	"any":     func(model.Roles) bool { return true },
	"neither": func(r model.Roles) bool { return !r.Has("RA") },
	"R or A":  func(r model.Roles) bool { return r.Has("RA") },
	"R":       func(r model.Roles) bool { return r.Has("R") },
	"A only":  func(r model.Roles) bool { return r.Has("A") && !r.Has("R") },
}

// TestTable goes through all combinations of letters and holds that exactly
// one line of the documentation is about each, and says what the code does.
func TestTable(t *testing.T) {
	rows := table(t, "From roles to owner")
	used := make([]int, len(rows))
	for n := range 1 << 12 {
		var roles [3]model.Roles
		a := &model.Activity{}
		for i, side := range model.Sides {
			for j, letter := range model.RoleLetters {
				if n>>(4*i+j)&1 == 1 {
					roles[i] += model.Roles(letter)
					// a party for each letter: a side's parties count together
					a.Assignments = append(a.Assignments, model.Assignment{Party: &model.Party{Side: side}, Roles: model.Roles(letter)})
				}
			}
		}
		var owners []string
		for i, row := range rows {
			fits := true
			for side := range model.Sides {
				fits = fits && holds[row[side]](roles[side])
			}
			if fits {
				owners = append(owners, row[3])
				used[i]++
			}
		}
		if got := string(ownership.Of(a)); !slices.Equal(owners, []string{got}) {
			t.Fatalf("%q: the documentation says %q, the code %q", roles, owners, got)
		}
	}
	if i := slices.Index(used, 0); i >= 0 {
		t.Errorf("no combination is as line %d has it", i+1)
	}
}

func TestWords(t *testing.T) {
	var got [][]string
	for _, o := range ownership.Owners {
		got = append(got, []string{string(o), string(o.Split()), o.CRM(), o.CAIQ()})
	}
	if diff := cmp.Diff(table(t, "From owner to the words of others"), got); diff != "" {
		t.Errorf("documentation and code differ (-docs +code):\n%s", diff)
	}
}

func TestNotices(t *testing.T) {
	party := func(name string, side model.Side, roles model.Roles) model.Assignment {
		return model.Assignment{Party: &model.Party{Name: model.Text{Value: name}, Side: side}, Roles: roles}
	}
	for _, test := range []struct {
		name string
		in   model.Activity
		want []string
	}{
		{"nothing to say", model.Activity{Assignments: []model.Assignment{party("You", model.Customer, "RA"), party("Acme", model.Provider, "CI")}}, nil},
		{"told", model.Activity{Assignments: []model.Assignment{party("You", model.Customer, "CI"), party("Acme", model.Provider, "RA")}},
			[]string{"Consulted before: You.", "Informed: You."}},
		{"inferred", model.Activity{Basis: model.Inferred, Rationale: model.Prose{Value: "Nobody *else* can."}, Caveat: model.Prose{Value: "Stands `twice`."}, Ask: model.Prose{Value: "Which *one*?"},
			Assignments: []model.Assignment{party("You", model.Customer, "A")}},
			[]string{"Inferred, not stated by the source: Nobody else can.", "Stands twice.", "To ask the provider: Which one?"}},
		{"nobody", model.Activity{Assignments: []model.Assignment{party("You", model.Customer, "I")}},
			[]string{"The source names nobody who does this or answers for it.", "Informed: You."}},
		{"third party", model.Activity{Assignments: []model.Assignment{party("Broker", model.ThirdParty, "A"), party("Host", model.ThirdParty, "R")}},
			[]string{"The provider has no part in this. With a third party: Broker and Host."}},
		{"outsourced", model.Activity{Assignments: []model.Assignment{party("Acme", model.Provider, "A"), party("Host", model.ThirdParty, "R")}},
			[]string{"The provider answers for this. Done by Host."}},
	} {
		if diff := cmp.Diff(test.want, ownership.Notices(&test.in)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
