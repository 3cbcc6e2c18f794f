package cmdcheck

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// root is the folder of the product's module, whose content is checked.
const root = "../.."

// TestContent checks all steps of the built-in content. Its log says what was
// looked at.
func TestContent(t *testing.T) {
	if _, err := os.Stat(filepath.Join(root, "cmd", "demarc")); err != nil && os.Getenv(Binary) == "" {
		t.Skipf("there is no demarc command to export the content with: %v; set %s", err, Binary)
	}
	exported, err := Export(root)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := ReadSteps(bytes.NewReader(exported))
	if err != nil {
		t.Fatal(err)
	}
	report := NewChecker(Tools()...).Steps(steps)
	t.Logf("%d steps\n%s", len(steps), report.Counts())
	if report.Parsed["kubectl"] == 0 {
		t.Error("no kubectl command line found: is `run` still the field that holds them?")
	}
	for _, problem := range report.Problems {
		t.Error(problem)
	}
}
