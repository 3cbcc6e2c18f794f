package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/draft"
	"github.com/demarc/demarc/internal/source"
)

type importCmd struct {
	Model importModelCmd `cmd:"" default:"withargs" help:"Draft a model of a provider's document."`
	State importStateCmd `cmd:"" help:"Bring in the state of checklists from a spreadsheet."`
}

type importModelCmd struct {
	Document string `help:"The provider's document: ${extensions}." required:"" placeholder:"FILE"`
	Out      string `help:"Folder to write the model to, such as content/acme/database." required:"" placeholder:"DIR"`
	Provider string `help:"The provider's name." required:"" placeholder:"NAME"`
	Title    string `help:"The service's name; the document's title if left out." placeholder:"TEXT"`
	URL      string `name:"url" help:"Where the document is published." default:"https://example.com/" placeholder:"URL"`
	Source   string `help:"Id of the source in the model." default:"guide" placeholder:"ID"`
	Format   string `help:"Format of the files: ${enum}." enum:"yaml,toml" default:"yaml"`
	WithText bool   `help:"Put a short extract of each statement into its title; whether you may is yours to decide."`
	AsOf     string `help:"The day on which the document was retrieved, as YYYY-MM-DD; today if left out." placeholder:"DATE"`
}

// Help is the long help.
func (*importModelCmd) Help() string {
	return `Drafts a model of a provider's document: parties, sections, one activity for each statement, its roles where they are certain, and the lock. Titles are placeholders, items are drafts by topic; demarc check reports what a person has to work on. What could not be read for certain is said with its line and left empty, never guessed.

A file that exists is never touched.

Example:

  $ demarc import --document raci.md --provider Acme --out content/acme/database --url https://acme.example/raci`
}

// Run implements the command.
func (c *importModelCmd) Run(s *streams) error {
	flags := workspaceFlags{Content: "content", AsOf: c.AsOf}
	w, err := flags.open()
	if err != nil {
		return err
	}
	doc, err := s.readDocument(c.Document)
	if err != nil {
		return err
	}
	topics, err := build.Topics(w.Input)
	if err != nil {
		return err
	}
	if topics == nil {
		return usageError{errors.New("the workspace has no topics; see content/topics.yaml")}
	}
	lock, findings := source.NewLock(c.Source, doc, nil)
	if findings != nil {
		return fmt.Errorf("%s: %s", findings[0].Pos, findings[0].Message)
	}
	m := draft.From(doc, draft.About{
		Provider: c.Provider, Title: c.Title, URL: c.URL, Source: c.Source, Lock: c.Source + coverage.LockExt, Retrieved: string(w.AsOf),
	})
	model, checklist := draft.Files(m, draft.Options{TOML: c.Format == "toml", WithText: c.WithText, Topics: topics})
	if err := c.write(map[string][]byte{
		"model." + c.Format: []byte(model), "checklist." + c.Format: []byte(checklist), m.Source.Lock: lock.Bytes(),
	}); err != nil {
		return err
	}
	uncertain := 0
	for _, st := range m.Statements {
		if st.Remark != "" {
			uncertain++
		}
	}
	s.notef("%s: %d activities in %d sections, %d of them with roles that a person has to read off the page", c.Out, len(m.Statements), len(m.Sections), uncertain)
	if n := errorsOf(doc.Findings); n > 0 {
		s.notef("parts of the document that could not be read for certain: %d, see above", n)
	}
	return nil
}

func errorsOf(findings []diag.Finding) int {
	n := 0
	for _, f := range findings {
		if f.Severity == diag.Error {
			n++
		}
	}
	return n
}

// write writes new files and touches none that is there.
func (c *importModelCmd) write(files map[string][]byte) error {
	for name := range files {
		for _, ending := range []string{".yaml", ".yml", ".toml", coverage.LockExt} {
			taken := filepath.Join(c.Out, strings.TrimSuffix(name, filepath.Ext(name))+ending)
			if _, err := os.Lstat(taken); !errors.Is(err, fs.ErrNotExist) {
				return usageError{fmt.Errorf("%s exists; nothing was written", taken)}
			}
		}
	}
	for name, data := range files {
		if err := writeNew(filepath.Join(c.Out, name), data); err != nil {
			return err
		}
	}
	return nil
}
