package syntax

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/demarc/demarc/internal/diag"
)

// convertYAML turns the library's tree into ours and reports what of YAML is
// not supported. Nothing in the result points into the library's tree.
func convertYAML(rep *report, src *source, root *yaml.Node) *Node {
	c := &yamlConverter{rep: rep, src: src, slab: newSlab(len(src.text))}
	return c.node(root, 1)
}

type yamlConverter struct {
	rep  *report
	src  *source
	slab slab
	end  int // offset behind the scalar or bracket last read
}

func (c *yamlConverter) error(rule string, pos diag.Pos, message, hint string) {
	c.rep.error(rule, pos, message, hint)
}

// node converts a value. A collection at depth 1 is the root.
func (c *yamlConverter) node(y *yaml.Node, depth int) *Node {
	n := c.slab.node()
	off := c.src.offset(y.Line-1, y.Column-1)
	c.checkProperties(y, off)
	switch y.Kind {
	case yaml.ScalarNode:
		end := scalarEnd(c.src, y, off)
		n.Pos = c.src.span(off, end)
		n.Kind, n.Text = scalarKind(y), y.Value
		c.end = end
	case yaml.AliasNode:
		n.Pos = c.src.span(off, off+1+len(y.Value))
		c.error("syntax/alias", n.Pos, "alias "+quote("*"+y.Value)+" is not supported",
			"write the value out here; text that begins with * needs quotes")
	case yaml.SequenceNode, yaml.MappingNode:
		n.Kind = List
		if y.Kind == yaml.MappingNode {
			n.Kind = Map
		}
		n.Pos = c.src.span(off, off+1)
		if depth > MaxDepth {
			c.rep.tooDeep(n.Pos)
			return n
		}
		c.end = off + 1
		if n.Kind == List {
			c.list(n, y, depth)
		} else {
			c.mapping(n, y, depth)
		}
		if y.Style&yaml.FlowStyle != 0 {
			c.closeBracket(n, off)
		}
	}
	return n
}

func (c *yamlConverter) list(n *Node, y *yaml.Node, depth int) {
	n.Items = c.slab.newItems(len(y.Content))
	for _, item := range y.Content {
		n.Items = append(n.Items, c.node(item, depth+1))
	}
}

func (c *yamlConverter) mapping(n *Node, y *yaml.Node, depth int) {
	n.Entries = c.slab.newEntries(len(y.Content) / 2)
	var index keyIndex
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		pos, ok := c.key(key, depth)
		value := c.node(y.Content[i+1], depth+1)
		if i == 0 && y.Style&yaml.FlowStyle == 0 {
			n.Pos = pos
		}
		if !ok {
			continue
		}
		if first := index.find(n.Entries, key.Value); first >= 0 {
			c.rep.duplicateKey(key.Value, pos, n.Entries[first].Pos)
			continue
		}
		n.Entries = append(n.Entries, Entry{Key: key.Value, Pos: pos, Value: value})
	}
}

// key checks a key and returns where it is, and whether it can be one.
func (c *yamlConverter) key(y *yaml.Node, depth int) (diag.Pos, bool) {
	node := c.node(y, depth+1)
	pos := node.Pos
	switch {
	case y.Kind == yaml.AliasNode:
		return pos, false
	case y.Kind == yaml.ScalarNode && y.Tag == "!!merge" && y.Style == 0:
		c.error("syntax/merge-key", pos, `merge key "<<" is not supported`, "write the merged keys out here")
	case node.Kind == String:
		return pos, true
	case node.Kind == List || node.Kind == Map:
		c.error("syntax/key", pos, "key is "+node.Kind.String()+", not text",
			"quote text that begins with a bracket")
	case node.Text == "":
		c.error("syntax/key", pos, "key is missing", `write one before ":"`)
	default:
		c.error("syntax/key", pos, "key "+quote(node.Text)+" is "+node.Kind.String()+", not text", "put it in quotes")
	}
	return pos, false
}

// checkProperties reports an anchor or a tag before a value. The library does
// not say where either stands, nor that there was one if it is a lone "!".
func (c *yamlConverter) checkProperties(y *yaml.Node, off int) {
	if y.Anchor != "" {
		at := off + max(0, bytes.Index(c.src.text[off:], []byte("&"+y.Anchor)))
		c.error("syntax/alias", c.src.span(at, at+1+len(y.Anchor)), "anchor "+quote("&"+y.Anchor)+" is not supported",
			"leave it out and write the value out where it is needed; text that begins with & needs quotes")
	}
	tagged := y.Style&yaml.TaggedStyle != 0
	if !tagged && c.src.at(off) == '!' {
		// A block mapping begins where its first key does, tag of the key included.
		tagged = y.Kind != yaml.MappingNode || y.Style&yaml.FlowStyle != 0 ||
			y.Content[0].Line != y.Line || y.Content[0].Column != y.Column
	}
	if !tagged {
		return
	}
	at := off + max(0, bytes.IndexByte(c.src.text[off:], '!'))
	end := c.src.wordEnd(at)
	hint := hintTag
	if y.Tag == "!!str" {
		hint = "put the value in quotes instead"
	}
	c.error("syntax/tag", c.src.span(at, end), "tag "+quote(string(c.src.text[at:end]))+" is not supported", hint)
}

// closeBracket sets the length of a collection in brackets that began at an
// offset, if the brackets close on the same line. Between the last value and
// the bracket there are only blanks, commas and the like.
func (c *yamlConverter) closeBracket(n *Node, off int) {
	var closing byte
	switch c.src.at(off) {
	case '[':
		closing = ']'
	case '{':
		closing = '}'
	default: // [key: value] is a mapping without brackets of its own
		if len(n.Entries) > 0 {
			n.Pos = n.Entries[0].Pos
		}
		return
	}
	end := c.src.lineEnd(int(n.Pos.Line) - 1)
	for i := c.end; i < end && c.src.text[i] != '#'; i++ {
		if c.src.text[i] == closing {
			n.Pos.Len = int32(utf8.RuneCount(c.src.text[off : i+1]))
			c.end = i + 1
			return
		}
	}
}

// scalarKind returns what a scalar is. Without quotes, the library has decided
// it by the rules of YAML 1.2, dates and times added.
func scalarKind(y *yaml.Node) Kind {
	if y.Style != 0 {
		return String
	}
	switch y.Tag {
	case "!!null":
		return Null
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		return Number
	case "!!timestamp":
		if isDate(y.Value) {
			return Date
		}
	}
	return String
}

// isDate reports whether text is a day of the calendar, written YYYY-MM-DD.
func isDate(text string) bool {
	if len(text) != len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// scalarEnd returns the offset behind a scalar that begins at an offset. For
// text over several lines it may be anywhere behind the first of them, or, if
// it is plain or in a block, at the end of what stands on that line.
func scalarEnd(src *source, y *yaml.Node, off int) int {
	text := src.text[off:]
	switch {
	case y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return off + quotedLen(text)
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		n := 1 // | or >, and how to treat line breaks and indentation
		for n < len(text) && strings.IndexByte("+-0123456789", text[n]) >= 0 {
			n++
		}
		return off + n
	case len(text) >= len(y.Value) && string(text[:len(y.Value)]) == y.Value:
		return off + len(y.Value)
	}
	n := 0
	for n < len(text) && n < len(y.Value) && text[n] == y.Value[n] && text[n] != '\n' {
		n++
	}
	for n > 0 && isBlank(text[n-1]) {
		n--
	}
	return off + n
}

// quotedLen returns the length of the quoted scalar with which text begins, or
// 0 if it does not begin with a quote.
func quotedLen(text []byte) int {
	quote := text[0]
	if quote != '"' && quote != '\'' {
		return 0
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(text)
}
