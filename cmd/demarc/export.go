package main

import (
	"slices"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/export"
	"github.com/demarc/demarc/internal/model"
)

type exportCmd struct {
	JSON     exportJSONCmd     `cmd:"" name:"json" help:"The whole resolved catalogue as one JSON document."`
	CSV      exportCSVCmd      `cmd:"" name:"csv" help:"Checklist items or activities as comma-separated values."`
	XLSX     exportXLSXCmd     `cmd:"" name:"xlsx" help:"A workbook of RACI tables and checklists to fill in."`
	OSCAL    exportOSCALCmd    `cmd:"" name:"oscal" help:"A catalog, component definition and mapping collection in OSCAL."`
	CRM      exportCRMCmd      `cmd:"" name:"crm" help:"A customer responsibility matrix of three columns."`
	CAIQ     exportCAIQCmd     `cmd:"" name:"caiq" help:"Activities in the columns of the CSA's CAIQ."`
	Markdown exportMarkdownCmd `cmd:"" name:"markdown" help:"All documents of a model in one Markdown file."`
	Tracker  exportTrackerCmd  `cmd:"" name:"tracker" help:"Checklist items as issues to import into a tracker."`
	Azure    exportAzureCmd    `cmd:"" name:"azure-review-checklist" help:"A model's checklist for the spreadsheet of Azure/review-checklists."`
}

// modelsFlag chooses among the models of a workspace.
type modelsFlag struct {
	workspaceFlags
	Model []string `help:"Only these models, such as ovhcloud/managed-kubernetes; all unless given." placeholder:"MODEL"`
}

// load returns the chosen models in the order of the workspace. A model that
// is not there is a [usageError]; findings that are errors are printed and end
// the command.
func (f *modelsFlag) load(s *streams) ([]*model.Model, error) {
	w, err := f.open()
	if err != nil {
		return nil, err
	}
	models, _, result, err := build.Load(w.Input)
	if err != nil {
		return nil, err
	}
	if err := s.refuse(w, result); err != nil || len(f.Model) == 0 {
		return models, err
	}
	for _, id := range f.Model {
		if _, err := modelNamed(models, id); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(models, func(m *model.Model) bool { return !slices.Contains(f.Model, m.ID) }), nil
}

type exportJSONCmd struct{ modelsFlag }

// Help is the long help.
func (*exportJSONCmd) Help() string {
	return `The document is stable and described in docs/export-json.md: models, each with parties, sources, sections, activities in document order and checklist items, every name resolved and every parameter filled in.

Examples:

  demarc export json --model ovhcloud/managed-kubernetes > kubernetes.json
  demarc export json | jq '.models[].items[] | select(.level == "required") | .title'`
}

// Run implements the command.
func (c *exportJSONCmd) Run(s *streams) error {
	models, err := c.load(s)
	if err != nil {
		return err
	}
	return export.JSON(s.out, models)
}
