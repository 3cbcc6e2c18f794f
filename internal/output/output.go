// Package output puts generated files on disk, and is the only writer of
// generated trees.
//
// In go the files of a build, each with the unit that made it (a model, say).
// Out comes a folder that holds exactly these files, beside whatever a person
// put there:
//
//   - A file whose bytes are on disk already is not touched. A build that
//     changes nothing writes nothing.
//   - Nothing in the folder changes before [Writer.Commit]: until then, files
//     are written to a staging folder inside it. Commit renames each into
//     place; if one of the renames fails, it puts the previous site back.
//   - A manifest in the folder lists what the last build wrote. A file that is
//     not in it, or was edited since, is a person's: it is never overwritten
//     ([ConflictError]) and never removed ([Result.Kept]). A file that a person
//     wrote with the very bytes that the build makes is taken over.
//   - A build that was killed leaves old and new files, each of them whole, and
//     two manifests that know both; the next build mends it.
//   - No symbolic link inside the folder is followed.
//
// Nothing is forced to disk by fsync: the operating system may lose the last
// seconds when the power fails. What it lost then looks edited by hand, and
// the next build says so instead of guessing; deleting the folder and building
// again is the remedy.
//
// While a Writer is open it holds an operating system's lock on the folder,
// which ends with the process, so a crash leaves no stale lock. Where a file
// system has no such locks (some network ones), two builds at once may fail,
// but neither overwrites a person's file.
package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	filePerm   = 0o644
	folderPerm = 0o755

	// reserved is how the names of our own files at the top of the folder begin.
	reserved    = ".demarc-"
	nextName    = reserved + "manifest.next.json" // of a commit under way
	stagePrefix = reserved + "stage-"
)

// ManifestName is the name of the file that lists what the last build wrote.
const ManifestName = reserved + "manifest.json"

// ErrBusy is the error of [Open] (or, where the folder did not exist then, of
// [Writer.Put] or [Writer.Commit]) when another Writer has the folder open.
var ErrBusy = errors.New("another build is writing to this folder")

// Writer writes the files of one build to one folder. Use it once: [Open],
// then [Writer.Put] and [Writer.Reuse] from any number of goroutines, then
// [Writer.Commit], or [Writer.Abort] to leave all as it was.
type Writer struct {
	dir  string
	tool string
	kind string

	// For tests: what is called before each step of a commit, and whether to
	// do as on a file system without links.
	step    func(verb, name string) error
	noLinks bool

	mu      sync.Mutex
	root    *os.Root // nil as long as the folder does not exist
	made    []string // the folders that did not exist before this run, the innermost first
	lock    io.Closer
	last    *manifest       // of the last run; empty if there was none
	cut     *manifest       // of a run that did not finish; nil if there was none
	folders map[string]bool // whether a folder was on disk when we first looked

	stage     *os.Root // nil until something is staged
	stageName string
	staged    int // how many files were staged, and the name of the last

	files     map[string]*file
	units     map[string]record
	dropped   map[string]digest // see Drop
	conflicts ConflictError
	err       error // why this run can no longer be committed
	closed    bool
}

// file is a file of this build.
type file struct {
	unit   string
	sum    digest
	staged string      // name in the staging folder; "" if the bytes are on disk already
	was    fs.FileInfo // what staged replaces; nil for nothing
}

// record is what Done said of a unit.
type record struct {
	key  string
	note []byte
}

// digest is the SHA-256 of a file.
type digest [sha256.Size]byte

// Open prepares a build into the folder dir, which need not exist. It reads
// the manifest of the last build but changes nothing on disk. The tool names
// the program and version that makes this build: what another tool recorded
// is not reused.
func Open(dir, tool string) (*Writer, error) { return OpenAs(dir, tool, "") }

// OpenAs is [Open] for output of another kind than a site, such as
// "wiki github". A folder that holds another kind is a [*KindError]: a build
// would remove all of it.
func OpenAs(dir, tool, kind string) (*Writer, error) {
	w := &Writer{
		dir:       dir,
		tool:      tool,
		kind:      kind,
		last:      &manifest{},
		folders:   map[string]bool{},
		files:     map[string]*file{},
		units:     map[string]record{},
		conflicts: ConflictError{Dir: dir},
	}
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return nil, err
	}
	if err := w.attach(root); err != nil {
		return nil, err
	}
	return w, nil
}

// attach takes the folder that root is, locks it, and reads its manifests. If
// that fails, it closes root.
func (w *Writer) attach(root *os.Root) error {
	lock, err := lockFolder(root, w.dir)
	if err != nil {
		root.Close()
		return fmt.Errorf("%s: %w", w.dir, err)
	}
	last, err := readManifest(root, ManifestName)
	cut, err2 := readManifest(root, nextName)
	if err := cmp.Or(err, err2); err != nil {
		lock.Close()
		root.Close()
		return err
	}
	for _, m := range []*manifest{last, cut} {
		if m != nil && m.kind != w.kind {
			lock.Close()
			root.Close()
			return &KindError{Dir: w.dir, Holds: m.kind, Wanted: w.kind}
		}
	}
	w.root, w.lock, w.cut = root, lock, cut
	if last != nil {
		w.last = last
	}
	return nil
}

// Put adds a file to the build. The path is slash-separated and relative to
// the folder ([fs.ValidPath]); the unit, UTF-8, is what [Writer.Reuse] asks
// for. Data is not kept: it is compared with what is on disk and, if that
// differs, written to the staging folder.
//
// A path that was put before is an error, and so is one that leads through a
// file or a symbolic link. After an error the build can only be aborted. A
// person's file in the way is no error yet: Commit reports all of them.
func (w *Writer) Put(unit, path string, data []byte) error {
	return w.note(w.put(unit, path, data, nil))
}

// note makes an error of a file that of the build, and returns it.
func (w *Writer) note(err error) error {
	if err != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.err == nil {
			w.err = err
		}
	}
	return err
}

// put adds a file; read is the digest of what may be on disk though no build
// wrote it, or nil.
func (w *Writer) put(unit, name string, data []byte, read *digest) error {
	if err := checkPath(name); err != nil {
		return err
	}
	if !utf8.ValidString(unit) {
		return fmt.Errorf("unit %q of %s is not UTF-8", unit, name)
	}
	f := &file{unit: unit}
	exists, err := w.claim(name, f)
	if err != nil {
		return err
	}
	f.sum = sha256.Sum256(data)
	if exists {
		if write, err := w.compare(name, f, data, read); err != nil || !write {
			return err
		}
	}
	f.staged, err = w.write(data)
	if err != nil {
		return w.failed("write", name, err)
	}
	return nil
}

// checkPath returns an error if name cannot be the path of a generated file.
func checkPath(name string) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("%q is not a valid path of a file", name)
	}
	if _, err := filepath.Localize(name); err != nil {
		return fmt.Errorf("%q is not a valid path on this system", name)
	}
	if len(name) >= len(reserved) && strings.EqualFold(name[:len(reserved)], reserved) {
		return fmt.Errorf("%q: names that begin with %s are kept for the manifest", name, reserved)
	}
	return nil
}

// claim makes f the file of that name, and reports whether its folder is on
// disk.
func (w *Writer) claim(name string, f *file) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.usable(); err != nil {
		return false, err
	}
	if other := w.files[name]; other != nil {
		return false, fmt.Errorf("%s is written twice, by %q and by %q", w.path(name), other.unit, f.unit)
	}
	w.files[name] = f
	return w.folder(path.Dir(name))
}

// usable returns the error of a Writer that cannot go on.
func (w *Writer) usable() error {
	if w.closed {
		return fmt.Errorf("%s: the build was committed or aborted before", w.dir)
	}
	return w.err
}

// Done records the key and the note of a unit whose files were put in this
// build, for the [Writer.Reuse] of the next. A unit that was reused is
// recorded already.
func (w *Writer) Done(unit, key string, note []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.units[unit] = record{key, bytes.Clone(note)}
}

// path returns where a file of the build is, for messages.
func (w *Writer) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

// failed says in an error what could not be done with which file. The errors
// of os.Root name system calls and paths inside the folder instead.
func (w *Writer) failed(verb, name string, err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		err = e.Err
	} else if e := (*os.LinkError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("cannot %s %s: %w", verb, w.path(name), err)
}
