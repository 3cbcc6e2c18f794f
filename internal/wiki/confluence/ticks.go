package confluence

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// readTicks notes which items are ticked on the pages as they are now. All
// parts of a document count, as an item may have moved to another.
func (e *edition) readTicks() error {
	if e.Previous == nil {
		return nil
	}
	e.ticked = map[*tree.Document]map[string]bool{}
	for _, d := range e.site.Documents() {
		e.ticked[d] = map[string]bool{}
		for part := 1; ; part++ {
			name := e.newPage(d, part, part, nil).file
			data, err := fs.ReadFile(e.Previous, name)
			if errors.Is(err, fs.ErrNotExist) {
				break
			}
			if err == nil {
				err = e.ticksOf(data, e.ticked[d])
			}
			if err != nil {
				return fmt.Errorf("confluence: previous page %s: %w", name, err)
			}
		}
		e.tellLost(d)
	}
	return nil
}

// tellLost tells of the ticks of a document that have no box any more.
func (e *edition) tellLost(d *tree.Document) {
	if e.Lost == nil {
		return
	}
	for _, id := range slices.Sorted(maps.Keys(e.ticked[d])) {
		if !wiki.Has(d, id) {
			e.Lost(d.Title, id)
		}
	}
}

func (e *edition) ticksOf(data []byte, ticked map[string]bool) error {
	if e.Format == ADF {
		var doc node
		if err := json.Unmarshal(data, &doc); err != nil {
			return fmt.Errorf("this is not the body of a page in ADF: %w", err)
		}
		adfTicks(doc, ticked)
		return nil
	}
	if err := storageTicks(data, ticked); err != nil {
		return fmt.Errorf("this is not the body of a page in storage format: %w", err)
	}
	return nil
}

// storageTicks adds the items of completed tasks. Which item a task stands for
// is what [tree.Entry.ID] says: the first code in it that a link has, else the
// first.
func storageTicks(data []byte, ticked map[string]bool) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Entity = xml.HTMLEntity
	var path []string
	var task found
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if t.Name.Local == "task" {
				task = found{}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
			if t.Name.Local == "task" {
				task.tick(ticked)
			}
		case xml.CharData:
			where := "/" + strings.Join(path, "/") + "/"
			switch {
			case strings.HasSuffix(where, "/task-status/"):
				task.done = strings.TrimSpace(string(t)) == "complete"
			case strings.Contains(where, "/code/"):
				task.see(string(t), strings.Contains(where, "/link/") || strings.Contains(where, "/a/"))
			}
		}
	}
}

// adfTicks adds the items of tasks that are done.
func adfTicks(n node, ticked map[string]bool) {
	if n.Type == "taskItem" || n.Type == "blockTaskItem" {
		task := found{done: n.Attrs["state"] == "DONE"}
		task.seeAll(n.Content)
		task.tick(ticked)
	}
	for _, c := range n.Content {
		adfTicks(c, ticked)
	}
}

// found is what was seen of a task.
type found struct {
	done         bool
	linked, code string // the first code in a link, and the first code
}

func (f *found) see(code string, linked bool) {
	if linked && f.linked == "" {
		f.linked = code
	}
	if f.code == "" {
		f.code = code
	}
}

func (f *found) seeAll(nodes []node) {
	for _, n := range nodes {
		if len(only(n.Marks, "code")) > 0 {
			f.see(n.Text, len(only(n.Marks, "link")) > 0)
		}
		f.seeAll(n.Content)
	}
}

func (f *found) tick(ticked map[string]bool) {
	if id := f.linked; f.done && id != "" {
		ticked[id] = true
	} else if f.done && f.code != "" {
		ticked[f.code] = true
	}
}
