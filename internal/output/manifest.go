package output

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
)

// manifest says what a build wrote. On disk it is JSON, deterministic and
// without times:
//
//	{
//	 "format": 1,
//	 "tool": "demarc 1.2.3",
//	 "kind": "wiki github",
//	 "folders": ["a"],
//	 "units": {
//	  "a": {
//	   "key": "…",
//	   "note": "<base64>",
//	   "files": {"a/index.html": "<SHA-256, hex>"}
//	  }
//	 }
//	}
//
// "kind" is left out for a site. "folders" are those that a build made and may therefore remove.
type manifest struct {
	tool    string
	kind    string
	folders []string // sorted
	units   map[string]unitRecord
	files   map[string]digest // of all units
	data    []byte            // as on disk
}

type unitRecord struct {
	key   string
	note  []byte
	files map[string]digest
}

const manifestFormat = 1

type manifestJSON struct {
	Format  int                 `json:"format"`
	Tool    string              `json:"tool"`
	Kind    string              `json:"kind,omitempty"`
	Folders []string            `json:"folders"`
	Units   map[string]unitJSON `json:"units"`
}

type unitJSON struct {
	Key   string            `json:"key"`
	Note  []byte            `json:"note"`
	Files map[string]string `json:"files"`
}

// readManifest returns the manifest of that name in root, nil if there is none.
func readManifest(root *os.Root, name string) (*manifest, error) {
	data, err := root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		var m *manifest
		if m, err = parseManifest(data); err == nil {
			return m, nil
		}
		if bytes.Contains(data, []byte("\n<<<<<<< ")) {
			return nil, fmt.Errorf("%s/%s holds two versions, from a merge; keep either of them, then run it again", root.Name(), name)
		}
	}
	return nil, fmt.Errorf("%s/%s does not say what the last build wrote: %w; delete the folder if nothing in it is yours, or else this file alone, then run it again", root.Name(), name, err)
}

// ManifestFiles returns the files that a manifest lists, sorted; none if it cannot
// be read.
func ManifestFiles(data []byte) []string {
	m, err := parseManifest(data)
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(m.files))
}

// parseManifest checks data as it reads it: a manifest may have been edited,
// or come with a folder that somebody else made.
func parseManifest(data []byte) (*manifest, error) {
	var doc manifestJSON
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if doc.Format != manifestFormat {
		return nil, fmt.Errorf("its format is %d, and this version of demarc reads format %d", doc.Format, manifestFormat)
	}
	m := &manifest{
		tool:    doc.Tool,
		kind:    doc.Kind,
		folders: doc.Folders,
		units:   make(map[string]unitRecord, len(doc.Units)),
		files:   map[string]digest{},
		data:    data,
	}
	for _, name := range doc.Folders {
		if err := checkPath(name); err != nil {
			return nil, err
		}
	}
	for name, unit := range doc.Units {
		u := unitRecord{unit.Key, unit.Note, make(map[string]digest, len(unit.Files))}
		for path, text := range unit.Files {
			if err := checkPath(path); err != nil {
				return nil, err
			}
			sum, err := parseDigest(text)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", path, err)
			}
			u.files[path] = sum
			m.files[path] = sum
		}
		m.units[name] = u
	}
	return m, nil
}

func parseDigest(text string) (sum digest, err error) {
	if len(text) != hex.EncodedLen(len(sum)) {
		return sum, errors.New("not a SHA-256")
	}
	_, err = hex.Decode(sum[:], []byte(text))
	return sum, err
}

// encode sets m.data.
func (m *manifest) encode() error {
	doc := manifestJSON{
		Format:  manifestFormat,
		Tool:    m.tool,
		Kind:    m.kind,
		Folders: m.folders,
		Units:   make(map[string]unitJSON, len(m.units)),
	}
	for name, u := range m.units {
		unit := unitJSON{u.key, u.note, make(map[string]string, len(u.files))}
		for path, sum := range u.files {
			unit.Files[path] = hex.EncodeToString(sum[:])
		}
		doc.Units[name] = unit
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(doc)
	m.data = b.Bytes()
	return err
}

// manifest returns the manifest of this build. With w.mu held.
func (w *Writer) manifest() (*manifest, error) {
	m := &manifest{tool: w.tool, kind: w.kind, folders: []string{}, units: make(map[string]unitRecord, len(w.units))}
	for name, r := range w.units {
		m.units[name] = unitRecord{r.key, r.note, map[string]digest{}}
	}
	parents := map[string]bool{}
	for name, f := range w.files {
		u, ok := m.units[f.unit]
		if !ok {
			u.files = map[string]digest{}
			m.units[f.unit] = u
		}
		u.files[name] = f.sum
		for dir := path.Dir(name); dir != "." && !parents[dir]; dir = path.Dir(dir) {
			parents[dir] = true
		}
	}
	for _, dir := range w.recordedFolders() {
		if parents[dir] {
			m.folders = append(m.folders, dir)
			delete(parents, dir)
		}
	}
	for dir := range parents {
		if exists, err := w.folder(dir); err != nil {
			return nil, err
		} else if !exists {
			m.folders = append(m.folders, dir)
		}
	}
	slices.Sort(m.folders)
	return m, m.encode()
}

// recordedFolders returns the folders that earlier builds made, sorted.
func (w *Writer) recordedFolders() []string {
	folders := slices.Clone(w.last.folders)
	if w.cut != nil {
		folders = append(folders, w.cut.folders...)
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}
