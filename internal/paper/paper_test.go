package paper

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

const (
	ovhcloud = "ovhcloud/managed-kubernetes"
	eumetsat = "eumetsat/managed-kubernetes" // some of its activities are inferred
)

// builtinInput is what the program has where there is no workspace.
func builtinInput() build.Input {
	return build.Input{
		Root: fstest.MapFS{}, ContentDir: "content", AsOf: "2026-11-20",
		Builtin: build.Builtin{Content: content.FS, Templates: templates.FS, Site: site.FS, Version: "test"},
	}
}

// exampleInput is the small workspace of the rules' examples, with some of its
// files changed.
func exampleInput(changed map[string]func(string) string) build.Input {
	in := builtinInput()
	all, models := fstest.MapFS{}, fstest.MapFS{}
	for _, f := range check.Base() {
		all[f.Name] = &fstest.MapFile{Data: []byte(f.Data)}
	}
	for name, change := range changed {
		old := ""
		if f := all[name]; f != nil {
			old = string(f.Data)
		}
		all[name] = &fstest.MapFile{Data: []byte(change(old))}
	}
	for name, f := range all {
		if rest, ok := strings.CutPrefix(name, "content/"); ok {
			models[rest] = f
		}
	}
	in.Root, in.Content = all, models
	return in
}

// mustPrint does a job that can be done.
func mustPrint(t *testing.T, in build.Input, job Job) Printed {
	t.Helper()
	if job.Size == "" {
		job.Size = A4
	}
	job.Tool = "Demarc test"
	printed, result, err := Print(t.Context(), in, job)
	if err != nil {
		t.Fatal(err)
	}
	if diag.Worst(result.Findings) == diag.Error {
		t.Fatal(result.Findings)
	}
	return printed
}

// TestSame prints twice: the built-in engine gives the same bytes.
func TestSame(t *testing.T) {
	for _, size := range []Size{A4, Letter} {
		job := Job{Model: ovhcloud, Kind: render.Checklist, Engine: Builtin, Size: size}
		first, second := mustPrint(t, builtinInput(), job), mustPrint(t, builtinInput(), job)
		if !bytes.Equal(first.PDF, second.PDF) {
			t.Errorf("%s: two runs differ", size)
		}
		if first.Engine != Builtin || first.Missing != nil || !sealed(first.PDF) {
			t.Errorf("%s: printed by %s, missing %q, sealed %t", size, first.Engine, first.Missing, sealed(first.PDF))
		}
	}
}

// TestJobs asks for what cannot be done.
func TestJobs(t *testing.T) {
	t.Setenv("PATH", "")
	t.Setenv(browserVariable, "")
	for _, test := range []struct {
		name string
		job  Job
		want string // in the message
	}{
		{"model", Job{Model: "ovhcloud/managed-kubernete", Kind: render.Checklist, Engine: Builtin}, `did you mean "ovhcloud/managed-kubernetes"`},
		{"phase", Job{Model: ovhcloud, Kind: render.Checklist, Engine: Builtin, Choice: Choice{Phases: []model.Phase{"golive"}}}, `did you mean "go-live"`},
		{"phases of a RACI", Job{Model: ovhcloud, Kind: render.RACI, Engine: Auto, Choice: Choice{Phases: []model.Phase{model.Choose}}}, "a RACI has no phases"},
		{"section of a checklist", Job{Model: ovhcloud, Kind: render.Checklist, Engine: Builtin, Choice: Choice{Section: "3.1"}}, "no sections of the source"},
		{"RACI without a browser", Job{Model: ovhcloud, Kind: render.RACI, Engine: Auto}, "found no Chromium, Chrome or Edge"},
		{"browser without a browser", Job{Model: ovhcloud, Kind: render.Checklist, Engine: Browser}, "--engine builtin"},
		{"built-in RACI", Job{Model: ovhcloud, Kind: render.RACI, Engine: Builtin}, "prints checklists only"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.job.Size = A4
			if browserElsewhere() && strings.Contains(test.name, "without") {
				t.Skip("a browser is installed where this system keeps its programs")
			}
			printed, _, err := Print(t.Context(), builtinInput(), test.job)
			if err == nil || !strings.Contains(err.Error(), test.want) || printed.PDF != nil {
				t.Errorf("got %v, want a message with %q", err, test.want)
			}
		})
	}
	t.Run("fallback", func(t *testing.T) {
		if browserElsewhere() {
			t.Skip("a browser is installed where this system keeps its programs")
		}
		if printed := mustPrint(t, builtinInput(), Job{Model: ovhcloud, Kind: render.Checklist, Engine: Auto}); printed.Engine != Builtin {
			t.Errorf("printed by %s", printed.Engine)
		}
	})
}

// browserElsewhere reports that there is a browser even without a PATH.
func browserElsewhere() bool {
	_, err := FindBrowser()
	return err == nil
}

// TestFindings prints a model with an error: nothing comes of it.
func TestFindings(t *testing.T) {
	in := exampleInput(map[string]func(string) string{
		"content/acme/database/model.yaml": func(s string) string { return strings.Replace(s, "acme: RA", "acme: R", 1) },
	})
	printed, result, err := Print(t.Context(), in, Job{Model: "acme/database", Kind: render.Checklist, Engine: Builtin, Size: A4})
	if err != nil || printed.PDF != nil || diag.Worst(result.Findings) != diag.Error {
		t.Errorf("%d bytes, %v, %v", len(printed.PDF), result.Findings, err)
	}
}

// TestBrowsers prints with programs that are no browsers.
func TestBrowsers(t *testing.T) {
	for _, test := range []struct{ name, script, want string }{
		{"fails", "echo no display >&2; exit 3", "exit status 3\nno display"},
		{"writes nothing", "exit 0", "it wrote no PDF"},
		{"writes something else", `for a; do case $a in --print-to-pdf=*) echo hello > "${a#*=}";; esac; done`, "it wrote no PDF"},
	} {
		t.Run(test.name, func(t *testing.T) {
			program := filepath.Join(t.TempDir(), "browser")
			if err := os.WriteFile(program, []byte("#!/bin/sh\n"+test.script+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat("/bin/sh"); err != nil {
				t.Skip("there is no shell")
			}
			t.Setenv(browserVariable, program)
			_, _, err := Print(t.Context(), builtinInput(), Job{Model: ovhcloud, Kind: render.RACI, Engine: Auto, Size: A4})
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), program) {
				t.Errorf("got %v, want a message with %q", err, test.want)
			}
		})
	}
	t.Run("is not there", func(t *testing.T) {
		t.Setenv(browserVariable, filepath.Join(t.TempDir(), "none"))
		_, _, err := Print(t.Context(), builtinInput(), Job{Model: ovhcloud, Kind: render.Checklist, Engine: Auto, Size: A4})
		if err == nil || !strings.Contains(err.Error(), browserVariable) {
			t.Errorf("got %v", err)
		}
	})
}

// TestSlowBrowser gives up while the browser is at work.
func TestSlowBrowser(t *testing.T) {
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("there is no shell")
	}
	program := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nexec sleep 60\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(browserVariable, program)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	_, _, err := Print(ctx, builtinInput(), Job{Model: ovhcloud, Kind: render.RACI, Engine: Auto, Size: A4})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestNoNetwork prints with style sheets that ask for things elsewhere.
func TestNoNetwork(t *testing.T) {
	needBrowser(t)
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	in := exampleInput(map[string]func(string) string{
		"site/demarc.css": func(string) string {
			return "@import url(" + server.URL + "/a.css); body { background: url(" + server.URL + "/b.png) }\n" +
				"@font-face { font-family: x; src: url(" + server.URL + "/c.woff2) } main { font-family: x }"
		},
	})
	mustPrint(t, in, Job{Model: "acme/database", Kind: render.Checklist, Engine: Browser})
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestSeal changes PDFs of ours in several ways.
func TestSeal(t *testing.T) {
	pdf := mustPrint(t, exampleInput(nil), Job{Model: "acme/database", Kind: render.Checklist, Engine: Builtin}).PDF
	if !bytes.Contains(pdf, []byte("/Creator (Demarc test)")) {
		t.Error("the PDF does not say what made it")
	}
	for name, data := range map[string][]byte{
		"empty":    nil,
		"cut":      pdf[:len(pdf)-1],
		"appended": append(bytes.Clone(pdf), "more"...),
		"edited":   bytes.Replace(pdf, []byte("Demarc test"), []byte("Demarc tost"), 1),
		"no PDF":   []byte("hello\n"),
		"mark":     []byte("%PDF-1.4\n" + sealMark + strings.Repeat("0", 64) + "\n"),
	} {
		if sealed(data) {
			t.Errorf("%s: counts as ours", name)
		}
	}
	if !sealed(pdf) || !sealed(seal([]byte("%PDF-1.4\n%%EOF"), "Demarc", "2026-11-20")) {
		t.Error("our own does not count as ours")
	}
}

// TestWrite writes over nothing, over a PDF of ours, and over what is not.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.pdf")
	one, two := seal([]byte("%PDF-1.4\none"), "Demarc", "2026-11-20"), seal([]byte("%PDF-1.4\ntwo"), "Demarc", "2026-11-20")
	write := func(data []byte, force bool, want []byte) {
		t.Helper()
		err := Write(name, data, force)
		got, readErr := os.ReadFile(name)
		if readErr != nil || !bytes.Equal(got, want) {
			t.Errorf("%q, %v is left", got, readErr)
		}
		if written := bytes.Equal(data, want); written != (err == nil) {
			t.Errorf("error %v", err)
		} else if !written && !errors.As(err, new(JobError)) {
			t.Errorf("%v is no error of the job", err)
		}
	}
	write(one, false, one)
	write(two, false, two)
	signed := append(bytes.Clone(two), "signature"...)
	if err := os.WriteFile(name, signed, 0o666); err != nil {
		t.Fatal(err)
	}
	write(one, false, signed)
	write(one, true, one)
	if err := Write(filepath.Join(dir, "none", "a.pdf"), one, false); err == nil {
		t.Error("written to a folder that is not there")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
