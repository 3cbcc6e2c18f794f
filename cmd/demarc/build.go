package main

import (
	"errors"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
)

type buildCmd struct {
	workspaceFlags
	Out string `help:"Folder to write the site to." default:"public" placeholder:"DIR"`
}

// Help is the long help.
func (*buildCmd) Help() string {
	return `Checks every model and writes the site: each page as Markdown and as HTML that works from a server, a sub-path or the file system.

Nothing is written while a finding is an error: the previous site stays as it was. Only files that changed are written, and only files that an earlier build wrote are ever replaced or removed.

Examples:

  demarc build
  demarc build --content models --out dist`
}

// Run implements the command.
func (c *buildCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	if c.Out == "" {
		return usageError{errors.New("--out needs the name of a folder")}
	}
	out, err := openFolder(c.Out, "")
	if err != nil {
		return err
	}
	result, err := build.Site(w.Input, out)
	if err != nil {
		return errors.Join(err, out.Abort())
	}
	if !s.quiet || diag.Worst(result.Findings) == diag.Error {
		if err := diag.Text(s.err, result.Findings, w, s.color); err != nil {
			return errors.Join(err, out.Abort())
		}
	}
	s.summarize(result)
	if diag.Worst(result.Findings) == diag.Error {
		s.notef("%s is left as it was", c.Out)
		return errors.Join(errFindings, out.Abort())
	}
	written, err := out.Commit()
	if err != nil {
		return err
	}
	for _, name := range written.Kept {
		s.notef("kept %s: no longer part of the site, but changed by hand", name)
	}
	s.notef("%s: %d files written, %d unchanged, %d removed", c.Out, written.Written, written.Unchanged, written.Removed)
	return nil
}
