// Package wikis tests what `demarc wiki` writes against the wikis it is for:
// its files go into the real one, as its users would bring them there, and what
// it makes of them is looked at.
//
// A workspace goes in. A [target] runs demarc, brings the files into its wiki
// and gives back a [site]: the pages as their readers get them. [check] then
// compares these with what `demarc export json` says of the workspace: nothing
// may be missing, no link may lead nowhere, no markup may show.
//
// The wikis are installed by ./setup. A target whose wiki is absent is skipped,
// and so are Docusaurus and Gitea, which take long. With DEMARC_WIKIS=all in the
// environment all are run, and an absent one is a failure.
package wikis

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// bin is the demarc that is tested: that of the environment's DEMARC, or one
// built from this source.
var bin string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "demarc-wikis-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	bin = os.Getenv("DEMARC")
	if bin == "" {
		bin = filepath.Join(dir, "demarc")
		err = build()
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func build() error {
	// What goes into the program is looked at here, as go test keeps results and
	// would not know that they depend on it: it knows of files a test looks at.
	for _, part := range []string{"cmd", "internal", "templates", "content"} {
		err := filepath.WalkDir(filepath.Join("../..", part), func(name string, _ fs.DirEntry, err error) error {
			if err == nil {
				_, err = os.Stat(name)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	out, err := exec.Command("go", "build", "-o", bin, "../../cmd/demarc").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// run runs a program in a folder and returns what it prints to stdout.
func run(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	return runWith(t, dir, nil, nil, name, args...)
}

// runWith is run with settings added to the environment, and input.
func runWith(t *testing.T, dir string, env []string, input []byte, name string, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.Command(name, args...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = dir, bytes.NewReader(input), &out, &errs
	c.Env = append(os.Environ(), env...)
	if err := c.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, tail(out.Bytes()), tail(errs.Bytes()))
	}
	return out.Bytes()
}

// tail returns the end of what a program printed, where errors are.
func tail(b []byte) []byte {
	const most = 4000
	if len(b) > most {
		return b[len(b)-most:]
	}
	return b
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
