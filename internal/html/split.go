package html

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// The split between the customer, both and others: a table of numbers, in whose
// rows pages draw a bar. The numbers stay where they are, so that the chart can
// be read without seeing it, and the three parts differ in pattern and not only
// in colour.

// splitTitle is the title of the section whose table is that of the split: the
// numbers stand in its second, third and fourth column.
const splitTitle = "Split by topic"

// barLength is how long the longest bar is, in CSS pixels.
const barLength = 160

// split adds the bars.
func (t *transformer) split(table *extast.Table) {
	var bars []*bar
	most := 1
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		head := row.FirstChild()
		if row.Kind() == extast.KindTableHeader || head == nil {
			continue
		}
		b := &bar{}
		sum, cell := 0, head.NextSibling()
		for i := range b.counts {
			if cell == nil {
				return // another table than that of the split
			}
			n, err := strconv.Atoi(t.plain(cell))
			if err != nil || n < 0 {
				return
			}
			b.counts[i] = n
			sum += n
			cell = cell.NextSibling()
		}
		most = max(most, sum)
		bars = append(bars, b)
	}
	at, pattern := 0, ""
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		if row.Kind() == extast.KindTableHeader || row.FirstChild() == nil {
			continue
		}
		if at == 0 {
			pattern = t.unique("bar.hatch") // no heading's anchor has a dot
			bars[at].defines = true
		}
		bars[at].most, bars[at].pattern = most, pattern
		row.FirstChild().AppendChild(row.FirstChild(), bars[at])
		at++
	}
	table.SetAttributeString("class", []byte("split"))
}

// renderBar writes a bar as SVG. It is hidden from screen readers, which have
// the numbers.
func renderBar(w util.BufWriter, n ast.Node, entering bool) {
	if !entering {
		return
	}
	b := n.(*bar)
	total := strconv.Itoa(barLength + 1)
	write(w, `<svg class="bar" width="`, total, `" height="11" viewBox="0 0 `, total, ` 11" aria-hidden="true" focusable="false">`)
	if b.defines {
		write(w, `<defs><pattern id="`, escape(b.pattern), `" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`,
			`<rect width="4" height="4" class="bar-ground"/><rect width="1.5" height="4" class="bar-line"/></pattern></defs>`)
	}
	done := 0
	for i, class := range []string{`"bar-yours"`, `"bar-shared" fill="url(#` + escape(b.pattern) + `)"`, `"bar-others"`} {
		from := barLength * done / b.most
		done += b.counts[i]
		if to := barLength * done / b.most; to > from {
			write(w, `<rect class=`, class, ` x="`, strconv.Itoa(from), `.5" y="0.5" width="`, strconv.Itoa(to-from), `" height="10"/>`)
		}
	}
	write(w, "</svg>")
}
