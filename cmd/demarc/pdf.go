package main

import (
	"context"
	"errors"
	"os"
	"os/signal"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/paper"
	"github.com/demarc/demarc/internal/render"
)

type pdfCmd struct {
	Model string `arg:"" help:"A model, such as ovhcloud/managed-kubernetes."`
	workspaceFlags
	Document string   `help:"What to print: ${enum}." enum:"checklist,raci,runbook" default:"checklist"`
	Phase    []string `help:"Only these phases of a checklist or runbook: choose, set-up, go-live, operate, incident, exit." placeholder:"PHASE,..."`
	Section  string   `help:"Only this section of a RACI, by its number or title." placeholder:"SECTION"`
	Paper    string   `help:"Size of the paper: ${enum}." enum:"a4,letter" default:"a4"`
	Out      string   `help:"File to write, - for standard output; named after model and document unless given." placeholder:"FILE"`
	Engine   string   `help:"What prints: ${enum}." enum:"auto,browser,builtin" default:"auto"`
	Force    bool     `help:"Replace a file that is no PDF of demarc, or was changed since."`
}

// Help is the long help.
func (*pdfCmd) Help() string {
	return `Prints a document of a model as a PDF, with boxes to tick, room for owner, date and evidence, and a sign-off at the end.

An installed Chromium, Chrome or Edge does the printing, without a network; DEMARC_BROWSER names another. Where there is none, the built-in engine prints checklists. RACI tables (--document raci) and runbooks need a browser.

Examples:

  demarc pdf ovhcloud/managed-kubernetes --phase choose,set-up,go-live
  demarc pdf scaleway/kubernetes --paper letter --engine builtin --out checklist.pdf`
}

// Run implements the command.
func (c *pdfCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	job := paper.Job{
		Model: c.Model, Kind: render.Kind(c.Document), Choice: paper.Choice{Section: c.Section},
		Size: paper.Size(c.Paper), Engine: paper.Engine(c.Engine), Tool: "Demarc " + version(),
	}
	for _, phase := range c.Phase {
		job.Choice.Phases = append(job.Choice.Phases, model.Phase(phase))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	printed, result, err := paper.Print(ctx, w.Input, job)
	if err != nil {
		return jobError(err)
	}
	if diag.Worst(result.Findings) == diag.Error {
		return s.refuse(w, result)
	}
	if printed.Missing != nil {
		s.notef("the built-in fonts lack %q: printed as question marks; a browser prints them", string(printed.Missing))
	}
	if c.Out == "-" {
		_, err := s.out.Write(printed.PDF)
		return err
	}
	if c.Out == "" {
		c.Out = job.FileName()
	}
	if err := paper.Write(c.Out, printed.PDF, c.Force); err != nil {
		return jobError(err)
	}
	by := "a browser"
	if printed.Engine == paper.Builtin {
		by = "the built-in engine"
	}
	s.notef("%s: printed by %s", c.Out, by)
	return nil
}

// jobError makes a usage error of a job that was asked for wrongly.
func jobError(err error) error {
	if bad := (paper.JobError{}); errors.As(err, &bad) {
		return usageError{bad}
	}
	return err
}
