package confluence

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/demarc/demarc/internal/tree"
)

// run is entries of a list that stand side by side: all tasks or none, as
// neither format has lists of both.
type run struct {
	tasks   bool
	start   int // number of the first entry
	entries []*tree.Entry
}

// runs takes a list apart into runs.
func runs(l *tree.List) []run {
	var list []run
	for i, e := range l.Entries {
		if last := len(list) - 1; last < 0 || list[last].tasks != e.Box {
			list = append(list, run{tasks: e.Box, start: l.Start + i})
		}
		last := &list[len(list)-1]
		last.entries = append(last.entries, e)
	}
	return list
}

// lines returns blocks as lines, for where no blocks can be, and the tasks in
// them, which are not among the lines.
func lines(blocks []tree.Block) (list [][]tree.Inline, tasks []*tree.Entry) {
	add := func(blocks []tree.Block) {
		l, t := lines(blocks)
		list, tasks = append(list, l...), append(tasks, t...)
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case *tree.Paragraph:
			list = append(list, b.Text)
		case *tree.Heading:
			list = append(list, []tree.Inline{&tree.Strong{Text: b.Text}})
		case *tree.Code:
			for line := range strings.SplitSeq(b.Text, "\n") {
				list = append(list, []tree.Inline{tree.Span(line)})
			}
		case *tree.Quote:
			add(b.Blocks)
		case *tree.Table:
			for _, r := range b.Rows {
				list = append(list, cellsOnALine(r.Cells))
			}
		case *tree.List:
			for _, e := range b.Entries {
				if e.Box {
					tasks = append(tasks, e)
				} else {
					add(e.Blocks)
				}
			}
		}
	}
	return list, tasks
}

func cellsOnALine(cells []tree.Cell) []tree.Inline {
	var line []tree.Inline
	for i, c := range cells {
		if i > 0 {
			line = append(line, tree.Text(" | "))
		}
		line = append(line, c...)
	}
	return line
}

// joined returns lines with breaks between them.
func joined(list [][]tree.Inline) []tree.Inline {
	var text []tree.Inline
	for i, line := range list {
		if i > 0 {
			text = append(text, tree.Break{})
		}
		text = append(text, line...)
	}
	return text
}

// colours says in what colour a mark is shown: levels by how much hangs on
// them, states by what is left to do, all actions alike. Both formats have
// them, under these names but for grey, which ADF calls neutral.
var colours = map[string]string{
	"required": "Red", "recommended": "Yellow",
	"do": "Blue", "advise": "Blue", "watch": "Blue", "verify": "Blue",
	"done": "Green", "open": "Grey", "not-applicable": "Grey",
	"stated": "Green", "inferred": "Yellow",
}

// colour returns the colour of a mark; names of teams, for instance, are grey.
func colour(mark string) string {
	if c := colours[mark]; c != "" {
		return c
	}
	return "Grey"
}

// areStates reports whether marks are shown as states: all have a text, and one
// is known. Figures apart by middle dots, say, are left as they are.
func areStates(marks tree.Marks) bool {
	return !slices.ContainsFunc(marks, func(m string) bool { return strings.TrimSpace(m) == "" }) &&
		slices.ContainsFunc(marks, func(m string) bool { return colours[m] != "" })
}

// taskName returns what a task is told apart by: the identifier of its item,
// else what it says.
func taskName(e *tree.Entry) string {
	if e.ID != "" {
		return e.ID
	}
	text, _ := lines(e.Blocks)
	return tree.Plain(joined(text))
}

// taskIDs gives tasks numbers that are unique in a page and stay the same when
// tasks come and go, as far as that is possible.
type taskIDs map[uint32]bool

func (t taskIDs) next(name string) uint32 {
	sum := sha256.Sum256([]byte(name))
	id := binary.BigEndian.Uint32(sum[:])>>2 + 1 // fits in 31 bits, also if it is counted up
	for t[id] {
		id++
	}
	t[id] = true
	return id
}

// localID returns a name as the UUID that nodes of ADF are told apart by.
func localID(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:demarc:"+name)).String()
}
