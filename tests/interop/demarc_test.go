// Package interop holds what demarc exports to the schemas and the readers of
// others. It is a module of its own, so that these stay out of the product's.
package interop

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binary names the environment variable with a built demarc command. Without
// it the command is built from its source.
const binary = "DEMARC_BIN"

// root is the folder of the product's module. Run there, the command works on
// the built-in content.
const root = "../.."

// hostile is a workspace with names and texts that are allowed and hard.
const hostile = "testdata/hostile"

var command string

func TestMain(m *testing.M) {
	code, err := withCommand(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func withCommand(run func() int) (int, error) {
	var err error
	if name := os.Getenv(binary); name != "" {
		command, err = filepath.Abs(name)
		return run(), err
	}
	dir, err := os.MkdirTemp("", "demarc-interop-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "demarc")
	build := exec.Command("go", "build", "-o", command, "./cmd/demarc")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", build, err, out)
	}
	return run(), nil
}

// demarc runs the command in a folder and returns what it prints.
func demarc(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.Bytes())
	}
	return out
}
