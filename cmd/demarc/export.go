package main

import (
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/export"
)

type exportCmd struct {
	JSON exportJSONCmd `cmd:"" name:"json" help:"The whole resolved catalogue as one JSON document."`
}

type exportJSONCmd struct {
	workspaceFlags
}

// Help is the long help.
func (*exportJSONCmd) Help() string {
	return `The document is stable and described in docs/export-json.md: models, each with parties, sources, sections, activities in document order and checklist items, every name resolved and every parameter filled in.

Example:

  demarc export json | jq '.models[].items[] | select(.level == "required") | .title'`
}

// Run implements the command.
func (c *exportJSONCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	models, _, result, err := build.Load(w.Input)
	if err != nil {
		return err
	}
	if err := s.refuse(w, result); err != nil {
		return err
	}
	return export.JSON(s.out, models)
}
