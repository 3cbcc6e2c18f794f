// Package revise adds notes to files that people wrote.
//
// A YAML or TOML file goes in with notes for some of its activities or items;
// out comes the same file, to the byte, but for one key review in each of
// them. Nothing is formatted anew, no comment is lost.
package revise

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// key is what notes are written under.
const key = "review"

// Notes adds to each mapping in the named list of the file the note for its
// id. A library item that is used without an id of its own goes by the last
// part of use. A note that stands there already is kept, with the new one
// behind it. It returns the ids for which the file has no mapping.
func Notes(name string, data []byte, list string, notes map[string]string) (revised []byte, missing []string, err error) {
	root, findings := syntax.Read(name, data)
	if root == nil {
		return nil, nil, fmt.Errorf("%s: %s", findings[0].Pos, findings[0].Message)
	}
	left := make(map[string]string, len(notes))
	for id, note := range notes {
		left[id] = note
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	toml := path.Ext(name) == ".toml"
	if entries := root.Get(list); entries != nil {
		for _, n := range slices.Backward(entries.Items) { // so that earlier places stay where they are
			named := identified(n)
			if named == nil {
				continue
			}
			id := named.Value.Text[strings.LastIndex(named.Value.Text, "/")+1:]
			note, ok := left[id]
			if !ok {
				continue
			}
			delete(left, id)
			if old := n.Get(key); old != nil {
				replace(lines, old.Pos, old.Text+"; "+note)
			} else {
				insert(lines, n, *named, note, toml)
			}
		}
	}
	for id := range left {
		missing = append(missing, id)
	}
	slices.Sort(missing)
	return bytes.Join(lines, nil), missing, nil
}

// identified returns the entry that names a mapping: its id or what it uses.
func identified(n *syntax.Node) *syntax.Entry {
	for _, name := range []string{"id", "use"} {
		for i := range n.Entries {
			if n.Entries[i].Key == name {
				return &n.Entries[i]
			}
		}
	}
	return nil
}

// insert adds the key behind the entry: on a line of its own, or within the
// braces of a mapping that is written in such.
func insert(lines [][]byte, n *syntax.Node, after syntax.Entry, note string, toml bool) {
	assign := ": "
	if toml {
		assign = " = "
	}
	line := &lines[after.Value.Pos.Line-1]
	if at := offset(*line, n.Pos.Col); n.Pos.Line == after.Pos.Line && at < len(*line) && (*line)[at] == '{' {
		end := offset(*line, after.Value.Pos.Col+after.Value.Pos.Len)
		*line = slices.Concat((*line)[:end], []byte(", "+key+assign+syntax.Quote(note)), (*line)[end:])
		return
	}
	lead := lines[after.Pos.Line-1]
	lead = lead[:offset(lead, after.Pos.Col)]
	indent := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, string(lead))
	ending := "\n"
	if bytes.HasSuffix(*line, []byte("\r\n")) {
		ending = "\r\n"
	}
	added := indent + key + assign + syntax.Quote(note)
	if bytes.HasSuffix(*line, []byte("\n")) {
		*line = slices.Concat(*line, []byte(added+ending))
	} else { // the last line of a file that does not end in a line break
		*line = slices.Concat(*line, []byte(ending+added))
	}
}

// replace writes another text in the place of one that stands on one line.
func replace(lines [][]byte, at diag.Pos, note string) {
	line := &lines[at.Line-1]
	start, end := offset(*line, at.Col), offset(*line, at.Col+at.Len)
	*line = slices.Concat((*line)[:start], []byte(syntax.Quote(note)), (*line)[end:])
}

// offset returns the byte offset of a column, which counts code points from 1.
func offset(line []byte, col int32) int {
	at := 0
	for ; col > 1 && at < len(line); col-- {
		_, size := utf8.DecodeRune(line[at:])
		at += size
	}
	return at
}
