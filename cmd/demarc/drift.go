package main

import (
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/demarc/demarc/internal/drift"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/revise"
	"github.com/demarc/demarc/internal/source"
)

type driftCmd struct {
	sourceFlags
	Before string `help:"A copy of the document as it was locked; with it, reworded statements are shown side by side." placeholder:"FILE"`
	Format string `help:"How to print: ${enum}." enum:"text,json,markdown" default:"text"`
	Update bool   `help:"Lock the new document, and note on every activity and item that is touched that it is to be reviewed."`
}

// Help is the long help.
func (*driftCmd) Help() string {
	return `Compares a newer copy of the provider's document with the lock and says what changed, most important first: roles that moved to you, roles that moved away, what is new, gone, reworded, softened or hardened, and what stands elsewhere; for each the activities and checklist items that it touches. It fetches nothing: hand in the file.

Exit code 1 if anything changed. Changes of white space and typography are none.

Examples:

  $ demarc drift acme/database#guide --document guide-2027.html
  $ demarc drift acme/database#guide --document new.html --before old.html --format markdown
  $ demarc drift acme/database#guide --document new.html --update`
}

// Run implements the command.
func (c *driftCmd) Run(s *streams) error {
	l, err := c.open()
	if err != nil {
		return err
	}
	if l.lock == nil {
		return usageError{fmt.Errorf("there is no lock %s to compare with; run demarc lock first", l.lockName())}
	}
	now, err := s.readDocument(c.Document)
	if err != nil {
		return err
	}
	var before *source.Document
	if c.Before != "" {
		if before, err = s.readDocument(c.Before); err != nil {
			return err
		}
	}
	report := drift.Of(l.model, l.source, source.Drift(l.lock, before, now, l.isCustomer))
	if err := printDrift(s.out, report, c.Format); err != nil {
		return err
	}
	s.notef("%s, changes: %d", c.Source, len(report.Changes))
	if len(report.Changes) == 0 {
		return nil
	}
	if c.Update {
		if err := c.update(s, l, now, report); err != nil {
			return err
		}
	}
	return errFindings
}

func printDrift(w io.Writer, report drift.Report, format string) error {
	switch format {
	case "json":
		return drift.JSON(w, report)
	case "markdown":
		return drift.Markdown(w, report)
	}
	return drift.Text(w, report)
}

// isCustomer reports whether a party, as the document prints it, is on the
// customer's side in the model.
func (l *locked) isCustomer(name string) bool {
	for _, p := range l.model.Parties {
		if p.Side == model.Customer && (strings.EqualFold(p.Name.Value, name) || strings.EqualFold(p.ID, name)) {
			return true
		}
	}
	return false
}

// update locks the new document and notes what is to be reviewed.
func (c *driftCmd) update(s *streams, l *locked, now *source.Document, report drift.Report) error {
	if err := l.writable(); err != nil {
		return err
	}
	activities, items := report.Notes(l.AsOf)
	revised := map[string][]byte{}
	for _, f := range l.files {
		base, _, _ := strings.Cut(path.Base(f.Name), ".")
		list, notes := "activities", activities
		if base == "checklist" {
			list, notes = "items", items
		}
		if path.Ext(f.Name) == ".lock" || len(notes) == 0 {
			continue
		}
		data, missing, err := revise.Notes(f.Name, f.Data, list, notes)
		if err != nil {
			return err
		}
		for _, id := range missing {
			s.notef("%s: found no place to note that %s is to be reviewed", f.Name, id)
		}
		revised[filepath.Join(l.folder, path.Base(f.Name))] = data
	}
	revised[filepath.Join(l.folder, l.lockName())] = l.lock.Update(now).Bytes()
	for name, data := range revised {
		if err := replaceFile(name, data); err != nil {
			return err
		}
	}
	s.notef("locked the new document; %d activities and %d items are to be reviewed", len(activities), len(items))
	return nil
}
