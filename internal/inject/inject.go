// Package inject keeps generated parts of pages up to date that people write.
//
// The documents of a workspace go in, and the text of a page with marks in it;
// out comes the page with the document that each pair of marks names between
// them. What people ticked and wrote stays, see package carry. Marks that are
// wrong are findings, and the page is left as it is.
package inject

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/carry"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/html"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// Documents are the documents of a workspace, to be found by the names that
// marks give them.
type Documents struct {
	site    *wiki.Site
	dialect *gfm.Dialect
	address string // where the workspace's site is published, ending in a slash; "" if it is not
	byName  map[string]*tree.Document
	names   []string
	anchors map[*tree.Document]map[*tree.Heading]string
}

// New returns documents as they are written for readers of a dialect. Links to
// documents that are not in the same page lead to the site at address, if there
// is one.
func New(docs []render.Document, dialect *gfm.Dialect, address string) *Documents {
	if address != "" {
		address = strings.TrimSuffix(address, "/") + "/"
	}
	d := &Documents{
		site: wiki.New("", docs), dialect: dialect, address: address,
		byName: map[string]*tree.Document{}, anchors: map[*tree.Document]map[*tree.Heading]string{},
	}
	for _, doc := range d.site.Documents() {
		if doc.Kind == render.Difference {
			continue // there are many, none with a name
		}
		name := wiki.RegionName(doc)
		d.names = append(d.names, name)
		d.byName[name] = doc
		d.anchors[doc] = dialect.Anchors(doc)
	}
	return d
}

// Region is what became of one region of a page.
type Region struct {
	carry.Region
	Report carry.Report
}

// Page returns a page with its regions renewed, and what became of each. With
// findings there is neither: the page has to be left alone. The file's name is
// for the findings only.
func (d *Documents) Page(file string, text []byte) ([]byte, []Region, []diag.Finding) {
	if f := encoding(file, text); f != nil {
		return nil, nil, f
	}
	marked, findings := carry.Regions(file, text)
	if len(marked) == 0 && findings == nil {
		findings = []diag.Finding{{
			Rule: "inject/no-region", Severity: diag.Error, Pos: diag.Pos{File: file}, Message: "there are no marks in this file",
			Hint: "put <!-- BEGIN demarc:MODEL:DOCUMENT --> and <!-- END demarc:MODEL:DOCUMENT --> on lines of their own, outside of code blocks",
		}}
	}
	regions := make([]Region, len(marked))
	here := map[*tree.Document]bool{}
	for i, r := range marked {
		regions[i].Region = r
		if doc := d.byName[r.Name]; doc != nil {
			here[doc] = true
		} else {
			findings = append(findings, d.unknown(r))
		}
	}
	if findings != nil {
		diag.Sort(findings)
		return nil, nil, findings
	}
	for i := len(marked) - 1; i >= 0; i-- { // from the last, as offsets before it stay
		doc := d.byName[marked[i].Name]
		body := d.dialect.Write(doc, func(to tree.Target) string { return d.link(to, here) })
		text, regions[i].Report = carry.Fill(text, marked[i], body)
	}
	return text, regions, nil
}

// link returns where a link leads: to a heading of the same page, or to the
// published site. Failing both it is "", and only the link's text is written.
func (d *Documents) link(to tree.Target, here map[*tree.Document]bool) string {
	doc, heading := d.site.Find(to)
	if here[doc] {
		if headings := doc.Headings(); heading == nil && len(headings) > 0 {
			heading = headings[0]
		}
		if heading != nil {
			return "#" + d.anchors[doc][heading]
		}
	}
	if d.address == "" {
		return ""
	}
	url := d.address + html.Path(render.Document{Path: to.Path})
	switch {
	case to.ID != "":
		url += "#" + to.ID
	case to.Heading != "":
		url += "#" + to.Heading
	}
	return url
}

// unknown reports a mark that names no document.
func (d *Documents) unknown(r carry.Region) diag.Finding {
	hint := diag.DidYouMean(r.Name, d.names, "name it as model:document; demarc build lists the models on its home page")
	model, _, _ := strings.Cut(r.Name, ":")
	if kinds := d.kinds(model); kinds != nil && diag.Suggest(r.Name, d.names) == "" {
		hint = model + " has " + strings.Join(kinds, ", ")
	}
	return diag.Finding{
		Rule: "inject/unknown-document", Severity: diag.Error, Pos: r.Pos,
		Message: "there is no document \"" + r.Name + "\"", Hint: hint,
	}
}

// kinds returns the documents of a model, as marks name them behind the model.
func (d *Documents) kinds(model string) []string {
	var kinds []string
	for _, name := range d.names {
		if kind, ok := strings.CutPrefix(name, model+":"); ok {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// encoding reports a file that is not UTF-8.
func encoding(file string, text []byte) []diag.Finding {
	if utf8.Valid(text) {
		return nil
	}
	offset := 0
	for {
		r, size := utf8.DecodeRune(text[offset:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		offset += size
	}
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	return []diag.Finding{{
		Rule: "inject/encoding", Severity: diag.Error,
		Pos: diag.Pos{
			File: file, Line: int32(bytes.Count(text[:offset], []byte("\n"))) + 1,
			Col: int32(utf8.RuneCount(text[start:offset])) + 1, Len: 1,
		},
		Message: "the file is not encoded in UTF-8", Hint: "save it as UTF-8",
	}}
}
