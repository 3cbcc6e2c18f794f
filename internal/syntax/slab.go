package syntax

// slab hands out nodes and slices from larger pieces of memory, since a file
// has thousands of them and their lives end together.
type slab struct {
	piece   int // how many of each to allocate at once
	nodes   []Node
	entries []Entry
	items   []*Node
}

// Pieces are small for small files, and no larger than 32 KiB, from where on
// the allocator rounds to pages.
const (
	minPiece     = 16
	maxPiece     = 256
	bytesPerNode = 24 // roughly, in files of many short values
)

func newSlab(textSize int) slab {
	return slab{piece: min(max(textSize/bytesPerNode, minPiece), maxPiece)}
}

func (s *slab) node() *Node {
	if len(s.nodes) == 0 {
		s.nodes = make([]Node, s.piece)
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	return n
}

// newEntries returns an empty slice with room for n entries.
func (s *slab) newEntries(n int) []Entry {
	if n > s.piece/4 {
		return make([]Entry, 0, n)
	}
	if n > len(s.entries) {
		s.entries = make([]Entry, s.piece)
	}
	e := s.entries[:0:n]
	s.entries = s.entries[n:]
	return e
}

// newItems returns an empty slice with room for n items.
func (s *slab) newItems(n int) []*Node {
	if n > s.piece/4 {
		return make([]*Node, 0, n)
	}
	if n > len(s.items) {
		s.items = make([]*Node, s.piece)
	}
	list := s.items[:0:n]
	s.items = s.items[n:]
	return list
}

// keyIndex finds keys among the entries of one mapping. Few entries are
// compared one by one; for many it keeps a map.
type keyIndex struct{ at map[string]int }

const fewEntries = 12

// find returns the index of the entry with a key, or -1. Entries may only have
// been appended since the last call, each with a key not found before.
func (x *keyIndex) find(entries []Entry, key string) int {
	if len(entries) <= fewEntries {
		for i := range entries {
			if entries[i].Key == key {
				return i
			}
		}
		return -1
	}
	if x.at == nil {
		x.at = make(map[string]int, 2*len(entries))
	}
	for i := len(x.at); i < len(entries); i++ {
		x.at[entries[i].Key] = i
	}
	if i, ok := x.at[key]; ok {
		return i
	}
	return -1
}
