package syntax

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// checkText looks at the bytes of a file before any parser does. It returns
// the text without byte order mark and with line feeds only, or false if there
// is no use in going on.
func checkText(rep *report, ext string, data []byte) ([]byte, bool) {
	if len(data) > MaxSize {
		rep.error("syntax/too-large", diag.Pos{File: rep.file},
			fmt.Sprintf("the file is larger than %d MiB", MaxSize>>20), "split it")
		return nil, false
	}
	start := diag.Pos{File: rep.file, Line: 1, Col: 1}
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		rep.error("syntax/encoding", start, "the file is UTF-16, not UTF-8", "save it as UTF-8")
		return nil, false
	}
	text, marked := bytes.CutPrefix(data, []byte("\uFEFF"))
	if marked {
		rep.advise("text/byte-order-mark", start, "the file begins with a byte order mark", "save it as UTF-8 without one")
	}
	if !utf8.Valid(text) {
		reportEncoding(rep, text)
		return nil, false
	}
	if !checkCharacters(rep, text) {
		return nil, false
	}
	if i := bytes.IndexByte(text, '\r'); i >= 0 {
		rep.advise("text/carriage-return", newSource(rep.file, text).span(i, i),
			"lines end with CR LF", "store the file with LF: `*"+ext+" text eol=lf` in .gitattributes")
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	}
	return text, true
}

// reportEncoding reports the first byte that is not UTF-8.
func reportEncoding(rep *report, text []byte) {
	off := 0
	for off < len(text) {
		r, size := utf8.DecodeRune(text[off:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		off += size
	}
	rep.error("syntax/encoding", newSource(rep.file, text).span(off, off+1),
		fmt.Sprintf("byte 0x%02X is not UTF-8", text[off]), "save the file as UTF-8")
}

// suspect tells the bytes with which a character may begin that has no place
// in a file, so that one look at a table passes the others.
var suspect = func() (table [256]bool) {
	for b := range 0x20 {
		table[b] = b != '\t' && b != '\n'
	}
	for _, b := range []byte{0x7F, 0xC2, 0xE2, 0xEF} {
		table[b] = true
	}
	return table
}()

// checkCharacters reports characters that no file may hold: controls, which
// YAML forbids and no editor shows; what YAML would take for the end of a line
// while editors and TOML do not, so that lines would be counted differently;
// and byte order marks within the text. Each such character is reported once.
func checkCharacters(rep *report, text []byte) bool {
	type found struct{ first, count int }
	places := map[rune]*found{}
	var order []rune
	for i, b := range text {
		if !suspect[b] {
			continue
		}
		r, _ := utf8.DecodeRune(text[i:])
		if !forbidden(r) || r == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			continue
		}
		if p := places[r]; p != nil {
			p.count++
			continue
		}
		places[r] = &found{first: i, count: 1}
		order = append(order, r)
	}
	if len(order) == 0 {
		return true
	}
	src := newSource(rep.file, text)
	for _, r := range order {
		p := places[r]
		name, hint := describe(r)
		switch {
		case p.count == 2:
			name += ", here and in one more place"
		case p.count > 2:
			name = fmt.Sprintf("%s, here and in %d more places", name, p.count-1)
		}
		rep.error("syntax/control-character", src.span(p.first, p.first+utf8.RuneLen(r)), name, hint)
	}
	return false
}

// forbidden reports whether a character that begins with a suspect byte has no
// place in a file. A carriage return is in place before a line feed only.
func forbidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0:
		return true
	case r == 0x2028, r == 0x2029, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
		return true
	}
	return false
}

// describe returns what a forbidden character is and what to do about it.
func describe(r rune) (name, hint string) {
	switch r {
	case '\r':
		return "carriage return without a line feed", "end lines with a line feed"
	case 0x85, 0x2028, 0x2029:
		return fmt.Sprintf("line separator U+%04X", r), "break the line in the ordinary way, or remove the character"
	case 0xFEFF:
		return "byte order mark within the text", "remove it"
	}
	return fmt.Sprintf("control character U+%04X", r), "remove it"
}
