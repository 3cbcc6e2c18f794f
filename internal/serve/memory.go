package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/demarc/demarc/internal/build"
)

// file is a file of the site.
type file struct {
	data   []byte
	digest string
}

// unit is what one input of the site made, such as a model.
type unit struct {
	key   string
	note  []byte
	files map[string]file // by path
}

// memory keeps the units of earlier builds, so that a build makes only what
// changed. It keeps those of builds that found errors too: while one model is
// mended, the others need not be made again.
type memory struct {
	units map[string]*unit
}

// run is one build into memory, and a [build.Sink].
type run struct {
	memory *memory

	mu    sync.Mutex
	units map[string]*unit // of this build
	open  map[string]*unit // not done yet
	made  int              // units that were not reused, the site's own apart
}

var _ build.Sink = (*run)(nil)

func (m *memory) begin() *run {
	return &run{memory: m, units: map[string]*unit{}, open: map[string]*unit{}}
}

// Reuse implements [build.Sink].
func (r *run) Reuse(name, key string) ([]byte, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	u := r.memory.units[name]
	if key == "" || u == nil || u.key != key {
		return nil, false
	}
	r.units[name] = u
	return u.note, true
}

// Put implements [build.Sink].
func (r *run) Put(name, path string, data []byte) error {
	sum := sha256.Sum256(data)
	f := file{bytes.Clone(data), hex.EncodeToString(sum[:8])}
	r.mu.Lock()
	defer r.mu.Unlock()
	u := r.open[name]
	if u == nil {
		u = &unit{files: map[string]file{}}
		r.open[name] = u
	}
	if _, twice := u.files[path]; twice {
		return fmt.Errorf("%s is written twice", path)
	}
	u.files[path] = f
	return nil
}

// Done implements [build.Sink].
func (r *run) Done(name, key string, note []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	u := r.open[name]
	if u == nil {
		u = &unit{files: map[string]file{}}
	}
	delete(r.open, name)
	u.key, u.note = key, bytes.Clone(note)
	r.units[name] = u
	if key != "" {
		r.made++
	}
}

// end keeps what the run made. If it is good, what the run did not need is let
// go of, and all files of the site are returned.
func (r *run) end(good bool) map[string]file {
	if !good {
		for name, u := range r.units {
			r.memory.units[name] = u
		}
		return nil
	}
	r.memory.units = r.units
	site := map[string]file{}
	for _, u := range r.units {
		for path, f := range u.files {
			site[path] = f
		}
	}
	return site
}
