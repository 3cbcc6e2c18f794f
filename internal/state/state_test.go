package state_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/state"
)

// example is the file in docs/site.md.
const example = `# The state of a checklist, kept with Demarc.
demarc-checklist: 1
workspace: "Shared responsibility"
model: "ovhcloud/managed-kubernetes"
environment: "production"
items:
  - item: "pin-version"
    state: done
    by: "Anna"
    on: "2026-11-20"
    evidence: "https://git.example.com/platform/cluster/commit/1f0c2a"
    note: "Support ends in March.\nRenew by February."
    digest: "9b1f03c2ab47"
  - item: "private-network"
    state: not-applicable
    reason: "No private network in this project."
    digest: "44d0be12f3aa"
`

var withoutPos = cmpopts.IgnoreFields(state.Record{}, "Pos")

func TestExample(t *testing.T) {
	s, findings := state.Read("x.checklist.yaml", []byte(example))
	if findings != nil {
		t.Fatal(findings)
	}
	want := &state.State{
		Workspace: "Shared responsibility", Model: "ovhcloud/managed-kubernetes", Environment: "production",
		Items: []state.Record{
			{Item: "pin-version", State: state.Done, By: "Anna", On: "2026-11-20", Evidence: "https://git.example.com/platform/cluster/commit/1f0c2a", Note: "Support ends in March.\nRenew by February.", Digest: "9b1f03c2ab47"},
			{Item: "private-network", State: state.NotApplicable, Reason: "No private network in this project.", Digest: "44d0be12f3aa"},
		},
	}
	if diff := cmp.Diff(want, s, withoutPos); diff != "" {
		t.Error(diff)
	}
	if pos, want := s.Items[1].Pos, (diag.Pos{File: "x.checklist.yaml", Line: 14, Col: 11, Len: 17}); pos != want {
		t.Errorf("the second item is at %+v, want %+v", pos, want)
	}
	if diff := cmp.Diff(example, string(s.Bytes())); diff != "" {
		t.Error(diff)
	}
}

// TestByHand reads what people write.
func TestByHand(t *testing.T) {
	want := &state.State{Workspace: "W", Model: "acme/database", Environment: "test", Items: []state.Record{
		{Item: "a", State: state.Done, By: "it's me", On: "2026-01-31", Note: "123", Digest: "001122334455"},
		{Item: "b", State: state.Open},
	}}
	for name, text := range map[string]string{
		"not indented": "demarc-checklist: 1\nworkspace: W\nmodel: acme/database\nenvironment: test\nitems:\n- item: a\n  state: done\n  by: 'it''s me'\n  on: 2026-01-31\n  note: 123\n  digest: 001122334455\n- item: b\n  state: open\n",
		"Windows":      "\ufeff---\r\ndemarc-checklist: 1\r\nenvironment: test # that one\r\nmodel: acme/database\r\nworkspace: W\r\n\r\nitems:\r\n    - item: a\r\n      state: done\r\n      by: it's me\r\n      on: '2026-01-31'\r\n      note: 123\r\n      reason:\r\n      digest: 001122334455\r\n    - item: b\r\n      state: open\r\n",
	} {
		s, findings := state.Read("x.yaml", []byte(text))
		if findings != nil {
			t.Errorf("%s: %v", name, findings)
			continue
		}
		s.Comments = nil // see TestComments
		if diff := cmp.Diff(want, s, withoutPos); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestRefused(t *testing.T) {
	const start = "demarc-checklist: 1\nworkspace: W\nmodel: m\nenvironment: e\n"
	for _, test := range []struct{ text, want string }{
		{"", "x.yaml: [state/format] this is no state of a checklist: demarc-checklist is missing"},
		{"items: []\n", "x.yaml: [state/format] this is no state of a checklist: demarc-checklist is missing"},
		{"demarc-checklist: 2\n", `x.yaml:1:19: [state/version] version "2" of the format is not known`},
		{"demarc-checklist: 1\nworkspace: W\nmodel: ''\nitems: []\n", "x.yaml: [state/missing-key] environment is missing\nx.yaml: [state/missing-key] model is missing"},
		{start, "x.yaml: [state/missing-key] items is missing"},
		{start + "items: {a: b}\n", "x.yaml:5:8: [state/wrong-type] items has to be a list"},
		{start + "items: [a]\n", "x.yaml:5:9: [state/wrong-type] an entry of items has to be a mapping, not text"},
		{start + "item: []\nitems: []\n", `x.yaml:5:1: [state/unknown-key] unknown key "item"`},
		{start + "items:\n- item: A b\n  state: dnoe\n  on: 2026-02-30\n", "x.yaml:6:9: [state/item] \"A b\" is no identifier of an item\n" +
			"x.yaml:7:10: [state/value] state \"dnoe\" is not known\nx.yaml:8:7: [state/date] \"2026-02-30\" is no date"},
		{start + "items:\n- item: a\n  state: not-applicable\n", "x.yaml:6:3: [state/reason] not-applicable needs a reason"},
		{start + "items:\n- item: a\n  state: open\n- item: a\n  state: open\n  owner: x\n", "x.yaml:8:9: [state/twice] item \"a\" stands twice\n" +
			`x.yaml:10:3: [state/unknown-key] unknown key "owner"`},
		{start + "items:\n- item: a\n  state: open\n  by: [x]\n", "x.yaml:8:7: [state/wrong-type] by has to be text, not a list"},
		{start + "items: []\nitems: []\n", `x.yaml:6:1: [syntax/duplicate-key] key "items" stands twice in this mapping`},
	} {
		s, findings := state.Read("x.yaml", []byte(test.text))
		var lines []string
		for _, f := range findings {
			lines = append(lines, fmt.Sprintf("%s: [%s] %s", f.Pos, f.Rule, f.Message))
		}
		if diff := cmp.Diff(test.want, strings.Join(lines, "\n")); diff != "" || s != nil {
			t.Errorf("%q: state %v\n%s", test.text, s, diff)
		}
	}
}

func TestMerge(t *testing.T) {
	s := &state.State{Items: []state.Record{{Item: "a", State: state.Done, By: "A"}, {Item: "gone", State: state.Open}, {Item: "c", State: state.Open}}}
	s.Merge([]state.Record{{Item: "odd", State: state.Open}, {Item: "a", State: state.Open}, {Item: "b", State: state.Done}}, []string{"c", "b", "a"})
	var got []string
	for _, r := range s.Items {
		got = append(got, r.Item+" "+string(r.State)+" "+r.By)
	}
	if diff := cmp.Diff([]string{"c open ", "b done ", "a open ", "gone open ", "odd open "}, got); diff != "" {
		t.Error(diff)
	}
	if r := s.Find("b"); r == nil || r.State != state.Done {
		t.Errorf("found %v", r)
	}
	if r := s.Find("z"); r != nil {
		t.Errorf("found %v", r)
	}
	if r := (*state.State)(nil).Find("a"); r != nil {
		t.Errorf("found %v in nothing", r)
	}
}

func TestFileName(t *testing.T) {
	if got, want := state.FileName("ovhcloud/managed-kubernetes", "Übung 2"), "ovhcloud-managed-kubernetes--bung-2.checklist.yaml"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// samples returns states that hold whatever a text may hold, the same ones each
// time.
func samples() []*state.State {
	pieces := []string{"a", "Ü", "日本", "😀", " ", "\"", `\`, "'", "\n", "\r\n", "\t", "\b", "\f", "\x00", "\x1b", "\x7f", "\u0085", "\u009f", "\u00a0", "\u2028", "\u2029",
		"\ufeff", "#", ": ", "- ", "{", "[", "&a", "*a", "!x", "|", ">", "%", "@", "`", "null", "~", "yes", "=1+1", "</script>", "2026-01-01", `\u0041`}
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range random.IntN(6) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	list := []*state.State{{Workspace: "W", Model: "m", Environment: "e"}}
	for _, p := range pieces {
		list = append(list, &state.State{Workspace: "W" + p, Model: p + "m", Environment: "e", Items: []state.Record{{Item: "a", State: state.Open, Note: p}}})
	}
	for range 200 {
		s := &state.State{Workspace: "W" + text(), Model: "acme/database", Environment: "e" + text()}
		for i := range random.IntN(4) {
			s.Items = append(s.Items, state.Record{
				Item: fmt.Sprintf("item-%d", i), State: state.Values[random.IntN(3)], By: text(), On: []string{"", "2024-02-29"}[random.IntN(2)],
				Evidence: text(), Reason: "because" + text(), Note: text(), Digest: []string{"", "0123456789ab"}[random.IntN(2)],
			})
		}
		list = append(list, s)
	}
	return list
}

func TestRoundTrip(t *testing.T) {
	for _, want := range samples() {
		text := want.Bytes()
		got, findings := state.Read("x.yaml", text)
		if findings != nil {
			t.Fatalf("%s\n%v", text, findings)
		}
		if diff := cmp.Diff(want, got, withoutPos); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(example)
	f.Add("demarc-checklist: 1\nworkspace: W\nmodel: m\nenvironment: e\nitems:\n- {item: a, state: open, note: ~}\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, findings := state.Read("x.yaml", []byte(text))
		if (s == nil) != (findings != nil) {
			t.Fatalf("state %v with findings %v", s, findings)
		}
		if s == nil {
			return
		}
		again, findings := state.Read("x.yaml", s.Bytes())
		if findings != nil {
			t.Fatal(findings)
		}
		if diff := cmp.Diff(s, again, withoutPos, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}
