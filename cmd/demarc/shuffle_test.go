package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

// shuffled is a file system that lists folders in any order, and takes its
// time to open files, so that work that runs side by side ends in any order.
type shuffled struct {
	fs.FS
	random *random
}

// random is a source of chance that can be used from any goroutine.
type random struct {
	mu sync.Mutex
	*rand.Rand
}

func (s shuffled) Open(name string) (fs.File, error) {
	s.random.mu.Lock()
	pause := s.random.IntN(2000)
	s.random.mu.Unlock()
	time.Sleep(time.Duration(pause) * time.Microsecond)
	return s.FS.Open(name)
}

func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(s.FS, name)
	s.random.mu.Lock()
	defer s.random.mu.Unlock()
	s.random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

// memory is a sink that keeps all it is given.
type memory struct {
	mu    sync.Mutex
	files map[string]string // by unit and path
	units map[string]string // key and note
}

func (m *memory) Reuse(unit, key string) ([]byte, bool) { return nil, false }

func (m *memory) Put(unit, path string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	name := unit + " " + path
	if _, twice := m.files[name]; twice {
		return fmt.Errorf("%s is put twice", name)
	}
	m.files[name] = string(data)
	return nil
}

func (m *memory) Done(unit, key string, note []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.units[unit] = key + " " + string(note)
}

// TestShuffled builds a site while the order in which files are listed and
// read, and the number of cores, changes.
func TestShuffled(t *testing.T) {
	root := fstest.MapFS{
		"demarc.yaml":      {Data: []byte("title: Our clouds\nparameters: {cluster: blue}\n")},
		"site/a.css":       {Data: []byte("a {}")},
		"site/b/c.css":     {Data: []byte("c {}")},
		"site/demarc.css":  {Data: []byte("body {}")},
		"templates/README": {Data: []byte("ours")},
	}
	make := func(cores int, seed uint64) (*memory, build.Result) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		wrap := func(fsys fs.FS) fs.FS { return fsys }
		if seed > 0 {
			r := &random{Rand: rand.New(rand.NewPCG(seed, 0))}
			wrap = func(fsys fs.FS) fs.FS { return shuffled{fsys, r} }
		}
		sink := &memory{files: map[string]string{}, units: map[string]string{}}
		result, err := build.Site(build.Input{
			Root: wrap(root), Content: wrap(content.FS), ContentDir: "content", AsOf: "2026-11-20",
			Builtin: build.Builtin{Content: wrap(content.FS), Templates: wrap(templates.FS), Site: wrap(site.FS), Version: "test"},
		}, sink)
		if err != nil || len(result.Findings) > 0 {
			t.Fatal(err, result.Findings)
		}
		return sink, result
	}
	want, wantResult := make(1, 0)
	if want.files[". b/c.css"] != "c {}" || want.files[". demarc.css"] != "body {}" || len(want.units) != wantResult.Models+1 {
		t.Errorf("%d models, %d units", wantResult.Models, len(want.units))
	}
	for _, cores := range []int{1, 2, 8} {
		for seed := uint64(1); seed <= 2; seed++ {
			got, result := make(cores, seed)
			if diff := cmp.Diff(wantResult, result); diff != "" {
				t.Errorf("%d cores, seed %d: results (-want +got)\n%s", cores, seed, diff)
			}
			if diff := cmp.Diff(want.files, got.files); diff != "" {
				t.Errorf("%d cores, seed %d: files (-want +got)\n%s", cores, seed, diff)
			}
			if diff := cmp.Diff(want.units, got.units); diff != "" {
				t.Errorf("%d cores, seed %d: units (-want +got)\n%s", cores, seed, diff)
			}
		}
	}
}

// TestShuffledFindings checks content that is full of faults in the same way.
func TestShuffledFindings(t *testing.T) {
	fsys := fstest.MapFS{"topics.yaml": {Data: []byte("topics: []")}, "library/x.yaml": {Data: []byte("items: [1]")}}
	for i := range 20 {
		fsys[fmt.Sprintf("p%d/model.yaml", i)] = &fstest.MapFile{Data: []byte("title: The same\ntitel: x\n")}
		fsys[fmt.Sprintf("p%d/model.toml", i)] = &fstest.MapFile{Data: []byte("title = \"The same\"\n")}
		fsys[fmt.Sprintf("p%d/checklist.yml", i)] = &fstest.MapFile{Data: []byte("items:\n  - use: x/y\n")}
		fsys[fmt.Sprintf("p%d/other.yaml", i)] = &fstest.MapFile{Data: []byte("a: b")}
	}
	root := fstest.MapFS{"demarc.yaml": {Data: []byte("title: x")}, "demarc.toml": {Data: []byte("title = 1")}}
	look := func(cores int, seed uint64) build.Result {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		r := &random{Rand: rand.New(rand.NewPCG(seed, 0))}
		result, err := build.Check(build.Input{
			Root: shuffled{root, r}, Content: shuffled{fsys, r}, ContentDir: "content", AsOf: "2026-11-20",
			Builtin: build.Builtin{Templates: templates.FS},
		})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	want := look(1, 1)
	if len(want.Findings) < 100 {
		t.Errorf("only %d findings", len(want.Findings))
	}
	for _, cores := range []int{1, 8} {
		for seed := uint64(2); seed <= 4; seed++ {
			if diff := cmp.Diff(want, look(cores, seed)); diff != "" {
				t.Errorf("%d cores, seed %d (-want +got)\n%s", cores, seed, diff)
			}
		}
	}
}
