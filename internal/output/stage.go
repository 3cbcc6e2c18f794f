package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// write writes data to a new file of the staging folder and returns its name.
func (w *Writer) write(data []byte) (name string, err error) {
	w.mu.Lock()
	stage, name, err := w.newStaged()
	w.mu.Unlock()
	if err != nil {
		return "", err
	}
	return name, writeNew(stage, name, data)
}

func writeNew(dir *os.Root, name string, data []byte) error {
	f, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, filePerm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// newStaged returns an unused name in the staging folder, which it makes first
// if need be, and with it the folder of the site. With w.mu held.
func (w *Writer) newStaged() (*os.Root, string, error) {
	if err := w.makeRoot(); err != nil {
		return nil, "", err
	}
	if w.stage == nil {
		if err := w.makeStage(); err != nil {
			return nil, "", err
		}
	}
	w.staged++
	return w.stage, strconv.Itoa(w.staged), nil
}

func (w *Writer) makeRoot() error {
	if w.root != nil {
		return nil
	}
	if err := w.makeDir(); err != nil {
		return err
	}
	root, err := os.OpenRoot(w.dir)
	if err != nil {
		return err
	}
	return w.attach(root)
}

// makeDir makes the output folder and notes which folders above it were made
// for it, the innermost first.
func (w *Writer) makeDir() error {
	for dir := filepath.Clean(w.dir); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		w.made = append(w.made, dir)
	}
	return os.MkdirAll(w.dir, folderPerm)
}

// makeStage makes the staging folder, under a name that no crashed run left.
func (w *Writer) makeStage() error {
	for i := 1; ; i++ {
		name := stagePrefix + strconv.Itoa(i)
		err := w.root.Mkdir(name, folderPerm)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		w.stageName = name
		w.stage, err = w.root.OpenRoot(name)
		return err
	}
}

// inStage returns the path of a staged file, from the folder of the site.
func (w *Writer) inStage(name string) string { return w.stageName + "/" + name }

// sweep removes the staging folders of this run and of runs that crashed. What
// cannot be removed is left to the next run: the site is complete without.
func (w *Writer) sweep() {
	w.dropStage()
	if w.root == nil {
		return
	}
	top, err := w.root.Open(".")
	if err != nil {
		return
	}
	defer top.Close()
	names, _ := top.Readdirnames(-1)
	for _, name := range names {
		if strings.HasPrefix(name, stagePrefix) {
			w.root.RemoveAll(name)
		}
	}
}

// dropStage removes the staging folder of this run.
func (w *Writer) dropStage() error {
	if w.stageName == "" {
		return nil
	}
	if w.stage != nil {
		w.stage.Close()
	}
	name := w.stageName
	w.stage, w.stageName = nil, ""
	return w.root.RemoveAll(name)
}

// Abort gives the build up: it removes the staging folder and leaves the last
// build as it is. After Commit or Abort it does nothing, so it can be deferred.
// No Put may be under way.
func (w *Writer) Abort() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.close()
}

// close releases all that w holds, once. With w.mu held.
func (w *Writer) close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	err := w.dropStage()
	if w.lock != nil {
		w.lock.Close()
	}
	if w.root != nil {
		w.root.Close()
	}
	for _, dir := range w.made {
		os.Remove(dir) // fails, as it should, if there is anything in it
	}
	return err
}
