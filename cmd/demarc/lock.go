package main

import (
	"fmt"
	"path/filepath"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/source"
)

type lockCmd struct {
	sourceFlags
	Section map[string]int `help:"Call the section whose heading stands on this line of the document by a shorter id." placeholder:"ID=LINE"`
	Check   bool           `help:"Write nothing; exit with 1 if the document is not the one that is locked."`
}

// Help is the long help.
func (*lockCmd) Help() string {
	return `Reads a copy of the document and writes the inventory of its statements beside the model: ids, lines, digests and role letters, never the text. Name the file in the source (lock: guide.lock), and demarc check holds that every statement is claimed by an activity or set aside with a reason.

Locking again keeps the ids of statements that did not change; use demarc drift first to see what did.

Examples:

  $ demarc lock acme/database#guide --document guide.html
  $ demarc lock acme/database#guide --document guide.html --check`
}

// Run implements the command.
func (c *lockCmd) Run(s *streams) error {
	l, err := c.open()
	if err != nil {
		return err
	}
	doc, err := s.readDocument(c.Document)
	if err != nil {
		return err
	}
	if c.Check {
		return c.check(s, l, doc)
	}
	if err := l.writable(); err != nil {
		return err
	}
	var next *source.Lock
	if l.lock == nil {
		var findings []diag.Finding
		if next, findings = source.NewLock(l.source.ID, doc, c.Section); findings != nil {
			if err := diag.Text(s.err, findings, l, s.color); err != nil {
				return err
			}
			return errFindings
		}
	} else {
		if c.Section != nil {
			return usageError{fmt.Errorf("--section is for a first lock; %s has its ids", l.lockName())}
		}
		next = l.lock.Update(doc)
	}
	name := filepath.Join(l.folder, l.lockName())
	if err := replaceFile(name, next.Bytes()); err != nil {
		return err
	}
	s.notef("%s: %d statements", name, len(next.Statements))
	if l.source.Lock.Value == "" {
		s.notef("add lock: %s to source %s of the model, so that demarc check uses it", l.lockName(), l.source.ID)
	}
	return nil
}

// check compares a document with the lock.
func (c *lockCmd) check(s *streams, l *locked, doc *source.Document) error {
	if l.lock == nil {
		return usageError{fmt.Errorf("there is no lock %s to check against", l.lockName())}
	}
	changes := source.Drift(l.lock, nil, doc, l.isCustomer)
	if len(changes) == 0 {
		s.notef("%s is the document that is locked", c.Document)
		return nil
	}
	s.notef("%s differs from the lock in %d statements; demarc drift says how", c.Document, len(changes))
	return errFindings
}
