package main

import (
	"errors"

	"github.com/demarc/demarc/internal/export/onefile"
)

type exportMarkdownCmd struct{ wikiFlags }

// Help is the long help.
func (*exportMarkdownCmd) Help() string {
	return `One Markdown file for each model, with its overview, RACI, checklist, runbook, traceability, questions and proof as chapters and the legend at the end. Links between them work inside the file.

With --out the files are named after the models, in folders as theirs; without it the one model that --model names is printed.

Examples:

  demarc export markdown --out markdown
  demarc export markdown --model ovhcloud/managed-kubernetes > ovhcloud.md`
}

// Run implements the command.
func (c *exportMarkdownCmd) Run(s *streams) error {
	site, err := c.site(s)
	if err != nil {
		return err
	}
	files := onefile.Markdown(site)
	if c.Out == "" {
		if len(files) != 1 {
			return usageError{errors.New("several models take several files: write them with --out DIR, or choose one --model")}
		}
		_, err := s.out.Write(files[site.Models[0].ID])
		return err
	}
	contents := map[string][]byte{}
	for id, data := range files {
		contents[id+".md"] = data
	}
	return s.writeFolder(c.Out, "export markdown", contents)
}
