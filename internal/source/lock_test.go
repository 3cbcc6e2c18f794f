package source

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const lockedPage = `# Acme model

Read it.

## What does Acme do?

It runs. It is not yours.

| Activity | Client | Acme |
|---|---|---|
| Run it | I* | RA |

## Rest

- You do the rest.
`

func lockPage(t *testing.T, sections map[string]int) *Lock {
	t.Helper()
	doc, err := Parse("page.md", []byte(lockedPage))
	if err != nil {
		t.Fatal(err)
	}
	lock, findings := NewLock("guide", doc, sections)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return lock
}

func ids(lock *Lock) string {
	var out []string
	for _, e := range lock.Statements {
		out = append(out, e.ID)
	}
	return strings.Join(out, " ")
}

func TestLockFile(t *testing.T) {
	lock := lockPage(t, map[string]int{"acme": 5})
	want := `# The statements of a published document, without their text. Written by demarc lock.
version: 1
source: "guide"
document: "` + lock.Document + `"
sections:
  "acme": "` + digest("What does Acme do?") + `"
statements:
  - {id: "intro-0", line: 1, kind: heading, digest: "` + digest("Acme model") + `"}
  - {id: "intro-1", line: 3, kind: sentence, digest: "` + digest("Read it.") + `"}
  - {id: "acme-0", line: 5, kind: question, digest: "` + digest("What does Acme do?") + `"}
  - {id: "acme-1", line: 7, kind: sentence, digest: "` + digest("It runs.") + `"}
  - {id: "acme-2", line: 7, kind: sentence, digest: "` + digest("It is not yours.") + `"}
  - {id: "acme-3", line: 11, kind: row, digest: "` + digest("Run it") + `", letters: {"Client": "I*", "Acme": "RA"}}
  - {id: "rest-0", line: 13, kind: heading, digest: "` + digest("Rest") + `"}
  - {id: "rest-1", line: 15, kind: item, digest: "` + digest("You do the rest.") + `"}
`
	if diff := cmp.Diff(want, string(lock.Bytes())); diff != "" {
		t.Errorf("lock differs (-want +got):\n%s", diff)
	}
	for _, text := range []string{"Read", "yours", "rest."} {
		if strings.Contains(string(lock.Bytes()), text) {
			t.Errorf("the lock has the text %q in it", text)
		}
	}
	roundTrip(t, lock)
}

// TestUpdate locks edited pages and looks at the ids.
func TestUpdate(t *testing.T) {
	tests := []struct {
		name          string
		edit          func(string) string
		want, retired string
	}{
		{"nothing", func(s string) string { return s }, "intro-0 intro-1 acme-0 acme-1 acme-2 acme-3 rest-0 rest-1", ""},
		{
			"one before others", func(s string) string { return strings.Replace(s, "It runs.", "It is new. It runs.", 1) },
			"intro-0 intro-1 acme-0 acme-4 acme-1 acme-2 acme-3 rest-0 rest-1", "",
		},
		{
			"one gone", func(s string) string { return strings.Replace(s, "It runs. ", "", 1) },
			"intro-0 intro-1 acme-0 acme-2 acme-3 rest-0 rest-1", "acme-1",
		},
		{
			"heading reworded", func(s string) string { return strings.Replace(s, "What does", "So what does", 1) },
			"intro-0 intro-1 acme-0 acme-1 acme-2 acme-3 rest-0 rest-1", "",
		},
		{
			"moved", func(s string) string { return strings.Replace(s, " It is not yours.", "", 1) + "\nIt is not yours.\n" },
			"intro-0 intro-1 acme-0 acme-1 acme-3 rest-0 rest-1 acme-2", "",
		},
		{
			"section between", func(s string) string { return strings.Replace(s, "## Rest", "## Rest\n\nNo.\n\n## Other rest", 1) },
			"intro-0 intro-1 acme-0 acme-1 acme-2 acme-3 rest-0 rest-2 other-rest-0 rest-1", "",
		},
	}
	for _, tt := range tests {
		lock := lockPage(t, map[string]int{"acme": 5})
		now, err := Parse("page.md", []byte(tt.edit(lockedPage)))
		if err != nil {
			t.Fatal(err)
		}
		next := lock.Update(now)
		if got := ids(next); got != tt.want {
			t.Errorf("%s: ids are %s, want %s", tt.name, got, tt.want)
		}
		if got := strings.Join(next.Retired, " "); got != tt.retired {
			t.Errorf("%s: retired are %q, want %q", tt.name, got, tt.retired)
		}
		if !slices.ContainsFunc(next.Sections, func(a Alias) bool { return a.ID == "acme" }) {
			t.Errorf("%s: the name that a person gave to a section is lost", tt.name)
		}
		checkUpdate(t, lock, now)
	}
}

// TestRetired checks that the id of a statement that went is not given to one
// that comes.
func TestRetired(t *testing.T) {
	lock := lockPage(t, nil)
	for _, page := range []string{
		strings.Replace(lockedPage, "- You do the rest.\n", "", 1),
		strings.Replace(lockedPage, "- You do the rest.\n", "Nothing is left to do.\n", 1),
	} {
		now, err := Parse("page.md", []byte(page))
		if err != nil {
			t.Fatal(err)
		}
		lock = lock.Update(now)
	}
	if got := ids(lock); !strings.HasSuffix(got, "rest-0 rest-2") || !slices.Equal(lock.Retired, []string{"rest-1"}) {
		t.Errorf("ids are %s, retired %s", got, lock.Retired)
	}
}

func TestNewLockSections(t *testing.T) {
	doc, err := Parse("page.md", []byte(lockedPage))
	if err != nil {
		t.Fatal(err)
	}
	_, findings := NewLock("guide", doc, map[string]int{"acme": 7, "rest": 5})
	var got []string
	for _, f := range findings {
		got = append(got, f.Pos.String()+" "+f.Message)
	}
	want := []string{
		`page.md:7:1 line 7, to be section "acme", is no heading`,
		`page.md:5:1 another section of the document is called "rest"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestReadLockErrors(t *testing.T) {
	good := string(lockPage(t, nil).Bytes())
	tests := []struct{ old, new, want string }{
		{"version: 1", "version: 2", "2:10 syntax/unknown-value"},
		{"version: 1\n", "", "2:1 syntax/missing-key"},
		{"kind: question", "kind: quiz", "8:48 syntax/unknown-value"},
		{`"rest-1"`, `"rest-0"`, "13:10 ref/duplicate-id"},
		{`"rest-1"`, `rest`, "13:10 syntax/bad-id"},
		{"line: 15", "line: x", "13:26 syntax/wrong-type"},
		{"line: 15", "lime: 15", "13:5 syntax/missing-key"},
		{"statements:", "sections: []\nstatements:", "5:11 syntax/wrong-type"},
		{"statements:", "statements", "yaml"},
		{`source: "guide"`, "source: 1", "3:9 syntax/wrong-type"},
	}
	for _, tt := range tests {
		if !strings.Contains(good, tt.old) {
			t.Fatalf("%q is not in the lock", tt.old)
		}
		lock, findings := ReadLock("a/guide.lock", []byte(strings.Replace(good, tt.old, tt.new, 1)))
		var got []string
		for _, f := range findings {
			got = append(got, strings.TrimPrefix(f.Pos.String(), "a/guide.lock:")+" "+f.Rule)
		}
		if lock != nil || !strings.Contains(strings.Join(got, "\n"), tt.want) {
			t.Errorf("%q for %q: findings %q, want %q", tt.new, tt.old, got, tt.want)
		}
	}
	if lock, findings := ReadLock("guide.lock", nil); lock != nil || len(findings) == 0 {
		t.Errorf("an empty lock is read: %v %v", lock, findings)
	}
}
