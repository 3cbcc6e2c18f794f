package main

import (
	"github.com/demarc/demarc/internal/export/azurereview"
)

type exportAzureCmd struct {
	workspaceFlags
	Model string `help:"The model, such as ovhcloud/managed-kubernetes." required:"" placeholder:"MODEL"`
}

// Help is the long help.
func (*exportAzureCmd) Help() string {
	return `The file loads into the spreadsheet of github.com/Azure/review-checklists by its button for a local checklist. Phases become categories, topics subcategories, required items get the severity High and recommended ones Medium. Loading a newer file keeps status and comments, as an item keeps its guid. docs/export-azure-review-checklist.md says which field goes where.

Example:

  demarc export azure-review-checklist --model ovhcloud/managed-kubernetes > checklist.json`
}

// Run implements the command.
func (c *exportAzureCmd) Run(s *streams) error {
	flags := modelsFlag{workspaceFlags: c.workspaceFlags, Model: []string{c.Model}}
	models, err := flags.load(s)
	if err != nil {
		return err
	}
	return azurereview.Write(s.out, models[0])
}
