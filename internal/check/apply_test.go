package check_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

func text(s string) model.Text {
	return model.Text{Value: s, Pos: diag.Pos{File: "demarc.yaml", Line: 1, Col: 1}}
}

func setLevel(rule string, severity diag.Severity) model.Settings {
	return model.Settings{Levels: []model.LevelSetting{{Rule: text(rule), Severity: severity}}}
}

func suppress(rule, on string, until model.Date) model.Settings {
	return model.Settings{Suppress: []model.Suppression{{Rule: text(rule), On: text(on), Until: until}}}
}

func finding(rule string, severity diag.Severity, subject string) diag.Finding {
	return diag.Finding{Rule: rule, Severity: severity, Subject: subject, Message: "m", Pos: diag.Pos{File: "a.yaml", Line: 1}}
}

// summary returns findings as "severity rule subject", one a line.
func summary(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(strings.TrimSpace(fmt.Sprintf("%v %s %s", f.Severity, f.Rule, f.Subject)) + "\n")
	}
	return b.String()
}

func TestApply(t *testing.T) {
	const asOf model.Date = "2026-06-01"
	unmapped := finding("trace/unmapped-activity", diag.Error, "acme/database#run-backups")
	noSteps := finding("item/no-steps", diag.Error, "acme/database#restore-test")
	unread := finding("syntax/yaml", diag.Error, "acme/database")
	shared := finding("syntax/yaml", diag.Error, "")
	marked := finding("text/byte-order-mark", diag.Advice, "")
	const (
		mapped  = "error trace/unmapped-activity acme/database#run-backups\n"
		steps   = "error item/no-steps acme/database#restore-test\n"
		expired = "error suppress/expired\n"
		unused  = "warning suppress/unused\n"
	)
	tests := []struct {
		name     string
		settings model.Settings
		findings []diag.Finding
		want     string
	}{
		{"as found", model.Settings{}, []diag.Finding{unmapped, noSteps}, steps + mapped},
		{"found by two models", model.Settings{}, []diag.Finding{unmapped, unmapped}, mapped},

		{"lower level", setLevel("trace/unmapped-activity", diag.Advice), []diag.Finding{unmapped, noSteps},
			steps + "advice trace/unmapped-activity acme/database#run-backups\n"},
		{"higher level", setLevel("text/byte-order-mark", diag.Error), []diag.Finding{marked}, "error text/byte-order-mark\n"},
		{"off", setLevel("trace/unmapped-activity", 0), []diag.Finding{unmapped, noSteps}, steps},
		{"fixed rule off", setLevel("syntax/yaml", 0), []diag.Finding{unread}, "error syntax/yaml acme/database\n"},
		{"unknown rule off", setLevel("trace/unmapped", 0), []diag.Finding{unmapped}, mapped},

		{"item suppressed", suppress("item/no-steps", "acme/database#restore-test", ""), []diag.Finding{unmapped, noSteps}, mapped},
		{"model suppressed", suppress("item/no-steps", "acme/database", ""), []diag.Finding{unmapped, noSteps}, mapped},
		{"another item suppressed", suppress("item/no-steps", "acme/database#restore", ""), []diag.Finding{noSteps}, steps + unused},
		{"another model suppressed", suppress("item/no-steps", "acme/data", ""), []diag.Finding{noSteps}, steps + unused},
		{"another rule suppressed", suppress("item/no-evidence", "acme/database", ""), []diag.Finding{noSteps}, steps + unused},
		{"fixed rule suppressed", suppress("syntax/yaml", "acme/database", ""), []diag.Finding{unread}, "error syntax/yaml acme/database\n"},
		{"unknown rule suppressed", suppress("item/steps", "acme/database", ""), []diag.Finding{noSteps}, steps},
		{"suppression without a place", suppress("text/byte-order-mark", "", ""), []diag.Finding{marked}, "advice text/byte-order-mark\n"},

		{"before the last day", suppress("item/no-steps", "acme/database", "2026-06-02"), []diag.Finding{noSteps}, ""},
		{"on the last day", suppress("item/no-steps", "acme/database", "2026-06-01"), []diag.Finding{noSteps}, ""},
		{"after the last day", suppress("item/no-steps", "acme/database", "2026-05-31"), []diag.Finding{noSteps}, steps + expired},
		{"expired and unused", suppress("item/no-steps", "acme/database", "2026-05-31"), nil, expired},
		{"unused before the last day", suppress("item/no-steps", "acme/database", "2026-06-02"), nil, unused},

		{"unused, but the model was not read", suppress("item/no-steps", "acme/database", ""), []diag.Finding{unread}, "error syntax/yaml acme/database\n"},
		{"unused, but the library was not read", suppress("item/no-steps", "acme/database", ""), []diag.Finding{shared}, "error syntax/yaml\n"},
		{"unused, and another model was not read", suppress("item/no-steps", "acme/queue", ""), []diag.Finding{unread}, "error syntax/yaml acme/database\n" + unused},
		{"unused switched off", model.Settings{
			Levels:   setLevel("suppress/unused", 0).Levels,
			Suppress: suppress("item/no-steps", "acme/database", "").Suppress,
		}, nil, ""},
		{"off and suppressed", model.Settings{
			Levels:   setLevel("item/no-steps", 0).Levels,
			Suppress: suppress("item/no-steps", "acme/database", "").Suppress,
		}, []diag.Finding{noSteps}, unused},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := summary(check.Apply(&test.settings, test.findings, asOf))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestApplyWithoutDate checks that nothing expires if there is no today.
func TestApplyWithoutDate(t *testing.T) {
	s := suppress("item/no-steps", "acme/database", "2026-05-31")
	if got := check.Apply(&s, []diag.Finding{finding("item/no-steps", diag.Error, "acme/database#x")}, ""); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

// TestParameters checks that values are set for parameters that are there, as
// far as that can be known.
func TestParameters(t *testing.T) {
	set := func(id, name string) model.Settings {
		return model.Settings{Parameters: []model.Setting{{Model: id, Name: text(name), Value: text("v")}}}
	}
	models := []check.Facts{
		{ID: "acme/database", Parameters: []string{"bucket"}, Complete: true},
		{ID: "acme/queue", Parameters: []string{"topic"}, Complete: true},
	}
	unread := []check.Facts{models[0], {ID: "acme/queue"}}
	tests := []struct {
		name     string
		settings model.Settings
		models   []check.Facts
		want     string
	}{
		{"of one of the models", set("", "topic"), models, ""},
		{"of no model", set("", "region"), models, `no model has a parameter "region"`},
		{"of the model", set("acme/queue", "topic"), models, ""},
		{"of another model", set("acme/queue", "bucket"), models, `model "acme/queue" has no parameter "bucket"`},
		{"of no such model", set("acme/que", "topic"), models, `there is no model "acme/que"`},
		{"of a model that was not read", set("acme/queue", "topic"), unread, ""},
		{"maybe of a model that was not read", set("", "topic"), unread, ""},
		{"of a model that was read", set("acme/database", "topic"), unread, `model "acme/database" has no parameter "topic"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, f := range check.Workspace(&test.settings, test.models, "2026-02-01") {
				got += f.Message
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestOrder checks that findings come in one order, however many models are
// worked on at once, and in whatever order findings are handed to Apply.
func TestOrder(t *testing.T) {
	var files []check.File
	doc, err := check.Lookup("ref/duplicate-id").Doc()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		for _, f := range doc.Fail {
			f.Name = strings.Replace(f.Name, "acme/database", fmt.Sprintf("acme/database-%d", i), 1)
			files = append(files, f)
		}
	}
	fsys := workspace(t, files)
	first, want := look(t, fsys)
	if len(first) < 8*4 || !slices.IsSortedFunc(first, diag.Finding.Compare) {
		t.Fatalf("%d findings, sorted: %v", len(first), slices.IsSortedFunc(first, diag.Finding.Compare))
	}
	for range 5 {
		if _, got := look(t, fsys); got != want {
			t.Fatalf("(-first +again)\n%s", cmp.Diff(want, got))
		}
	}
	shuffled := slices.Clone(first)
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(first, check.Apply(&model.Settings{}, shuffled, "")); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	}
}

// TestNoModel checks what the example of ref/no-model cannot show, since the
// base workspace has a model.
func TestNoModel(t *testing.T) {
	fsys := workspace(t, nil)
	for name := range fsys {
		if strings.HasPrefix(name, "content/acme/") {
			delete(fsys, name)
		}
	}
	findings, _ := look(t, fsys)
	if got, want := summary(findings), "error ref/no-model\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRaw(t *testing.T) {
	tests := []struct {
		file check.File
		name string
		data string // "" for an error
	}{
		{check.File{Name: "a.yaml", Data: "\"x\" * 3\n"}, "a.yaml", "\"x\" * 3\n"},
		{check.File{Name: "a.yaml quoted", Data: "\"x\\xff\"\n\"[\" * 3\n`\\`"}, "a.yaml", "x\xff[[[\\"},
		{check.File{Name: "a.yaml quoted", Data: "x\n"}, "", ""},
		{check.File{Name: "a.yaml quoted", Data: "\"x\n"}, "", ""},
		{check.File{Name: "a.yaml quoted", Data: "\"x\" y\n"}, "", ""},
		{check.File{Name: "a.yaml quoted", Data: "\"x\" * y\n"}, "", ""},
		{check.File{Name: "a.yaml quoted", Data: "\"x\" * -1\n"}, "", ""},
	}
	for _, test := range tests {
		name, data, err := test.file.Raw()
		if name != test.name || string(data) != test.data || (err != nil) != (test.data == "") {
			t.Errorf("%q: got %q, %q, %v; want %q, %q", test.file, name, data, err, test.name, test.data)
		}
	}
}
