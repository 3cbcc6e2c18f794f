package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// manifest is the file that says what a build wrote. It holds digests of what
// was read, and so differs where the same is said in other words.
const manifest = ".demarc-manifest.json"

// tree is the files of a folder by their slash-separated paths in it.
type tree map[string]treeFile

type treeFile struct {
	data string
	info fs.FileInfo // tells whether a file was written anew
}

func readTree(dir string) (tree, error) {
	t := tree{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		t[filepath.ToSlash(rel)] = treeFile{string(data), info}
		return err
	})
	return t, err
}

// mustReadTree returns a tree that has files.
func mustReadTree(t *testing.T, dir string) tree {
	t.Helper()
	files, err := readTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("%s is empty", dir)
	}
	return files
}

// diff says how t came to be other, a line each by path. Files with the same
// bytes are touched if they were written all the same.
func (t tree) diff(other tree) []string {
	paths := maps.Clone(t)
	maps.Copy(paths, other)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		was, had := t[name]
		is, has := other[name]
		switch {
		case !had:
			lines = append(lines, "added "+name)
		case !has:
			lines = append(lines, "removed "+name)
		case was.data != is.data:
			lines = append(lines, "changed "+name)
		case !os.SameFile(was.info, is.info) || !was.info.ModTime().Equal(is.info.ModTime()):
			lines = append(lines, "touched "+name)
		}
	}
	return lines
}

// sameBytes returns how two trees differ in what they hold.
func (t tree) sameBytes(other tree) []string {
	return slices.DeleteFunc(t.diff(other), func(line string) bool { return strings.HasPrefix(line, "touched ") })
}

// savedTrees is what save remembers, by folder.
type savedTrees map[string]tree

type savedTreesKey struct{}

func save(ts *testscript.TestScript, args []string) error {
	saved := ts.Value(savedTreesKey{}).(savedTrees)
	files, err := readTree(ts.MkAbs(args[0]))
	if len(files) == 0 && err == nil {
		err = fmt.Errorf("%s is empty", args[0])
	}
	saved[args[0]] = files
	return err
}

func changes(ts *testscript.TestScript, args []string) error {
	was, ok := ts.Value(savedTreesKey{}).(savedTrees)[args[0]]
	if !ok {
		return fmt.Errorf("%s was not saved", args[0])
	}
	is, err := readTree(ts.MkAbs(args[0]))
	if err != nil {
		return err
	}
	out := ts.Stdout() // also if there is nothing to print: the last command's output is replaced
	for _, line := range was.diff(is) {
		fmt.Fprintln(out, line)
	}
	return nil
}

func sameTree(ts *testscript.TestScript, args []string) error {
	ignored := ""
	if args[0] == "-pages" {
		ignored, args = manifest, args[1:]
	}
	var trees [2]tree
	for i := range trees {
		var err error
		if trees[i], err = readTree(ts.MkAbs(args[i])); err != nil {
			return err
		}
		if len(trees[i]) == 0 {
			return fmt.Errorf("%s is empty", args[i])
		}
		delete(trees[i], ignored)
	}
	if lines := trees[0].sameBytes(trees[1]); len(lines) > 0 {
		return fmt.Errorf("%s and %s differ: %q", args[0], args[1], lines)
	}
	return nil
}
