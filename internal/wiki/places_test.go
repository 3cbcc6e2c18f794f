package wiki_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// TestPlaces has a page on which identifiers and slugs meet.
func TestPlaces(t *testing.T) {
	const page = "# T\n\n## Backup\n\n## Keep `backup`\n\n## Backup\n\n## Use `kubectl get`\n\n" +
		"| A | B |\n| --- | --- |\n| Row `row` | |\n| Twice `row` | |\n| Heading's `backup` | |\n| Code `a b` | |\n\n- [ ] **x** `item`\n- [ ] **y** `use-kubectl-get`\n"
	s := wiki.New("x", []render.Document{
		{Path: "a/page.md", Kind: render.Runbook, Markdown: []byte(page)},
		{Path: "index.md", Kind: render.Home, Markdown: []byte("# x\n")},
	})
	places := wiki.NewPlaces(s, func(id string) string { return "p-" + id })
	d := s.Own[0]
	ids := places.IDs(d)
	var got []string
	tree.Walk(d.Blocks, func(b tree.Block) bool {
		switch b := b.(type) {
		case *tree.Heading:
			got = append(got, ids[b])
		case *tree.Table:
			for _, r := range b.Rows {
				got = append(got, ids[r])
			}
		case *tree.List:
			for _, e := range b.Entries {
				got = append(got, ids[e])
			}
		}
		return true
	})
	want := "p-backup-section p-backup p-backup-1 p-use-kubectl-get-section p-row    p-item p-use-kubectl-get"
	if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
		t.Error(diff)
	}
	for target, want := range map[tree.Target]string{
		{Path: "a/page.md"}: "", {Path: "a/page.md", Heading: "backup"}: "p-backup-section", {Path: "a/page.md", ID: "backup", Heading: "keep-backup"}: "p-backup",
		{Path: "a/page.md", ID: "row", Heading: "backup-1"}: "p-row", {Path: "a/page.md", ID: "gone", Heading: "backup-1"}: "p-backup-1",
		{Path: "a/page.md", ID: "use-kubectl-get"}: "p-use-kubectl-get", {Path: "a/page.md", ID: "gone"}: "",
	} {
		if doc, id := places.Find(target); doc != d || id != want {
			t.Errorf("%+v: %v %q, want %q", target, doc != nil, id, want)
		}
	}
	if doc, _ := places.Find(tree.Target{Path: "rules/x.md"}); doc != nil {
		t.Error("found what is not there")
	}
}

func TestNav(t *testing.T) {
	card := &render.Card{ID: "a/b", Title: "Service"}
	s := wiki.New("Title", []render.Document{
		{Path: "a/b/index.md", Kind: render.Overview, Title: "Service", Model: card}, {Path: "a/b/raci.md", Kind: render.RACI, Title: "Service: RACI", Model: card},
		{Path: "index.md", Kind: render.Home, Title: "Title"}, {Path: "legend.md", Kind: render.Legend, Title: "Legend"},
	})
	for i, want := range []string{"", "Title · *Overview* · RACI", "Title · Overview · *RACI*", "Title"} {
		var got strings.Builder
		for _, n := range s.Nav(s.Documents()[i]) {
			if strong, ok := n.(*tree.Strong); ok {
				got.WriteString("*" + tree.Plain(strong.Text) + "*")
			} else {
				got.WriteString(tree.Plain([]tree.Inline{n}))
			}
		}
		if got.String() != want {
			t.Errorf("%d: %q, want %q", i, got.String(), want)
		}
	}
}
