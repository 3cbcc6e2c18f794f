package source

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestDrift compares the two documents of each archive: with a copy of the old
// one, and without.
func TestDrift(t *testing.T) {
	archives, err := filepath.Glob("testdata/drift/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in testdata (%v)", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 4 {
				t.Fatal("an archive has two documents, the changes, and the changes without the old document")
			}
			old, now := parseFile(t, archive.Files[0]), parseFile(t, archive.Files[1])
			lock, _ := NewLock("guide", old, nil)
			lock = roundTrip(t, lock)
			for i, before := range []*Document{old, nil} {
				got := showChanges(Drift(lock, before, now, nil))
				want := &archive.Files[2+i].Data
				if *update {
					*want = []byte(got)
				}
				if diff := cmp.Diff(string(*want), got); diff != "" {
					t.Errorf("%s differs (-want +got):\n%s", archive.Files[2+i].Name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			checkUpdate(t, lock, now)
		})
	}
}

func parseFile(t *testing.T, f txtar.File) *Document {
	t.Helper()
	doc, err := Parse(f.Name, f.Data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// roundTrip writes a lock and reads it back.
func roundTrip(t *testing.T, lock *Lock) *Lock {
	t.Helper()
	read, findings := ReadLock("guide.lock", lock.Bytes())
	if len(findings) > 0 {
		t.Fatalf("the lock is not read back: %v\n%s", findings, lock.Bytes())
	}
	if !bytes.Equal(read.Bytes(), lock.Bytes()) {
		t.Errorf("the lock differs when it is read back:\n%s", cmp.Diff(string(lock.Bytes()), string(read.Bytes())))
	}
	return read
}

// checkUpdate locks the new document and checks that nothing has drifted from
// that, that no id stands twice, and that none was used for something else.
func checkUpdate(t *testing.T, lock *Lock, now *Document) {
	t.Helper()
	next := roundTrip(t, lock.Update(now))
	if changes := Drift(next, now, now, nil); len(changes) > 0 {
		t.Errorf("after locking anew there is still drift:\n%s", showChanges(changes))
	}
	if changes := Drift(next, nil, now, nil); len(changes) > 0 {
		t.Errorf("after locking anew there is still drift without the old text:\n%s", showChanges(changes))
	}
	seen := map[string]bool{}
	for _, e := range next.Statements {
		if seen[e.ID] {
			t.Errorf("id %s stands twice", e.ID)
		}
		seen[e.ID] = true
		if slices.Contains(next.Retired, e.ID) {
			t.Errorf("id %s is retired and in use", e.ID)
		}
	}
	again := next.Update(now)
	if diff := cmp.Diff(string(next.Bytes()), string(again.Bytes())); diff != "" {
		t.Errorf("locking twice gives another lock:\n%s", diff)
	}
}

func showChanges(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s %s %d>%d", c.Kind, c.ID, c.Is, c.OldLine, c.NewLine)
		if len(c.Also) > 0 {
			fmt.Fprintf(&b, " also %v", c.Also)
		}
		if c.OldSection != c.NewSection && c.OldSection != "" && c.NewSection != "" {
			fmt.Fprintf(&b, " from %s to %s", c.OldSection, c.NewSection)
		}
		b.WriteByte('\n')
		if was, is := c.Old.roles(), c.New.roles(); was != is {
			fmt.Fprintf(&b, "    %s => %s\n", was, is)
		}
		if c.OldText != c.NewText {
			fmt.Fprintf(&b, "    - %s\n    + %s\n", c.OldText, c.NewText)
		}
		if c.OldModal+c.NewModal != "" {
			fmt.Fprintf(&b, "    %q => %q\n", c.OldModal, c.NewModal)
		}
	}
	return b.String()
}

func (e *Entry) roles() string {
	if e.Cells == nil {
		return e.Glued
	}
	return showCells(e.Cells)
}

// TestDriftSeeds edits copies of two seeds, line by line, so that it is known
// what changed.
func TestDriftSeeds(t *testing.T) {
	tests := []struct {
		seed string
		edit func(lines []string) []string
		want []string
	}{
		{"seeds/eumetsat-managed-kubernetes.txt", func(l []string) []string {
			l[56] = strings.Replace(l[56], " may ", " will ", 1) // lifecycle-management-2
			l[54] = strings.Replace(l[54], " may ", " will ", 1) // controlled-customization-6
			l[50] = strings.Replace(l[50], "should", "may", 1)   // security-by-design-12
			l[20] = strings.Replace(l[20], "best practices", "good practice", 1)
			moved := l[70] // cluster-backups-3
			l = slices.Delete(l, 70, 71)
			l = slices.Insert(l, 41, moved)
			l = slices.Delete(l, 33, 34) // sufficient-cluster-specification-4
			return append(l, "Users keep a list of their clusters.")
		}, []string{
			"new what-to-do-next-12", "gone sufficient-cluster-specification-4",
			"reworded adherence-to-kubernetes-best-practices-1", "softened security-by-design-12",
			"hardened controlled-customization-6", "hardened lifecycle-management-2", "moved cluster-backups-3",
		}},
		{"seeds/ovhcloud-spliced-kubernetes-and-private-registry.md", func(l []string) []string {
			l[38] = swapRoles(l[38])                                     // 2.1-1, I | RA
			l[26] = strings.Replace(l[26], "| A | I |", "| I | RA |", 1) // 1.1-1
			l[75] = strings.Replace(l[75], "|  | RA |", "| I | RA |", 1) // 3.1.2-3
			l[93] = strings.Replace(l[93], "| RA | |", "| RA | I |", 1)  // 3.1.4-2
			l = slices.Delete(l, 51, 52)                                 // 2.3-1
			return slices.Insert(l, 55, "| Keep a list of the containers | RA | |")
		}, []string{
			"moved-to-you 2.1-1", "moved-to-you 3.1.2-3", "moved-away 1.1-1", "roles-changed 3.1.4-2", "new 2.3-5", "gone 2.3-1",
		}},
	}
	for _, tt := range tests {
		data := sharedFile(t, tt.seed)
		old, err := Parse(tt.seed, data)
		if err != nil {
			t.Fatal(err)
		}
		lock, _ := NewLock("guide", old, nil)
		now, err := Parse(tt.seed, []byte(strings.Join(tt.edit(strings.Split(string(data), "\n")), "\n")))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range Drift(lock, old, now, nil) {
			got = append(got, string(c.Kind)+" "+c.ID)
		}
		slices.Sort(got)
		slices.Sort(tt.want)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.seed, diff)
		}
		checkUpdate(t, lock, now)
	}
}

// swapRoles swaps the last two cells of a row.
func swapRoles(line string) string {
	cells := strings.Split(line, "|")
	n := len(cells)
	cells[n-3], cells[n-2] = cells[n-2], cells[n-3]
	return strings.Join(cells, "|")
}

// TestNoDrift changes white space and typography of the seeds, and nothing else.
func TestNoDrift(t *testing.T) {
	edits := map[string]func(string) string{
		"quotes": strings.NewReplacer("’", "'", "“", `"`, "”", `"`).Replace,
		"spaces": func(s string) string { return regexp.MustCompile(`([a-z]) ([a-z])`).ReplaceAllString(s, "$1\u00A0 $2") },
		"lines":  func(s string) string { return "\uFEFF" + strings.ReplaceAll(s, "\n", " \r\n") },
		"empty":  func(s string) string { return regexp.MustCompile(`\n\n+`).ReplaceAllString(s, "\n\n\n") + "\n\n" },
		"dashes": strings.NewReplacer(" - ", " — ").Replace,
	}
	for _, seed := range []string{
		"ovhcloud-managed-kubernetes.flattened.txt", "ovhcloud-spliced-kubernetes-and-private-registry.md",
		"scaleway-managed-kubernetes.txt", "creodias-managed-kubernetes.txt", "eumetsat-managed-kubernetes.txt",
	} {
		data := string(sharedFile(t, "seeds/"+seed))
		old := parseShared(t, "seeds/"+seed)
		lock, _ := NewLock("guide", old, nil)
		for name, edit := range edits {
			now, err := Parse(seed, []byte(edit(data)))
			if err != nil {
				t.Fatal(err)
			}
			for _, before := range []*Document{old, nil} {
				if changes := Drift(lock, before, now, nil); len(changes) > 0 {
					t.Errorf("%s, %s: %s", seed, name, showChanges(changes))
				}
			}
			if now.Digest != old.Digest {
				t.Errorf("%s, %s: the digest of the document differs", seed, name)
			}
		}
	}
}
