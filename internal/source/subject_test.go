package source

import (
	"fmt"
	"strings"
	"testing"
)

// TestSubjectChange holds that a page that was spliced together from two is
// found, and that others are not.
func TestSubjectChange(t *testing.T) {
	rows := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "| "+format+" | A | R |\n", i)
		}
		return b.String()
	}
	const head = "# Acme Vault: who does what\n\n## Duties\n\n| Activity | Customer | Acme |\n| --- | --- | --- |\n"
	for _, test := range []struct {
		name, page, want string
	}{
		{"one subject", head + rows(20, "Keep the Vault running, part %d"), ""},
		{"spliced", head + rows(4, "Keep the Vault running, part %d") + rows(12, "Look after the Queue, part %d"),
			"page.md:11:1 from here on the document speaks of Queue and no longer of Vault, with which it opens"},
		{"both all along", head + rows(2, "Move the Queue to the Vault, part %d") + rows(4, "Open the Vault, part %d") + rows(12, "Look after the Queue, part %d"), ""},
		{"a short end about something else", head + rows(20, "Keep the Vault running, part %d") + rows(6, "Look after the Queue, part %d"), ""},
		{"a compound", head + rows(4, "Keep the Vault running, part %d") + rows(12, "Look after the Vaultkeeper, part %d"), ""},
		{"a party", strings.Replace(head, "Vault", "Acme", 1) + rows(4, "Ask Acme, part %d") + rows(12, "Look after the Queue, part %d"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse("page.md", []byte(test.page))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, f := range doc.Findings {
				if f.Rule == "document/other-subject" {
					got += f.Pos.String() + " " + f.Message
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
