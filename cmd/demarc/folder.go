package main

import (
	"errors"

	"github.com/demarc/demarc/internal/output"
)

// openFolder opens a folder to write files of a kind to, which is the command
// that makes them; "" is a site.
func openFolder(dir, kind string) (*output.Writer, error) {
	tool := version() // what another version made of a site is not reused
	if kind != "" {
		tool = "demarc" // nothing is reused, and folders that are kept in git do not differ by version
	}
	out, err := output.OpenAs(dir, tool, kind)
	var other *output.KindError
	if errors.As(err, &other) {
		return nil, usageError{err}
	}
	return out, err
}

// writeFolder makes a folder hold generated files, by path. Only what the same
// command wrote there before is replaced or removed.
func (s *streams) writeFolder(dir, kind string, files map[string][]byte) error {
	out, err := openFolder(dir, kind)
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := out.Put(".", name, data); err != nil {
			return errors.Join(err, out.Abort())
		}
	}
	out.Done(".", "", nil)
	written, err := out.Commit()
	if err != nil {
		return err
	}
	for _, name := range written.Kept {
		s.notef("kept %s: no longer made, but changed by hand", name)
	}
	s.notef("%s: %d files written, %d unchanged, %d removed", dir, written.Written, written.Unchanged, written.Removed)
	return nil
}
