package serve

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing has to happen before a change counts as
	// complete: editors write a file in several steps, tools several files.
	quiet = 40 * time.Millisecond
	// patience is how long a change may go on before it is looked at anyway.
	patience = 500 * time.Millisecond
)

// watcher reports changes of the files that make a site: the settings in the
// root, and everything in the trees, which need not exist yet. Folders are
// watched rather than files, as editors replace a file by renaming another.
type watcher struct {
	Changes chan struct{} // one for changes close in time
	Failed  chan error

	notify *fsnotify.Watcher
	root   string
	trees  []string
	retry  chan struct{}
	done   chan struct{}
}

func newWatcher(root string, trees []string) (*watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{
		Changes: make(chan struct{}, 1), Failed: make(chan error, 1),
		notify: notify, root: filepath.Clean(root), retry: make(chan struct{}, 1), done: make(chan struct{}),
	}
	folders := []string{w.root}
	for _, tree := range trees {
		w.trees = append(w.trees, filepath.Clean(tree))
		folders = append(folders, filepath.Dir(filepath.Clean(tree)))
	}
	slices.Sort(folders)
	for _, dir := range slices.Compact(folders) {
		if err := notify.Add(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(err, notify.Close())
		}
	}
	if err := w.addTrees(); err != nil {
		return nil, errors.Join(err, notify.Close())
	}
	go w.loop()
	return w, nil
}

// Close ends watching.
func (w *watcher) Close() {
	close(w.done)
	_ = w.notify.Close() // nothing is written through it
}

// again reports a change a moment from now, though there was none.
func (w *watcher) again() {
	time.AfterFunc(10*quiet, func() {
		select {
		case w.retry <- struct{}{}:
		default:
		}
	})
}

func (w *watcher) addTrees() error {
	for _, tree := range w.trees {
		if err := w.add(tree); err != nil {
			return err
		}
	}
	return nil
}

// add watches a folder and those in it. What goes while we look is gone.
func (w *watcher) add(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !e.IsDir():
			return nil
		case name != dir && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		}
		if err := w.notify.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// matters reports whether a file may make a difference to the site.
func (w *watcher) matters(name string) bool {
	name = filepath.Clean(name)
	base := filepath.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") {
		return false // what editors leave beside the file they write
	}
	if filepath.Dir(name) == w.root && (base == "demarc.yaml" || base == "demarc.toml") {
		return true
	}
	return slices.ContainsFunc(w.trees, func(tree string) bool {
		rest, err := filepath.Rel(tree, name)
		return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator))
	})
}

// loop turns what happens to files into changes.
func (w *watcher) loop() {
	silence, end := time.NewTimer(quiet), time.NewTimer(patience)
	silence.Stop()
	end.Stop()
	pending := false
	touch := func() {
		silence.Reset(quiet)
		if !pending {
			end.Reset(patience)
		}
		pending = true
	}
	report := func() {
		silence.Stop()
		end.Stop()
		pending = false
		select {
		case w.Changes <- struct{}{}:
		default: // a change is waiting to be looked at already
		}
	}
	for {
		select {
		case <-w.done:
			return
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if event.Op == fsnotify.Chmod || !w.matters(event.Name) {
				continue
			}
			if event.Has(fsnotify.Create) { // it may be a folder, with files in it by now
				w.fail(w.add(event.Name))
			}
			touch()
		case err := <-w.notify.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) { // what was lost may have been a new folder
				w.fail(w.addTrees())
				touch()
			} else {
				w.fail(err)
			}
		case <-w.retry:
			touch()
		case <-silence.C:
			report()
		case <-end.C:
			report()
		}
	}
}

func (w *watcher) fail(err error) {
	if err == nil {
		return
	}
	select {
	case w.Failed <- err:
	default:
	}
}
