package main

import (
	"fmt"
	"io"
	"strings"

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
	var b strings.Builder
	if c.Rule == "" {
		for _, r := range check.Rules() {
			doc, err := r.Doc()
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%-30s %-8s %s\n", r.Name, r.Severity, doc.Title)
		}
		_, err := io.WriteString(s.out, b.String())
		return err
	}
	r := check.Lookup(c.Rule)
	if r == nil {
		return usageError{fmt.Errorf("there is no rule %q; %s", c.Rule, diag.DidYouMean(c.Rule, check.Names(), "demarc explain lists them"))}
	}
	doc, err := r.Doc()
	if err != nil {
		return err
	}
	fmt.Fprintf(&b, "%s (%s)\n\n%s.\n\n%s\n", r.Name, r.Severity, doc.Title, doc.Body)
	for _, f := range doc.Fail {
		fmt.Fprintf(&b, "\n-- reported: %s --\n%s", f.Name, f.Data)
	}
	fmt.Fprintf(&b, "\n%s", doc.Findings)
	for _, f := range doc.Pass {
		fmt.Fprintf(&b, "\n-- not reported: %s --\n%s", f.Name, f.Data)
	}
	_, err = io.WriteString(s.out, b.String())
	return err
}
