package main

import (
	"github.com/demarc/demarc/internal/export/matrix"
	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/model"
)

// matrixFlags say which models become a table, and for which spreadsheet.
type matrixFlags struct {
	modelsFlag
	csvFlags
}

// print prints the table that rows makes of the models.
func (f *matrixFlags) print(s *streams, rows func([]*model.Model) [][]string) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	models, err := f.load(s)
	if err != nil {
		return err
	}
	return sheet.WriteCSV(s.out, rows(models), options)
}

type exportCRMCmd struct{ matrixFlags }

// Help is the long help.
func (*exportCRMCmd) Help() string {
	return `A customer responsibility matrix as CSV, with the three columns of FedRAMP's worksheet: the activity, whether it can be inherited from the provider (Yes, Partial, No), and who holds what and which checklist items are yours, with their evidence. docs/ownership.md says which roles become which word.

Example:

  demarc export crm --model ovhcloud/managed-kubernetes --excel > crm.csv`
}

// Run implements the command.
func (c *exportCRMCmd) Run(s *streams) error { return c.print(s, matrix.CRM) }
