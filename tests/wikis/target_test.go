package wikis

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// target is a wiki that can be run here, with one of the flavours for it.
type target struct {
	name    string
	flavour string // demarc wiki FLAVOUR
	// missing says what has to be installed; "" if the wiki is there.
	missing func() string
	costly  bool // takes long to install or to run: only on request
	// publish brings the files in a folder into the wiki.
	publish func(t *testing.T, dir string) *site

	marks  []string            // signs for boxes to tick, besides ☐: a wiki without them shows what is in the file
	slug   func(string) string // the anchor that the flavour's wiki gives a heading of this text, where what renders here gives none or another
	noTabs bool                // it makes blanks of tabs
}

// workspaces are what is published: the built-in models, one whose texts look
// like the markup of all wikis, and one whose pages' names would be too long or
// meet each other.
var workspaces = map[string]string{"built-in": "", "hostile": "testdata/hostile", "names": "testdata/names"}

func TestWikis(t *testing.T) {
	for _, tg := range targets {
		t.Run(tg.name, func(t *testing.T) {
			all := os.Getenv("DEMARC_WIKIS") == "all"
			if tg.costly && !all {
				t.Skip("it takes long: set DEMARC_WIKIS=all, or run make test-wikis")
			}
			if missing := tg.missing(); missing != "" {
				const hint = "install it with tests/wikis/setup all"
				if all {
					t.Fatalf("%s is missing: %s", missing, hint)
				}
				t.Skipf("%s is missing: %s", missing, hint)
			}
			for _, name := range slices.Sorted(maps.Keys(workspaces)) {
				t.Run(name, func(t *testing.T) { tg.test(t, workspaces[name]) })
			}
		})
	}
}

func (tg target) test(t *testing.T, workspace string) {
	dir := t.TempDir()
	if workspace == "" {
		workspace = t.TempDir() // without a folder content/, demarc works on its own models
	}
	run(t, workspace, bin, "wiki", tg.flavour, "--out", dir, "--quiet")
	facts := load(t, workspace)
	figures, problems := check(&tg, tg.publish(t, dir), facts)
	t.Log(figures)
	const most = 30
	for i, p := range problems {
		if i == most {
			t.Errorf("and %d more", len(problems)-most)
			break
		}
		t.Error(p)
	}
}

// files returns the files in a folder that have an ending, slash-separated
// below it.
func files(t *testing.T, dir, ending string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ending) {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		list = append(list, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatalf("demarc wrote no file *%s", ending)
	}
	return list
}

// programs returns a function that names the first of some programs that is
// not there.
func programs(names ...string) func() string {
	return func() string {
		for _, name := range names {
			if _, err := exec.LookPath(name); err != nil {
				return name
			}
		}
		return ""
	}
}

// first returns a function that asks others what is missing, one by one.
func first(asks ...func() string) func() string {
	return func() string {
		for _, ask := range asks {
			if missing := ask(); missing != "" {
				return missing
			}
		}
		return ""
	}
}

// needs returns a function that names what is missing if a program fails.
func needs(what, program string, args ...string) func() string {
	return func() string {
		if exec.Command(program, args...).Run() != nil {
			return what
		}
		return ""
	}
}

// has returns a function that names what is missing if there is no such file.
func has(what, file string) func() string {
	return func() string {
		if _, err := os.Stat(file); err != nil {
			return what
		}
		return ""
	}
}
