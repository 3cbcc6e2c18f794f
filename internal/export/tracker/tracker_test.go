package tracker

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// read returns the issues of an export as title, description and labels.
func read(t *testing.T, p Profile, e Export) (issues [][3]string) {
	t.Helper()
	for _, f := range e.Issues {
		if p.Name == "github" {
			for line := range bytes.Lines(f.Data) {
				var i struct {
					Title, Body string
					Labels      []string
				}
				if err := json.Unmarshal(line, &i); err != nil {
					t.Fatal(err)
				}
				issues = append(issues, [3]string{i.Title, i.Body, strings.Join(i.Labels, " ")})
			}
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := func(row []string, name string) string {
			var values []string
			for i, head := range rows[0] {
				if head == name {
					values = append(values, row[i])
				}
			}
			return strings.TrimSpace(strings.Join(values, " "))
		}
		for _, row := range rows[1:] {
			switch p.Name {
			case "jira":
				issues = append(issues, [3]string{at(row, "Summary"), at(row, "Description"), at(row, "Labels")})
			case "gitlab":
				issues = append(issues, [3]string{at(row, "title"), at(row, "description"), at(row, "description")})
			default:
				issues = append(issues, [3]string{at(row, "Title"), at(row, "Description"), at(row, "Tags")})
			}
		}
	}
	return issues
}

var (
	tag  = regexp.MustCompile(`<!-- -->|</?[a-z][a-z0-9]*(?: href="[^"]*")?>`)
	word = regexp.MustCompile(`[\pL\pN]{3,}`)
)

// TestBuiltin holds that every word of every built-in item is in its issue.
func TestBuiltin(t *testing.T) {
	models := buildtest.Models(t, buildtest.Input())
	for _, p := range Profiles {
		made, err := p.Export(models, Options{Type: "Task"})
		if err != nil {
			t.Fatal(err)
		}
		issues := read(t, p, made)
		for _, m := range models {
			for _, it := range m.Items {
				if len(issues) == 0 {
					t.Fatalf("%s: no issue for %s", p.Name, it.ID)
				}
				i := issues[0]
				issues = issues[1:]
				if i[0] != it.Title.Value {
					t.Errorf("%s: title %q, want %q", p.Name, i[0], it.Title.Value)
				}
				missing(t, p.Name+" "+it.ID, it, m, i)
			}
		}
		if len(issues) > 0 {
			t.Errorf("%s: %d issues too many", p.Name, len(issues))
		}
	}
}

func missing(t *testing.T, name string, it *model.Item, m *model.Model, i [3]string) {
	t.Helper()
	want := []string{markdown.Plain(it.Why.Value), markdown.Plain(it.Evidence.Value), it.Repeat.Value, m.ID, it.ID}
	for _, s := range it.Steps {
		want = append(want, markdown.Plain(s.Text.Value), markdown.Plain(s.Caution.Value), markdown.Plain(s.Expect.Value), markdown.Plain(s.Undo.Value), s.Run.Value, s.Manifest.Value)
	}
	for _, c := range it.Covers {
		want = append(want, c.Activity.ID, c.Activity.Title.Value, c.Activity.Holders())
	}
	for _, r := range it.References {
		want = append(want, r.Title.Value, r.URL.Value)
	}
	shown := strings.ReplaceAll(html.UnescapeString(tag.ReplaceAllString(i[1], "")), `\`, "") + i[1] // addresses are in tags
	for _, text := range want {
		for _, w := range word.FindAllString(text, -1) {
			if !strings.Contains(shown, w) {
				t.Errorf("%s lacks %q", name, w)
			}
		}
	}
	for _, label := range append([]string{"demarc", "phase:" + string(it.Phase), "level:" + string(it.Level), "model:" + m.ID}, teams(it)...) {
		if !strings.Contains(i[2], label) {
			t.Errorf("%s lacks the label %s", name, label)
		}
	}
}

func teams(it *model.Item) (list []string) {
	for _, t := range it.Teams {
		list = append(list, "team:"+string(t))
	}
	return list
}

// one returns a model with items that change does something to.
func one(items int, change func(*model.Item)) []*model.Model {
	m := &model.Model{ID: "acme/database", Title: model.Text{Value: "Acme Database"}, Reviewed: "2026-01-15"}
	for n := range items {
		it := &model.Item{
			ID: "item-" + strconv.Itoa(n), Title: model.Text{Value: "Do it"}, Phase: model.SetUp, Level: model.Required, Own: true,
			Why: model.Prose{Value: "So."}, Evidence: model.Prose{Value: "A log."}, Repeat: model.Text{Value: "once"},
			Steps: []model.Step{{Text: model.Prose{Value: "Go."}}},
		}
		change(it)
		m.Items = append(m.Items, it)
	}
	return []*model.Model{m}
}

// TestLimits holds that what does not fit is said, and that files are split.
func TestLimits(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, p := range Profiles {
		made, err := p.Export(one(1, func(it *model.Item) {
			it.Title.Value = long + "end"
			it.Steps[0].Run.Value = strings.Repeat("echo step\n", 110_000)
		}), Options{Address: "https://example.com/docs/"})
		if err != nil {
			t.Fatal(err)
		}
		i := read(t, p, made)[0]
		if n := units(i[0]); n > p.title || !strings.HasSuffix(i[0], "…") {
			t.Errorf("%s: title of %d: %q", p.Name, n, i[0])
		}
		for _, want := range []string{"Title:", "word end", "https://example.com/docs/acme/database/runbook.html#item-0", "A log.", "acme/database"} {
			if !strings.Contains(i[1], want) {
				t.Errorf("%s lacks %q: %s", p.Name, want, i[1])
			}
		}
		if strings.Contains(i[1], "echo step") {
			t.Errorf("%s holds steps that do not fit", p.Name)
		}
		_, err = p.Export(one(1, func(it *model.Item) { it.Why.Value = strings.Repeat(long, 2200) }), Options{})
		if size := (*SizeError)(nil); !errors.As(err, &size) || size.ID != "acme/database#item-0" || size.Limit != p.body {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	for _, test := range []struct {
		profile      string
		items, files int
		step         string
	}{
		{"jira", 250, 1, ""}, {"jira", 251, 2, ""}, {"azure-boards", 1000, 1, ""}, {"azure-boards", 2001, 3, ""}, {"github", 2001, 1, ""},
		{"gitlab", 2001, 1, ""}, {"gitlab", 21, 2, strings.Repeat("echo step\n", 50_000)},
	} {
		p, _ := Named(test.profile)
		made, err := p.Export(one(test.items, func(it *model.Item) { it.Steps[0].Run.Value = test.step }), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(made.Issues) != test.files {
			t.Errorf("%s: %d files of %d issues, want %d", p.Name, len(made.Issues), test.items, test.files)
		}
		if n := len(read(t, p, made)); n != test.items {
			t.Errorf("%s: %d issues of %d", p.Name, n, test.items)
		}
		for _, f := range made.Issues {
			if p.bytes > 0 && len(f.Data) > p.bytes {
				t.Errorf("%s: %s has %d bytes", p.Name, f.Path, len(f.Data))
			}
		}
	}
}

// TestInert holds that text means nothing to a tracker.
func TestInert(t *testing.T) {
	export := func(name, why string) [3]string {
		p, _ := Named(name)
		made, err := p.Export(one(1, func(it *model.Item) {
			it.Why.Value = why
			it.Title.Value = "Fix #12 of @x"
		}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return read(t, p, made)[0]
	}
	i := export("gitlab", "See #12, @x, !3, ~l, %1, $1 and &4.\n\n/close\n\n```\n/assign me\n```")
	for _, want := range []string{`\#12`, `\@x`, `\!3`, `\~l`, `\%1`, `\$1`, `\&4`, "\n\\/close", "\n/assign me\n"} {
		if !strings.Contains(i[1], want) {
			t.Errorf("gitlab lacks %q:\n%s", want, i[1])
		}
	}
	if actions := regexp.MustCompile(`(?m)^/.*`).FindAllString(strings.ReplaceAll(i[1], "/assign me", ""), -1); len(actions) != 1 || !strings.HasPrefix(actions[0], "/label ") {
		t.Errorf("gitlab: quick actions %q", actions)
	}
	if want := "Fix #\u206012 of @\u2060x"; i[0] != want {
		t.Errorf("gitlab: title %q, want %q", i[0], want)
	}
	i = export("github", "See #12 and @x.")
	if strings.Contains(i[1], "#12") || strings.Contains(i[1], "@x") {
		t.Errorf("github: %s", i[1])
	}
	i = export("azure-boards", "a < b & \"c\" `<script>`")
	if want := "<p>a &lt; b &amp; &#34;c&#34; <code>&lt;script&gt;</code></p>"; !strings.HasPrefix(i[1], want) || strings.Contains(i[1], "\n") {
		t.Errorf("azure-boards: %q, want it to begin with %q", i[1], want)
	}
}

func TestJiraEscape(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"set-up of a_b c++", `set-up of a_b c\+\+`},
		{"*no* {code} [x|y] ^ ~", `\*no\* \{code\} \[x\|y\] \^ \~`},
		{"a - b, -c- and d--e", `a - b, \-c\- and d\-\-e`},
		{"_it_ !pic.png! What?", `\_it\_ \!pic.png\! What\?`},
		{"done (x), (once) :)", `done (x\), (once) :\)`},
		{`C:\temp\*`, `C:\temp&#92;\*`},
		{`end\`, "end&#92;"},
		{"R&D &amp; co", "R&D &amp;amp; co"},
	} {
		if got := jiraEscape(test.in); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
	for in, want := range map[string]string{"# one": `\# one`, "- one": `\- one`, "h2. one": "h2&#46; one", "http://x": "http://x"} {
		if got := jiraStart(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	if got, want := quote("it's $(here) `now`"), `'it'\''s $(here) `+"`now`'"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
