package model

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// models finds the folders that hold a model.
func (r *opening) models() error {
	var found []string
	if r.w.input.Content == nil {
		return nil
	}
	err := fs.WalkDir(r.w.input.Content, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && name == "." && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case err != nil:
			return err
		case !e.IsDir():
			return nil
		case name == "library" || name != "." && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		}
		isModel, err := r.folder(name)
		if isModel && r.modelID(name) {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(found)
	r.w.Models = r.chosen(found)
	if len(found) == 0 {
		r.d.report("ref/no-model", diag.Pos{File: r.w.input.ContentDir}, "add a folder with a model.yaml, or run demarc init in an empty folder", "no model below %s", r.w.input.ContentDir)
	}
	return nil
}

// folder looks through one folder for a model, and reports data files that
// nothing reads.
func (r *opening) folder(dir string) (isModel bool, err error) {
	entries, err := readDir(r.w.input.Content, dir)
	if err != nil {
		return false, err
	}
	bases := map[string]string{}
	for _, e := range entries {
		if base, ok := dataFile(e.Name()); ok && !e.IsDir() {
			bases[base] = e.Name()
		}
	}
	known := []string{"model", "checklist"}
	if dir == "." {
		known = []string{"topics"}
	}
	_, isModel = bases["model"]
	isModel = isModel && dir != "."
	r.otherEndings(dir, entries, known)
	for _, base := range slices.Sorted(maps.Keys(bases)) {
		pos := diag.Pos{File: path.Join(r.w.input.ContentDir, dir, bases[base])}
		switch {
		case !slices.Contains(known, base):
			hint := "move it elsewhere; what is read here is " + strings.Join(known, " and ")
			if s := diag.Suggest(base, known); s != "" {
				hint = diag.DidYouMean(base, known, "")
			}
			r.d.report("ref/unknown-file", pos, hint, "nothing reads %s here", bases[base])
		case base == "checklist" && !isModel:
			r.d.report("ref/no-model", pos, "add a model.yaml beside it", "a checklist without a model")
		}
	}
	return isModel, nil
}

// modelID reports a folder whose name cannot stand in links and file names.
func (r *opening) modelID(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if !folderPattern.MatchString(part) {
			r.d.report("syntax/bad-id", diag.Pos{File: path.Join(r.w.input.ContentDir, name)},
				"use letters, digits, dots, hyphens and underscores", "folder name %q is no identifier", part)
			return false
		}
	}
	return true
}

// otherEndings reports files that are called like a data file and end like none.
func (r *opening) otherEndings(dir string, entries []fs.DirEntry, known []string) {
	for _, e := range entries {
		base, ok := dataFile(e.Name())
		if !ok && !e.IsDir() && slices.Contains(known, strings.ToLower(base)) && strings.ToLower(base) != e.Name() {
			r.d.report("ref/unknown-file", diag.Pos{File: path.Join(r.w.input.ContentDir, dir, e.Name())},
				"let its name end in one of "+strings.Join(syntax.Extensions(), ", "), "nothing reads %s here", e.Name())
		}
	}
}

// chosen returns the models that the settings name, or all.
func (r *opening) chosen(found []string) []string {
	if len(r.w.Settings.Models) == 0 {
		return found
	}
	var models []string
	for _, m := range r.w.Settings.Models {
		switch {
		case !slices.Contains(found, m.Value):
			r.d.report("ref/unknown-model", m.Pos, diag.DidYouMean(m.Value, found, "add its folder below "+r.w.input.ContentDir), "there is no model %q", m.Value)
		case slices.Contains(models, m.Value):
			r.d.report("ref/duplicate-id", m.Pos, "keep one of them", "model %q stands twice", m.Value)
		default:
			models = append(models, m.Value)
		}
	}
	return models
}
