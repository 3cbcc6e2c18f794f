package main

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/syntax"
)

// fault spoils a model and its checklist.
type fault struct {
	name  string
	rules []string // those that report it
	spoil func(model, checklist *syntax.Node)
}

func text(value string) *syntax.Node { return &syntax.Node{Kind: syntax.String, Text: value} }

// set gives a key of a mapping a value.
func set(n *syntax.Node, key string, value *syntax.Node) {
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			n.Entries[i].Value = value
			return
		}
	}
	n.Entries = append(n.Entries, syntax.Entry{Key: key, Value: value})
}

func remove(n *syntax.Node, key string) {
	n.Entries = slices.DeleteFunc(n.Entries, func(e syntax.Entry) bool { return e.Key == key })
}

func activity(model *syntax.Node, i int) *syntax.Node { return model.Get("activities").Items[i] }

// step returns a step of the first item that has steps of its own.
func step(checklist *syntax.Node) *syntax.Node {
	return ownItem(checklist).Get("steps").Items[0]
}

func ownItem(checklist *syntax.Node) *syntax.Node {
	items := checklist.Get("items").Items
	return items[slices.IndexFunc(items, func(n *syntax.Node) bool {
		return n.Get("id") != nil && n.Get("steps") != nil && n.Get("covers") != nil
	})]
}

var faults = []fault{
	{"an activity that nothing covers", []string{"trace/unmapped-activity"}, func(_, checklist *syntax.Node) {
		for _, item := range checklist.Get("items").Items {
			if covers := item.Get("covers"); covers != nil && len(covers.Items) > 1 {
				gone := covers.Items[0].Text
				for _, other := range checklist.Get("items").Items {
					if c := other.Get("covers"); c != nil {
						c.Items = slices.DeleteFunc(c.Items, func(n *syntax.Node) bool { return n.Text == gone })
					}
				}
				return
			}
		}
	}},
	{"a name that is misspelt", []string{"ref/unknown-activity"}, func(_, checklist *syntax.Node) {
		covers := ownItem(checklist).Get("covers")
		covers.Items = append(covers.Items, text(covers.Items[0].Text+"x"))
	}},
	{"a key that is misspelt", []string{"syntax/unknown-key"}, func(_, checklist *syntax.Node) {
		set(ownItem(checklist), "evidance", text("A log."))
	}},
	{"keys that are missing", []string{"syntax/missing-key", "item/no-evidence", "item/no-steps"}, func(model, checklist *syntax.Node) {
		remove(model, "provider")
		item := ownItem(checklist)
		remove(item, "evidence")
		remove(item, "steps")
		remove(item, "phase")
	}},
	{"an id that stands twice", []string{"ref/duplicate-id"}, func(model, _ *syntax.Node) {
		set(activity(model, 4), "id", activity(model, 2).Get("id"))
	}},
	{"a title that stands twice", []string{"text/duplicate-title"}, func(model, _ *syntax.Node) {
		set(activity(model, 4), "title", activity(model, 2).Get("title"))
	}},
	{"a letter that is no role", []string{"raci/unknown-role"}, func(model, _ *syntax.Node) {
		set(activity(model, 3).Get("raci"), "customer", text("RX"))
	}},
	{"a party that does not exist", []string{"ref/unknown-party"}, func(model, _ *syntax.Node) {
		set(activity(model, 3).Get("raci"), "custmer", text("I"))
	}},
	{"two who are accountable", []string{"raci/two-accountables"}, func(model, _ *syntax.Node) {
		for _, e := range activity(model, 3).Get("raci").Entries {
			e.Value.Text = "A"
		}
		for _, p := range model.Get("parties").Entries {
			set(activity(model, 3).Get("raci"), p.Key, text("A"))
		}
	}},
	{"a conclusion without a reason", []string{"raci/inferred-needs-rationale"}, func(model, _ *syntax.Node) {
		remove(activity(model, 3), "rationale")
		set(activity(model, 3), "basis", text("inferred"))
	}},
	{"values of the wrong type", []string{"syntax/wrong-type"}, func(model, checklist *syntax.Node) {
		set(model, "title", &syntax.Node{Kind: syntax.Number, Text: "12"})
		set(activity(model, 3), "section", &syntax.Node{Kind: syntax.Number, Text: "1.1"})
		set(ownItem(checklist), "team", text("platform"))
		set(ownItem(checklist), "own", text("yes"))
		set(step(checklist), "run", &syntax.Node{Kind: syntax.Bool, Text: "true"})
	}},
	{"dates that are none", []string{"syntax/bad-date", "syntax/wrong-type"}, func(model, _ *syntax.Node) {
		set(model, "reviewed", text("2026-02-30"))
		set(model.Get("sources").Entries[0].Value, "retrieved", &syntax.Node{Kind: syntax.Number, Text: "2026"})
	}},
	{"an address that is none", []string{"syntax/bad-url"}, func(model, _ *syntax.Node) {
		set(model.Get("sources").Entries[0].Value, "url", text("www.example.com"))
	}},
	{"values that are not on their lists", []string{"syntax/unknown-value", "ref/unknown-topic"}, func(model, checklist *syntax.Node) {
		set(activity(model, 3), "topic", text("bakcup"))
		set(ownItem(checklist), "phase", text("go-life"))
		set(ownItem(checklist), "team", &syntax.Node{Kind: syntax.List, Items: []*syntax.Node{text("platform"), text("ops")}})
	}},
	{"prose that breaks a page", []string{"text/raw-html", "link/unsafe-scheme", "text/heading"}, func(model, checklist *syntax.Node) {
		set(activity(model, 3), "caveat", text(`The "é" is <b>bold</b> here.`))
		set(step(checklist), "text", text("Do [this](javascript:alert(1)) and <i>that</i>."))
		set(step(checklist), "undo", text("First line.\n\n# A heading\n\nLast line."))
	}},
	{"a parameter that is not declared", []string{"ref/unknown-parameter"}, func(_, checklist *syntax.Node) {
		set(step(checklist), "run", text("kubectl get nodes --context={{contxt}}"))
	}},
	{"a library item that does not exist", []string{"ref/unknown-item"}, func(_, checklist *syntax.Node) {
		items := checklist.Get("items").Items
		i := slices.IndexFunc(items, func(n *syntax.Node) bool { return n.Get("use") != nil })
		set(items[i], "use", text("kubernetes/no-such-item"))
	}},
}

// TestFaults puts the same faults, one by one and all at once, into real
// models written in YAML and in TOML: the same is found, and it points at the
// same text.
func TestFaults(t *testing.T) {
	for _, id := range []string{"ovhcloud/managed-kubernetes", "scaleway/kubernetes"} {
		for _, f := range append(faults, fault{"all at once", nil, func(model, checklist *syntax.Node) {
			for _, f := range faults {
				f.spoil(model, checklist)
			}
		}}) {
			t.Run(id+"/"+f.name, func(t *testing.T) {
				ts := readTrees(t, id)
				f.spoil(ts[id+"/model"], ts[id+"/checklist"])
				yaml, toml := checkFormat(t, ts, ".yaml"), checkFormat(t, ts, ".toml")
				if diff := gocmp.Diff(yaml, toml); diff != "" {
					t.Errorf("(-YAML +TOML)\n%s", diff)
				}
				if len(yaml) == 0 {
					t.Error("nothing was found")
				}
				for _, rule := range f.rules {
					if !slices.ContainsFunc(yaml, func(f found) bool { return f.Rule == rule }) {
						t.Errorf("%s was not found in %+v", rule, yaml)
					}
				}
			})
		}
	}
}

// found is what can be compared of a finding in two formats.
type found struct {
	Rule, Severity, File, Message, Hint string
	Span                                string   // what it points at
	Related                             []string // each with what it points at
}

// place is a position in the JSON that check prints.
type place struct {
	File                 string
	Line, Column, Length int
}

// checkFormat returns the findings in content that is written in a format.
func checkFormat(t *testing.T, ts trees, ext string) []found {
	t.Helper()
	dir := ts.write(t, ext)
	code, stdout, stderr := runIn(t, dir, "check", "--format", "json")
	if code != exitClean && code != exitFindings {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var doc struct {
		Findings []struct {
			place
			Rule, Severity, Message, Hint string
			Related                       []struct {
				place
				Message string
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
		t.Fatal(err)
	}
	var list []found
	for _, f := range doc.Findings {
		one := found{
			Rule: f.Rule, Severity: f.Severity, File: strings.TrimSuffix(f.File, ext),
			Message: f.Message, Hint: f.Hint, Span: f.span(t, dir),
		}
		for _, r := range f.Related {
			one.Related = append(one.Related, r.Message+": "+r.span(t, dir))
		}
		if f.Rule == "syntax/missing-key" {
			one.Span = "" // the mapping, which begins in another way in each format
		}
		list = append(list, one)
	}
	// A mapping's entries may stand in another order.
	slices.SortFunc(list, func(a, b found) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message), strings.Compare(a.Span, b.Span))
	})
	return list
}

// span returns the text at a place.
func (p place) span(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p.File)))
	if err != nil {
		t.Fatal(err)
	}
	line := []rune(strings.Split(string(data), "\n")[p.Line-1])
	if p.Length == 0 || p.Column-1+p.Length > len(line) {
		t.Fatalf("%s:%d:%d: a span of %d is not on the line", p.File, p.Line, p.Column, p.Length)
	}
	return neutral(string(line[p.Column-1 : p.Column-1+p.Length]))
}

// opening is how long text and mappings begin, which is all of them that a
// span has.
var opening = regexp.MustCompile(`^(\|[-+]?|\'{3}|"{3}|\[.*\])$`)

// neutral returns text of a file without the signs of its format.
func neutral(span string) string {
	if opening.MatchString(span) {
		return "..."
	}
	return strings.ReplaceAll(strings.Trim(span, `"`), " = ", ": ")
}
