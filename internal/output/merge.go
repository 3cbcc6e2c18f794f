package output

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"
)

// Files that people and a build write together, such as the pages of a wiki:
// the caller reads what is there, works its own part into it, and says so.

// Read returns the bytes on disk under that name, nil if there is no regular
// file. It is for [Writer.Replace].
func (w *Writer) Read(name string) ([]byte, error) {
	if err := checkPath(name); err != nil {
		return nil, err
	}
	w.mu.Lock()
	exists, err := w.folder(path.Dir(name))
	w.mu.Unlock()
	if err != nil || !exists {
		return nil, err
	}
	info, err := w.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil, nil
	}
	if err != nil {
		return nil, w.failed("read", name, err)
	}
	data, err := w.root.ReadFile(name)
	if err != nil {
		return nil, w.failed("read", name, err)
	}
	return data, nil
}

// Replace is [Writer.Put] for a file that was read with [Writer.Read] and holds
// in data all that a person wrote in it: it is no conflict, unless the file
// changed since it was read. Recorded is what the file would be if nobody had
// written in it. The manifest has the digest of that, so that it says nothing of
// what people write: two clones of one wiki have the same.
func (w *Writer) Replace(unit, name string, read, data, recorded []byte) error {
	sum := digest(sha256.Sum256(read))
	if err := w.note(w.put(unit, name, data, &sum)); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files[name].sum = sha256.Sum256(recorded)
	return nil
}

// Drop says of a file of the last build that all that a person wrote in it is in
// this build too: it goes, unless it changed since it was read.
func (w *Writer) Drop(name string, read []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dropped == nil {
		w.dropped = map[string]digest{}
	}
	w.dropped[name] = sha256.Sum256(read)
}

// Recorded returns the files of the last build, sorted.
func (w *Writer) Recorded() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.recordedFiles()
}

// Theirs reports whether a person's file stands under that name: one that no
// build wrote, or that was changed since.
func (w *Writer) Theirs(name string) (bool, error) {
	there, err := w.Read(name)
	if err != nil || there == nil {
		return false, err
	}
	info, err := w.root.Lstat(name)
	if err != nil {
		return false, w.failed("read", name, err)
	}
	whose, err := w.whose(name, info, nil)
	return whose != ours, err
}
