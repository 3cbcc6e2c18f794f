package syntax

import "github.com/demarc/demarc/internal/diag"

// tomlTable is a table that later lines may add to. Inline tables and what
// arrays hold are complete where they end, so nothing leads back to them.
type tomlTable struct {
	node    *Node // a Map
	depth   int   // 1 for the root
	index   keyIndex
	subs    []*tomlTable // by index of the entry; nil or missing for values
	defined bool         // it had its [header]
	list    *Node        // the list of [[tables]] of which this is the last
}

// Room for the entries of a table, before its slice has to grow.
const (
	fewTable  = 8
	fewInline = 4
)

func (s *tomlScanner) newTable(pos diag.Pos, depth int) *tomlTable {
	n := s.slab.node()
	n.Kind, n.Pos, n.Entries = Map, pos, s.slab.newEntries(fewTable)
	return &tomlTable{node: n, depth: depth}
}

func (t *tomlTable) find(key string) int { return t.index.find(t.node.Entries, key) }

// add appends an entry and returns its index.
func (t *tomlTable) add(key tomlKey, value *Node) int {
	t.node.Entries = append(t.node.Entries, Entry{Key: key.name, Pos: key.pos, Value: value})
	return len(t.node.Entries) - 1
}

func (t *tomlTable) sub(i int) *tomlTable {
	if i < len(t.subs) {
		return t.subs[i]
	}
	return nil
}

func (t *tomlTable) setSub(i int, sub *tomlTable) {
	for len(t.subs) <= i {
		t.subs = append(t.subs, nil)
	}
	t.subs[i] = sub
}

// enterAll follows the parts of a key that lead to its last. It returns nil if
// they lead too deep.
func (s *tomlScanner) enterAll(t *tomlTable, path []tomlKey) *tomlTable {
	for _, key := range path {
		if t = s.enter(t, key); t == nil {
			return nil
		}
	}
	return t
}

// enter returns the table a key names, or the last of several; it makes one if
// the key is new. For a key that names a value it reports that and returns a
// table apart from the tree, so that the walk can go on.
func (s *tomlScanner) enter(t *tomlTable, key tomlKey) *tomlTable {
	if t.depth == MaxDepth {
		s.rep.tooDeep(key.pos)
		return nil
	}
	i := t.find(key.name)
	if i < 0 {
		sub := s.newTable(key.pos, t.depth+1)
		t.setSub(t.add(key, sub.node), sub)
		return sub
	}
	if sub := t.sub(i); sub != nil {
		return sub
	}
	s.rep.duplicateKey(key.name, key.pos, t.node.Entries[i].Pos)
	return s.newTable(key.pos, t.depth+1)
}

// open returns the table that a header opens, whose key is in s.path. The
// header is at pos; several says that it is one of [[several]].
func (s *tomlScanner) open(root *tomlTable, pos diag.Pos, several bool) (*tomlTable, bool) {
	t := s.enterAll(root, s.path[:len(s.path)-1])
	if t == nil {
		return nil, false
	}
	key := s.path[len(s.path)-1]
	depth := t.depth + 1
	if several {
		depth++
	}
	if depth > MaxDepth {
		s.rep.tooDeep(key.pos)
		return nil, false
	}
	i := t.find(key.name)
	if i < 0 {
		return s.define(t, key, pos, depth, several), true
	}
	sub := t.sub(i)
	switch {
	case sub != nil && several && sub.list != nil:
		next := s.newTable(pos, depth)
		next.list = sub.list
		next.list.Items = append(next.list.Items, next.node)
		t.setSub(i, next)
		return next, true
	case sub != nil && !several && sub.list == nil && !sub.defined:
		sub.defined = true
		sub.node.Pos = pos
		return sub, true
	}
	s.rep.duplicateKey(key.name, key.pos, t.node.Entries[i].Pos)
	return s.newTable(pos, depth), true
}

// define adds the table of a header whose key is new.
func (s *tomlScanner) define(t *tomlTable, key tomlKey, pos diag.Pos, depth int, several bool) *tomlTable {
	sub := s.newTable(pos, depth)
	if several {
		sub.list = s.slab.node()
		*sub.list = Node{Kind: List, Pos: pos, Items: []*Node{sub.node}}
		t.setSub(t.add(key, sub.list), sub)
		return sub
	}
	sub.defined = true
	t.setSub(t.add(key, sub.node), sub)
	return sub
}
