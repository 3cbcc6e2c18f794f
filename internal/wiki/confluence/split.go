package confluence

import "github.com/demarc/demarc/internal/tree"

// unit is blocks that stay together: headings with the block below them, or a
// row or an entry of a table or list that is long.
type unit struct {
	level  int // of its first heading, noHeading for none
	blocks []tree.Block
	size   int
	whole  tree.Block // the table or list that the last block is a piece of; nil for none
}

// noHeading is a level below that of all headings.
const noHeading = 7

// splitter is the state of [split].
type splitter struct {
	limit int // of the part being made
	size  func([]tree.Block) int
}

// split divides blocks into parts of at most limit, the first of at most first,
// as size measures them; what cannot be divided stays longer. It prefers to begin
// a part with a heading, the higher the better, and divides tables and lists
// between rows and entries only if they are long; the pieces of a table have its
// head. A part that begins below headings of an earlier part repeats these,
// without identifier and slug: they are there to be read, links lead to the first.
func split(blocks []tree.Block, first, limit int, size func([]tree.Block) int) [][]tree.Block {
	s := &splitter{limit, size}
	units := s.units(blocks)
	s.limit = first
	var parts [][]tree.Block
	var above []*tree.Heading // open where the part begins
	for len(units) > 0 {
		lead := repeated(above, units[0].level)
		n := s.fit(units, size(lead))
		parts = append(parts, append(lead, join(units[:n])...))
		for _, u := range units[:n] {
			above = open(above, u.blocks)
		}
		units, s.limit = units[n:], limit
	}
	return parts
}

// fit returns how many units go into a part: all if they fit, else as many as
// leave it at least half full and let the next begin with the highest heading.
func (s *splitter) fit(units []unit, used int) int {
	best, level := 0, noHeading+1
	for i, u := range units {
		if i > 0 && (used > s.limit/2 || used+u.size > s.limit) && u.level <= level {
			best, level = i, u.level
		}
		if used += u.size; used > s.limit && i > 0 {
			return best
		}
	}
	return len(units)
}

// units takes blocks apart.
func (s *splitter) units(blocks []tree.Block) []unit {
	var list []unit
	next := unit{level: noHeading}
	for _, b := range blocks {
		if h, ok := b.(*tree.Heading); ok {
			next.level = min(next.level, h.Level)
			next.blocks = append(next.blocks, b)
			continue
		}
		for _, p := range s.pieces(b) {
			next.blocks = append(next.blocks, p)
			next.size = s.size(next.blocks)
			if p != b {
				next.whole = b
			}
			list = append(list, next)
			next = unit{level: noHeading}
		}
	}
	if next.blocks != nil {
		next.size = s.size(next.blocks)
		list = append(list, next)
	}
	return list
}

// pieces returns a table or list that is long as one block for each row or
// entry, any other block as it is.
func (s *splitter) pieces(b tree.Block) []tree.Block {
	var list []tree.Block
	switch b := b.(type) {
	case *tree.Table:
		for _, r := range b.Rows {
			list = append(list, &tree.Table{Head: b.Head, Rows: []*tree.Row{r}})
		}
	case *tree.List:
		for i, e := range b.Entries {
			list = append(list, &tree.List{Ordered: b.Ordered, Start: b.Start + i, Entries: []*tree.Entry{e}})
		}
	}
	if len(list) < 2 || s.size([]tree.Block{b}) <= s.limit/8 {
		return []tree.Block{b}
	}
	return list
}

// join returns the blocks of units, pieces of the same table or list as one.
func join(units []unit) []tree.Block {
	var list []tree.Block
	for i, u := range units {
		if i == 0 || u.whole == nil || units[i-1].whole != u.whole {
			list = append(list, u.blocks...)
			continue
		}
		switch last := list[len(list)-1].(type) {
		case *tree.Table:
			last.Rows = append(last.Rows, u.blocks[0].(*tree.Table).Rows...)
		case *tree.List:
			last.Entries = append(last.Entries, u.blocks[0].(*tree.List).Entries...)
		}
	}
	return list
}

// open returns the headings that are open behind blocks.
func open(above []*tree.Heading, blocks []tree.Block) []*tree.Heading {
	for _, b := range blocks {
		if h, ok := b.(*tree.Heading); ok {
			for len(above) > 0 && above[len(above)-1].Level >= h.Level {
				above = above[:len(above)-1]
			}
			above = append(above[:len(above):len(above)], h)
		}
	}
	return above
}

// repeated returns the headings above a level as they are repeated.
func repeated(above []*tree.Heading, level int) []tree.Block {
	var list []tree.Block
	for _, h := range above {
		if h.Level < level {
			list = append(list, &tree.Heading{Level: h.Level, Text: h.Text})
		}
	}
	return list
}
