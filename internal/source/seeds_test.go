package source

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// seeds are the documents that built-in models were made from.
var seeds = []struct {
	model, file, source string
	sections            map[string]int // ids that the model's authors chose, by line
}{
	{"ovhcloud/managed-kubernetes/model.yaml", "ovhcloud-managed-kubernetes.flattened.txt", "guide", nil},
	{"creodias/managed-kubernetes/model.yaml", "creodias-managed-kubernetes.txt", "guide", nil},
	{"eumetsat/managed-kubernetes/model.toml", "eumetsat-managed-kubernetes.txt", "guide", nil},
	{"scaleway/kubernetes/model.toml", "scaleway-managed-kubernetes.txt", "definition", map[string]int{
		"managed-service": 11, "components": 15, "user-responsibilities": 27, "resources": 39, "cluster-failure": 47,
	}},
}

// TestSeedReferences checks that each statement that a built-in model refers to
// is one of its document.
func TestSeedReferences(t *testing.T) {
	for _, seed := range seeds {
		lock, findings := NewLock(seed.source, parseShared(t, "seeds/"+seed.file), seed.sections)
		if len(findings) > 0 {
			t.Fatalf("%s: %v", seed.file, findings)
		}
		model, err := os.ReadFile(filepath.Join("../../content", seed.model))
		if err != nil {
			t.Fatal(err)
		}
		claimed := map[string]bool{}
		for _, m := range regexp.MustCompile(seed.source+`#([A-Za-z0-9.-]+)`).FindAllStringSubmatch(string(model), -1) {
			if !slices.ContainsFunc(lock.Statements, func(e Entry) bool { return e.ID == m[1] }) {
				t.Errorf("%s refers to %s, which %s does not have", seed.model, m[0], seed.file)
			}
			claimed[m[1]] = true
		}
		if len(claimed) == 0 {
			t.Errorf("%s refers to nothing", seed.model)
		}
		var left []string
		total := 0
		for _, e := range lock.Statements {
			if e.Kind.Obliges() {
				if total++; !claimed[e.ID] {
					left = append(left, e.ID)
				}
			}
		}
		t.Logf("%s: %d statements, %d claimed, not yet claimed: %s", seed.model, total, total-len(left), strings.Join(left, " "))
	}
}

// TestSeedFlattened compares the rows of the flattened guide with the letters
// that its publisher prints.
func TestSeedFlattened(t *testing.T) {
	facts, err := csv.NewReader(strings.NewReader(string(sharedFile(t, "facts/ovhcloud-managed-kubernetes.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lock, _ := NewLock("guide", parseShared(t, "seeds/ovhcloud-managed-kubernetes.flattened.txt"), nil)
	doc := lock.Adopt(parseShared(t, "seeds/ovhcloud-managed-kubernetes.flattened.txt"))
	got := rows(doc)
	if len(got) != 58 || len(facts) != 59 {
		t.Fatalf("%d rows read, %d facts; want 58", len(got), len(facts)-1)
	}
	right, open := 0, 0
	var ambiguous []string
	for i, s := range got {
		fact := facts[i+1]
		if want := fmt.Sprintf("%s-%s", fact[0], fact[1]); s.ID != want {
			t.Errorf("row %d is %s, want %s", i+1, s.ID, want)
		}
		same := func(cells []Cell) bool {
			return len(cells) == 2 && cells[0] == Cell{Party: "Customer", Letters: fact[3]} && cells[1] == Cell{Party: "OVHcloud", Letters: fact[4]}
		}
		switch {
		case s.Cells == nil:
			ambiguous = append(ambiguous, s.ID)
			if s.Open {
				open++
			}
			if !slices.ContainsFunc(s.Readings, func(r Reading) bool { return r.Text == fact[2] && same(r.Cells) }) {
				t.Errorf("%s: what is printed is not among the readings %v", s.ID, s.Readings)
			}
		case same(s.Cells) && s.Text == fact[2]:
			right++
		default:
			t.Errorf("%s: read %v, printed %s | %s", s.ID, s.Cells, fact[3], fact[4])
		}
		e := s.entry()
		if !e.Agrees([]string{fact[3], fact[4]}) {
			t.Errorf("%s: the lock does not agree with %s | %s", s.ID, fact[3], fact[4])
		}
	}
	t.Logf("58 rows, %d right, %d ambiguous (of %d it is not certain where the text ends): %s", right, len(ambiguous), open, strings.Join(ambiguous, " "))
}

// TestSeedSpliced looks for the row that has lost a cell and for the place where
// another guide goes on, and compares the rows from there with what the
// publisher of that guide prints.
func TestSeedSpliced(t *testing.T) {
	doc := parseShared(t, "seeds/ovhcloud-spliced-kubernetes-and-private-registry.md")
	var found []string
	for _, f := range doc.Findings {
		found = append(found, fmt.Sprint(f.Pos.Line, " ", f.Rule))
	}
	if want := []string{"65 document/row-width", "67 document/other-subject"}; !slices.Equal(found, want) {
		t.Errorf("findings %v, want %v", found, want)
	}
	facts, err := csv.NewReader(strings.NewReader(string(sharedFile(t, "facts/ovhcloud-managed-private-registry.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	letters := map[string][]string{}
	for _, f := range facts[1:] {
		letters[f[0]+"-"+f[1]] = f[3:]
	}
	for _, s := range rows(doc) {
		if (s.Line == 65) != (s.Cells == nil) {
			t.Errorf("line %d: %v", s.Line, s.Cells)
		}
		if e := s.entry(); s.Line > 65 && !e.Agrees(letters[s.ID]) {
			t.Errorf("line %d, %s: read %v, printed %v", s.Line, s.ID, s.Cells, letters[s.ID])
		}
	}
}
