// Package html makes pages of the Markdown documents.
//
// A document goes in; a whole HTML page comes out. goldmark parses the
// Markdown; what a page adds (sections, stable anchors, role badges, boxes to
// tick, captions and row headers) is worked into the syntax tree by functions
// that recognise the structure described in package render. The frame around
// the page's body is the html/template page.html.tmpl.
package html

import (
	"bytes"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"github.com/yuin/goldmark/text"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// TemplateDir is where the templates of pages are, in the file system handed
// to [Parse] and in findings.
const TemplateDir = "templates/html"

const frameName = "page.html.tmpl"

// Site is what all pages share.
type Site struct {
	Title      string
	Nav        []render.Kind     // its own documents that every page links to
	Repository *model.Repository // where its files are kept; nil if unknown
}

// Model is what pages of a model know beyond its documents.
type Model struct {
	Facts *index.Facts
	Files []string // of the model, as in findings; nil if they cannot be edited
}

// Pages makes pages. It is safe for concurrent use.
type Pages struct {
	frame *template.Template
	site  Site
}

// Parse reads the frame of all pages from fsys. It returns nil and findings if
// the template cannot be parsed.
func Parse(fsys fs.FS, site Site) (*Pages, []diag.Finding, error) {
	text, err := fs.ReadFile(fsys, frameName)
	if err != nil {
		return nil, nil, err
	}
	frame, err := template.New(frameName).Parse(string(text))
	if err != nil {
		return nil, []diag.Finding{render.TemplateFinding(err, TemplateDir)}, nil
	}
	return &Pages{frame, site}, nil, nil
}

// Page is what the frame sees.
type Page struct {
	Site        string
	Title       string
	Description string
	Kind        render.Kind
	Root        string // relative path to the output folder: "" or "../", "../../"
	Markdown    string // link to the document this page was made from
	Crumbs      []Link // from the home page down to the page's parent
	Nav         []Link // the site's own documents
	Tabs        []Link // the documents of the page's model
	Previous    *Link  // the tab before this one
	Next        *Link  // the tab after this one
	Contents    []Entry
	Scripts     []string // of this kind of page, besides those of every page
	Model       string   // id of the page's model, or ""
	ModelTitle  string
	Names       string     // JSON: names of parties and topics, see index.Facts
	Reviewed    model.Date // of the page's model
	Edition     string     // of the page's model, for the margin on paper, or ""
	Edit        string     // where the page's data can be edited, or ""
	Body        template.HTML
}

// Link is a link in the frame.
type Link struct {
	Name    string
	Href    string
	Current bool // leads to this page
}

// Entry is an entry of the table of contents.
type Entry struct {
	Level int // 2 or 3
	Name  string
	ID    string
}

// Path returns where the page of a document is, below the output folder.
func Path(doc render.Document) string { return pagePath(doc.Path) }

func pagePath(markdownPath string) string { return strings.TrimSuffix(markdownPath, ".md") + ".html" }

// scripts are those of one kind of page.
var scripts = map[render.Kind][]string{
	render.RACI:      {"filter.js"},
	render.Checklist: {"state.js", "filter.js", "checklist.js"},
}

// Page makes the page of a document; m is nil for one that belongs to no model.
func (p *Pages) Page(doc render.Document, m *Model) ([]byte, []diag.Finding) {
	var facts *index.Facts
	if m != nil {
		facts = m.Facts
	}
	body, contents := convert(doc, facts)
	root := strings.Repeat("../", strings.Count(doc.Path, "/"))
	page := Page{
		Site: p.site.Title, Title: doc.Title, Description: doc.Description, Kind: doc.Kind, Root: root,
		Markdown: path.Base(doc.Path), Contents: contents, Scripts: scripts[doc.Kind], Body: template.HTML(body),
	}
	for _, kind := range p.site.Nav {
		page.Nav = append(page.Nav, Link{kind.Name(), root + pagePath(kind.SitePath()), kind == doc.Kind})
	}
	if doc.Kind != render.Home {
		page.Crumbs = append(page.Crumbs, Link{Name: "Home", Href: root + "index.html"})
	}
	if parent, ok := map[render.Kind]render.Kind{render.Rule: render.RuleIndex, render.Difference: render.Comparison}[doc.Kind]; ok {
		page.Crumbs = append(page.Crumbs, Link{Name: parent.Name(), Href: root + pagePath(parent.SitePath())})
	}
	if doc.Model != nil {
		page.ofModel(doc)
		if m != nil {
			page.Names = m.Facts.Names
			page.Edit = editLink(p.site.Repository, m.Files, doc.Kind)
		}
	}
	var b bytes.Buffer
	b.Grow(len(body) + 4096)
	if err := p.frame.Execute(&b, page); err != nil {
		return nil, []diag.Finding{render.TemplateFinding(err, TemplateDir)}
	}
	return b.Bytes(), nil
}

// ofModel fills in what pages of a model have.
func (p *Page) ofModel(doc render.Document) {
	p.Model, p.ModelTitle, p.Reviewed = doc.Model.ID, doc.Model.Title, doc.Model.Reviewed
	p.Edition = doc.Model.Edition()
	if doc.Kind != render.Overview {
		p.Crumbs = append(p.Crumbs, Link{Name: doc.Model.Title, Href: pagePath(render.Overview.FileName())})
	}
	for _, kind := range doc.Model.Tabs() {
		p.Tabs = append(p.Tabs, Link{kind.Name(), pagePath(kind.FileName()), kind == doc.Kind})
	}
	for i := range p.Tabs {
		switch {
		case !p.Tabs[i].Current:
			continue
		case i > 0:
			p.Previous = &p.Tabs[i-1]
		}
		if i+1 < len(p.Tabs) {
			p.Next = &p.Tabs[i+1]
		}
	}
}

// convert returns the HTML of a document's body and its table of contents.
func convert(doc render.Document, facts *index.Facts) ([]byte, []Entry) {
	source := doc.Markdown
	root := markdown.Parser.Parse(text.NewReader(source))
	t := transformer{source: source, used: map[string]bool{}, kind: doc.Kind, facts: facts}
	t.document(root)
	var b bytes.Buffer
	b.Grow(2 * len(source))
	// Writing to a buffer does not fail, and neither do our node renderers.
	if err := nodes.Render(&b, source, root); err != nil {
		panic("html: " + err.Error())
	}
	return b.Bytes(), t.contents
}
