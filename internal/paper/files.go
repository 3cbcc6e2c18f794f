package paper

import (
	"bytes"
	"path"
	"sync"
)

// files is the [build.Sink] that keeps what a page on paper needs of a site:
// one document, and the style sheets with what they may refer to.
type files struct {
	document string // the path of the document wanted

	mu       sync.Mutex
	markdown []byte
	assets   map[string][]byte
}

// Reuse implements [build.Sink]: there is no earlier build.
func (*files) Reuse(string, string) ([]byte, bool) { return nil, false }

// Done implements [build.Sink].
func (*files) Done(string, string, []byte) {}

// Put implements [build.Sink].
func (f *files) Put(_, name string, data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch path.Ext(name) {
	case ".md":
		if name == f.document {
			f.markdown = bytes.Clone(data)
		}
	case ".html", ".js", ".json":
	default:
		f.assets[name] = bytes.Clone(data)
	}
	return nil
}
