package main

import (
	"errors"

	"github.com/demarc/demarc/internal/export/azurereview"
)

type exportAzureCmd struct{ modelsFlag }

// Help is the long help.
func (*exportAzureCmd) Help() string {
	return `The checklist of one model, as JSON. The file loads into the spreadsheet of github.com/Azure/review-checklists by its button for a local checklist. Phases become categories, topics subcategories, required items get the severity High and recommended ones Medium. Loading a newer file keeps status and comments, as an item keeps its guid. docs/export-azure-review-checklist.md says which field goes where.

Example:

  demarc export azure-review-checklist --model ovhcloud/managed-kubernetes > checklist.json`
}

// Run implements the command.
func (c *exportAzureCmd) Run(s *streams) error {
	models, err := c.load(s)
	if err != nil {
		return err
	}
	if len(models) != 1 {
		return usageError{errors.New("a file holds the checklist of one model: choose one --model")}
	}
	return azurereview.Write(s.out, models[0])
}
