package output

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
)

// Result says what a build did to the folder.
type Result struct {
	Written   int      // files that are new or have new bytes
	Unchanged int      // files that were on disk already, or reused
	Removed   int      // files of the last build that this one does not have
	Kept      []string // files of the last build that this one does not have and that were edited, sorted: they stay, and are no longer ours
}

// commit is what Commit is about to do, and how to take it back.
type commit struct {
	*Writer
	manifest *manifest
	writes   []string // sorted
	removes  []string // sorted
	moved    int      // how many files were put aside in the staging folder
	undo     []func() error
}

// Commit makes the folder hold the files of this build: it renames the staged
// files into place, removes those that only the last build had, and the
// folders that this leaves empty and that a build made, and writes the
// manifest. Each file has either its old or its new bytes at any time.
//
// It checks everything it can before it changes anything; a file that a person
// wrote is a [*ConflictError]. If a step fails then, the steps before it are
// taken back. Whatever it returns, the Writer is finished. No Put may be under
// way.
func (w *Writer) Commit() (Result, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return Result{}, w.usable()
	}
	defer w.close()
	if w.err != nil {
		return Result{}, w.err
	}
	c := commit{Writer: w}
	result, err := c.plan()
	if err != nil {
		return Result{}, err
	}
	if c.idle() {
		w.sweep()
		return result, nil
	}
	if err := c.apply(); err != nil {
		return Result{}, errors.Join(err, c.rollback())
	}
	w.sweep()
	c.removeFolders()
	return result, nil
}

// apply changes the folder. The new manifest is there, as the next, before any
// file changes, so that a run that is killed leaves only files that one of the
// two manifests knows. Its rename at the end is what makes the build the last.
func (c *commit) apply() error {
	if c.cut != nil {
		if err := c.recover(); err != nil {
			return err
		}
	}
	if err := c.place(nextName, c.manifest.data); err != nil {
		return err
	}
	c.undo = append(c.undo, func() error { return c.root.Remove(nextName) })
	for _, dir := range c.newFolders() {
		if err := c.do("make", dir,
			func() error { return c.root.Mkdir(dir, folderPerm) },
			func() error { return c.root.Remove(dir) }); err != nil {
			return err
		}
	}
	for _, name := range c.writes {
		if err := c.replace(name, c.files[name]); err != nil {
			return err
		}
	}
	for _, name := range c.removes {
		if err := c.moveAside("remove", name, c.root.Rename); err != nil {
			return err
		}
	}
	return c.do("write", ManifestName, func() error { return c.root.Rename(nextName, ManifestName) }, nil)
}

// do takes a step: act, which undo takes back.
func (c *commit) do(verb, name string, act, undo func() error) error {
	if c.step != nil {
		if err := c.step(verb, name); err != nil {
			return c.failed(verb, name, err)
		}
	}
	if err := act(); err != nil {
		return c.failed(verb, name, err)
	}
	if undo != nil {
		c.undo = append(c.undo, undo)
	}
	return nil
}

// rollback takes back what was done, the last step first.
func (c *commit) rollback() error {
	var errs []error
	for _, undo := range slices.Backward(c.undo) {
		if err := undo(); err != nil {
			errs = append(errs, fmt.Errorf("and the last build could not be put back: %w", err))
		}
	}
	return errors.Join(errs...)
}

// place writes a manifest by way of the staging folder, so that it is never
// there by half.
func (c *commit) place(name string, data []byte) error {
	stage, staged, err := c.newStaged()
	if err == nil {
		err = writeNew(stage, staged, data)
	}
	if err != nil {
		return c.failed("write", name, err)
	}
	return c.do("write", name, func() error { return c.root.Rename(c.inStage(staged), name) }, nil)
}

// newFolders returns the folders to make, each after the one it is in.
func (c *commit) newFolders() []string {
	missing := map[string]bool{}
	for _, name := range c.writes {
		for dir := path.Dir(name); dir != "." && !c.folders[dir] && !missing[dir]; dir = path.Dir(dir) {
			missing[dir] = true
		}
	}
	dirs := make([]string, 0, len(missing))
	for dir := range missing {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	return dirs
}

// replace puts the staged file in the place of name. What was there stays
// reachable in the staging folder, by a second link, so that the replacement
// is atomic and can still be taken back. On a file system without links, it is
// moved there, and the name is free for a moment.
func (c *commit) replace(name string, f *file) error {
	undo := func() error { return c.root.Remove(name) }
	if f.was != nil {
		if err := c.moveAside("replace", name, c.linkOrRename); err != nil {
			return err
		}
		undo = nil
	}
	return c.do("write", name, func() error { return c.root.Rename(c.inStage(f.staged), name) }, undo)
}

// moveAside gives the file another name, in the staging folder.
func (c *commit) moveAside(verb, name string, move func(from, to string) error) error {
	c.moved++
	aside := c.inStage("old-" + strconv.Itoa(c.moved))
	return c.do(verb, name,
		func() error { return move(name, aside) },
		func() error { return c.root.Rename(aside, name) })
}

func (c *commit) linkOrRename(from, to string) error {
	if !c.noLinks && c.root.Link(from, to) == nil {
		return nil
	}
	return c.root.Rename(from, to)
}

// recover makes one manifest of the two that a killed run left, with the
// digests that are on disk. The one of this run can then take the place of the
// next without any file getting lost that only the killed run knew.
func (c *commit) recover() error {
	files := map[string]digest{}
	for _, name := range c.recordedFiles() {
		known := c.known(name)
		files[name] = known[0]
		if known[0] == known[len(known)-1] {
			continue
		}
		if exists, err := c.folder(path.Dir(name)); err != nil || !exists {
			continue
		}
		if sum, err := c.sum(name); err == nil && sum == known[1] {
			files[name] = sum
		}
	}
	m := &manifest{folders: c.recordedFolders(), units: map[string]unitRecord{"": {files: files}}}
	if err := m.encode(); err != nil {
		return err
	}
	if err := c.place(ManifestName, m.data); err != nil {
		return err
	}
	return c.do("remove", nextName, func() error { return c.root.Remove(nextName) }, nil)
}

// removeFolders removes the folders that builds made and this build does not
// need, if they are empty now.
func (c *commit) removeFolders() {
	for _, dir := range slices.Backward(c.recordedFolders()) {
		if _, needed := slices.BinarySearch(c.manifest.folders, dir); needed {
			continue
		}
		// Only a folder: a person may have put a file in its place.
		if exists, err := c.folder(dir); err == nil && exists {
			c.root.Remove(dir)
		}
	}
}
