package state_test

import (
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/state"
)

// TestComments shows that what people comment a file with is still there when it
// is written again, and stays so.
func TestComments(t *testing.T) {
	const file = `# The state of a checklist, kept with Demarc.
# Ask Anna about restores.
demarc-checklist: 1 # of the format
workspace: "A # B"
model: 'a/b'
environment: production
items:
    # waiting for the SLA
  - item: restore-test
    state: open
    note: "it says \"x\" # not a comment"
    by: O'Neill # on leave
`
	s, findings := state.Read("x.yaml", []byte(file))
	if findings != nil {
		t.Fatal(findings)
	}
	const want = `# The state of a checklist, kept with Demarc.
# Ask Anna about restores.
# of the format
# waiting for the SLA
# on leave
demarc-checklist: 1
`
	written := string(s.Bytes())
	if !strings.HasPrefix(written, want) {
		t.Errorf("got\n%s\nwant it to begin with\n%s", written, want)
	}
	if strings.Count(written, "#") != 7 {
		t.Errorf("comments are doubled or lost:\n%s", written)
	}
	again, findings := state.Read("x.yaml", []byte(written))
	if findings != nil || string(again.Bytes()) != written {
		t.Errorf("the second time:\n%s\n%v", again.Bytes(), findings)
	}
}
