package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// plan fills c, and makes all the checks that need no change on disk.
func (c *commit) plan() (result Result, err error) {
	names := make([]string, 0, len(c.files))
	for name, f := range c.files {
		names = append(names, name)
		if f.staged != "" {
			c.writes = append(c.writes, name)
		}
	}
	slices.Sort(names)
	slices.Sort(c.writes)
	if err := checkNames(names); err != nil {
		return result, err
	}
	if err := c.checkUnchanged(); err != nil {
		return result, err
	}
	if err := c.conflicts.found(); err != nil {
		return result, err
	}
	if c.manifest, err = c.Writer.manifest(); err != nil {
		return result, err
	}
	if result.Kept, err = c.planRemovals(); err != nil {
		return result, err
	}
	result.Written = len(c.writes)
	result.Unchanged = len(names) - len(c.writes)
	result.Removed = len(c.removes)
	return result, nil
}

// checkNames returns an error if two of the names cannot stand side by side on
// every system: if one is a folder of the other, or they differ in case only.
func checkNames(names []string) error {
	files := make(map[string]string, len(names))
	for _, name := range names {
		folded := strings.ToLower(name)
		if other, ok := files[folded]; ok {
			return fmt.Errorf("%s and %s differ only in upper and lower case, which many systems do not tell apart", other, name)
		}
		files[folded] = name
	}
	seen := map[string]bool{}
	for folded, name := range files {
		for dir := path.Dir(folded); dir != "." && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			if other, ok := files[dir]; ok {
				return fmt.Errorf("%s cannot be a file: %s is to be written in a folder of that name", other, name)
			}
		}
	}
	return nil
}

// checkUnchanged adds to the conflicts what a person saved while the build ran.
func (c *commit) checkUnchanged() error {
	for _, name := range c.writes {
		was := c.files[name].was
		if exists, err := c.folder(path.Dir(name)); err != nil {
			return err
		} else if !exists {
			continue
		}
		info, err := c.root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			c.files[name].was = nil
		case err != nil:
			return c.failed("read", name, err)
		case was == nil:
			c.conflicts.add(foreign, name)
		case !os.SameFile(was, info) || was.Size() != info.Size() || !was.ModTime().Equal(info.ModTime()):
			c.conflicts.add(edited, name)
		}
	}
	return nil
}

// planRemovals finds the files that only earlier builds have. It returns those
// that were edited.
func (c *commit) planRemovals() (kept []string, err error) {
	folded := map[string]string{}
	for name := range c.files {
		folded[strings.ToLower(name)] = name
	}
	for _, name := range c.recordedFiles() {
		if c.files[name] != nil {
			continue
		}
		if exists, err := c.folder(path.Dir(name)); err != nil || !exists {
			continue // what is there instead of our folder is not ours
		}
		info, err := c.root.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, c.failed("read", name, err)
		}
		if !info.Mode().IsRegular() {
			kept = append(kept, name)
			continue
		}
		if twin, ok := folded[strings.ToLower(name)]; ok {
			// Where case is ignored, this is the file we are about to write.
			if other, err := c.root.Lstat(twin); err == nil && os.SameFile(info, other) {
				continue
			}
		}
		var read *digest
		if sum, ok := c.dropped[name]; ok {
			read = &sum
		}
		whose, err := c.whose(name, info, read)
		if err != nil {
			return nil, err
		}
		if whose == ours {
			c.removes = append(c.removes, name)
		} else {
			kept = append(kept, name)
		}
	}
	return kept, nil
}

// recordedFiles returns the files of the manifests, sorted.
func (w *Writer) recordedFiles() []string {
	var names []string
	for name := range w.last.files {
		names = append(names, name)
	}
	if w.cut != nil {
		for name := range w.cut.files {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// idle reports whether nothing is to be done.
func (c *commit) idle() bool {
	if c.root == nil && len(c.manifest.units) == 0 {
		return true
	}
	return len(c.writes)+len(c.removes) == 0 && c.cut == nil && bytes.Equal(c.manifest.data, c.last.data)
}
