package state_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/demarc/demarc/internal/state"
	"github.com/demarc/demarc/site"
)

// formatAndParse has the page's script write each state and read each text.
const formatAndParse = `
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const page = new Function(input.script + "; return demarcState;")();
process.stdout.write(JSON.stringify({
	written: input.states.map(page.format),
	read: input.texts.map(page.parse),
}));`

// TestPage holds that the page's script writes the same bytes and reads ours.
func TestPage(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("node is not installed: nothing was compared with site/state.js")
	}
	type object map[string]any
	script, err := fs.ReadFile(site.FS, "state.js")
	if err != nil {
		t.Fatal(err)
	}
	states := samples()
	input := struct {
		Script string   `json:"script"`
		States []object `json:"states"`
		Texts  []string `json:"texts"`
	}{Script: string(script)}
	for _, s := range states {
		items := []object{}
		for _, r := range s.Items {
			items = append(items, object{"item": r.Item, "state": r.State, "by": r.By, "on": r.On, "evidence": r.Evidence, "reason": r.Reason, "note": r.Note, "digest": r.Digest})
		}
		input.States = append(input.States, object{"workspace": s.Workspace, "model": s.Model, "environment": s.Environment, "items": items})
		input.Texts = append(input.Texts, string(s.Bytes()))
	}
	stdin, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "-e", formatAndParse)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(stdin), os.Stderr
	stdout, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var output struct {
		Written []string
		Read    []state.State
	}
	if err := json.Unmarshal(stdout, &output); err != nil {
		t.Fatal(err)
	}
	for i, s := range states {
		if diff := cmp.Diff(output.Written[i], string(s.Bytes())); diff != "" {
			t.Fatalf("the page writes otherwise (-page +ours)\n%s", diff)
		}
		if diff := cmp.Diff(*s, output.Read[i], cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("the page reads otherwise (-written +page)\n%s", diff)
		}
	}
}
