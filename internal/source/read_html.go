package source

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Pages are read from the tokens and not from a parsed tree: tokens have a
// place in the file, and a tree for a hostile page can grow to thousands of
// times the size of the page (misnested <b> in many <p>). What the HTML
// standard says of omitted end tags holds for the elements that matter here;
// marks within text, such as <b> and <span>, are not kept as elements at all.

const (
	maxNesting      = 512 // of elements, as browsers have it
	maxTableNesting = 16
	maxColspan      = 1000 // as the standard has it
)

// readHTML reads a page, or a part of one.
//
// It takes the <main> of the page, or else its articles if they are most of it,
// or else everything; never navigation, scripts, struck-out and hidden text,
// and headers, footers and asides only where they belong to an article. What a
// closed tab or <details> holds is read: a reader can open it.
//
// Definitions become list items "term: definition". A table that only places
// things (role=presentation, one cell, or tables inside without headers of its
// own) is read as what it holds. A cell that holds only a picture has its
// alternative text. A footnote sign keeps apart from role letters: R<sup>1</sup>
// is R¹ and R<sup>a</sup> is R[a].
func readHTML(data []byte) ([]Block, error) {
	blocks, err := readPage(data, false)
	if err == nil && len(blocks) == 0 {
		// All of it is navigation, or an element of that is not closed.
		blocks, err = readPage(data, true)
	}
	return blocks, err
}

// page is a page while it is read.
type page struct {
	furniture bool // navigation and such is read too
	line      int  // of the token
	stack     []element
	tags      map[atom.Atom]int // how many elements with this tag are open
	open      [32]int           // how many of this kind
	leaves    []int             // places in the stack of what gives text its kind
	hidden    int               // how many open elements hide what they hold
	flows     []*flow           // the page's, and one for each open table cell
	bold      int               // open <b> and <strong>
	raised    bool              // inside <sup>
	cells     int               // read so far
	budget    int               // cells that tables may still have
}

func readPage(data []byte, furniture bool) ([]Block, error) {
	p := &page{
		furniture: furniture,
		line:      1,
		tags:      map[atom.Atom]int{},
		flows:     []*flow{{}},
		budget:    maxTableCells,
	}
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, refuse(p.line, "%v", err)
			}
			break
		}
		// Before anything else, as reading the token changes it.
		lines, above := bytes.Count(z.Raw(), []byte{'\n'}), linesAbove(z.Raw())
		if kind == html.TextToken {
			p.text(string(z.Text()), p.line+above)
		} else if err := p.tag(z, kind); err != nil {
			return nil, err
		}
		p.line += lines
	}
	if err := p.popTo(0); err != nil {
		return nil, err
	}
	p.endFlow()
	return mainPart(p.flow().blocks), nil
}

// linesAbove returns how many lines stand before what is seen of a text.
func linesAbove(raw []byte) int {
	lines := 0
	for {
		text := bytes.TrimLeft(raw, " \t\n\r\f")
		lines += bytes.Count(raw[:len(raw)-len(text)], []byte{'\n'})
		rest := bytes.TrimPrefix(text, []byte("&nbsp;"))
		if len(rest) == len(text) {
			return lines
		}
		raw = rest
	}
}

func (p *page) tag(z *html.Tokenizer, kind html.TokenType) error {
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := z.TagName()
		tag := atom.Lookup(name)
		if kind == html.SelfClosingTagToken && (tag == atom.Svg || tag == atom.Math || tag == 0) {
			return nil // elsewhere the slash means nothing
		}
		return p.start(tag, readAttributes(z, more))
	case html.EndTagToken:
		name, _ := z.TagName()
		return p.end(atom.Lookup(name))
	}
	return nil
}

// attributes are those of an element that matter here.
type attributes struct {
	role, alt, label string
	hidden, open     bool
	colspan, rowspan int
	level            int
}

func readAttributes(z *html.Tokenizer, more bool) attributes {
	a := attributes{colspan: 1, rowspan: 1, level: 2}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		value := string(v)
		switch string(k) {
		case "role":
			a.role = strings.ToLower(strings.TrimSpace(value))
		case "alt":
			a.alt = value
		case "aria-label", "title":
			a.label = value
		case "open":
			a.open = true
		case "hidden":
			a.hidden = a.hidden || value != "until-found"
		case "aria-hidden":
			a.hidden = a.hidden || value == "true"
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(value), ""))
			a.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		case "colspan":
			a.colspan = min(readSpan(value, 1), maxColspan)
		case "rowspan":
			a.rowspan = readSpan(value, 0)
		case "aria-level":
			a.level = readSpan(value, 1)
		}
	}
	if a.role == "tabpanel" || a.role == "region" {
		a.hidden = false // until a reader opens it
	}
	return a
}

// readSpan reads the number at the start of a text, which is 1 if there is
// none, and large if it is too large to be meant.
func readSpan(value string, least int) int {
	value = strings.TrimSpace(value)
	end := 0
	for end < len(value) && '0' <= value[end] && value[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(value[:end])
	switch {
	case end == 0:
		return 1
	case err != nil || n > maxTableCells:
		return maxTableCells
	}
	return max(n, least)
}

// placed is a block and the part of the page that it stands in.
type placed struct {
	Block
	inMain, inArticle bool
}

// mainPart returns the blocks that make the page what it is.
func mainPart(all []placed) []Block {
	sizes := struct{ all, main, article int }{}
	for _, b := range all {
		size := len(b.Text)
		for _, row := range b.Rows {
			for _, cell := range row.Cells {
				size += len(cell)
			}
		}
		sizes.all += size
		if b.inMain {
			sizes.main += size
		}
		if b.inArticle {
			sizes.article += size
		}
	}
	var blocks []Block
	for _, b := range all {
		switch {
		case sizes.main > 0 && !b.inMain:
		case sizes.main == 0 && sizes.article > sizes.all/2 && !b.inArticle:
		default:
			blocks = append(blocks, b.Block)
		}
	}
	return blocks
}
