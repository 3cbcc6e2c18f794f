package paper

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/demarc/demarc/internal/model"
)

// Lengths of the built-in engine, in millimetres; sizes of type in points.
const (
	marginTop    = 16.0
	marginBottom = 18.0

	boxWidth      = 7.0
	ownerWidth    = 24.0
	dateWidth     = 19.0
	evidenceWidth = 34.0
	penHeight     = 11.0 // of a row to write in

	lineHeight = 1.3               // of the type's size
	point      = 25.4 / 72         // in millimetres
	smallType  = 7.5               // points
	textType   = 9.0               // points
	hairline   = 0.2               // millimetres
	boxLine    = 0.4               // millimetres
	boxSide    = 4.0               // millimetres
	padding    = 1.2               // millimetres, in cells
	afterBlock = 2.0               // millimetres
	footRise   = marginBottom - 11 // from the text's end to the foot's baseline
)

// printer lays pieces out on pages. Rows are never split unless they are
// longer than a page.
type printer struct {
	pdf    *fpdf.Fpdf
	left   float64 // the left margin
	height float64 // between the margins
	y      float64 // of the next piece, from the top margin
	fresh  bool    // nothing is on the page yet
}

// printBuiltin prints a checklist's page. Missing are characters that the
// fonts lack.
func printBuiltin(p *page, size Size, day model.Date) (pdf []byte, missing []rune, err error) {
	created, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return nil, nil, fmt.Errorf("the date that counts as today: %w", err)
	}
	f := fpdf.New("P", "mm", map[Size]string{A4: "A4", Letter: "Letter"}[size], "")
	f.SetAutoPageBreak(false, 0)
	// The same input gives the same bytes: no clock, no order of a map. The
	// fonts are copies, as fpdf writes into what it is given.
	f.AddUTF8FontFromBytes("text", "", bytes.Clone(goregular.TTF))
	f.AddUTF8FontFromBytes("bold", "", bytes.Clone(gobold.TTF))
	f.AddUTF8FontFromBytes("mono", "", bytes.Clone(gomono.TTF))
	f.SetCatalogSort(true)
	f.SetCreationDate(created)
	f.SetModificationDate(created)
	f.SetTitle(p.title, true)
	f.SetSubject(p.edition, true)
	f.SetLang("en")
	f.SetCreator(string(bytes.Repeat([]byte("demarc "), 8)), false) // room for seal
	f.AliasNbPages("{pages}")

	pageWidth, pageHeight := f.GetPageSize()
	w := &printer{pdf: f, left: (pageWidth - textWidth) / 2, height: pageHeight - marginTop - marginBottom}
	chars, err := newCharset()
	if err != nil {
		return nil, nil, err
	}
	edition := chars.clean(p.edition)
	f.SetFooterFunc(func() {
		f.SetFont("text", "", smallType)
		number := f.GetStringWidth("Page 00 of 00")
		baseline := pageHeight - marginBottom + footRise
		f.Text(w.left, baseline, cut(f, edition, textWidth-number-5))
		f.Text(w.left+textWidth-number, baseline, fmt.Sprintf("Page %d of {pages}", f.PageNo()))
	})
	w.newPage()
	w.place(flow(p.root, w.measure, chars))
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		return nil, nil, errors.Join(errors.New("the built-in engine could not print"), err)
	}
	return b.Bytes(), chars.missing, nil
}

// cut returns as much of a text as fits a width.
func cut(f *fpdf.Fpdf, text string, width float64) string {
	if f.GetStringWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && f.GetStringWidth(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

func (w *printer) newPage() {
	w.pdf.AddPage()
	w.pdf.SetLineWidth(hairline)
	w.y, w.fresh = 0, true
}

// place puts pieces on pages. Pieces that belong together go to the next page
// together, and a page that begins within a run of rows begins with their
// head.
func (w *printer) place(pieces []*piece) {
	for len(pieces) > 0 {
		n, height := 1, pieces[0].height()
		for pieces[n-1].keep && n < len(pieces) {
			height += pieces[n].height()
			n++
		}
		first := pieces[0]
		if !w.fresh && w.y+height > w.height {
			w.newPage()
			if first.head != nil {
				w.draw(first.head)
			}
		}
		// What does not even fit a page of its own is printed piece by piece,
		// and a piece that does not, line by line.
		for _, p := range pieces[:n] {
			for w.y+p.height() > w.height {
				rest := p.split(w.height - w.y)
				if rest == p { // not a line of it fits
					if w.fresh {
						break
					}
				} else {
					w.draw(p)
					p = rest
				}
				w.newPage()
			}
			w.draw(p)
		}
		pieces = pieces[n:]
	}
}

// draw puts a piece at the top of what is left of the page.
func (w *printer) draw(p *piece) {
	f, x, y := w.pdf, w.left, marginTop+w.y
	height := p.height()
	if w.fresh && p.kind == textPiece {
		y -= p.before
		height -= p.before
	}
	switch p.kind {
	case headPiece, rowPiece:
		w.cells(p, x, y, height)
	case itemPiece:
		w.cells(p, x, y, height)
		f.SetLineWidth(boxLine)
		if !p.rest {
			f.Rect(x+(boxWidth-boxSide)/2, y+padding, boxSide, boxSide, "D")
		}
		f.SetLineWidth(hairline)
	}
	at := y + p.before
	for _, l := range p.lines {
		at += l.height()
		left := x + p.indent
		for _, r := range l.runs {
			f.SetFont(r.font, "", r.size)
			f.Text(left, at-0.28*l.height(), r.text)
			left += f.GetStringWidth(r.text)
		}
	}
	w.y += height
	w.fresh = false
}

// cells draws the lines of a row and the words in its cells.
func (w *printer) cells(p *piece, x, y, height float64) {
	f := w.pdf
	for i, width := range p.columns {
		f.Rect(x, y, width, height, "D")
		if i < len(p.words) {
			f.SetFont("bold", "", smallType)
			f.Text(x+padding, y+padding+smallType*point, p.words[i])
		}
		x += width
	}
}

// measure returns the width of a text in millimetres.
func (w *printer) measure(font string, size float64, text string) float64 {
	w.pdf.SetFont(font, "", size)
	return w.pdf.GetStringWidth(text)
}
