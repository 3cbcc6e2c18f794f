package model

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// Input says where the files of a workspace are.
type Input struct {
	Root       fs.FS  // holds demarc.yaml or demarc.toml, if there is one
	Content    fs.FS  // models, topics and library
	ContentDir string // name of Content in findings, such as "content"
	Builtin    fs.FS  // content that is used where Content has no file of the same name: topics and library; may be nil
}

// Workspace is what all models of a workspace share.
type Workspace struct {
	Settings Settings
	Topics   []*Topic          // in the order of the list
	Models   []string          // ids of the models to use, in order
	Digest   [sha256.Size]byte // of every byte that was read for the above

	input   Input
	topics  map[string]*Topic
	library map[string]*libraryItem
	unread  map[string]bool // library files that could not be read, by name
}

// File is one file of a model, read but not understood yet.
type File struct {
	Name string // as in findings
	Data []byte
}

// Open reads what all models share and finds the models. The error is of
// reading folders and files; what is wrong within them comes as findings.
func Open(in Input) (*Workspace, []diag.Finding, error) {
	w := &Workspace{input: in, topics: map[string]*Topic{}, library: map[string]*libraryItem{}, unread: map[string]bool{}}
	r := &opening{w: w, d: &decoder{ws: w, index: newIndex()}, hash: sha256.New()}
	for _, read := range []func() error{r.settings, r.topics, r.library, r.models} {
		if err := read(); err != nil {
			return nil, nil, err
		}
	}
	r.hash.Sum(w.Digest[:0])
	return w, r.d.findings, nil
}

// opening is the state of [Open].
type opening struct {
	w    *Workspace
	d    *decoder
	hash hash.Hash
}

func (r *opening) settings() error {
	name, err := r.only(r.w.input.Root, ".", "demarc", ".")
	if err != nil || name == "" {
		return err
	}
	root, err := r.read(r.w.input.Root, name, name)
	if root != nil {
		object(r.d, root, "the settings", settingsFields, &r.w.Settings)
	}
	return err
}

func (r *opening) topics() error {
	fsys, name, err := r.ownOrBuiltin("topics")
	if err != nil || name == "" {
		return err
	}
	root, err := r.read(fsys, name, path.Join(r.w.input.ContentDir, name))
	if root == nil {
		r.w.topics = nil
		return err
	}
	object(r.d, root, "the list of topics", topicsFields, &topics{})
	return nil
}

func (r *opening) library() error {
	names := map[string]bool{}
	for _, fsys := range []fs.FS{r.w.input.Content, r.w.input.Builtin} {
		entries, err := readDir(fsys, "library")
		if err != nil {
			return err
		}
		for _, e := range entries {
			if base, ok := dataFile(e.Name()); ok && !e.IsDir() {
				names[base] = true
			}
		}
	}
	for _, base := range slices.Sorted(maps.Keys(names)) {
		fsys, name, err := r.ownOrBuiltin("library/" + base)
		if err != nil {
			return err
		}
		root, err := r.read(fsys, name, path.Join(r.w.input.ContentDir, name))
		if err != nil {
			return err
		}
		if root == nil {
			r.w.unread[base] = true
			continue
		}
		object(r.d, root, "the library", libraryFields, &library{base, map[string]*Parameter{}})
	}
	return nil
}

// ownOrBuiltin returns where the file with this base name is: in the
// workspace's content, or else in the built-in one.
func (r *opening) ownOrBuiltin(base string) (fs.FS, string, error) {
	for _, fsys := range []fs.FS{r.w.input.Content, r.w.input.Builtin} {
		name, err := r.only(fsys, path.Dir(base), path.Base(base), r.w.input.ContentDir)
		if err != nil || name != "" {
			return fsys, name, err
		}
	}
	return nil, "", nil
}

// only returns the name of the data file with this base name in a folder, ""
// if there is none. A second one is a finding.
func (r *opening) only(fsys fs.FS, dir, base, shown string) (string, error) {
	entries, err := readDir(fsys, dir)
	if err != nil {
		return "", err
	}
	found := ""
	for _, e := range entries {
		b, ok := dataFile(e.Name())
		if !ok || b != base || e.IsDir() {
			continue
		}
		if found != "" {
			r.d.report("ref/two-files", diag.Pos{File: path.Join(shown, dir, e.Name())}, "keep one of them",
				"%s is there too, and only that is read", found)
			continue
		}
		found = e.Name()
	}
	if found == "" {
		return "", nil
	}
	return path.Join(dir, found), nil
}

// read reads a file that all models share; nil if it is not readable as what
// it says it is.
func (r *opening) read(fsys fs.FS, name, shown string) (*syntax.Node, error) {
	data, err := readFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown, err)
	}
	fmt.Fprintf(r.hash, "%q %d ", shown, len(data))
	r.hash.Write(data)
	root, findings := syntax.Read(shown, data)
	r.d.findings = append(r.d.findings, findings...)
	return root, nil
}

// Read returns the files of a model, unread: its data files and its locks.
func (w *Workspace) Read(id string) ([]File, []diag.Finding, error) {
	r := &opening{w: w, d: &decoder{ws: w}}
	var files []File
	for _, base := range []string{"model", "checklist"} {
		name, err := r.only(w.input.Content, id, base, w.input.ContentDir)
		if err != nil {
			return nil, nil, err
		}
		if name == "" {
			continue
		}
		shown := path.Join(w.input.ContentDir, name)
		data, err := readFile(w.input.Content, name)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", shown, err)
		}
		files = append(files, File{shown, data})
	}
	entries, err := readDir(w.input.Content, id)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".lock" || e.IsDir() {
			continue
		}
		shown := path.Join(w.input.ContentDir, id, e.Name())
		data, err := readFile(w.input.Content, path.Join(id, e.Name()))
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", shown, err)
		}
		files = append(files, File{shown, data})
	}
	return files, r.d.findings, nil
}

// Load makes a model of its files. The model is never nil, but of use only as
// far as no finding is an error.
func (w *Workspace) Load(id string, files []File) (*Model, []diag.Finding) {
	m := &Model{ID: id, Complete: true}
	d := &decoder{ws: w, model: m, index: newIndex()}
	for _, f := range files {
		base, ok := dataFile(path.Base(f.Name))
		if !ok {
			continue // a lock
		}
		root, findings := syntax.Read(f.Name, f.Data)
		d.findings = append(d.findings, findings...)
		if root == nil {
			m.Complete = false
			if base == "model" {
				d.index.activities, d.index.parameters = nil, nil // what the checklist may name is not known
			}
			continue
		}
		if base == "checklist" {
			object(d, root, "the checklist", checklistFields, m)
		} else {
			m.Pos = root.Pos
			object(d, root, "the model", modelFields, m)
		}
	}
	for _, p := range m.Parameters {
		p.Value = w.Settings.value(id, p)
	}
	for i := range d.findings {
		d.findings[i].Subject = id
	}
	return m, d.findings
}

// dataFile returns a file's name without its extension, and whether the
// extension is one that is read.
func dataFile(name string) (base string, ok bool) {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext), slices.Contains(syntax.Extensions(), ext)
}

// readDir lists a folder by name; one that does not exist is empty.
func readDir(fsys fs.FS, dir string) ([]fs.DirEntry, error) {
	if fsys == nil {
		return nil, nil
	}
	entries, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// readFile reads no more of a file than is needed to see that it is too large.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	size := min(info.Size(), syntax.MaxSize+1)
	data := make([]byte, size)
	n, err := io.ReadFull(f, data)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return data[:n], err
}
