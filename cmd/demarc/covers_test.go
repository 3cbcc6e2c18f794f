package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/syntax"
)

// cover is an entry of the covers of an item.
type cover struct {
	item, activity     string // the item's id, or what it uses
	ofItem, ofActivity int    // how many entries the item has, and how many items have the activity
	line, col, length  int    // where it stands
}

// readCovers returns the entries of all covers of a checklist.
func readCovers(name string, data []byte) ([]cover, error) {
	root, findings := syntax.Read(name, data)
	if root == nil {
		return nil, fmt.Errorf("%s cannot be read: %v", name, findings)
	}
	var covers []cover
	ofActivity := map[string]int{}
	for _, item := range root.Get("items").Items {
		id := item.Get("id")
		if id == nil {
			id = item.Get("use")
		}
		list := item.Get("covers")
		if list == nil {
			continue
		}
		for _, e := range list.Items {
			ofActivity[e.Text]++
			covers = append(covers, cover{
				item: path.Base(id.Text), activity: e.Text, ofItem: len(list.Items),
				line: int(e.Pos.Line), col: int(e.Pos.Col), length: int(e.Pos.Len),
			})
		}
	}
	for i := range covers {
		covers[i].ofActivity = ofActivity[covers[i].activity]
	}
	return covers, nil
}

// cut returns a checklist without this entry, which stands in brackets, and
// without the comma that came with it.
func (c cover) cut(data []byte) []byte {
	lines := bytes.SplitAfter(data, []byte("\n"))
	before := bytes.Join(lines[:c.line-1], nil)
	line := []rune(string(lines[c.line-1]))
	before = append(before, string(line[:c.col-1])...)
	after := append([]byte(string(line[c.col-1+c.length:])), bytes.Join(lines[c.line:], nil)...)
	const blank = " \t\n"
	if rest := bytes.TrimLeft(after, blank); bytes.HasPrefix(rest, []byte(",")) {
		after = rest[1:]
	} else {
		before = bytes.TrimSuffix(bytes.TrimRight(before, blank), []byte(","))
	}
	return append(before, after...)
}

// TestEachCoverCounts takes away each entry of the covers of each built-in
// model in turn. What nothing else covers is reported by name, and nothing
// else is.
func TestEachCoverCounts(t *testing.T) {
	w, findings, err := model.Open(model.Input{Root: content.FS, Content: content.FS, ContentDir: "content"})
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	for _, id := range w.Models {
		t.Run(id, func(t *testing.T) {
			files, findings, err := w.Read(id)
			if err != nil || len(findings) > 0 {
				t.Fatal(err, findings)
			}
			i := slices.IndexFunc(files, func(f model.File) bool {
				match, _ := path.Match("checklist.*", path.Base(f.Name))
				return match
			})
			if i < 0 {
				t.Fatal("the model has no checklist")
			}
			whole := files[i].Data
			covers, err := readCovers(files[i].Name, whole)
			if err != nil {
				t.Fatal(err)
			}
			if len(covers) < 10 {
				t.Errorf("only %d entries of covers", len(covers))
			}
			for _, c := range covers {
				var want []string
				if c.ofActivity == 1 {
					want = append(want, "trace/unmapped-activity "+id+"#"+c.activity)
				}
				if c.ofItem == 1 {
					want = append(want, "trace/orphan-item "+id+"#"+c.item)
				}
				files[i].Data = c.cut(whole)
				m, found := w.Load(id, files)
				locks, _ := coverage.ReadLocks(files)
				var got []string
				for _, f := range append(found, check.Model(m, locks)...) {
					got = append(got, f.Rule+" "+f.Subject)
				}
				slices.Sort(want)
				slices.Sort(got)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("line %d without %s (-want +got)\n%s", c.line, c.activity, diff)
				}
			}
		})
	}
}
