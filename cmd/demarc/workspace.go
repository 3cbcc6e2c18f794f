package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

// workspaceFlags say which workspace to work on.
type workspaceFlags struct {
	Content string `help:"Folder of the models; the built-in ones if there is no such folder." default:"content" placeholder:"DIR"`
	AsOf    string `help:"The date that counts as today, as YYYY-MM-DD." placeholder:"DATE"`
}

// workspace is what a command works on.
type workspace struct {
	build.Input
	contentName string // folder of the models, as the user wrote it
}

// open finds the workspace in the current folder.
func (f *workspaceFlags) open() (*workspace, error) {
	asOf := f.AsOf
	if asOf == "" {
		asOf = today()
	}
	if _, err := time.Parse(time.DateOnly, asOf); err != nil {
		return nil, usageError{fmt.Errorf("--as-of %s is no date; write it as YYYY-MM-DD", f.AsOf)}
	}
	w := &workspace{contentName: path.Clean(filepath.ToSlash(f.Content))}
	w.Input = build.Input{
		Root: os.DirFS("."), ContentDir: w.contentName, AsOf: model.Date(asOf),
		Builtin: build.Builtin{Content: content.FS, Templates: templates.FS, Site: site.FS, Version: fingerprint()},
	}
	info, err := os.Stat(f.Content)
	switch {
	case err == nil && info.IsDir():
		w.Content = os.DirFS(f.Content)
	case err == nil:
		return nil, usageError{fmt.Errorf("--content %s is not a folder", f.Content)}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case f.Content != "content":
		return nil, usageError{fmt.Errorf("--content %s: there is no such folder", f.Content)}
	}
	return w, nil
}

// Open implements fs.FS for the excerpts of findings: files of the workspace
// under the names that findings give them.
func (w *workspace) Open(name string) (fs.File, error) {
	if rest, ok := strings.CutPrefix(name, w.contentName+"/"); ok {
		if w.Content != nil {
			if f, err := w.Content.Open(rest); err == nil {
				return f, nil
			}
		}
		return w.Builtin.Content.Open(rest)
	}
	return w.Root.Open(name)
}

// tool describes this program in SARIF.
func tool() (diag.Tool, error) {
	t := diag.Tool{Name: "demarc", Version: version()}
	for _, r := range check.Rules() {
		doc, err := r.Doc()
		if err != nil {
			return t, err
		}
		t.Rules = append(t.Rules, diag.RuleInfo{ID: r.Name, Title: doc.Title, Help: doc.Body, Severity: r.Severity})
	}
	return t, nil
}
