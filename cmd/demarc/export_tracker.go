package main

import (
	"cmp"
	"fmt"
	"regexp"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/export/tracker"
)

type exportTrackerCmd struct {
	modelsFlag
	Profile     string `help:"The tracker: jira, gitlab, github or azure-boards." required:"" placeholder:"TRACKER"`
	Environment string `help:"The environment that the checklist is worked on for, such as production; it goes into titles, labels and identifiers." placeholder:"NAME"`
	Type        string `help:"The type of the issues, in jira and azure-boards; Task unless given." placeholder:"TYPE"`
	Out         string `help:"Folder to write to, as many files as the tracker needs." placeholder:"DIR"`
}

// Help is the long help.
func (*exportTrackerCmd) Help() string {
	return `One issue for each checklist item: what it is for, its steps, the evidence wanted, labels for phase, level, team and model, and an identifier that stays the same, so that a later import can be matched. docs/trackers.md says how to import each of them.

jira, gitlab and azure-boards get CSV files. GitHub imports no files: it gets the issues as lines of JSON, and with --out a script that creates those that are missing with GitHub's command line tool. Without --out the one file is printed.

Examples:

  demarc export tracker --profile gitlab > issues.csv
  demarc export tracker --profile jira --environment production --out jira
  demarc export tracker --profile github --out issues && GH_REPO=acme/platform sh issues/create-issues.sh`
}

var environmentName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$`)

// Run implements the command.
func (c *exportTrackerCmd) Run(s *streams) error {
	profile, ok := tracker.Named(c.Profile)
	switch {
	case !ok:
		return usageError{fmt.Errorf("there is no profile %q; %s", c.Profile, diag.DidYouMean(c.Profile, tracker.Names(), ""))}
	case c.Type != "" && !profile.Typed():
		return usageError{fmt.Errorf("--type: %s has no types of issues to import", profile.Name)}
	case c.Environment != "" && !environmentName.MatchString(c.Environment):
		return usageError{fmt.Errorf("--environment %q: use up to 31 letters, digits, dots, hyphens and underscores", c.Environment)}
	}
	models, err := c.load(s)
	if err != nil {
		return err
	}
	w, err := c.open()
	if err != nil {
		return err
	}
	address, err := build.Address(w.Input)
	if err != nil {
		return err
	}
	made, err := profile.Export(models, tracker.Options{Environment: c.Environment, Address: address, Type: cmp.Or(c.Type, "Task")})
	if err != nil {
		return err
	}
	if c.Out != "" {
		files := map[string][]byte{}
		for _, f := range append(made.Issues, made.Others...) {
			files[f.Path] = f.Data
		}
		return s.writeFolder(c.Out, "export tracker --profile "+c.Profile, files)
	}
	if len(made.Issues) > 1 {
		return usageError{fmt.Errorf("%s does not read so many issues at once: write %d files with --out DIR, or choose a --model", profile.Name, len(made.Issues))}
	}
	_, err = s.out.Write(made.Issues[0].Data)
	return err
}
