package azurereview

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/model"
)

func load(t *testing.T, root, models fs.FS) []*model.Model {
	t.Helper()
	in := buildtest.Input()
	in.Root, in.Content = root, models
	return buildtest.Models(t, in)
}

func write(t *testing.T, m *model.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What the tools of github.com/Azure/review-checklists read:
//
//   - scripts/verify_checklist.py, the check on every contribution: only ASCII;
//     at the top items, metadata, categories, status, severities and yesno; in
//     metadata name, timestamp, state and waf; in an item category, one of the
//     categories, subcategory, waf, service, link and severity.
//   - checklists/checklist.schema.json: in an item also text and guid.
//   - spreadsheet/Sheet1.cls, the macro that loads a file: metadata.name; name
//     and description of each status, of which the first is that of new items;
//     name of each category and severity; of an item also description; guid,
//     by which it keeps status and comments. It takes a value that ends in
//     "nbsp" for none.
//   - scripts/update_excel_openpyxl.py: the same, and room for five statuses.
//   - scripts/create_master_checklist.py: metadata.waf is all or a pillar.
var (
	topKeys      = []string{"items", "metadata", "categories", "status", "severities", "yesno"}
	metadataKeys = []string{"name", "timestamp", "state", "waf"}
	itemKeys     = []string{"category", "subcategory", "text", "description", "waf", "service", "guid", "severity", "link"}
	guidPattern  = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	datePattern  = regexp.MustCompile(`^[A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}$`)
)

// problems returns what the tools would not find in a checklist.
func problems(data []byte) []string {
	var out []string
	report := func(what ...string) { out = append(out, strings.Join(what, " ")) }
	if i := bytes.IndexFunc(data, func(r rune) bool { return r > 127 }); i >= 0 {
		report("not ASCII:", string(data[max(0, i-20):i]))
	}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(data, &top); err != nil {
		return append(out, err.Error())
	}
	names := func(key string) []string {
		var list []struct{ Name string }
		if err := json.Unmarshal(top[key], &list); err != nil {
			report(key, err.Error())
		}
		var names []string
		for _, v := range list {
			if v.Name == "" {
				report(key, "has an entry without name")
			}
			names = append(names, v.Name)
		}
		return names
	}
	for _, key := range topKeys {
		if top[key] == nil {
			report("no", key)
			return out
		}
	}
	if status := names("status"); len(status) != 5 || status[0] != "Not verified" {
		report("status", strings.Join(status, ", "))
	}
	oneOf := map[string][]string{"category": names("categories"), "severity": names("severities"), "waf": names("waf")}

	var metadata map[string]string
	var items []map[string]string
	for _, err := range []error{json.Unmarshal(top["metadata"], &metadata), json.Unmarshal(top["items"], &items)} {
		if err != nil {
			report(err.Error())
		}
	}
	for _, key := range metadataKeys {
		if metadata[key] == "" {
			report("metadata has no", key)
		}
	}
	if metadata["waf"] != "all" || !datePattern.MatchString(metadata["timestamp"]) {
		report("metadata", metadata["waf"], metadata["timestamp"])
	}
	guids := map[string]bool{}
	for _, it := range items {
		for _, key := range itemKeys {
			value := it[key]
			if value == "" || strings.HasSuffix(value, "nbsp") || strings.ContainsAny(value[:1], "=+-@\t\r\n") || len(utf16.Encode([]rune(value))) > 32767 {
				report(it["id"], "has a bad", key)
			}
			if allowed := oneOf[key]; allowed != nil && !slices.Contains(allowed, value) {
				report(it["id"], "has the unknown", key, value)
			}
		}
		if guids[it["guid"]] || !guidPattern.MatchString(it["guid"]) {
			report(it["id"], "has the guid", it["guid"])
		}
		guids[it["guid"]] = true
	}
	return out
}

// TestFields holds the checklists of the built-in models, and of those with
// names and texts that are allowed and hard, to what the tools read.
func TestFields(t *testing.T) {
	const hostile = "../../../tests/interop/testdata/hostile"
	builtin := load(t, fstest.MapFS{}, nil)
	if len(builtin) < 5 {
		t.Errorf("only %d models are built in", len(builtin))
	}
	for _, m := range append(builtin, load(t, os.DirFS(hostile), os.DirFS(hostile+"/content"))...) {
		data := write(t, m)
		for _, p := range problems(data) {
			t.Errorf("%s: %s", m.ID, p)
		}
		if !bytes.Equal(data, write(t, m)) {
			t.Errorf("%s: two runs differ", m.ID)
		}
		var list checklist
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, it := range list.Items {
			got = append(got, it.ID)
		}
		for _, it := range m.Items {
			want = append(want, it.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: items %v, want %v", m.ID, got, want)
		}
	}
}

// TestProblems shows that the test above can fail.
func TestProblems(t *testing.T) {
	data := string(write(t, load(t, fstest.MapFS{}, nil)[0]))
	for _, tt := range []struct{ old, replacement string }{
		{`"yesno"`, `"yesNo"`},
		{`"timestamp"`, `"time"`},
		{`"waf": "all"`, `"waf": "any"`},
		{`"service"`, `"services"`},
		{`"category": "Choose"`, `"category": "Chosen"`},
		{`"severity": "High"`, `"severity": "high"`},
		{`"name": "N/A"`, `"name": ""`},
		{`"text": "`, `"text": "=`},
		{`"guid": "`, `"guid": "x`},
		{`"link": "`, `"link": "ü`},
		{`"link": "`, `"lnk": "`},
	} {
		broken := strings.Replace(data, tt.old, tt.replacement, 1)
		if broken == data || len(problems([]byte(broken))) == 0 {
			t.Errorf("%s instead of %s passes", tt.replacement, tt.old)
		}
	}
}

// TestItem looks at one item in full. Its guid is the one that Python's
// uuid.uuid5 makes of the documented name.
func TestItem(t *testing.T) {
	source := &model.Source{URL: model.Text{Value: "https://example.com/source"}}
	customer := &model.Party{ID: "customer", Name: model.Text{Value: "Cüstomer"}, Side: model.Customer}
	a := &model.Activity{
		ID: "upgrade", Title: model.Text{Value: "Upgrade"}, Topic: &model.Topic{Title: model.Text{Value: "=Versions"}},
		Statements:  []model.Statement{{Source: source, ID: "1"}},
		Assignments: []model.Assignment{{Party: customer, Roles: "A"}},
	}
	it := &model.Item{
		ID: "pin-version", Title: model.Text{Value: "Pin <it> & 🚀"}, Phase: model.SetUp, Level: model.Recommended,
		Covers: []model.Cover{{Activity: a}}, Why: model.Prose{Value: "Why, in *Markdown*."},
		Steps:    []model.Step{{Text: model.Prose{Value: "Do."}, Caution: model.Prose{Value: "Loud."}, Run: model.Script{Value: "run"}}},
		Evidence: model.Prose{Value: "Paper."}, Repeat: model.Text{Value: "once"},
	}
	m := &model.Model{ID: "scaleway/kubernetes", Title: model.Text{Value: "K8s"}, Reviewed: "2026-01-02", Items: []*model.Item{it}}
	data := write(t, m)
	var list checklist
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	want := item{
		Category: "Set up", Subcategory: "'=Versions", Text: "Pin <it> & 🚀", WAF: "Operations", Service: "K8s",
		GUID: "67da61c4-027f-55f0-98b5-1d7a8236b9da", ID: "pin-version", Severity: "Medium", Link: "https://example.com/source",
		Description: "Why, in Markdown.\n\nStep 1: Do.\n\nCaution: Loud.\n\nEvidence: Paper.\n\nRepeat: once\n\nCovers: Upgrade (Cüstomer A)",
	}
	if list.Items[0] != want {
		t.Errorf("got  %+v\nwant %+v", list.Items[0], want)
	}
	if want := (metadata{"K8s", "GA", "all", "January 2, 2026"}); list.Metadata != want {
		t.Errorf("got %+v", list.Metadata)
	}
	if !bytes.Contains(data, []byte(`"Pin <it> & \ud83d\ude80"`)) {
		t.Errorf("not as it should be escaped: %s", data)
	}

	it.Why.Value = strings.Repeat("🚀", 20000)
	for _, p := range problems(write(t, m)) {
		t.Error(p)
	}
	m.Items = make([]*model.Item, MaxItems+1)
	if err := Write(&bytes.Buffer{}, m); err == nil {
		t.Errorf("%d items are written", len(m.Items))
	}
}

func TestCell(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"plain", "plain"},
		{"=1+1", "'=1+1"},
		{"a &nbsp", "a &nbsp "},
		{strings.Repeat("x", 32767), strings.Repeat("x", 32767)},
		{strings.Repeat("x", 32768), strings.Repeat("x", 32763) + " ..."},
		{strings.Repeat("🚀", 16384), strings.Repeat("🚀", 16381) + " ..."},
	} {
		if got := cell(tt.in); got != tt.want {
			t.Errorf("%.20q: got %.20q... (%d)", tt.in, got, len(got))
		}
	}
}
