package output

import (
	"bytes"
	"path"
)

// Reuse keeps a unit of the last build as it is. It reports whether that build
// recorded the unit with this key, by the same tool, and every file of it is
// on disk with the bytes written then; if so, the files are part of this build
// and note is what was recorded with them. The key should be a digest of all
// that the unit is made from. An empty key is never found.
func (w *Writer) Reuse(unit, key string) (note []byte, ok bool) {
	w.mu.Lock()
	manifests := []*manifest{w.cut, w.last}
	w.mu.Unlock()
	for _, m := range manifests {
		if m == nil || m.tool != w.tool || key == "" {
			continue
		}
		u, found := m.units[unit]
		if found && u.key == key && w.intact(u) && w.keep(unit, u) {
			return bytes.Clone(u.note), true
		}
	}
	return nil, false
}

// intact reports whether the files of u are on disk as they were written.
func (w *Writer) intact(u unitRecord) bool {
	for name, want := range u.files {
		w.mu.Lock()
		exists, err := w.folder(path.Dir(name))
		w.mu.Unlock()
		if err != nil || !exists {
			return false
		}
		info, err := w.root.Lstat(name)
		if err != nil || !info.Mode().IsRegular() {
			return false
		}
		if sum, err := w.sum(name); err != nil || sum != want {
			return false
		}
	}
	return true
}

// keep makes u part of this build, unless this build wrote a file of it.
func (w *Writer) keep(unit string, u unitRecord) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.usable() != nil {
		return false
	}
	for name := range u.files {
		if w.files[name] != nil {
			return false
		}
	}
	for name, sum := range u.files {
		w.files[name] = &file{unit: unit, sum: sum}
	}
	w.units[unit] = record{u.key, u.note}
	return true
}
