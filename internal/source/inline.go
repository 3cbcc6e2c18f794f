package source

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inlineText returns the text that a piece of inline Markdown shows, white
// space folded: without emphasis, code marks, link targets and HTML tags.
//
// It does what a Markdown library does with emphasis and links, but in time
// proportional to the text whatever the text is; a page is read as it comes.
func inlineText(markdown string) string {
	if !strings.ContainsAny(markdown, "\\`*_~[]<&") {
		return squeeze(markdown)
	}
	p := &inline{src: markdown, drop: make([]bool, len(markdown))}
	p.scan()
	return squeeze(p.text())
}

// inline is a piece of Markdown with what is to be left out of it.
type inline struct {
	src  string
	drop []bool        // bytes that are not shown
	keep [][2]int      // stretches in which nothing stands for anything else: code
	brk  map[int]bool  // places where a tag breaks the line
	runs []run         // runs of emphasis marks that may open
	open []int         // offsets of [ that are not closed
	tick map[int][]int // offsets of runs of backquotes by their length, from the last
}

// run is a run of the same emphasis mark.
type run struct {
	c    byte
	at   int // offset of the first mark that is left
	left int // marks left
}

func (p *inline) scan() {
	p.findTicks()
	for i := 0; i < len(p.src); {
		switch c := p.src[i]; c {
		case '\\':
			i = p.escape(i)
		case '`':
			i = p.code(i)
		case '<':
			i = p.tag(i)
		case '[':
			p.open = append(p.open, i)
			i++
		case ']':
			i = p.link(i)
		case '*', '_', '~':
			i = p.emphasis(i)
		default:
			i++
		}
	}
}

func (p *inline) hide(from, to int) {
	for i := from; i < to; i++ {
		p.drop[i] = true
	}
}

func (p *inline) escape(i int) int {
	if i+1 >= len(p.src) || !isPunct(p.src[i+1]) {
		return i + 1
	}
	p.hide(i, i+1)
	p.keep = append(p.keep, [2]int{i + 1, i + 2})
	return i + 2
}

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// findTicks notes where runs of backquotes are, so that looking for the end of
// a code span costs nothing.
func (p *inline) findTicks() {
	p.tick = map[int][]int{}
	for i := len(p.src) - 1; i >= 0; i-- {
		if p.src[i] != '`' {
			continue
		}
		end := i + 1
		for i > 0 && p.src[i-1] == '`' {
			i--
		}
		p.tick[end-i] = append(p.tick[end-i], i)
	}
}

// code hides the marks of the code span that begins at i, if one does.
func (p *inline) code(i int) int {
	n := runLength(p.src, i)
	later := p.tick[n]
	for len(later) > 0 && later[len(later)-1] <= i {
		later = later[:len(later)-1]
	}
	p.tick[n] = later
	if len(later) == 0 {
		return i + n
	}
	end := later[len(later)-1]
	p.hide(i, i+n)
	p.hide(end, end+n)
	p.keep = append(p.keep, [2]int{i + n, end})
	return end + n
}

func runLength(s string, i int) int {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	return n
}

// maxTag and maxTarget bound how far is looked for the end of a tag and of a
// link's target.
const maxTag, maxTarget = 1 << 10, 2 << 10

// tag hides an HTML tag or comment, or the brackets of an autolink.
func (p *inline) tag(i int) int {
	rest := p.src[i:min(len(p.src), i+maxTag)]
	if strings.HasPrefix(rest, "<!--") {
		end := strings.Index(p.src[i:], "-->")
		if end < 0 {
			return len(p.src)
		}
		p.hide(i, i+end+3)
		return i + end + 3
	}
	end := strings.IndexByte(rest, '>')
	if end < 2 {
		return i + 1
	}
	inner := rest[1:end]
	switch {
	case isLetter(inner[0]) && !strings.ContainsAny(inner, " \t\n<") && strings.ContainsAny(inner, ":@"):
		p.hide(i, i+1)
		p.hide(i+end, i+end+1)
		p.keep = append(p.keep, [2]int{i + 1, i + end})
	case isLetter(inner[0]) || inner[0] == '/' || inner[0] == '!' || inner[0] == '?':
		p.hide(i, i+end+1)
		name := strings.ToLower(strings.Trim(inner, "/ "))
		if name == "br" || name == "p" || name == "li" || strings.HasPrefix(name, "br ") {
			if p.brk == nil {
				p.brk = map[int]bool{}
			}
			p.brk[i] = true
		}
	default:
		return i + 1
	}
	return i + end + 1
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// link hides the marks and the target of the link or image whose text ends at
// i. Brackets without a target are text.
func (p *inline) link(i int) int {
	if len(p.open) == 0 {
		return i + 1
	}
	from := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	end := i + 1
	switch {
	case strings.HasPrefix(p.src[i+1:], "("):
		end = targetEnd(p.src, i+2)
	case strings.HasPrefix(p.src[i+1:], "["):
		if n := strings.IndexByte(p.src[i+1:min(len(p.src), i+maxTag)], ']'); n > 0 {
			end = i + n + 2
		}
	}
	if end <= i+1 {
		return i + 1
	}
	p.hide(from, from+1)
	if from > 0 && p.src[from-1] == '!' {
		p.hide(from-1, from)
	}
	p.hide(i, end)
	return end
}

// targetEnd returns the offset after the bracket that closes a link's target
// and title, or 0.
func targetEnd(s string, from int) int {
	depth, quote := 1, byte(0)
	for i := from; i < min(len(s), from+maxTarget); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (s[i-1] == ' ' || s[i-1] == '\n'):
			quote = c
		case c == '(':
			if depth++; depth > 8 {
				return 0
			}
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// maxOpen bounds how many runs of marks wait for their other end.
const maxOpen = 64

// emphasis pairs the run of marks at i with earlier ones and hides the pairs.
// Which runs can open and close is decided as in CommonMark 6.2.
func (p *inline) emphasis(i int) int {
	c, n := p.src[i], runLength(p.src, i)
	canOpen, canClose := flanking(p.src, i, n)
	left, at := n, i
	if c == '~' && n > 2 {
		return i + n
	}
	for canClose && left > 0 {
		k := len(p.runs) - 1
		for k >= 0 && (p.runs[k].c != c || c == '~' && p.runs[k].left != left) {
			k--
		}
		if k < 0 {
			break
		}
		opener := &p.runs[k]
		used := min(2, left, opener.left)
		opener.left -= used
		p.hide(opener.at+opener.left, opener.at+opener.left+used)
		p.hide(at, at+used)
		left, at = left-used, at+used
		if opener.left > 0 {
			p.runs = p.runs[:k+1]
		} else {
			p.runs = p.runs[:k]
		}
	}
	if canOpen && left > 0 {
		if len(p.runs) == maxOpen {
			p.runs = append(p.runs[:0], p.runs[1:]...)
		}
		p.runs = append(p.runs, run{c, at, left})
	}
	return i + n
}

// flanking reports whether the run of n marks at i can open and close emphasis.
func flanking(s string, i, n int) (canOpen, canClose bool) {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	if i == 0 {
		before = ' '
	}
	if i+n == len(s) {
		after = ' '
	}
	spaceBefore, spaceAfter := unicode.IsSpace(before), unicode.IsSpace(after)
	punctBefore, punctAfter := isMark(before), isMark(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	if s[i] == '_' {
		return left && (!right || punctBefore), right && (!left || punctAfter)
	}
	return left, right
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// text returns what is shown. Character references stand for themselves in
// code.
func (p *inline) text() string {
	var b, plain strings.Builder
	flush := func() {
		b.WriteString(html.UnescapeString(plain.String()))
		plain.Reset()
	}
	keep := p.keep
	for i := 0; i < len(p.src); i++ {
		for len(keep) > 0 && keep[0][1] <= i {
			keep = keep[1:]
		}
		inCode := len(keep) > 0 && keep[0][0] <= i
		switch {
		case p.brk[i]:
			plain.WriteByte(' ')
		case p.drop[i]:
		case inCode:
			flush()
			b.WriteByte(p.src[i])
		default:
			plain.WriteByte(p.src[i])
		}
	}
	flush()
	return b.String()
}
