package main

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/syntax"
)

// runIn runs the program in a folder, and comes back.
func runIn(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	defer t.Chdir(here)
	var outBuffer, errBuffer bytes.Buffer
	code = run(args, &outBuffer, &errBuffer)
	return code, outBuffer.String(), errBuffer.String()
}

// mustRun is runIn where there is nothing to find.
func mustRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	code, stdout, stderr := runIn(t, dir, args...)
	if code != exitClean {
		t.Fatalf("demarc %s: exit code %d\n%s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout
}

// trees is the content of a workspace, by the names of its files without
// their extensions.
type trees map[string]*syntax.Node

// readTrees reads the built-in content: of one model, or of all.
func readTrees(t *testing.T, id string) trees {
	t.Helper()
	all := trees{}
	err := fs.WalkDir(content.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if strings.Contains(name, "/") && path.Dir(name) != "library" && id != "" && path.Dir(name) != id {
			return nil
		}
		data, err := fs.ReadFile(content.FS, name)
		if err != nil {
			return err
		}
		if path.Ext(name) == coverage.LockExt {
			return nil // written beside the models in either format
		}
		root, findings := syntax.Read(name, data)
		if root == nil {
			t.Fatalf("%s: %v", name, findings)
		}
		all[strings.TrimSuffix(name, path.Ext(name))] = root
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// write writes the content in a format to a new workspace and returns its folder.
func (ts trees) write(t *testing.T, ext string) string {
	t.Helper()
	dir := t.TempDir()
	locks, err := fs.Glob(content.FS, "*/*/*"+coverage.LockExt)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range locks {
		if ts[path.Dir(name)+"/model"] == nil {
			continue
		}
		data, err := fs.ReadFile(content.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := writeFile(filepath.Join(dir, "content", filepath.FromSlash(name)), data); err != nil {
			t.Fatal(err)
		}
	}
	for name, root := range ts {
		if err := writeFile(filepath.Join(dir, "content", filepath.FromSlash(name+ext)), encode(root, ext)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestFormats builds the built-in content as it is, all of it written in YAML,
// and all of it written in TOML: the findings, the catalogue and every page
// are the same.
func TestFormats(t *testing.T) {
	original := t.TempDir()
	if err := os.CopyFS(filepath.Join(original, "content"), content.FS); err != nil {
		t.Fatal(err)
	}
	build := func(dir string) (export string, site tree) {
		mustRun(t, dir, "check", "--fail-on", "advice")
		export = mustRun(t, dir, "export", "json")
		mustRun(t, dir, "build")
		site = mustReadTree(t, filepath.Join(dir, "public"))
		delete(site, manifest)
		return export, site
	}
	wantExport, wantSite := build(original)
	all := readTrees(t, "")
	for _, ext := range []string{".yaml", ".toml"} {
		export, site := build(all.write(t, ext))
		if diff := cmp.Diff(wantExport, export); diff != "" {
			t.Errorf("%s: the exports differ (-original +converted)\n%s", ext, diff)
		}
		if lines := wantSite.sameBytes(site); len(lines) > 0 {
			t.Errorf("%s: the sites differ:\n%s", ext, strings.Join(lines, "\n"))
		}
	}
}
