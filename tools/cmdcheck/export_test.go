package cmdcheck

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const exported = `{"version": 1, "models": [{"id": "ovhcloud/managed-kubernetes", "title": "x", "items": [
	{"id": "pin-version", "phase": "choose", "steps": [{"text": "a"}, {"text": "b", "run": "kubectl version"}]},
	{"id": "restore", "steps": [{"text": "c", "manifest": "kind: x\n"}]}]}]}`

func TestReadSteps(t *testing.T) {
	got, err := ReadSteps(strings.NewReader(exported))
	if err != nil {
		t.Fatal(err)
	}
	want := []Step{
		{Place: "ovhcloud/managed-kubernetes: item pin-version: step 1"},
		{Place: "ovhcloud/managed-kubernetes: item pin-version: step 2", Run: "kubectl version"},
		{Place: "ovhcloud/managed-kubernetes: item restore: step 1", Manifest: "kind: x\n"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestReadStepsErrors(t *testing.T) {
	for _, test := range []struct{ document, want string }{
		{``, "EOF"},
		{`{"catalogue": []}`, "no models"},
		{`{"models": [{"name": "a"}]}`, "model 1 has no id"},
		{`{"models": [{"id": "a", "items": [{"name": "b"}]}]}`, "a: item 1 has no id"},
		{`{"models": [{"id": "a", "items": [{"id": "b", "procedure": []}]}]}`, "a: item b has no steps"},
	} {
		steps, err := ReadSteps(strings.NewReader(test.document))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("ReadSteps(%q) = %v, %v; want an error with %q", test.document, steps, err, test.want)
		}
	}
}

func TestExportRunsBinary(t *testing.T) {
	root := t.TempDir()
	script := filepath.Join(root, "demarc")
	text := "#!/bin/sh\n[ \"$1 $2\" = 'export json' ] || { echo \"no $1\" >&2; exit 2; }\npwd\n"
	if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(Binary, script)
	out, err := Export(root)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(out)); filepath.Base(got) != filepath.Base(root) {
		t.Errorf("ran in %q, want %q", got, root)
	}

	if err := os.WriteFile(script, []byte("#!/bin/sh\necho broken model >&2\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Export(root); err == nil || !strings.Contains(err.Error(), "broken model") {
		t.Errorf("error %v, want one with what the command wrote", err)
	}
}
