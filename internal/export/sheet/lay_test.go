package sheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/state"
)

func TestSplit(t *testing.T) {
	const text = `Model,Environment,Item,State,Digest
acme/a,test,one,done,
acme/b,,one,done,
,test,one,open,
acme/a,test,one,done,
acme/a,test,two,open,
acme/a,test,two,done,
`
	lines, _ := sheet.Read("f.csv", []byte(text))
	parts, findings := sheet.Split(lines, "", "production")
	var got []string
	for _, p := range parts {
		got = append(got, p.Model+" "+p.Environment+"\n"+said(p.Lines))
	}
	want := `acme/a test
acme/a|test|one|done||||||
acme/a|test|two|open||||||
acme/b production
acme/b|production|one|done||||||`
	if diff := cmp.Diff(want, strings.Join(got, "\n")); diff != "" {
		t.Error(diff)
	}
	want = `f.csv:4:7: error: item "one" is of no model [sheet/no-model]
f.csv:7:13: error: item "two" stands twice and says different things [sheet/twice]`
	if diff := cmp.Diff(want, reported(findings)); diff != "" {
		t.Error(diff)
	}
	if parts, findings := sheet.Split(lines[2:3], "acme/c", "x"); len(findings) > 0 || parts[0].Model != "acme/c" || parts[0].Environment != "test" {
		t.Errorf("%v, %v", parts, findings)
	}
}

func TestLay(t *testing.T) {
	m := acme(t)
	now := map[string]string{}
	for _, it := range m.Items {
		now[it.ID] = index.Digest(it)
	}
	before := state.Record{Item: "go", State: state.Done, By: "Anna", On: "2026-11-20", Evidence: "e", Note: "n", Digest: "001122334455"}
	never := state.Record{Item: "go", State: state.NotApplicable, Reason: "r", Digest: now["go"]}
	const head = "Item,State,Owner,Date,Evidence link,Reason,Note,Digest\n"
	for _, test := range []struct {
		name     string
		old      []state.Record
		row      string
		want     []state.Record // nil: as before
		changed  int
		reported string
	}{
		{"new", nil, "go,done,Bert,2026-11-21,,,," + now["go"], []state.Record{{Item: "go", State: state.Done, By: "Bert", On: "2026-11-21", Digest: now["go"]}}, 1, ""},
		{"only an owner", nil, "go,,Bert,,,,,", []state.Record{{Item: "go", State: state.Open, By: "Bert"}}, 1, ""},
		{"an open item has no digest", nil, "go,open,,,,,," + now["go"], []state.Record{{Item: "go", State: state.Open}}, 1, ""},
		{"what is not said stays", []state.Record{before}, "go,,,,,,more,", []state.Record{{Item: "go", State: state.Done, By: "Anna", On: "2026-11-20", Evidence: "e", Note: "more", Digest: "001122334455"}}, 1,
			`f.csv:2:1: warning: item "go" changed since it was marked as done [sheet/changed]`},
		{"nothing new", []state.Record{before}, "go,done,Anna,,,,,001122334455", nil, 0, `f.csv:2:1: warning: item "go" changed since it was marked as done [sheet/changed]`},
		{"done again", []state.Record{before}, "go,done,,,,,," + now["go"], []state.Record{{Item: "go", State: state.Done, By: "Anna", On: "2026-11-20", Evidence: "e", Note: "n", Digest: now["go"]}}, 1, ""},
		{"open again", []state.Record{before}, "go,open,,,,,," + now["go"], []state.Record{{Item: "go", State: state.Open, By: "Anna", Evidence: "e", Note: "n"}}, 1,
			`f.csv:2:4: warning: item "go" was done and is open now [sheet/reopened]`},
		{"open again with a date", []state.Record{before}, "go,open,,2026-12-01,,,,", []state.Record{{Item: "go", State: state.Open, By: "Anna", On: "2026-12-01", Evidence: "e", Note: "n"}}, 1,
			`f.csv:2:4: warning: item "go" was done and is open now [sheet/reopened]`},
		{"done after all", []state.Record{never}, "go,done,,,,,," + now["go"], []state.Record{{Item: "go", State: state.Done, Digest: now["go"]}}, 1, ""},
		{"done, without a digest", []state.Record{never}, "go,done,,,,,,", []state.Record{{Item: "go", State: state.Done}}, 1, ""},
		{"not applicable for the reason there is", []state.Record{never}, "go,n/a,Bert,,,,,", []state.Record{{Item: "go", State: state.NotApplicable, By: "Bert", Reason: "r", Digest: now["go"]}}, 1, ""},
		{"not applicable for no reason", []state.Record{before}, "go,n/a,,,,,,", nil, 0, `f.csv:2:11: error: item "go": not-applicable needs a reason [state/reason]`},
		{"no identifier", nil, "Jan 26,done,,,,,,", nil, 0, "f.csv:2:1: error: item \"Jan 26\": \"Jan 26\" is no identifier of an item [state/item]\n" +
			`f.csv:2:1: warning: item "Jan 26" is not in the checklist of acme/database; its state is kept all the same [sheet/unknown-item]`},
		{"not in the checklist", nil, "gone,done,,,,,,001122334455", []state.Record{{Item: "gone", State: state.Done, Digest: "001122334455"}}, 1,
			`f.csv:2:1: warning: item "gone" is not in the checklist of acme/database; its state is kept all the same [sheet/unknown-item]`},
		{"others stay", []state.Record{{Item: "late", State: state.Done}, {Item: "gone", State: state.Open}}, "early,open,,,,,,",
			[]state.Record{{Item: "early", State: state.Open}, {Item: "late", State: state.Done}, {Item: "gone", State: state.Open}}, 1, ""},
	} {
		lines, findings := sheet.Read("f.csv", []byte(head+test.row+"\n"))
		parts, more := sheet.Split(lines, m.ID, "production")
		if findings = append(findings, more...); findings != nil || len(parts) != 1 {
			t.Fatalf("%s: %s", test.name, reported(findings))
		}
		s := &state.State{Items: append([]state.Record(nil), test.old...)}
		changed, findings := parts[0].Lay(s, m)
		if test.want == nil {
			test.want = test.old
		}
		if diff := cmp.Diff(test.want, s.Items, cmpopts.IgnoreFields(state.Record{}, "Pos"), cmpopts.EquateEmpty()); diff != "" || changed != test.changed {
			t.Errorf("%s: %d items changed, want %d\n%s", test.name, changed, test.changed, diff)
		}
		if diff := cmp.Diff(test.reported, reported(findings)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
