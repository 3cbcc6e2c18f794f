package main

import "github.com/demarc/demarc/internal/export/matrix"

type exportCAIQCmd struct{ matrixFlags }

// Help is the long help.
func (*exportCAIQCmd) Help() string {
	return `The columns of the CSA's CAIQ, version 4, as CSV, with the activities where it has its questions: control ownership (CSP-owned, Shared CSP and CSC, ...), who holds what, your responsibilities, and the CCM controls that match the topic. The provider's answer and the CSA's own texts stay empty. docs/ownership.md says which roles become which word.

Example:

  demarc export caiq --model scaleway/kubernetes > caiq.csv`
}

// Run implements the command.
func (c *exportCAIQCmd) Run(s *streams) error { return c.print(s, matrix.CAIQ) }
