package sheet_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/state"
)

// models returns the models of a content folder, or of the built-in one.
func models(t *testing.T, fsys fs.FS) []*model.Model {
	t.Helper()
	in := buildtest.Input()
	in.Content = fsys
	return buildtest.Models(t, in)
}

// office converts a file with LibreOffice and returns the path of the result.
// Without LibreOffice the test is skipped, except where CI is true.
func office(t *testing.T, file, format string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("soffice is not installed: nothing was tried in LibreOffice")
	}
	out := t.TempDir()
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()) // so that runs side by side do not meet
	args := []string{profile, "--headless", "--convert-to", format, "--outdir", out, file}
	if filepath.Ext(file) == ".csv" {
		args = append([]string{"--infilter=Text - txt - csv (StarCalc):44,34,76"}, args...) // commas, UTF-8
	}
	cmd := exec.Command(soffice, args...)
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	found, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("LibreOffice made %v, %v", found, err)
	}
	return found[0]
}

// acme is a small model whose texts look like formulas.
func acme(t *testing.T) *model.Model {
	t.Helper()
	return models(t, fstest.MapFS{
		"acme/database/model.yaml": {Data: []byte(`
title: "=Acme & *Database*: the [managed] one"
provider: Acme
summary: A database.
reviewed: 2026-01-15
parties:
  customer: {name: Customer, side: customer}
  acme: {name: Acme, side: provider}
sources:
  guide: {title: Guide, url: https://example.com/raci, published: 2025-12-01, retrieved: 2026-01-15}
sections: [{id: "1.10", title: Backups}]
activities:
  - {id: run, section: "1.10", title: "=1+1", raci: {acme: AR, customer: I}, topic: backup, source: guide#1-1, caveat: "See **this**."}
  - {id: test, section: "1.10", title: "@SUM(1)", raci: {customer: RA, acme: C}, basis: inferred, rationale: "-2+3", topic: backup, source: [guide#1-2, guide#1-3]}
`)},
		"acme/database/checklist.yaml": {Data: []byte(`
items:
  - {id: late, team: [platform], title: "+1", phase: operate, level: recommended, covers: [run, test], why: "*Why*", steps: [{text: Look.}], evidence: "=HYPERLINK(\"x\")", repeat: "-2+3"}
  - {id: early, title: "=1+1", phase: choose, level: required, covers: [test], team: [platform, security], why: Why, steps: [{text: Look.}], evidence: "-2+3", repeat: once}
  - {id: go, team: [platform], title: "@SUM(1)", phase: go-live, level: required, covers: [test], why: Why, references: [{title: Page, url: "https://example.com/p"}, {title: Other, url: "https://example.com/o"}], steps: [{text: "*Look*.", caution: Twice., manifest: "a: b\n", run: ls, expect: A list., undo: None.}, {text: Go.}], evidence: "A [link](https://example.com).\n\nAnd more.", repeat: once}
  - {id: ready, team: [platform], title: Ready, phase: go-live, level: required, covers: [test], why: Why, steps: [{text: Look.}], evidence: A note, repeat: once}
`)},
	})[0]
}

// known is a state of its checklist.
func known() *state.State {
	return &state.State{Workspace: "W", Model: "acme/database", Environment: "staging", Items: []state.Record{
		{Item: "early", State: state.Done, By: "=cmd|' /C calc'!A0", On: "2026-11-20", Evidence: "https://example.com/?a=1&b=2", Note: "-1+2\nsecond line, \"quoted\"; more", Digest: "001122334455"},
		{Item: "go", State: state.NotApplicable, Reason: "'=not here", Digest: "123456789012"},
		{Item: "late", State: state.Open, By: "Jörg 日本"},
		{Item: "gone", State: state.Done, On: "2024-02-29", Digest: "12345678e012"},
	}}
}
