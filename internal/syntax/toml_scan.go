package syntax

import (
	"bytes"

	"github.com/demarc/demarc/internal/diag"
)

// tomlScanner walks through a TOML text once, from front to back, and builds
// its tree but for the kinds and texts of values. It takes any text whatever:
// what is not TOML stops it with a finding.
//
// Its methods stand at s.off, move it behind what they read, and return false
// if they reported an error and the walk is over.
type tomlScanner struct {
	rep   *report
	src   *source
	text  []byte
	off   int
	slab  slab
	keys  map[string]string // each spelling of a key, allocated once
	path  []tomlKey         // the key read last
	items []*Node           // elements of the arrays that are still open
}

// tomlKey is one part of a dotted key.
type tomlKey struct {
	name string
	pos  diag.Pos
}

// scanTOML builds the tree of a text. If it reports an error, what it returns
// is only part of one.
func scanTOML(rep *report, src *source) *Node {
	s := &tomlScanner{
		rep: rep, src: src, text: src.text,
		slab: newSlab(len(src.text)), keys: map[string]string{},
	}
	root := s.newTable(diag.Pos{File: rep.file, Line: 1, Col: 1}, 1)
	s.document(root)
	if len(root.node.Entries) > 0 {
		root.node.Pos = root.node.Entries[0].Pos
	}
	return root.node
}

func (s *tomlScanner) fail(pos diag.Pos, message, hint string, related ...diag.Related) bool {
	s.rep.error("syntax/toml", pos, message, hint, related...)
	return false
}

// here is the position of the next character.
func (s *tomlScanner) here() diag.Pos { return s.src.span(s.off, s.off+1) }

// next returns the next byte, or 0 at the end.
func (s *tomlScanner) next() byte { return s.src.at(s.off) }

func (s *tomlScanner) document(root *tomlTable) {
	table, ok := root, true
	for ok {
		s.skipSpace()
		switch s.next() {
		case 0:
			return
		case '[':
			table, ok = s.header(root)
		default:
			ok = s.keyValue(table)
		}
		ok = ok && s.endOfLine()
	}
}

// header reads [a.b] or [[a.b]] and returns the table it opens.
func (s *tomlScanner) header(root *tomlTable) (*tomlTable, bool) {
	from, closing := s.off, "]"
	if s.src.at(s.off+1) == '[' {
		closing = "]]"
	}
	start := s.src.span(from, from+len(closing))
	s.off += len(closing)
	if !s.keyPath() {
		return nil, false
	}
	if len(s.path) <= MaxDepth && !bytes.HasPrefix(s.text[s.off:], []byte(closing)) {
		return nil, s.fail(s.here(), `"." or `+quote(closing)+" is expected here", "a table begins with a line such as [name]")
	}
	s.off = min(s.off+len(closing), len(s.text))
	start.Len = runes(s.text[from:s.off])
	return s.open(root, start, closing == "]]")
}

// keyValue reads key = value into a table.
func (s *tomlScanner) keyValue(table *tomlTable) bool {
	if !s.keyPath() {
		return false
	}
	table = s.enterAll(table, s.path[:len(s.path)-1])
	if table == nil {
		return false
	}
	key := s.path[len(s.path)-1] // the value may have keys of its own
	if s.next() != '=' {
		return s.fail(s.here(), `"=" is expected after the key`, `write key = "value"; a key with blanks or accents needs quotes`)
	}
	s.off++
	s.skipBlanks()
	value := s.value(table.depth + 1)
	if value == nil {
		return false
	}
	if first := table.find(key.name); first >= 0 {
		s.rep.duplicateKey(key.name, key.pos, table.node.Entries[first].Pos)
	} else {
		table.add(key, value)
	}
	return true
}

// keyPath reads a dotted key into s.path, with the blanks around it. Of a key
// that leads too deep it reads no more than it takes to find out.
func (s *tomlScanner) keyPath() bool {
	s.path = s.path[:0]
	for {
		s.skipBlanks()
		name, pos, ok := s.key()
		if !ok {
			return false
		}
		s.path = append(s.path, tomlKey{name, pos})
		s.skipBlanks()
		if s.next() != '.' || len(s.path) > MaxDepth {
			return true
		}
		s.off++
	}
}

// key reads one part of a key.
func (s *tomlScanner) key() (name string, pos diag.Pos, ok bool) {
	from := s.off
	c := s.next()
	if c == '"' || c == '\'' {
		s.off++
		if !s.shortQuoted(from, c) {
			return "", pos, false
		}
		inner := s.text[from+1 : s.off-1]
		if c == '"' && bytes.IndexByte(inner, '\\') >= 0 {
			inner = unescapeTOML(inner)
		}
		return s.keyName(inner), s.src.span(from, s.off), true
	}
	for isBareKey(s.next()) {
		s.off++
	}
	if s.off == from {
		hint := `a key may have letters, digits, - and _; others need quotes`
		return "", pos, s.fail(s.here(), "a key is expected here", hint)
	}
	return s.keyName(s.text[from:s.off]), s.src.span(from, s.off), true
}

func (s *tomlScanner) keyName(text []byte) string {
	name, ok := s.keys[string(text)]
	if !ok {
		name = string(text)
		s.keys[name] = name
	}
	return name
}

func isBareKey(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// endOfLine moves behind the line feed that ends a statement.
func (s *tomlScanner) endOfLine() bool {
	s.skipBlanks()
	s.skipComment()
	switch s.next() {
	case 0:
		return true
	case '\n':
		s.off++
		return true
	}
	return s.fail(s.src.restOfLine(s.off), "text after the end of the value", "begin a new line, or put the whole value in quotes")
}

func (s *tomlScanner) skipBlanks() {
	for isBlank(s.next()) {
		s.off++
	}
}

// skipComment moves to the end of the line if a comment begins here.
func (s *tomlScanner) skipComment() {
	if s.next() != '#' {
		return
	}
	if n := bytes.IndexByte(s.text[s.off:], '\n'); n >= 0 {
		s.off += n
	} else {
		s.off = len(s.text)
	}
}

// skipSpace moves over blanks, line feeds and comments.
func (s *tomlScanner) skipSpace() {
	for {
		switch s.next() {
		case ' ', '\t', '\n':
			s.off++
		case '#':
			s.skipComment()
		default:
			return
		}
	}
}
