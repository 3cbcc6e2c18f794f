package source

// sheetRow is a row of a sheet before it is known what it is.
type sheetRow struct {
	Row
	own int // how many cells have a text of their own, and not that of a merged cell
}

// sheetBlocks tells the table of a sheet from what stands around it. A sheet
// is one table, even where blank rows divide it: the header that counts for
// the second part mostly stands in the first. What has only a first cell, and
// stands before the table or behind a blank row at the end, is text: a title,
// a legend, a footnote. A sheet of one column is text only.
func sheetBlocks(rows []sheetRow) []Block {
	first, last := -1, -1
	for i, row := range rows {
		if !row.lone() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	// Up to the next blank row, rows with one cell belong to the table: they
	// are sections of it, or lack their other cells.
	for last >= 0 && last+1 < len(rows) && rows[last+1].own > 0 {
		last++
	}
	var blocks []Block
	var table []Row
	for i, row := range rows {
		switch {
		case row.own == 0:
		case first < 0 || i < first || i > last:
			blocks = append(blocks, Block{Kind: Paragraph, Text: row.Cells[0], Line: row.Line})
		default:
			table = append(table, row.Row)
		}
		if i == last {
			trimColumns(table)
			blocks = append(blocks, Block{Kind: Table, Line: table[0].Line, Rows: table})
		}
	}
	return blocks
}

// lone reports whether a row has no text, or only one and in the first column.
func (r sheetRow) lone() bool { return r.own == 0 || r.own == 1 && r.Cells[0] != "" }

// trimColumns removes the columns on the left that are empty in all rows:
// many sheets begin with one as a margin.
func trimColumns(rows []Row) {
	margin := -1
	for _, row := range rows {
		n := 0
		for n < len(row.Cells) && row.Cells[n] == "" {
			n++
		}
		if margin < 0 || n < margin {
			margin = n
		}
	}
	for i := range rows {
		rows[i].Cells = rows[i].Cells[margin:]
		rows[i].Width -= margin
	}
}
