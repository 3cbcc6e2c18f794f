package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"
)

// folder reports whether the folder of that name is on disk. It returns an
// error if something else is. With w.mu held.
func (w *Writer) folder(name string) (bool, error) {
	if name == "." {
		return w.root != nil, nil
	}
	if exists, ok := w.folders[name]; ok {
		return exists, nil
	}
	exists, err := w.folder(path.Dir(name))
	if err != nil {
		return false, err
	}
	if exists {
		info, err := w.root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			exists = false
		case err != nil:
			return false, w.failed("read", name, err)
		case !info.IsDir():
			return false, fmt.Errorf("%s is %s, where a folder is needed: move it away, then run it again", w.path(name), kind(info))
		}
	}
	w.folders[name] = exists
	return exists, nil
}

// kind says what stands where a folder is expected.
func kind(info fs.FileInfo) string {
	if info.Mode().Type() == fs.ModeSymlink {
		return "a symbolic link"
	}
	return "a file"
}

// compare compares data with what is on disk in place of f, and reports
// whether it is to be written: whether it is different, and no person's file is
// in the way. Then f.was is what it will replace.
func (w *Writer) compare(name string, f *file, data []byte, read *digest) (write bool, err error) {
	info, err := w.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, w.failed("read", name, err)
	case info.IsDir():
		return false, fmt.Errorf("%s is a folder, where a file is to be written: move it away, then run it again", w.path(name))
	}
	whose := foreign
	if info.Mode().IsRegular() {
		if info.Size() == int64(len(data)) {
			if same, err := w.holds(name, data); err != nil || same {
				return false, err
			}
		}
		if whose, err = w.whose(name, info, read); err != nil {
			return false, err
		}
	}
	if whose == ours {
		f.was = info
		return true, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conflicts.add(whose, name)
	return false, nil
}

// buffers are for reading files in pieces, so that a large one costs no memory.
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// holds reports whether the file of that name begins with data.
func (w *Writer) holds(name string, data []byte) (bool, error) {
	f, err := w.root.Open(name)
	if err != nil {
		return false, w.failed("read", name, err)
	}
	defer f.Close()
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	for len(data) > 0 {
		piece := buf[:min(len(buf), len(data))]
		if _, err := io.ReadFull(f, piece); err == io.EOF || err == io.ErrUnexpectedEOF {
			return false, nil
		} else if err != nil {
			return false, w.failed("read", name, err)
		}
		if !bytes.Equal(piece, data[:len(piece)]) {
			return false, nil
		}
		data = data[len(piece):]
	}
	return true, nil
}

// sum returns the digest of the file of that name.
func (w *Writer) sum(name string) (sum digest, err error) {
	f, err := w.root.Open(name)
	if err != nil {
		return sum, w.failed("read", name, err)
	}
	defer f.Close()
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	h := sha256.New()
	// The bare Reader keeps CopyBuffer from using a buffer of its own.
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{f}, buf[:]); err != nil {
		return sum, w.failed("read", name, err)
	}
	h.Sum(sum[:0])
	return sum, nil
}
