package syntax

import (
	"bytes"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// source is the text of a file, and turns byte offsets into lines and columns
// and back. Both readers ask for places from front to back; a remembered place
// makes that cost each byte once, however long the lines are.
type source struct {
	file   string
	text   []byte
	starts []int32 // offset of the first byte of each line
	near   place
}

// place is one spot of the text, counted from 0. The column counts code points.
type place struct{ line, col, off int }

func newSource(file string, text []byte) *source {
	starts := make([]int32, 1, bytes.Count(text, []byte{'\n'})+1)
	for off := 0; ; {
		n := bytes.IndexByte(text[off:], '\n')
		if n < 0 {
			return &source{file: file, text: text, starts: starts}
		}
		off += n + 1
		starts = append(starts, int32(off))
	}
}

// lineEnd returns the offset at which a line's text ends, without its line feed.
func (s *source) lineEnd(line int) int {
	if line+1 < len(s.starts) {
		return int(s.starts[line+1]) - 1
	}
	return len(s.text)
}

// find returns the place of an offset.
func (s *source) find(off int) place {
	p := s.near
	for off < int(s.starts[p.line]) {
		p = place{line: p.line - 1, off: int(s.starts[p.line-1])}
	}
	for p.line+1 < len(s.starts) && off >= int(s.starts[p.line+1]) {
		p = place{line: p.line + 1, off: int(s.starts[p.line+1])}
	}
	if off < p.off {
		p = place{line: p.line, off: int(s.starts[p.line])}
	}
	p.col += utf8.RuneCount(s.text[p.off:off])
	p.off = off
	s.near = p
	return p
}

// offset returns the offset of a line and column counted from 0. What lies
// behind the end of a line or of the text counts as that end.
func (s *source) offset(line, col int) int {
	if line >= len(s.starts) {
		return len(s.text)
	}
	p := s.near
	if p.line != line || p.col > col {
		p = place{line: line, off: int(s.starts[line])}
	}
	end := s.lineEnd(line)
	for ; p.col < col && p.off < end; p.col++ {
		if s.text[p.off] < utf8.RuneSelf {
			p.off++
			continue
		}
		_, size := utf8.DecodeRune(s.text[p.off:])
		p.off += size
	}
	s.near = p
	return p.off
}

// span returns the position of the text from one offset to another, or to the
// end of the line if that comes first. The end of a text that ends with a line
// feed is the end of its last line: there is nothing to show on the next.
func (s *source) span(from, to int) diag.Pos {
	if from >= len(s.text) {
		from = len(s.text)
		if from > 0 && s.text[from-1] == '\n' {
			from--
		}
	}
	p := s.find(from)
	to = min(to, s.lineEnd(p.line))
	pos := diag.Pos{File: s.file, Line: int32(p.line + 1), Col: int32(p.col + 1)}
	if to > from {
		pos.Len = int32(utf8.RuneCount(s.text[from:to]))
	}
	return pos
}

// restOfLine returns the position of what stands from an offset to the end of
// the line, without the blanks at the end.
func (s *source) restOfLine(from int) diag.Pos {
	pos := s.span(from, from)
	end := s.lineEnd(int(pos.Line) - 1)
	return s.span(from, from+len(bytes.TrimRight(s.text[min(from, end):end], " \t")))
}

// at returns the byte at an offset, or 0 behind the end.
func (s *source) at(off int) byte {
	if off < len(s.text) {
		return s.text[off]
	}
	return 0
}

// char returns the character at an offset, or nothing at the end.
func (s *source) char(off int) string {
	if off >= len(s.text) {
		return ""
	}
	_, size := utf8.DecodeRune(s.text[off:])
	return string(s.text[off : off+size])
}

// startsLine reports whether only blanks stand before an offset on its line.
func (s *source) startsLine(off int) bool {
	line := s.find(off).line
	return len(bytes.TrimLeft(s.text[s.starts[line]:off], " \t")) == 0
}

// wordEnd returns the offset of the next blank or line end.
func (s *source) wordEnd(off int) int {
	if n := bytes.IndexAny(s.text[off:], " \t\n"); n >= 0 {
		return off + n
	}
	return len(s.text)
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' }
