package output

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// ConflictError is the error of [Writer.Commit] when the build would overwrite
// what a person wrote. Nothing was changed then.
type ConflictError struct {
	Dir     string
	Foreign []string // paths in Dir that no build wrote, sorted
	Edited  []string // paths that the last build wrote and that were changed since, sorted
}

// Error lists all the files, a line each.
func (e *ConflictError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "files in %s would be overwritten; nothing was changed", e.Dir)
	for _, name := range e.Foreign {
		fmt.Fprintf(&b, "\n  %s was not written by demarc", name)
	}
	for _, name := range e.Edited {
		fmt.Fprintf(&b, "\n  %s was changed since demarc wrote it", name)
	}
	b.WriteString("\nmove them away or delete them, then run it again")
	return b.String()
}

// KindError is the error of [OpenAs] for a folder that holds what demarc wrote,
// but something else. A kind of "" is a site.
type KindError struct{ Dir, Holds, Wanted string }

func (e *KindError) Error() string {
	return fmt.Sprintf("%s holds %s, which would be removed; choose another folder for %s", e.Dir, kindName(e.Holds), kindName(e.Wanted))
}

func kindName(kind string) string {
	if kind == "" {
		return "a site"
	}
	return "the files of demarc " + kind
}

// ownership says whose a file on disk is.
type ownership int

const (
	ours    ownership = iota // as a build wrote it
	foreign                  // never written by a build
	edited                   // written by a build, changed since
)

// add notes that a file of the build meets a file on disk.
func (e *ConflictError) add(whose ownership, name string) {
	switch whose {
	case foreign:
		e.Foreign = append(e.Foreign, name)
	case edited:
		e.Edited = append(e.Edited, name)
	}
}

// found returns e, sorted, or nil if there are no conflicts.
func (e *ConflictError) found() error {
	if len(e.Foreign)+len(e.Edited) == 0 {
		return nil
	}
	slices.Sort(e.Foreign)
	slices.Sort(e.Edited)
	return e
}

// whose tells whose the regular file of that name is, by the manifests. After
// a run that did not finish, a file is ours if either of the two has it. It is
// as good as ours if it is still what was read for [Writer.Replace] or
// [Writer.Drop], and if nothing but its line endings is another: on Windows,
// git writes CRLF into a work tree.
func (w *Writer) whose(name string, info fs.FileInfo, read *digest) (ownership, error) {
	known := w.known(name)
	if read != nil {
		known = append(known, *read)
	}
	if len(known) == 0 {
		known = w.knownAs(name, info)
	}
	if len(known) == 0 {
		return foreign, nil
	}
	data, err := w.root.ReadFile(name)
	if err != nil {
		return foreign, w.failed("read", name, err)
	}
	for _, data := range [][]byte{data, bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))} {
		if slices.Contains(known, sha256.Sum256(data)) {
			return ours, nil
		}
	}
	return edited, nil
}

// known returns the digests that the manifests have for name.
func (w *Writer) known(name string) []digest {
	var known []digest
	for _, m := range []*manifest{w.last, w.cut} {
		if m == nil {
			continue
		}
		if sum, ok := m.files[name]; ok {
			known = append(known, sum)
		}
	}
	return known
}

// knownAs returns what is known of the file under a name that differs in case
// only: on a file system that ignores case, a renamed page meets its own old
// file. It is asked only of files that would be refused otherwise.
func (w *Writer) knownAs(name string, info fs.FileInfo) []digest {
	for _, m := range []*manifest{w.last, w.cut} {
		if m == nil {
			continue
		}
		for old := range m.files {
			if !strings.EqualFold(old, name) {
				continue
			}
			if other, err := w.root.Lstat(old); err == nil && os.SameFile(info, other) {
				return w.known(old)
			}
		}
	}
	return nil
}
