package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/carry"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/inject"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

type injectCmd struct {
	Files []string `arg:"" name:"file" help:"Markdown files with marks in them."`
	workspaceFlags
	Flavour string `help:"What shows the files: ${enum}." enum:"github,gitlab,gitea,azure-devops,mkdocs,techdocs,docusaurus" default:"github"`
	Check   bool   `help:"Write nothing; exit with 1 if a file is out of date."`
	Diff    bool   `help:"Print what changes, or would change, as a unified diff without the digests."`
}

// Help is the long help.
func (*injectCmd) Help() string {
	return `Keeps generated documents up to date inside pages that people write. Put two lines into a page:

  <!-- BEGIN demarc:ovhcloud/managed-kubernetes:checklist -->
  <!-- END demarc:ovhcloud/managed-kubernetes:checklist -->

What stands between them is written anew; everything around stays to the byte. Boxes that people ticked and text that they added between the marks stay too. What goes where, and what comes back: docs/inject.md.

A file with marks that are wrong is left alone, and the exit code is 1; the other files are done all the same.

Examples:

  $ demarc inject docs/operations.md README.md
  $ demarc inject docs/*.md --check --diff`
}

// dialects are the flavours of Markdown by their names.
var dialects = map[string]*gfm.Dialect{
	"github": &gfm.GitHub, "gitea": &gfm.Gitea, "gitlab": &gfm.GitLab,
	"azure-devops": &gfm.AzureDevOps, "mkdocs": &gfm.MkDocs, "techdocs": &gfm.TechDocs, "docusaurus": &gfm.Docusaurus,
}

// Run implements the command.
func (c *injectCmd) Run(s *streams) error {
	files, err := c.read()
	if err != nil {
		return err
	}
	w, err := c.open()
	if err != nil {
		return err
	}
	edition, result, err := build.Documents(w.Input, nil)
	if err != nil {
		return err
	}
	if err := s.refuse(w, result); err != nil {
		return err
	}
	docs := inject.New(edition.Documents, dialects[c.Flavour], edition.Address)
	failed := false
	for _, f := range files {
		sound, err := c.file(s, docs, f)
		if err != nil {
			return err
		}
		failed = failed || !sound
	}
	if failed {
		return errFindings
	}
	return nil
}

// injected is a file to renew.
type injected struct {
	name string
	text []byte
}

// read reads all files before any is written.
func (c *injectCmd) read() ([]injected, error) {
	var files []injected
	for _, name := range c.Files {
		name = filepath.Clean(name)
		if slices.ContainsFunc(files, func(f injected) bool { return f.name == name }) {
			continue
		}
		info, err := os.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, usageError{fmt.Errorf("%s: there is no such file", name)}
		case err != nil:
			return nil, err
		case info.Mode()&fs.ModeSymlink != 0:
			return nil, usageError{fmt.Errorf("%s is a symbolic link, which would become a file; name the file that it leads to", name)}
		case !info.Mode().IsRegular():
			return nil, usageError{fmt.Errorf("%s is not a file", name)}
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, injected{name, text})
	}
	return files, nil
}

// file renews one file, or says that it should be. It reports whether nothing is
// wrong.
func (c *injectCmd) file(s *streams, docs *inject.Documents, f injected) (bool, error) {
	slashed := filepath.ToSlash(f.name)
	page, regions, findings := docs.Page(slashed, f.text)
	if findings != nil {
		return false, diag.Text(s.err, findings, documentFS{slashed, f.text}, s.color)
	}
	changed := false
	for _, r := range regions {
		if !r.Report.Changed {
			continue
		}
		changed = true
		if c.Check {
			fmt.Fprintf(s.out, "%s: %s is out of date\n", r.Pos, r.Name)
		} else {
			s.notef("%s: %s: %s", f.name, r.Name, summary(r))
		}
	}
	if !changed {
		s.notef("%s: up to date", f.name)
		return true, nil
	}
	if c.Diff {
		fmt.Fprint(s.out, udiff.Unified(slashed, slashed, string(carry.WithoutDigests(f.text)), string(carry.WithoutDigests(page))))
	}
	if c.Check {
		return false, nil
	}
	return true, replaceFile(f.name, page)
}

// summary says what a renewed region carried over.
func summary(r inject.Region) string {
	parts := []string{"renewed"}
	if n := r.Report.Ticks; n > 0 {
		parts = append(parts, fmt.Sprintf("ticked boxes carried over: %d", n))
	}
	if n := r.Report.Notes; n > 0 {
		parts = append(parts, fmt.Sprintf("additions carried over: %d", n))
	}
	if ids := r.Report.Kept; ids != nil {
		parts = append(parts, "no longer in the model, kept in a list at the end: "+strings.Join(ids, " "))
	}
	if ids := r.Report.Reworded; ids != nil {
		parts = append(parts, "ticked, but changed since, look again: "+strings.Join(ids, " "))
	}
	return strings.Join(parts, "; ")
}
