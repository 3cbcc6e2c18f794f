package sheet

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// CSV says how comma-separated values are written. The zero value is what other
// programs read best: commas, no mark, guarded.
type CSV struct {
	Comma rune // between cells; a comma if 0
	BOM   bool // begin with a byte order mark, by which Excel knows UTF-8
	Raw   bool // leave cells as they are, even those a spreadsheet may run; see [Guard]
}

// WriteCSV writes rows as RFC 4180 has it, in UTF-8: lines end with CR LF, and
// a cell stands in double quotes, doubled within, if it holds quotes, a line
// break or a character that some program takes for the separator. Rows may be
// of different lengths. The error is that of w.
func WriteCSV(w io.Writer, rows [][]string, o CSV) error {
	comma := ","
	if o.Comma != 0 {
		comma = string(o.Comma)
	}
	b := bufio.NewWriter(w)
	if o.BOM {
		b.WriteString("\uFEFF")
	}
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(comma)
			}
			if !o.Raw {
				cell = Guard(cell)
			}
			if strings.ContainsAny(cell, "\",;\t\r\n"+comma) || strings.TrimSpace(cell) != cell {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.Flush() // which returns the first error of all writes
}

// formula is what may begin a formula, behind blanks that some program may
// drop and apostrophes, which are there if the text was guarded before.
//
// The characters are those of OWASP, "CSV Injection"
// (https://owasp.org/www-community/attacks/CSV_Injection): = + - @, tabulator,
// carriage return and line feed. The wide forms of the first four are taken
// for them by spreadsheets that are set to an East Asian language.
var formula = regexp.MustCompile(`^'*(?:[\t\r\n]| *[=+\-@＝＋－＠])`)

// number is what a spreadsheet shows as it is written: without a plus sign,
// and without zeros in front, which it would drop.
var number = regexp.MustCompile(`^-(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$`)

// Guard returns text as a cell of a CSV file that no spreadsheet takes for a
// formula: with an apostrophe before it if it may begin one. A plain negative
// number, such as -2.5, is left alone. [Unguard] takes the apostrophe away.
func Guard(text string) string {
	if formula.MatchString(text) && !number.MatchString(text) {
		return "'" + text
	}
	return text
}

// Unguard is the inverse of [Guard]. Text that never was guarded stays as it is
// unless it begins with an apostrophe and then what may be a formula.
func Unguard(text string) string {
	if bare, guarded := strings.CutPrefix(text, "'"); guarded && formula.MatchString(bare) {
		return bare
	}
	return text
}
