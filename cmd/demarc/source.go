package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/source"
)

// sourceFlags name a source of a model and a copy of its document.
type sourceFlags struct {
	Source   string `arg:"" help:"The source, as model#source, such as ovhcloud/managed-kubernetes#guide."`
	Document string `help:"A copy of the document: ${extensions}." required:"" placeholder:"FILE"`
	workspaceFlags
}

// locked is a source with what is known of it.
type locked struct {
	*workspace
	folder string // of the model, on disk; "" for a built-in one
	model  *model.Model
	source *model.Source
	files  []model.File
	lock   *source.Lock // nil if there is none yet
}

// open finds the source.
func (f *sourceFlags) open() (*locked, error) {
	w, err := f.workspaceFlags.open()
	if err != nil {
		return nil, err
	}
	id, name, found := strings.Cut(f.Source, "#")
	if !found {
		return nil, usageError{fmt.Errorf("%s names no source; write model#source", f.Source)}
	}
	m, files, err := build.LoadModel(w.Input, id)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, usageError{fmt.Errorf("there is no model %q; demarc check shows what is wrong with the models", id)}
	}
	l := &locked{workspace: w, model: m, files: files}
	if w.Content != nil {
		l.folder = filepath.Join(f.Content, filepath.FromSlash(id))
	}
	var names []string
	for _, s := range m.Sources {
		names = append(names, s.ID)
		if s.ID == name {
			l.source = s
		}
	}
	if l.source == nil {
		return nil, usageError{fmt.Errorf("model %s has no source %q; %s", id, name, diag.DidYouMean(name, names, ""))}
	}
	locks, findings := coverage.ReadLocks(files)
	l.lock = locks[l.lockName()]
	if l.lock == nil {
		for _, finding := range findings {
			if path.Base(finding.Pos.File) == l.lockName() {
				return nil, fmt.Errorf("%s: %s", finding.Pos, finding.Message)
			}
		}
	}
	return l, nil
}

// lockName returns the name of the lock's file, which the source may not name
// yet.
func (l *locked) lockName() string {
	if name := l.source.Lock.Value; name != "" {
		return name
	}
	return l.source.ID + coverage.LockExt
}

// writable reports a built-in model, which cannot be written to.
func (l *locked) writable() error {
	if l.folder == "" {
		return usageError{fmt.Errorf("model %s is built in; copy it to your content folder first", l.model.ID)}
	}
	return nil
}

// readDocument reads a document, and prints what could not be read for certain.
func (s *streams) readDocument(name string) (*source.Document, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{err}
	}
	if err != nil {
		return nil, err
	}
	doc, err := source.Parse(filepath.ToSlash(name), data)
	if err != nil {
		return nil, err
	}
	if worst := diag.Worst(doc.Findings); worst == diag.Error && len(doc.Statements) == 0 || !s.quiet {
		if err := diag.Text(s.err, doc.Findings, documentFS{filepath.ToSlash(name), data}, s.color); err != nil {
			return nil, err
		}
	}
	if len(doc.Statements) == 0 {
		return nil, fmt.Errorf("%s: no statement found", name)
	}
	return doc, nil
}

// documentFS is a file system with one file, for the excerpts of findings.
type documentFS struct {
	name string
	data []byte
}

// Open implements fs.FS.
func (d documentFS) Open(name string) (fs.File, error) {
	if name != d.name || bytes.IndexByte(d.data, 0) >= 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(filepath.FromSlash(name))
}

// replaceFile writes a file whole: a reader sees the old one or the new one. The
// permissions of a file that is there stay, and so does a link to it.
func replaceFile(name string, data []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	} else if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".demarc-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
