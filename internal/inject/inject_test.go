package inject_test

import (
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/inject"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

func documents(address string) *inject.Documents {
	card := &render.Card{ID: "acme/db", Title: "Database"}
	return inject.New([]render.Document{
		{
			Path: "acme/db/checklist.md", Kind: render.Checklist, Title: "Checklist", Model: card,
			Markdown: []byte("# Checklist\n\n## Choose\n\n- [ ] **Pin** [`pin`](runbook.md#pin-pin) *required · do*\n    - See the [runbook](runbook.md), the [legend](../../legend.md#topics) and [the rest](https://example.org/)\n"),
		},
		{
			Path: "acme/db/runbook.md", Kind: render.Runbook, Title: "Runbook", Model: card,
			Markdown: []byte("# Runbook\n\n## Choose\n\n### Pin `pin`\n\nDo [it](checklist.md#choose).\n"),
		},
		{Path: "legend.md", Kind: render.Legend, Title: "Legend", Markdown: []byte("# Legend\n\n## Topics\n")},
		{Path: "comparison/a--b.md", Kind: render.Difference, Title: "A and B", Markdown: []byte("# A and B\n")},
	}, &gfm.GitHub, address)
}

const marks = "<!-- BEGIN demarc:NAME -->\n<!-- END demarc:NAME -->\n"

func marked(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(strings.ReplaceAll(marks, "NAME", name))
	}
	return b.String()
}

// TestLinks checks where links of an injected document lead.
func TestLinks(t *testing.T) {
	tests := []struct {
		name, address, page string
		want                []string
	}{
		{"alone, without a site", "", marked("acme/db:checklist"),
			[]string{"**Pin** `pin` *", "the runbook, the legend and [the rest](https://example.org/)"}},
		{"alone, with a site", "https://example.com/raci", marked("acme/db:checklist"),
			[]string{"[`pin`](https://example.com/raci/acme/db/runbook.html#pin)", "[runbook](https://example.com/raci/acme/db/runbook.html)", "[legend](https://example.com/raci/legend.html#topics)"}},
		{"both in a page", "", marked("acme/db:checklist", "acme/db:runbook"),
			[]string{"[`pin`](#pin-pin)", "[runbook](#choose)", "the legend and", "[it](#choose)"}},
		{"all in a page, with a site", "https://example.com/", marked("legend", "acme/db:runbook", "acme/db:checklist"),
			[]string{"[`pin`](#pin-pin)", "[legend](#topics)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, regions, findings := documents(tt.address).Page("page.md", []byte(tt.page))
			if findings != nil || len(regions) != strings.Count(tt.page, "BEGIN") {
				t.Fatal(regions, findings)
			}
			for _, want := range tt.want {
				if !strings.Contains(string(page), want) {
					t.Errorf("lacks %q:\n%s", want, page)
				}
			}
			if strings.Contains(string(page), "\n# ") {
				t.Errorf("has a first heading:\n%s", page)
			}
		})
	}
}

// TestFindings checks the findings that are not those of marks alone.
func TestFindings(t *testing.T) {
	tests := []struct {
		name, text, at, rule, hint string
	}{
		{"Latin 1", "a\n\u00e9\xe9\n" + marked("legend"), "page.md:2:2", "inject/encoding", "UTF-8"},
		{"no marks", "text\n", "page.md", "inject/no-region", "BEGIN demarc:MODEL:DOCUMENT"},
		{"misspelt", marked("acme/db:runbok"), "page.md:1:1", "inject/unknown-document", `did you mean "acme/db:runbook"?`},
		{"no such document", "\n" + marked("acme/db:manual-of-it"), "page.md:2:1", "inject/malformed", "model:document"},
		{"another document", "\n" + marked("acme/db:encyclopedia"), "page.md:2:1", "inject/unknown-document", "acme/db has checklist, runbook"},
		{"a page of many", marked("difference"), "page.md:1:1", "inject/unknown-document", "known: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, regions, findings := documents("").Page("page.md", []byte(tt.text))
			if page != nil || regions != nil || len(findings) == 0 {
				t.Fatalf("%q %v %v", page, regions, findings)
			}
			if f := findings[0]; f.Pos.String() != tt.at || f.Rule != tt.rule || !strings.Contains(f.Hint, tt.hint) {
				t.Errorf("got %s %s %q", f.Pos, f.Rule, f.Hint)
			}
		})
	}
}
