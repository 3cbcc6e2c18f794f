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
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/render"
)

// TemplateDir is where the templates of pages are, in the file system handed
// to [Parse] and in findings.
const TemplateDir = "templates/html"

const frameName = "page.html.tmpl"

// Pages makes pages. It is safe for concurrent use.
type Pages struct {
	frame *template.Template
	site  string
	nav   []render.Kind
}

// Parse reads the frame of all pages from fsys. Site is the site's title, nav
// those of its own documents that every page links to. It returns nil and
// findings if the template cannot be parsed.
func Parse(fsys fs.FS, site string, nav []render.Kind) (*Pages, []diag.Finding, error) {
	text, err := fs.ReadFile(fsys, frameName)
	if err != nil {
		return nil, nil, err
	}
	frame, err := template.New(frameName).Parse(string(text))
	if err != nil {
		return nil, []diag.Finding{render.TemplateFinding(err, TemplateDir)}, nil
	}
	return &Pages{frame, site, nav}, nil, nil
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
	Contents    []Entry
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

// Page makes the page of a document.
func (p *Pages) Page(doc render.Document) ([]byte, []diag.Finding) {
	body, contents := convert(doc.Markdown)
	root := strings.Repeat("../", strings.Count(doc.Path, "/"))
	page := Page{
		Site: p.site, Title: doc.Title, Description: doc.Description, Kind: doc.Kind, Root: root,
		Markdown: path.Base(doc.Path), Contents: contents, Body: template.HTML(body),
	}
	for _, kind := range p.nav {
		page.Nav = append(page.Nav, Link{kind.Name(), root + pagePath(kind.SitePath()), kind == doc.Kind})
	}
	if doc.Kind != render.Home {
		page.Crumbs = append(page.Crumbs, Link{Name: "Home", Href: root + "index.html"})
	}
	if parent, ok := map[render.Kind]render.Kind{render.Rule: render.RuleIndex, render.Difference: render.Comparison}[doc.Kind]; ok {
		page.Crumbs = append(page.Crumbs, Link{Name: parent.Name(), Href: root + pagePath(parent.SitePath())})
	}
	if doc.Model != nil {
		if doc.Kind != render.Overview {
			page.Crumbs = append(page.Crumbs, Link{Name: doc.Model.Title, Href: pagePath(render.Overview.FileName())})
		}
		for _, kind := range doc.Model.Tabs() {
			page.Tabs = append(page.Tabs, Link{kind.Name(), pagePath(kind.FileName()), kind == doc.Kind})
		}
	}
	var b bytes.Buffer
	b.Grow(len(body) + 4096)
	if err := p.frame.Execute(&b, page); err != nil {
		return nil, []diag.Finding{render.TemplateFinding(err, TemplateDir)}
	}
	return b.Bytes(), nil
}

// convert returns the HTML of a document's body and its table of contents.
func convert(source []byte) ([]byte, []Entry) {
	root := markdown.Parser.Parse(text.NewReader(source))
	t := transformer{source: source, used: map[string]bool{}}
	t.document(root)
	var b bytes.Buffer
	b.Grow(2 * len(source))
	// Writing to a buffer does not fail, and neither do our node renderers.
	if err := nodes.Render(&b, source, root); err != nil {
		panic("html: " + err.Error())
	}
	return b.Bytes(), t.contents
}
