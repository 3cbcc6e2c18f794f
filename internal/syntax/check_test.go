package syntax

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// checkTree checks what holds for whatever Read returns: that it is well
// formed, and that all positions are within the file.
func checkTree(t *testing.T, file string, data []byte, root *Node, findings []diag.Finding) {
	t.Helper()
	c := &treeChecker{t: t, file: file, lines: lineLengths(data)}
	for _, f := range findings {
		if f.Rule == "" || f.Message == "" || f.Severity < diag.Advice || f.Severity > diag.Error {
			t.Errorf("finding lacks something: %+v", f)
		}
		if f.Pos != (diag.Pos{File: file}) {
			c.position("finding "+f.Rule, f.Pos)
		}
		for _, r := range f.Related {
			c.position("related to "+f.Rule, r.Pos)
		}
	}
	if !slices.IsSortedFunc(findings, diag.Finding.Compare) {
		t.Error("findings are not sorted")
	}
	if (root == nil) != (diag.Worst(findings) == diag.Error) {
		t.Errorf("root is nil: %v, worst finding: %v", root == nil, diag.Worst(findings))
	}
	if root != nil {
		if root.Kind != Map {
			t.Errorf("root is %v", root.Kind)
		}
		c.node(root, 1)
	}
}

type treeChecker struct {
	t     *testing.T
	file  string
	lines []int // code points of each line
}

// lineLengths returns the code points of each line, without line ends and byte
// order mark. A last line without text counts only if it is the only one.
func lineLengths(data []byte) []int {
	var lengths []int
	text, length := string(data), 0
	if utf8.ValidString(text) && len(text) >= 3 && text[:3] == "\uFEFF" {
		text = text[3:]
	}
	for i, r := range text {
		switch {
		case r == '\n':
			lengths = append(lengths, length)
			length = 0
		case r == '\r' && i+1 < len(text) && text[i+1] == '\n':
		default:
			length++
		}
	}
	if length > 0 || len(lengths) == 0 {
		lengths = append(lengths, length)
	}
	return lengths
}

func (c *treeChecker) position(what string, pos diag.Pos) {
	c.t.Helper()
	switch {
	case pos.File != c.file:
		c.t.Errorf("%s: in file %q", what, pos.File)
	case pos.Line < 1 || int(pos.Line) > len(c.lines):
		c.t.Errorf("%s: %v: the file has %d lines", what, pos, len(c.lines))
	case pos.Col < 1 || pos.Len < 0 || int(pos.Col-1+pos.Len) > c.lines[pos.Line-1]:
		c.t.Errorf("%s: %v, length %d: the line has %d characters", what, pos, pos.Len, c.lines[pos.Line-1])
	}
}

func (c *treeChecker) node(n *Node, depth int) {
	c.t.Helper()
	c.position(n.Kind.String(), n.Pos)
	collection := n.Kind == List || n.Kind == Map
	switch {
	case n.Kind > Map:
		c.t.Errorf("%v: kind %d", n.Pos, n.Kind)
	case n.Kind != List && n.Items != nil, n.Kind != Map && n.Entries != nil, collection && n.Text != "":
		c.t.Errorf("%v: %v has parts of another kind", n.Pos, n.Kind)
	case collection && depth > MaxDepth:
		c.t.Errorf("%v: depth %d", n.Pos, depth)
	case n.Kind == Bool && n.Text == "", n.Kind == Number && n.Text == "", n.Kind == Date && !isDate(n.Text):
		c.t.Errorf("%v: %v %q", n.Pos, n.Kind, n.Text)
	}
	for _, item := range n.Items {
		c.node(item, depth+1)
	}
	keys := map[string]bool{}
	for _, e := range n.Entries {
		c.position("key", e.Pos)
		if keys[e.Key] {
			c.t.Errorf("%v: key %q stands twice", e.Pos, e.Key)
		}
		keys[e.Key] = true
		c.node(e.Value, depth+1)
	}
}

// plain returns a tree without positions, for comparison.
func plain(n *Node) *Node {
	if n == nil {
		return nil
	}
	out := &Node{Kind: n.Kind, Text: n.Text}
	for _, item := range n.Items {
		out.Items = append(out.Items, plain(item))
	}
	for _, e := range n.Entries {
		out.Entries = append(out.Entries, Entry{Key: e.Key, Value: plain(e.Value)})
	}
	return out
}
