// Package render writes the Markdown documents.
//
// A model goes in, with the templates; out come its documents: overview, RACI
// tables, checklist, runbook, traceability. From the cards of all models come
// the documents of the whole site: home, legend, sources, rules.
//
// The documents are GitHub Flavored Markdown without raw HTML that reads well
// on a forge or in a wiki. Their structure is a contract, because pages and
// other editions recognise it:
//
//   - a heading, table row or task that ends its first text with a code span
//     has that code as its stable identifier;
//   - a link whose text is one code span leads to the thing of that identifier
//     in the target document, and its fragment to the nearest heading;
//   - a table cell of role letters apart by commas holds roles, a cell stated
//     or inferred holds a basis;
//   - emphasised words apart by middle dots are marks of the thing before them;
//   - the entries of an ordered list below a heading with an identifier are its
//     steps, identified by their numbers behind a dot;
//   - a table below the heading "Split by topic" holds numbers to draw as bars.
//
// Templates see typed views only; text escapes itself (see model.Text).
package render

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Kind tells what a document is.
type Kind string

// The documents of a model, in the order of their tabs, then those of a site.
const (
	Overview     Kind = "overview"
	RACI         Kind = "raci"
	Checklist    Kind = "checklist"
	Runbook      Kind = "runbook"
	Traceability Kind = "traceability"
	Questions    Kind = "questions"
	Proof        Kind = "proof"
	Home         Kind = "home"
	Legend       Kind = "legend"
	Comparison   Kind = "comparison"
	Difference   Kind = "difference"
	Sources      Kind = "sources"
	RuleIndex    Kind = "rules"
	Rule         Kind = "rule"
)

// Document is one Markdown document.
type Document struct {
	Path        string // slash-separated, below the output folder, ending in .md
	Kind        Kind
	Title       string // plain text; also the document's first heading
	Description string // plain text, one sentence
	Model       *Card  // the model it belongs to; nil for the site's own
	Markdown    []byte
}

// Templates are the parsed templates of the Markdown edition.
type Templates struct{ set *template.Template }

// TemplateDir is where the templates of the Markdown edition are, in the file
// system handed to [Parse] and in findings.
const TemplateDir = "templates/markdown"

// Parse reads the templates, named after the kind of document they make, from
// *.md.tmpl in fsys. It returns nil and findings if they cannot be parsed.
func Parse(fsys fs.FS) (*Templates, []diag.Finding, error) {
	names, err := fs.Glob(fsys, "*.md.tmpl")
	if err != nil {
		return nil, nil, err
	}
	set := template.New("").Option("missingkey=error").Funcs(functions)
	var findings []diag.Finding
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, err
		}
		if _, err := set.New(name).Parse(string(text)); err != nil {
			findings = append(findings, TemplateFinding(err, TemplateDir))
		}
	}
	if findings != nil {
		return nil, findings, nil
	}
	return &Templates{set}, nil, nil
}

// functions is what templates may call besides the methods of their view.
var functions = template.FuncMap{
	"cell":   func(s any) string { return markdown.Cell(stringOf(s)) },
	"code":   markdown.Code,
	"fence":  markdown.Fence,
	"inc":    func(i int) int { return i + 1 },
	"indent": func(n int, s any) string { return markdown.Indent(n, stringOf(s)) },
	"line":   func(s any) string { return strings.Join(strings.Fields(stringOf(s)), " ") },
	"lower":  strings.ToLower,
	"escape": markdown.Escape,
	"plural": plural,
	"slug":   markdown.Slug,
}

func stringOf(s any) string {
	switch s := s.(type) {
	case string:
		return s
	case model.Prose:
		return s.Value
	case model.Text:
		return s.String()
	}
	return ""
}

// plural returns "1 item" or "3 items".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// write executes the template of a document's kind.
func (t *Templates) write(doc Document, view any) (Document, []diag.Finding) {
	var b bytes.Buffer
	if err := t.set.ExecuteTemplate(&b, string(doc.Kind)+".md.tmpl", view); err != nil {
		return doc, []diag.Finding{TemplateFinding(err, TemplateDir)}
	}
	doc.Markdown = tidy(b.Bytes())
	return doc, nil
}

// tidy drops the blank lines and trailing spaces that templates leave behind:
// one blank line stays between blocks. Code blocks are kept to the letter.
func tidy(text []byte) []byte {
	out := make([]byte, 0, len(text))
	blank := true
	var fence []byte
	for line := range bytes.Lines(text) {
		if fence != nil {
			out = append(out, line...)
			if mark, rest := fenceOf(line); bytes.HasPrefix(mark, fence) && rest == 0 {
				fence = nil
			}
			continue
		}
		trimmed := bytes.TrimRight(line, " \t\n")
		if len(trimmed) == 0 {
			if !blank {
				out = append(out, '\n')
			}
			blank = true
			continue
		}
		fence, _ = fenceOf(trimmed)
		blank = false
		out = append(append(out, trimmed...), '\n')
	}
	return append(bytes.TrimRight(out, "\n"), '\n')
}

// fenceOf returns the fence that a line begins with, nil for none, and how much
// follows it. Behind backquotes there are no others on the line (CommonMark 4.5).
func fenceOf(line []byte) (fence []byte, rest int) {
	line = bytes.TrimSpace(line)
	if len(line) == 0 || line[0] != '`' && line[0] != '~' {
		return nil, 0
	}
	after := bytes.TrimLeft(line, string(line[:1]))
	fence = line[:len(line)-len(after)]
	if len(fence) < 3 || fence[0] == '`' && bytes.IndexByte(after, '`') >= 0 {
		return nil, 0
	}
	return fence, len(after)
}

var executing = regexp.MustCompile(`^executing "[^"]*" `)

var templateError = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]+):(\d+)(?::(\d+))?: (.*)$`)

// TemplateFinding makes a finding of an error of text/template or
// html/template, whose messages begin with name:line:column. Dir is where
// templates are in the workspace.
func TemplateFinding(err error, dir string) diag.Finding {
	f := diag.Finding{
		Rule: "template/error", Severity: diag.Error, Pos: diag.Pos{File: dir}, Message: err.Error(),
		Hint: "the views and functions of templates are described in docs/templates.md",
	}
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.ParseInt(m[2], 10, 32)
		col, _ := strconv.ParseInt(m[3], 10, 32)
		f.Pos = diag.Pos{File: path.Join(dir, m[1]), Line: int32(line), Col: int32(col) + 1}
		f.Message = executing.ReplaceAllString(strings.ReplaceAll(m[4], "\n", " "), "")
	}
	return f
}
