package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

type exportXLSXCmd struct {
	checklistFlags
	Out   string `help:"File to write, - for standard output." required:"" placeholder:"FILE"`
	Paper string `help:"Size of the paper when it is printed: ${enum}." enum:"a4,letter" default:"a4"`
	Force bool   `help:"Replace a file that somebody has saved since; what was filled in is lost."`
}

// Help is the long help.
func (*exportXLSXCmd) Help() string {
	return `A workbook to fill in, in a meeting or over weeks: what it is made of, then for each model its RACI and its checklist, with states to choose from. It has no macros.

What was filled in comes back with demarc import state, and a new workbook takes it up again with --state. A workbook that somebody has saved since it was written is not replaced, as what was filled in would be lost.

Examples:

  demarc export xlsx --out kubernetes.xlsx --model scaleway/kubernetes
  $ demarc export xlsx --out staging.xlsx --model scaleway/kubernetes --state scaleway-kubernetes-staging.checklist.yaml`
}

// Run implements the command.
func (c *exportXLSXCmd) Run(s *streams) error {
	lists, err := c.lists(s)
	if err != nil {
		return err
	}
	w, err := c.open()
	if err != nil {
		return err
	}
	title, err := w.title()
	if err != nil {
		return err
	}
	data, err := sheet.Workbook(sheet.Book{Workspace: title, Tool: "Demarc " + version(), Paper: sheet.Paper(c.Paper), Lists: lists})
	if err != nil {
		return err
	}
	if c.Out == "-" {
		_, err := s.out.Write(data)
		return err
	}
	if info, err := os.Stat(c.Out); err == nil && !info.Mode().IsRegular() {
		return usageError{fmt.Errorf("--out %s is no file; - is standard output", c.Out)}
	}
	old, err := os.ReadFile(c.Out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case bytes.Equal(old, data):
		s.notef("%s: as it is", c.Out)
		return nil
	case !c.Force && !sheet.Untouched(old):
		return usageError{fmt.Errorf("%s is there, and not as demarc would have written it: what was filled in would be lost; "+
			"bring it in first (demarc import state %s), choose another --out, or --force to lose it", c.Out, c.Out)}
	}
	if err := replaceFile(c.Out, data); err != nil {
		return err
	}
	items := 0
	for _, list := range lists {
		items += len(list.Model.Items)
	}
	s.notef("%s: %s", c.Out, counted(items, "checklist item"))
	return nil
}

// title returns the title of the site that the workspace makes.
func (w *workspace) title() (string, error) {
	in := model.Input{Root: w.Root, Content: w.Content, ContentDir: w.ContentDir, Builtin: w.Builtin.Content}
	if in.Content == nil {
		in.Content = in.Builtin
	}
	opened, _, err := model.Open(in)
	if err != nil {
		return "", err
	}
	if title := opened.Settings.Title.Value; title != "" {
		return title, nil
	}
	return render.DefaultTitle, nil
}
