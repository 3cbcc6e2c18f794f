package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/compare"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

type compareCmd struct {
	A string `arg:"" help:"A model, such as creodias/managed-kubernetes."`
	B string `arg:"" help:"Another model."`
	workspaceFlags
	Format string `help:"How to print: ${enum}." enum:"text,json" default:"text"`
}

// Help is the long help.
func (*compareCmd) Help() string {
	return `Two models side by side: topics where other sides answer, activities of both that differ, and those that only one has. Activities are the same if their identifiers are. What a source does not say is a gap, not the provider's job.

Example:

  demarc compare creodias/managed-kubernetes eumetsat/managed-kubernetes`
}

// Run implements the command.
func (c *compareCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	models, topics, result, err := build.Load(w.Input)
	if err != nil {
		return err
	}
	if err := s.refuse(w, result); err != nil {
		return err
	}
	a, err := modelNamed(models, c.A)
	if err != nil {
		return err
	}
	b, err := modelNamed(models, c.B)
	if err != nil {
		return err
	}
	d := compare.Models(compare.Activities(a), compare.Activities(b), topics)
	if c.Format == "json" {
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(d)
	}
	var text strings.Builder
	printDifference(&text, a, b, d)
	_, err = io.WriteString(s.out, text.String())
	return err
}

// refuse prints the findings and fails if one of them is an error.
func (s *streams) refuse(w *workspace, result build.Result) error {
	if diag.Worst(result.Findings) < diag.Error {
		return nil
	}
	if err := diag.Text(s.err, result.Findings, w, s.color); err != nil {
		return err
	}
	s.summarize(result)
	return errFindings
}

func modelNamed(models []*model.Model, id string) (*model.Model, error) {
	ids := make([]string, len(models))
	for i, m := range models {
		ids[i] = m.ID
	}
	if i := slices.Index(ids, id); i >= 0 {
		return models[i], nil
	}
	return nil, usageError{fmt.Errorf("there is no model %q; %s", id, diag.DidYouMean(id, ids, "demarc check shows which there are"))}
}

func printDifference(w io.Writer, a, b *model.Model, d compare.Difference) {
	fmt.Fprintf(w, "A: %s (%s)\nB: %s (%s)\n", a.Title.Value, a.ID, b.Title.Value, b.ID)
	fmt.Fprintf(w, "\nTopics where others answer: %d\n", len(d.Topics))
	for _, t := range d.Topics {
		fmt.Fprintf(w, "  %s\n    A: %s\n    B: %s\n", t.Title, t.A, t.B)
	}
	fmt.Fprintf(w, "\nActivities of both that differ: %d\n", len(d.Changed))
	for _, p := range d.Changed {
		fmt.Fprintf(w, "  %s\n", p.A.ID)
		printActivity(w, "    A: ", p.A)
		printActivity(w, "    B: ", p.B)
	}
	fmt.Fprintf(w, "\nActivities of both that are the same: %d\n", len(d.Same))
	for _, only := range []struct {
		name       string
		activities []compare.Activity
	}{{"A", d.OnlyA}, {"B", d.OnlyB}} {
		fmt.Fprintf(w, "\nOnly in %s: %d\n", only.name, len(only.activities))
		for _, activity := range only.activities {
			printActivity(w, "  "+activity.ID+": ", activity)
		}
	}
}

func printActivity(w io.Writer, lead string, a compare.Activity) {
	fmt.Fprintf(w, "%s%s (%s; %s)\n", lead, a.Title, a.Holders, a.Basis)
	if a.Caveat != "" {
		fmt.Fprintf(w, "       %s\n", a.Caveat)
	}
}
