package main

import (
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/carry"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/output"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/renew"
)

// wikiUnit is the unit of a wiki's files, see output.Writer.
const wikiUnit = "."

// wikiUpdate writes the files of a wiki over those that are there.
type wikiUpdate struct {
	*streams
	out   *output.Writer
	dir   string
	clone bool // people's pages stand beside ours: leave alone what is in the way

	ticks, notes   int
	kept, reworded []string // ids of items, with their pages
}

// write hands all files over and returns the paths of those that it wrote now
// or before. Marks that are wrong stop it.
func (u *wikiUpdate) write(files []wiki.File) ([]string, error) {
	paths := u.out.Recorded()
	named := map[string]bool{}
	failed := false
	for _, f := range files {
		named[f.Path] = true
		paths = append(paths, f.Path)
		findings, err := u.file(f)
		if err != nil {
			return nil, err
		}
		if findings != nil {
			failed = true
			if err := diag.Text(u.err, findings, nil, u.color); err != nil {
				return nil, err
			}
		}
	}
	if failed {
		u.notef("%s is left as it was", u.dir)
		return nil, errFindings
	}
	for _, name := range u.out.Recorded() {
		if named[name] {
			continue
		}
		page, err := u.out.Read(name)
		if err != nil {
			return nil, err
		}
		if renew.Human(name, page) {
			u.out.Keep(name)
		}
	}
	u.out.Done(wikiUnit, "", nil)
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// file hands one file over.
func (u *wikiUpdate) file(f wiki.File) ([]diag.Finding, error) {
	there, err := u.out.Read(f.Path)
	if err != nil {
		return nil, err
	}
	if there != nil {
		page, report, findings := renew.Page(f, there)
		if findings != nil {
			for i := range findings {
				findings[i].Pos.File = path.Join(u.dir, findings[i].Pos.File)
			}
			return findings, nil
		}
		if page != nil {
			u.count(f, report)
			return nil, u.out.Replace(wikiUnit, f.Path, there, page)
		}
		theirs, err := u.out.Theirs(f.Path)
		if err != nil {
			return nil, err
		}
		if theirs && u.clone {
			u.notef("left alone: %s, which was not written by demarc%s", f.Path, hint(f))
			return nil, nil
		}
	}
	return nil, u.out.Put(wikiUnit, f.Path, renew.New(f))
}

// hint says how a person's page can hold a region.
func hint(f wiki.File) string {
	if f.Region == "" {
		return ""
	}
	return "; for its part of it, put the lines <!-- BEGIN demarc:" + f.Region + " --> and <!-- END demarc:" + f.Region + " --> there"
}

func (u *wikiUpdate) count(f wiki.File, r carry.Report) {
	u.ticks += r.Ticks
	u.notes += r.Notes
	for _, id := range r.Kept {
		u.kept = append(u.kept, f.Path+": "+id)
	}
	for _, id := range r.Reworded {
		u.reworded = append(u.reworded, f.Path+": "+id)
	}
}

// summarize says what was done.
func (u *wikiUpdate) summarize(r output.Result) {
	for _, name := range r.Kept {
		u.notef("kept %s: no longer part of the wiki, but people wrote in it", name)
	}
	if u.ticks+u.notes > 0 {
		u.notef("carried over: ticked boxes: %d, additions: %d", u.ticks, u.notes)
	}
	if u.kept != nil {
		u.notef("no longer in the model, kept in a list at the end: %s", strings.Join(u.kept, ", "))
	}
	if u.reworded != nil {
		u.notef("ticked, but changed since, look again: %s", strings.Join(u.reworded, ", "))
	}
	u.notef("%s: %d files written, %d unchanged, %d removed", u.dir, r.Written, r.Unchanged, r.Removed)
}
