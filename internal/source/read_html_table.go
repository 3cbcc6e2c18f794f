package source

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// pageTable is a table while it is read.
type pageTable struct {
	line   int
	rows   []pageRow
	groups int
	head   bool // inside <thead>
	layout bool // says that it is no table
}

type pageRow struct {
	line, group int
	head        bool
	cells       []pageCell
}

type pageCell struct {
	spanCell
	header, bold bool
	blocks       []placed // nil if text is all there is
	place        placed   // of the text
}

// implyInTable closes what the start of a part of a table closes, and opens a
// row for a cell that has none.
func (p *page) implyInTable(k elementKind) error {
	table := p.last(kindTable, 0)
	if k == kindTable {
		if table >= 0 && p.last(kindCell|kindCaption, kindTable) < 0 {
			return p.popTo(table) // a table between the cells of another ends that
		}
		return nil
	}
	if table < 0 {
		return nil
	}
	keep := table
	if k&(kindGroup|kindCaption) == 0 {
		keep = max(keep, p.last(kindGroup, kindTable))
	}
	if k&kindCell != 0 {
		keep = max(keep, p.last(kindTr, kindTable))
	}
	if err := p.popTo(keep + 1); err != nil {
		return err
	}
	if k&kindCell != 0 && p.stack[keep].kind != kindTr {
		if err := p.push(element{tag: atom.Tr, kind: kindTr}); err != nil {
			return err
		}
		return p.opened(kindTr, attributes{})
	}
	return nil
}

// openedInTable follows the parts of a table.
func (p *page) openedInTable(k elementKind, a attributes) error {
	if p.open[bitOf(kindTable)] > maxTableNesting {
		return refuse(p.line, "tables are nested more than %d deep", maxTableNesting)
	}
	t := p.stack[p.last(kindTable, 0)].table
	switch {
	case k&kindGroup != 0:
		t.groups++
		t.head = k == kindThead
	case k == kindTr:
		if p.last(kindGroup, kindTable) < 0 {
			t.head = false
		}
		t.rows = append(t.rows, pageRow{line: p.line, group: t.groups, head: t.head})
	case k&kindCell != 0:
		if p.cells++; p.cells > maxTableCells {
			return refuse(p.line, "the tables of this document have more than %d cells", maxTableCells)
		}
		row := &t.rows[len(t.rows)-1]
		row.cells = append(row.cells, pageCell{
			spanCell: spanCell{line: p.line, cols: a.colspan, rows: a.rowspan},
			header:   k == kindTh,
		})
		p.flows = append(p.flows, &flow{base: len(p.stack)})
		p.flow().label(attributes{label: a.label})
		p.bold, p.raised = 0, false
	}
	return nil
}

// endCell puts what was read since the cell began into its row.
func (p *page) endCell() {
	p.endFlow()
	f := p.flow()
	p.flows = p.flows[:len(p.flows)-1]
	p.bold, p.raised = 0, false
	t := p.stack[p.last(kindTable, 0)].table
	row := &t.rows[len(t.rows)-1]
	cell := &row.cells[len(row.cells)-1]
	cell.bold = f.bold && !f.plain
	if len(f.blocks) == 1 && f.blocks[0].Kind == Paragraph {
		cell.place = f.blocks[0]
		cell.text = cell.place.Text
		return
	}
	if cell.blocks, cell.text = f.blocks, joinBlocks(f.blocks); cell.text == "" {
		cell.text = f.labels.String()
	}
}

// joinBlocks returns all text of some blocks.
func joinBlocks(blocks []placed) string {
	var f squeezer
	for _, b := range blocks {
		f.squeeze(" " + b.Text)
		for _, row := range b.Rows {
			f.squeeze(" " + strings.Join(row.Cells, " "))
		}
	}
	return f.String()
}

// endTable makes a block of a table, or passes on what it holds.
func (p *page) endTable(t *pageTable) error {
	if t.isLayout() {
		f := p.flow()
		for _, row := range t.rows {
			for _, cell := range row.cells {
				switch {
				case cell.place.Kind != 0:
					f.blocks = append(f.blocks, cell.place)
				case cell.blocks == nil && cell.text != "":
					p.emit(Block{Kind: Paragraph, Text: cell.text, Line: cell.line})
				default:
					f.blocks = append(f.blocks, cell.blocks...)
				}
			}
		}
		return nil
	}
	t.markHeaders()
	written := make([]spanRow, len(t.rows))
	for i, row := range t.rows {
		written[i] = spanRow{line: row.line, header: row.head, group: row.group, cells: make([]spanCell, len(row.cells))}
		for j, cell := range row.cells {
			written[i].cells[j] = cell.spanCell
		}
	}
	rows, err := layOutCells(written, &p.budget)
	if err == nil && len(rows) > 0 {
		p.emit(Block{Kind: Table, Line: t.line, Rows: rows})
	}
	return err
}

// isLayout reports whether a table only places what it holds.
func (t *pageTable) isLayout() bool {
	cells, tables, headers := 0, 0, 0
	for _, row := range t.rows {
		for _, cell := range row.cells {
			cells++
			if cell.header {
				headers++
			}
			for _, b := range cell.blocks {
				if b.Kind == Table {
					tables++
				}
			}
		}
	}
	return t.layout || cells <= 1 || tables > 0 && headers == 0
}

// markHeaders decides which rows are headers: those in <thead>, those of <th>
// only, and a first row in bold. A single <th> further down is a title between
// the rows, or a row whose other cells are missing.
func (t *pageTable) markHeaders() {
	body := false
	for _, row := range t.rows {
		body = body || !row.head && len(row.cells) > 0
	}
	for i := range t.rows {
		row := &t.rows[i]
		headers, bold, empty := 0, 0, 0
		for _, cell := range row.cells {
			switch {
			case cell.header:
				headers++
			case cell.text == "":
				empty++
			case cell.bold:
				bold++
			}
		}
		n := len(row.cells)
		row.head = row.head && body ||
			headers > 0 && headers == n && (n > 1 || i == 0) ||
			i == 0 && bold > 1 && headers+bold+empty == n
	}
}
