package source

import (
	"bytes"
	"fmt"
)

// Limits of what is read from a document. Pages about responsibilities have a
// few hundred statements; what is far beyond is something else, and would only
// take time and memory.
const (
	maxLines      = 600_000
	maxText       = 1 << 16 // bytes; of a paragraph, a list item or a cell
	maxStatements = 250_000
)

const tooLargeHint = "leave out what is not about responsibilities"

// checkLines reports a text with too many lines.
func checkLines(rep *reporter, data []byte) bool {
	if bytes.Count(data, []byte("\n")) > maxLines {
		rep.error("document/too-large", 0, fmt.Sprintf("the document has more than %d lines", maxLines), tooLargeHint)
		return false
	}
	return true
}

// checkBlocks reports blocks with too much text in them.
func checkBlocks(rep *reporter, blocks []Block) bool {
	for i := range blocks {
		b := &blocks[i]
		long, line := len(b.Text) > maxText, b.Line
		for _, row := range b.Rows {
			for _, cell := range row.Cells {
				if len(cell) > maxText {
					long, line = true, row.Line
				}
			}
		}
		if long {
			rep.error("document/too-large", line, fmt.Sprintf("more than %d KiB of text without a break", maxText>>10), tooLargeHint)
			return false
		}
	}
	return true
}
