package confluence

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

// property is a row of the page properties.
type property struct {
	name  string
	value []tree.Inline
}

// overviewLabel is the label by which the report on the home page finds the
// overviews of models.
const overviewLabel = "demarc-" + string(render.Overview)

// reportQuery is the query of that report, in CQL.
const reportQuery = `label = "` + overviewLabel + `" and space = currentSpace() and ancestor = currentContent()`

// reportColumns are the properties in that report.
const reportColumns = "Provider, Reviewed, Activities, Items, Sources"

// propertiesID sets our page properties apart from those that people add.
const propertiesID = "demarc"

// contentsLevel is the lowest level of headings in a table of contents.
const contentsLevel = 3

// properties returns the page properties: which model this is, as of when and
// from which sources. Only the overview of a model has them.
func (p *page) properties() []property {
	m := p.doc.Model
	if p.doc.Kind != render.Overview || p.part > 1 || m == nil {
		return nil
	}
	var sources []tree.Inline
	for i, s := range m.Sources {
		if i > 0 {
			sources = append(sources, tree.Break{})
		}
		date := tree.Text(", " + string(cmp.Or(s.Published, s.Retrieved)))
		sources = append(sources, &tree.Link{Text: []tree.Inline{tree.Text(s.Title)}, URL: s.URL}, date)
	}
	text := func(s string) []tree.Inline { return []tree.Inline{tree.Text(s)} }
	return []property{
		{"Model", text(m.Title)},
		{"Provider", text(m.Provider)},
		{"Reviewed", text(string(m.Reviewed))},
		{"Activities", text(strconv.Itoa(m.Activities))},
		{"Items", text(strconv.Itoa(m.Items))},
		{"Sources", sources},
		{"Edition", text(m.Edition())},
	}
}

// contents reports whether the page begins with a table of contents.
func (p *page) contents() bool {
	n := 0
	for _, b := range p.blocks {
		if h, ok := b.(*tree.Heading); ok && h.Level <= contentsLevel {
			n++
		}
	}
	return n > 2
}

// report reports whether the page ends with the report on all models.
func (e *edition) report(p *page) bool {
	return p.doc.Kind == render.Home && p.part == 1 && len(e.site.Models) > 0
}

// reportHeading stands above that report.
var reportHeading = []tree.Block{&tree.Heading{Level: 2, Text: []tree.Inline{tree.Text("Models at a glance")}}}

// otherParts returns what a page says of the other parts of its document: the
// first lists them, the others lead back to it.
func (e *edition) otherParts(p *page) []tree.Block {
	parts := e.parts[p.doc]
	if len(parts) < 2 {
		return nil
	}
	link := func(to *page) *tree.Link {
		l := &tree.Link{Text: []tree.Inline{tree.Text(to.title)}}
		e.direct[l] = to
		return l
	}
	if p.part > 1 {
		return []tree.Block{&tree.Paragraph{Text: []tree.Inline{tree.Text(fmt.Sprintf("Part %d of %d of ", p.part, len(parts))), link(parts[0])}}}
	}
	list := &tree.List{}
	for _, part := range parts[1:] {
		list.Entries = append(list.Entries, &tree.Entry{Blocks: []tree.Block{&tree.Paragraph{Text: []tree.Inline{link(part)}}}})
	}
	return []tree.Block{&tree.Paragraph{Text: []tree.Inline{tree.Text("This page goes on in")}}, list}
}
