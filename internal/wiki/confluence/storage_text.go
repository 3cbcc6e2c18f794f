package confluence

import (
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
)

func (w *storageWriter) inlines(list []tree.Inline) {
	for _, n := range list {
		switch n := n.(type) {
		case tree.Text:
			w.print(escape(string(n)))
		case tree.Span:
			w.print("<code>", escape(string(n)), "</code>")
		case *tree.Strong:
			w.wrap("<strong>", n.Text, "</strong>")
		case *tree.Emphasis:
			w.wrap("<em>", n.Text, "</em>")
		case *tree.Strike:
			w.wrap(`<span style="text-decoration: line-through;">`, n.Text, "</span>")
		case tree.Marks:
			w.marks(n)
		case *tree.Link:
			w.link(n)
		case tree.Break:
			w.print("<br />")
		}
	}
}

func (w *storageWriter) wrap(before string, text []tree.Inline, after string) {
	w.print(before)
	w.inlines(text)
	w.print(after)
}

func (w *storageWriter) marks(marks tree.Marks) {
	if w.inLink || !areStates(marks) {
		w.print("<em>", escape(strings.Join(marks, " · ")), "</em>")
		return
	}
	for i, m := range marks {
		if i > 0 {
			w.WriteByte(' ')
		}
		w.macro("status", 1, "colour", colour(m), "title", m)
	}
}

// link writes a link; one that leads nowhere or to an unsafe address as its
// text.
func (w *storageWriter) link(l *tree.Link) {
	w.inLink = true
	defer func() { w.inLink = false }()
	if l.URL != "" {
		if !absolute(l.URL) {
			w.inlines(l.Text)
			return
		}
		w.wrap(`<a href="`+escape(l.URL)+`">`, l.Text, "</a>")
		return
	}
	to, anchor := w.edition.target(l)
	if to == nil {
		w.inlines(l.Text)
		return
	}
	w.print("<ac:link")
	if anchor != "" {
		w.print(` ac:anchor="`, escape(anchor), `"`)
	}
	w.print(">")
	if to != w.page || anchor == "" {
		w.print(`<ri:page ri:content-title="`, escape(to.title), `" />`)
	}
	w.linkBody(l.Text)
	w.print("</ac:link>")
}

// linkBody writes the text of a link between pages: plain text by preference,
// as Confluence itself does.
func (w *storageWriter) linkBody(text []tree.Inline) {
	if len(text) == 1 {
		if t, ok := text[0].(tree.Text); ok {
			w.print("<ac:plain-text-link-body>", cdata(string(t)), "</ac:plain-text-link-body>")
			return
		}
	}
	w.wrap("<ac:link-body>", text, "</ac:link-body>")
}

// absolute reports whether an address is of a scheme that links may have.
// Relative ones lead nowhere in a wiki.
func absolute(url string) bool {
	return strings.Contains(url, ":") && markdown.SafeLink(url)
}

// codeLanguage returns the name that the code macro has for a language. One
// that it does not know makes it show an error instead of the code.
// https://confluence.atlassian.com/doc/code-block-macro-139390.html
func codeLanguage(name string) string {
	if l := codeLanguages[strings.ToLower(name)]; l != "" {
		return l
	}
	return "text"
}

var codeLanguages = map[string]string{
	"bash": "bash", "console": "bash", "sh": "bash", "shell": "bash", "zsh": "bash",
	"css": "css", "diff": "diff", "groovy": "groovy", "html": "xml", "java": "java", "javascript": "js", "js": "js", "json": "js",
	"perl": "perl", "php": "php", "powershell": "powershell", "ps1": "powershell", "py": "py", "python": "py", "ruby": "ruby",
	"scala": "scala", "sql": "sql", "xml": "xml", "yaml": "yml", "yml": "yml",
}

// escape returns text as it stands in XML, between tags or in an attribute.
func escape(text string) string {
	return escaper.Replace(strings.Map(legal, text))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// cdata returns text as a CDATA section, as several where it holds the end of
// one.
func cdata(text string) string {
	return "<![CDATA[" + strings.ReplaceAll(strings.Map(legal, text), "]]>", "]]]]><![CDATA[>") + "]]>"
}

// legal replaces what XML 1.0 has no place for.
func legal(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
	case r < ' ', r == 0xFFFE, r == 0xFFFF:
		return 0xFFFD
	}
	return r
}
