// Package source reads what providers publish.
//
// A document goes in, in one of the formats that such pages come in. Out come
// its statements: table rows, list items, sentences, each with a readable
// stable id, its line, a digest of its text and, in a table of roles, the
// letters as printed. Statements are kept in a lock, without their text, and a
// newer copy of the document is compared with it.
//
// The reader of each format (Markdown, HTML, AsciiDoc, plain text, CSV, TSV,
// XLSX) turns bytes into blocks; everything after that is the same for all.
package source

// BlockKind tells what a block is.
type BlockKind uint8

// The kinds of block.
const (
	Heading   BlockKind = iota + 1 // Level and Text
	Paragraph                      // Text; sentences are cut later
	ListItem                       // Level (1 for the outermost list) and Text, without what is nested in it
	Table                          // Rows
)

// Block is a piece of a document in reading order.
type Block struct {
	Kind  BlockKind
	Level int    // of a heading 1 to 6, of a list item from 1
	Text  string // plain text, white space folded, marks removed
	Line  int    // from 1, in the document as it was handed in; in a sheet, the row
	Rows  []Row  // of a table

	// Flat tells of a table in plain text that its columns were lost: each row,
	// the header too, is one cell that holds the line as it stands.
	Flat bool
}

// Row is a row of a table, with spanned cells repeated in every place that
// they cover, so that cell i of each row stands in column i.
type Row struct {
	Cells  []string // plain text, as Block.Text; role letters keep their marks such as * or footnote signs
	Header bool     // marked as a header by the format
	Line   int
	Width  int // number of cells as written; differs from the table's where a cell is missing or too many
}
