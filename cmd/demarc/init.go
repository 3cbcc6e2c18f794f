package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/model"
)

//go:embed starter
var starter embed.FS

type initCmd struct {
	Dir string `arg:"" optional:"" help:"Folder to start the workspace in." default:"."`
}

// Help is the long help.
func (*initCmd) Help() string {
	return `Writes a small commented workspace that passes demarc check: settings, one model, its checklist, and the schemas that editors use. A file that exists is never touched.

Example:

  demarc init my-models && cd my-models && demarc build`
}

// Run implements the command.
func (c *initCmd) Run(s *streams) error {
	files, err := starterFiles()
	if err != nil {
		return err
	}
	var taken []string
	for name := range files {
		if _, err := os.Lstat(filepath.Join(c.Dir, filepath.FromSlash(name))); err == nil {
			taken = append(taken, name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if taken != nil {
		slices.Sort(taken)
		return usageError{fmt.Errorf("%s already has %s; nothing was written", c.Dir, strings.Join(taken, ", "))}
	}
	for name, data := range files {
		if err := writeNew(filepath.Join(c.Dir, filepath.FromSlash(name)), data); err != nil {
			return err
		}
	}
	s.notef("%s: a workspace of %d files. Next: demarc check, demarc build.", c.Dir, len(files))
	return nil
}

// starterFiles returns the files of a new workspace by name.
func starterFiles() (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(starter, "starter", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[strings.TrimPrefix(name, "starter/")], err = starter.ReadFile(name)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, name := range model.SchemaNames {
		if files[path.Join("schema", name+".schema.json")], err = schemaText(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// writeNew writes a file that must not exist.
func writeNew(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
