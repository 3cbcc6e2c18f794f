// Package syntax reads the files that authors write.
//
// In go the name and the bytes of a YAML or TOML file. Out come one tree, the
// same for both formats, in which each key and each value knows its line and
// column, and findings about what keeps the file from being read. The package
// knows nothing of what the keys mean.
//
// YAML is read as YAML 1.2 has it (yes, no, on and off are text), without what
// TOML lacks: aliases, merge keys, tags, several documents, keys that are no
// text. TOML is version 1.1. Either file is UTF-8, at most [MaxSize] bytes,
// nested at most [MaxDepth] levels deep.
//
// A tree is whole or it is not there: with a finding of severity
// [diag.Error], [Read] returns none, so that no later stage complains of
// something that was only left out here.
package syntax

import (
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
)

// Limits of a file.
const (
	MaxSize  = 8 << 20 // bytes
	MaxDepth = 64      // mappings and lists within each other, the root included
)

// maxFindings bounds what is said about one file; a damaged file can be wrong
// in a million places.
const maxFindings = 1000

// Extensions returns the endings of files that [Read] can read, the preferred
// one first.
func Extensions() []string { return []string{".yaml", ".yml", ".toml"} }

// Kind says what a value is.
type Kind uint8

// Kinds of values. The zero value is Null.
const (
	Null   Kind = iota // nothing was written, or null; TOML has none
	Bool               // true, false
	Number             // an integer or a decimal number, infinity and NaN included
	String             // text; also times and dates with a time, which no key needs
	Date               // a day of the calendar, written YYYY-MM-DD without quotes
	List
	Map
)

var kindNames = [...]string{"nothing", "true or false", "a number", "text", "a date", "a list", "a mapping"}

// String returns the words for a value of this kind, to be used in messages.
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return "an unknown kind"
	}
	return kindNames[k]
}

// Node is a value.
type Node struct {
	Kind Kind

	// Pos is where the value begins. Its Len covers what stands on that line,
	// quotes included. A collection in brackets is as long as its brackets if
	// they close on that line, else 1. Other collections are where their first
	// key or dash is, or, in TOML, their [header].
	Pos diag.Pos

	Text    string  // String: decoded. Null, Bool, Number, Date: as written
	Items   []*Node // of a List
	Entries []Entry // of a Map, in the order of first appearance; keys differ
}

// Entry is a key of a mapping with its value.
type Entry struct {
	Key   string
	Pos   diag.Pos // of the key; Len as written, quotes included
	Value *Node    // never nil
}

// Get returns the value of a key, or nil if n is nil, is no mapping or has no
// such key. It takes time in proportion to the number of entries.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return n.Entries[i].Value
		}
	}
	return nil
}

// Read reads a file, whose name decides the format by its extension and
// appears in all positions. It returns the root, a Map, and what there is to
// say about the file in the order of lines. The root is nil if a finding is an
// error; for a document without content it is an empty Map at 1:1.
//
// The rules of errors are syntax/yaml and syntax/toml (the text is not in that
// format), syntax/extension, syntax/encoding, syntax/control-character,
// syntax/too-large, syntax/too-deep, syntax/many-documents, syntax/merge-key,
// syntax/alias, syntax/duplicate-key, syntax/not-a-mapping, syntax/key and
// syntax/tag; those of advice are text/byte-order-mark and
// text/carriage-return.
func Read(file string, data []byte) (*Node, []diag.Finding) {
	rep := &report{file: file}
	root := read(rep, data)
	diag.Sort(rep.findings)
	if rep.failed {
		return nil, rep.findings
	}
	return root, rep.findings
}

func read(rep *report, data []byte) *Node {
	ext := path.Ext(rep.file)
	if !slices.Contains(Extensions(), ext) {
		rep.error("syntax/extension", diag.Pos{File: rep.file},
			"the format of this file is not known",
			"name it "+strings.Join(Extensions()[:2], ", ")+" or .toml")
		return nil
	}
	text, ok := checkText(rep, ext, data)
	if !ok {
		return nil
	}
	src := newSource(rep.file, text)
	if ext == ".toml" {
		return readTOML(rep, src)
	}
	return readYAML(rep, src)
}

// emptyMap is the root of a document without content.
func emptyMap(file string) *Node {
	return &Node{Kind: Map, Pos: diag.Pos{File: file, Line: 1, Col: 1}}
}
