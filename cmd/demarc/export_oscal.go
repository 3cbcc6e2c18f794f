package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/export/oscal"
	"github.com/demarc/demarc/internal/model"
)

type exportOSCALCmd struct {
	modelsFlag
	Document string `help:"The document to print: catalog, component-definition or mapping-collection." placeholder:"DOCUMENT"`
	Out      string `help:"Folder to write all three documents to, instead of printing one." placeholder:"DIR"`
}

// Help is the long help.
func (*exportOSCALCmd) Help() string {
	return `The catalog holds activities and checklist items as controls, the component definition what each side takes on of every activity, and the mapping collection which items cover which activity. They follow OSCAL ` + oscal.Version + ` and refer to each other as catalog.json, component-definition.json and mapping-collection.json; docs/export-oscal.md says which field goes where.

The same models make the same bytes. With --out, files that demarc wrote are replaced, and others never.

Examples:

  demarc export oscal --document catalog > catalog.json
  demarc export oscal --out oscal`
}

// Run implements the command.
func (c *exportOSCALCmd) Run(s *streams) error {
	if (c.Document == "") == (c.Out == "") {
		return usageError{errors.New("give either --document, to print one document, or --out, to write all three")}
	}
	document := oscal.Document(c.Document)
	if c.Document != "" && !slices.Contains(oscal.Documents, document) {
		var known []string
		for _, d := range oscal.Documents {
			known = append(known, string(d))
		}
		return usageError{fmt.Errorf("there is no document %q; %s", c.Document, diag.DidYouMean(c.Document, known, ""))}
	}
	models, err := c.load(s)
	if err != nil {
		return err
	}
	if c.Out == "" {
		return oscal.Write(s.out, document, models)
	}
	return c.writeAll(s, models)
}

// writeAll writes all documents that can be made into the folder.
func (c *exportOSCALCmd) writeAll(s *streams, models []*model.Model) error {
	files := map[string][]byte{}
	for _, d := range oscal.Documents {
		var b bytes.Buffer
		err := oscal.Write(&b, d, models)
		if errors.Is(err, oscal.ErrUnmapped) {
			s.notef("no %s: %v", d.FileName(), err)
			continue
		}
		if err != nil {
			return err
		}
		files[d.FileName()] = b.Bytes()
	}
	return s.writeFolder(c.Out, "export oscal", files)
}
