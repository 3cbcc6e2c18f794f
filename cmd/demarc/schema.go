package main

import (
	"bytes"
	"encoding/json"

	"github.com/demarc/demarc/internal/model"
)

type schemaCmd struct {
	Name string `arg:"" optional:"" help:"Kind of file: ${enum}." enum:"model,checklist,library,topics,workspace" default:"model"`
}

// Help is the long help.
func (*schemaCmd) Help() string {
	return `The schema is JSON Schema, draft 2020-12. Editors use it for completion and checking; a file names it in its first line:

  # yaml-language-server: $schema=model.schema.json     YAML
  #:schema ./model.schema.json                          TOML

Example:

  demarc schema checklist > checklist.schema.json`
}

// Run implements the command.
func (c *schemaCmd) Run(s *streams) error {
	text, err := schemaText(c.Name)
	if err != nil {
		return err
	}
	_, err = s.out.Write(text)
	return err
}

// schemaText returns the schema of a kind of file as it is printed.
func schemaText(name string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err := e.Encode(model.SchemaOf(name))
	return b.Bytes(), err
}
