package main

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/carry"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/output"
	"github.com/demarc/demarc/internal/render"
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

	gone           []gonePage
	moved, left    []string // pages that have another name now, or stand in the way of a file
	ticks, notes   int
	kept, reworded []string // ids of items, with their pages
}

// gonePage is a page of the last run that people wrote on, with a name that this
// one does not have.
type gonePage struct {
	name, region string
	text         []byte
}

// write hands all files over and returns the paths of those that it wrote now
// or before. Marks that are wrong stop it.
func (u *wikiUpdate) write(files []wiki.File) ([]string, error) {
	paths := u.out.Recorded()
	if err := u.findGone(files); err != nil {
		return nil, err
	}
	failed := false
	for _, f := range files {
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
	if u.clone {
		if err := u.findStrays(files); err != nil {
			return nil, err
		}
	}
	u.out.Done(wikiUnit, "", nil)
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// findGone finds the pages of the last run that are none of these files and that
// people wrote on. The others are removed by the way.
func (u *wikiUpdate) findGone(files []wiki.File) error {
	named := map[string]bool{}
	for _, f := range files {
		named[f.Path] = true
	}
	for _, name := range u.out.Recorded() {
		if named[name] {
			continue
		}
		text, err := u.out.Read(name)
		if err != nil {
			return err
		}
		theirs, err := u.out.Theirs(name)
		if err != nil {
			return err
		}
		if region := renew.Region(name, text); theirs && region != "" {
			u.gone = append(u.gone, gonePage{name, region, text})
		}
	}
	return nil
}

// file hands one file over.
func (u *wikiUpdate) file(f wiki.File) ([]diag.Finding, error) {
	there, err := u.out.Read(f.Path)
	if err != nil {
		return nil, err
	}
	theirs, err := u.out.Theirs(f.Path)
	if err != nil {
		return nil, err
	}
	text := there
	if there == nil {
		text = u.renamed(f)
		theirs = text != nil
	}
	if !theirs {
		return nil, u.out.Put(wikiUnit, f.Path, renew.New(f))
	}
	page, report, findings := renew.Page(f, text)
	switch {
	case findings != nil:
		for i := range findings {
			findings[i].Pos.File = path.Join(u.dir, findings[i].Pos.File)
		}
		return findings, nil
	case page != nil:
		u.count(f, report)
		return nil, u.out.Replace(wikiUnit, f.Path, there, page, renew.New(f))
	case u.clone:
		u.leave(f, text)
		return nil, nil
	}
	return nil, u.out.Put(wikiUnit, f.Path, renew.New(f)) // which is a conflict
}

// renamed returns the page that people wrote on as a file was named in the last
// run, so that what they wrote moves along; nil if there is none.
func (u *wikiUpdate) renamed(f wiki.File) []byte {
	if f.Region == string(render.Difference) {
		return nil // all of these have the same name
	}
	i := slices.IndexFunc(u.gone, func(old gonePage) bool { return old.region == f.Region })
	if i < 0 {
		return nil
	}
	u.moved = append(u.moved, u.gone[i].name+" to "+f.Path)
	u.out.Drop(u.gone[i].name, u.gone[i].text)
	return u.gone[i].text
}

// findStrays tells of pages that this run is not about and that hold a region of
// one that it is: somebody has renamed or copied the page.
func (u *wikiUpdate) findStrays(files []wiki.File) error {
	ours, home := map[string]bool{}, map[string]string{} // paths of files; path by region
	for _, f := range files {
		ours[f.Path] = true
		if f.Region != "" && f.Region != string(render.Difference) {
			home[f.Region] = f.Path
		}
	}
	for _, old := range u.gone {
		ours[old.name] = true // told of already
	}
	dir := os.DirFS(u.dir)
	return fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		switch base := path.Base(name); {
		case err != nil:
			return err
		case e.IsDir() && (base == "node_modules" || base != "." && base[0] == '.'):
			return fs.SkipDir
		case !e.Type().IsRegular() || path.Ext(name) != ".md" || ours[name]:
			return nil
		}
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return err
		}
		if region := renew.Region(name, text); home[region] != "" {
			u.notef("%s holds %s, as %s does: if somebody renamed the page, what people wrote is there; demarc inject renews it", name, region, home[region])
		}
		return nil
	})
}

// leave says that a person's page stands in the way of a file, and how it can
// hold the file's region.
func (u *wikiUpdate) leave(f wiki.File, page []byte) {
	u.left = append(u.left, f.Path)
	region := renew.Region(f.Path, page)
	switch {
	case f.Region == "":
		u.notef("left alone: %s, which was not written by demarc, or was changed since", f.Path)
	case region != "":
		u.notef("left alone: %s, whose marks name %s; let them name %s to have it renewed", f.Path, region, f.Region)
	default:
		u.notef("left alone: %s, which was not written by demarc; for its part of it, put the lines <!-- BEGIN demarc:%s --> and <!-- END demarc:%[2]s --> there", f.Path, f.Region)
	}
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
	for _, names := range u.moved {
		u.notef("moved %s, with what people wrote on it", names)
	}
	for _, name := range r.Kept {
		if !slices.Contains(u.left, name) {
			u.notef("kept %s: no longer part of the wiki, but people wrote in it, or changed it; remove it if nobody needs that", name)
		}
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
