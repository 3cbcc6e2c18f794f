package paper

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/demarc/demarc/internal/html"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// frames holds the frame of pages on paper: no navigation, no script, and the
// line for the margin as an attribute of the root, where print.css finds it.
//
//go:embed frame
var frames embed.FS

// page is a document as a page to print.
type page struct {
	title   string
	edition string
	root    *nethtml.Node
}

// newPage makes the page of a Markdown document. The site's title, as far as
// the frame is concerned, is the line for the margin.
func newPage(m *model.Model, kind render.Kind, markdown []byte) (*page, error) {
	p := &page{title: m.Title.Value + ": " + kind.Name(), edition: render.CardOf(m).Edition()}
	frame, err := fs.Sub(frames, "frame")
	if err != nil {
		return nil, err
	}
	pages, findings, err := html.Parse(frame, html.Site{Title: p.edition})
	if err != nil {
		return nil, err
	}
	if findings != nil {
		return nil, fmt.Errorf("the frame of pages on paper: %s", findings[0].Message)
	}
	data, findings := pages.Page(render.Document{Path: kind.FileName(), Kind: kind, Title: p.title, Markdown: markdown}, nil)
	if findings != nil {
		return nil, fmt.Errorf("the frame of pages on paper: %s", findings[0].Message)
	}
	if p.root, err = nethtml.Parse(bytes.NewReader(data)); err != nil {
		return nil, err
	}
	unlink(p.root)
	return p, nil
}

// unlink takes the target from links to other documents of the site: in a PDF
// they would lead to the temporary folder that it was printed in.
func unlink(root *nethtml.Node) {
	for n := range root.Descendants() {
		if n.DataAtom != atom.A {
			continue
		}
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			if a.Key != "href" || strings.HasPrefix(a.Val, "#") || strings.Contains(a.Val, ":") {
				kept = append(kept, a)
			}
		}
		n.Attr = kept
	}
}

// html returns the page as HTML.
func (p *page) html() ([]byte, error) {
	var b bytes.Buffer
	err := nethtml.Render(&b, p.root)
	return b.Bytes(), err
}
