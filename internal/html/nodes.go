package html

import (
	"github.com/yuin/goldmark/ast"
)

// Nodes that pages have and Markdown has not.

var (
	kindSection = ast.NewNodeKind("Section")
	kindRoles   = ast.NewNodeKind("Roles")
	kindWord    = ast.NewNodeKind("Word")
	kindMarks   = ast.NewNodeKind("Marks")
	kindLabel   = ast.NewNodeKind("Label")
	kindAnchor  = ast.NewNodeKind("Anchor")
	kindBar     = ast.NewNodeKind("Bar")
)

// section holds a heading and everything up to the next of its level.
type section struct {
	ast.BaseBlock
	level int
	id    string // stable identifier, or ""
	title string // plain text of its heading
}

func (*section) Kind() ast.NodeKind { return kindSection }

// Dump implements ast.Node.
func (n *section) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// inline is what all inline nodes below share.
type inline struct{ ast.BaseInline }

// roles is a cell's role letters.
type roles struct {
	inline
	letters string // without separators
}

func (*roles) Kind() ast.NodeKind { return kindRoles }

// Dump implements ast.Node.
func (n *roles) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// word is a word of the legend that stands alone in a cell: a basis, or "-".
type word struct {
	inline
	text string
}

func (*word) Kind() ast.NodeKind { return kindWord }

// Dump implements ast.Node.
func (n *word) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// marks are the emphasised words behind an item.
type marks struct {
	inline
	words []string
}

func (*marks) Kind() ast.NodeKind { return kindMarks }

// Dump implements ast.Node.
func (n *marks) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// label is the text of a box to tick.
type label struct {
	inline
	box string // id of the box
}

func (*label) Kind() ast.NodeKind { return kindLabel }

// Dump implements ast.Node.
func (n *label) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// anchor is a stable identifier, shown as a link to itself.
type anchor struct {
	inline
	id string
}

func (*anchor) Kind() ast.NodeKind { return kindAnchor }

// Dump implements ast.Node.
func (n *anchor) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// bar draws one row of the split between the customer and others.
type bar struct {
	inline
	counts  [3]int // the customer's, shared, others'
	most    int    // the largest sum of a row, which is as long as a bar gets
	pattern string // id of the pattern of what is shared
	defines bool   // the first bar of a table defines that pattern
}

func (*bar) Kind() ast.NodeKind { return kindBar }

// Dump implements ast.Node.
func (n *bar) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
