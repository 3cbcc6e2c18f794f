package diag_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/demarc/demarc/internal/diag"
)

var update = flag.Bool("update", false, "write what the printers print into testdata")

// TestGolden prints the findings of each archive in every form. JSON has no
// section of its own: it has to print findings.json again.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in testdata (%v)", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			sections := map[string]*[]byte{}
			for i, f := range archive.Files {
				if path, ok := strings.CutPrefix(f.Name, "files/"); ok {
					files[path] = &fstest.MapFile{Data: f.Data}
				}
				sections[f.Name] = &archive.Files[i].Data
			}
			findings := readFindings(t, *sections["findings.json"])

			print := map[string]func(*bytes.Buffer) error{
				"findings.json": func(b *bytes.Buffer) error { return diag.JSON(b, findings) },
				"text":          func(b *bytes.Buffer) error { return diag.Text(b, findings, files, false) },
				"github":        func(b *bytes.Buffer) error { return diag.GitHub(b, findings) },
				"sarif":         func(b *bytes.Buffer) error { return diag.SARIF(b, findings, testTool) },
			}
			for section, print := range print {
				want, ok := sections[section]
				if !ok {
					continue
				}
				var got bytes.Buffer
				if err := print(&got); err != nil {
					t.Errorf("%s: %v", section, err)
				}
				if *update {
					*want = got.Bytes()
				}
				if diff := cmp.Diff(string(*want), got.String()); diff != "" {
					t.Errorf("%s differs (-want +got):\n%s", section, diff)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

var testTool = diag.Tool{
	Name:    "demarc",
	Version: "1.2.3",
	URI:     "https://example.org/demarc",
	Rules: []diag.RuleInfo{
		{ID: "ref/duplicate-id", Title: "Ids are unique", Severity: diag.Error},
		{ID: "trace/unmapped-activity", Title: "Every activity maps to a checklist item", Help: "Nothing is *lost*.", Severity: diag.Warning},
	},
}

// readFindings reads the document that JSON writes, which shows on the way
// that nothing gets lost in it.
func readFindings(t testing.TB, data []byte) []diag.Finding {
	t.Helper()
	type pos struct {
		File                 string
		Line, Column, Length int32
	}
	var doc struct {
		Findings []struct {
			pos
			Rule, Severity, Message, Hint string
			Related                       []struct {
				pos
				Message string
			}
		}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	place := func(p pos) diag.Pos { return diag.Pos{File: p.File, Line: p.Line, Col: p.Column, Len: p.Length} }
	var findings []diag.Finding
	for _, f := range doc.Findings {
		severity, ok := diag.ParseSeverity(f.Severity)
		if !ok {
			t.Fatalf("no severity %q", f.Severity)
		}
		finding := diag.Finding{Rule: f.Rule, Severity: severity, Pos: place(f.pos), Message: f.Message, Hint: f.Hint}
		for _, r := range f.Related {
			finding.Related = append(finding.Related, diag.Related{Pos: place(r.pos), Message: r.Message})
		}
		findings = append(findings, finding)
	}
	return findings
}
