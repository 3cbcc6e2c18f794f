package confluence

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/demarc/demarc/internal/wiki"
)

// manifestVersion is that of the manifest's format.
const manifestVersion = 1

// manifest says how pages hang together; docs/wiki-confluence.md describes it.
type manifest struct {
	Version        int             `json:"version"`
	Title          string          `json:"title"`
	Space          string          `json:"space,omitempty"`
	ParentTitle    string          `json:"parentTitle,omitempty"`
	Representation string          `json:"representation"` // as the REST API calls it
	Pages          []manifestEntry `json:"pages"`
}

// manifestEntry is one page. Each stands behind its parent.
type manifestEntry struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Parent  string   `json:"parent,omitempty"` // key
	File    string   `json:"file"`
	Address string   `json:"address,omitempty"` // what links of other pages have for this page's
	Labels  []string `json:"labels"`
	Bytes   int      `json:"bytes"`
	Digest  string   `json:"digest"` // SHA-256 of the file without the ticks of an earlier one
}

// manifest returns the manifest of the pages; files are theirs, in order. Ticks
// do not count for digests: who publishes a page because of them would replace
// it by what it is, and inline comments would be lost.
func (e *edition) manifest(files []wiki.File) (wiki.File, error) {
	ticked := e.ticked
	e.ticked = nil
	m := manifest{manifestVersion, e.site.Title, e.Space, e.Parent, "storage", []manifestEntry{}}
	if e.Format == ADF {
		m.Representation = "atlas_doc_format"
	}
	for i, p := range e.pages {
		data := files[i].Data
		if len(ticked[p.doc]) > 0 {
			data = e.write(p)
		}
		sum := sha256.Sum256(data)
		entry := manifestEntry{Key: p.key, Title: p.title, File: p.file, Labels: p.labels(), Bytes: len(files[i].Data), Digest: hex.EncodeToString(sum[:])}
		if p.parent != nil {
			entry.Parent = p.parent.key
		}
		if e.Format == ADF {
			entry.Address = address(p)
		}
		m.Pages = append(m.Pages, entry)
	}
	data, err := json.MarshalIndent(m, "", "  ")
	return wiki.File{Path: "manifest.json", Data: append(data, '\n')}, err
}
