package main

import (
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
)

type checkCmd struct {
	workspaceFlags
	Format string `help:"How to print findings: ${enum}." enum:"text,json,sarif,github" default:"text"`
	FailOn string `help:"Exit with 1 from this severity on: ${enum}." enum:"advice,warning,error" default:"error"`
}

// Help is the long help.
func (*checkCmd) Help() string {
	return `Reads every model, runs every rule and prints what is wrong, each with file, line, column and what to do.

Examples:

  demarc check                          for a person
  demarc check --fail-on warning        stricter, for a pipeline
  demarc check --format github          annotations in a GitHub workflow
  demarc check --as-of 2027-01-01       which suppressions will have ended by then?`
}

// Run implements the command.
func (c *checkCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	result, err := build.Check(w.Input)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		err = diag.JSON(s.out, result.Findings)
	case "sarif":
		var t diag.Tool
		if t, err = tool(); err == nil {
			err = diag.SARIF(s.out, result.Findings, t)
		}
	case "github":
		err = diag.GitHub(s.out, result.Findings)
	default:
		err = diag.Text(s.out, result.Findings, w, s.outColor)
	}
	if err != nil {
		return err
	}
	s.summarize(result)
	if failOn, _ := diag.ParseSeverity(c.FailOn); diag.Worst(result.Findings) >= failOn {
		return errFindings
	}
	return nil
}

// summarize says in one line what was looked at and found.
func (s *streams) summarize(r build.Result) {
	found := diag.Summary(r.Findings)
	if found == "" {
		found = "nothing to report"
	}
	s.notef("models: %d, activities: %d, items: %d; %s", r.Models, r.Activities, r.Items, found)
}
