package main

import (
	"fmt"

	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/diag"
)

type explainCmd struct {
	Rule string `arg:"" optional:"" help:"The rule's name, such as trace/unmapped-activity; all rules if left out."`
}

// Help is the long help.
func (*explainCmd) Help() string {
	return `Without a rule, prints one line for each. Rule names are those in brackets at the end of a finding.

Example:

  demarc explain trace/unmapped-activity`
}

// Run implements the command.
func (c *explainCmd) Run(s *streams) error {
	if c.Rule == "" {
		for _, r := range check.Rules() {
			doc, err := r.Doc()
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%-30s %-8s %s\n", r.Name, r.Severity, doc.Title)
		}
		return nil
	}
	r := check.Lookup(c.Rule)
	if r == nil {
		return usageError{fmt.Errorf("there is no rule %q; %s", c.Rule, diag.DidYouMean(c.Rule, check.Names(), "demarc explain lists them"))}
	}
	doc, err := r.Doc()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s (%s)\n\n%s.\n\n%s\n", r.Name, r.Severity, doc.Title, doc.Body)
	for _, f := range doc.Fail {
		fmt.Fprintf(s.out, "\n-- reported: %s --\n%s", f.Name, f.Data)
	}
	fmt.Fprintf(s.out, "\n%s", doc.Findings)
	for _, f := range doc.Pass {
		fmt.Fprintf(s.out, "\n-- not reported: %s --\n%s", f.Name, f.Data)
	}
	return nil
}
