package html

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"github.com/demarc/demarc/internal/model"
)

// nodes renders syntax trees. Raw HTML is left out, as goldmark does unless
// told otherwise.
var nodes = goldmark.New(
	goldmark.WithExtensions(extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(ours{}, 100))),
).Renderer()

// ours renders our own nodes, and tables, boxes and code in our own way.
type ours struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (ours) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	for kind, render := range map[ast.NodeKind]func(w util.BufWriter, n ast.Node, entering bool){
		kindSection: renderSection,
		kindRoles:   renderRoles,
		kindWord:    renderWord,
		kindMarks:   renderMarks,
		kindLabel:   renderLabel,
		kindAnchor:  renderAnchor,
		kindBar:     renderBar,

		extast.KindTable:        renderTable,
		extast.KindTableHeader:  renderHeader,
		extast.KindTableRow:     renderRow,
		extast.KindTableCell:    renderCell,
		extast.KindTaskCheckBox: renderBox,
	} {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			render(w, n, entering)
			return ast.WalkContinue, nil
		})
	}
	r.Register(ast.KindFencedCodeBlock, renderCode)
}

// attribute returns ` name="value"` of a node's attribute, or "".
func attribute(n ast.Node, name string) string {
	v, ok := n.AttributeString(name)
	if !ok {
		return ""
	}
	return " " + name + `="` + escape(string(v.([]byte))) + `"`
}

func escape(s string) string { return string(util.EscapeHTML([]byte(s))) }

func write(w util.BufWriter, parts ...string) {
	for _, p := range parts {
		_, _ = w.WriteString(p) // to a buffer
	}
}

func renderSection(w util.BufWriter, n ast.Node, entering bool) {
	s := n.(*section)
	switch {
	case !entering:
		write(w, "</section>\n")
	case s.id != "":
		write(w, `<section id="`, escape(s.id), `" class="entry">`, "\n")
	default:
		write(w, "<section>\n")
	}
}

func renderRoles(w util.BufWriter, n ast.Node, entering bool) {
	if !entering {
		return
	}
	for i, letter := range n.(*roles).letters {
		if i > 0 {
			write(w, " ")
		}
		name := model.RoleNames[letter]
		write(w, `<abbr class="role role-`, strings.ToLower(string(letter)), `" title="`, name, `">`, string(letter), "</abbr>")
	}
}

func renderWord(w util.BufWriter, n ast.Node, entering bool) {
	if !entering {
		return
	}
	if text := n.(*word).text; text == "-" {
		write(w, `<span class="none" title="no role">&ndash;</span>`)
	} else {
		write(w, `<span class="mark mark-`, strings.ReplaceAll(text, " ", "-"), `">`, text, "</span>")
	}
}

func renderMarks(w util.BufWriter, n ast.Node, entering bool) {
	if !entering {
		return
	}
	write(w, `<span class="marks">`)
	for i, m := range n.(*marks).words {
		if i > 0 {
			write(w, " ")
		}
		write(w, `<span class="mark mark-`, escape(strings.ReplaceAll(m, " ", "-")), `">`, escape(m), "</span>")
	}
	write(w, "</span>")
}

func renderLabel(w util.BufWriter, n ast.Node, entering bool) {
	if entering {
		write(w, `<label for="`, escape(n.(*label).box), `">`)
	} else {
		write(w, "</label>")
	}
}

func renderAnchor(w util.BufWriter, n ast.Node, entering bool) {
	if entering {
		write(w, `<a class="id" href="#`, escape(n.(*anchor).id), `">`)
	} else {
		write(w, "</a>")
	}
}

func renderBox(w util.BufWriter, n ast.Node, entering bool) {
	if !entering {
		return
	}
	checked := ""
	if n.(*extast.TaskCheckBox).IsChecked {
		checked = " checked"
	}
	write(w, `<input type="checkbox" autocomplete="off"`, attribute(n, "id"), checked, "> ")
}

// renderTable puts a wide table into a region of its own that can be scrolled
// with the keyboard.
func renderTable(w util.BufWriter, n ast.Node, entering bool) {
	if !entering {
		write(w, "</tbody>\n</table>\n</div>\n")
		return
	}
	caption, _ := n.AttributeString("caption")
	title := escape(string(caption.([]byte)))
	write(w, `<div class="table" role="group" tabindex="0" aria-label="`, title, ` (table)">`, "\n<table", attribute(n, "class"), ">\n<caption>", title, "</caption>\n")
}

func renderHeader(w util.BufWriter, _ ast.Node, entering bool) {
	if entering {
		write(w, "<thead>\n<tr>\n")
	} else {
		write(w, "</tr>\n</thead>\n<tbody>\n")
	}
}

func renderRow(w util.BufWriter, n ast.Node, entering bool) {
	if entering {
		write(w, "<tr")
		for _, a := range n.Attributes() {
			if string(a.Name) != "align" {
				write(w, attribute(n, string(a.Name)))
			}
		}
		write(w, ">\n")
	} else {
		write(w, "</tr>\n")
	}
}

func renderCell(w util.BufWriter, n ast.Node, entering bool) {
	tag, scope := "td", ""
	switch {
	case n.Parent().Kind() == extast.KindTableHeader:
		tag, scope = "th", ` scope="col"`
	case n.PreviousSibling() == nil:
		tag, scope = "th", ` scope="row"`
	}
	if entering {
		write(w, "<", tag, scope, ">")
	} else {
		write(w, "</", tag, ">\n")
	}
}

// renderCode lets the keyboard scroll long lines.
func renderCode(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.FencedCodeBlock)
	if !entering {
		write(w, "</code></pre>\n")
		return ast.WalkContinue, nil
	}
	write(w, `<pre tabindex="0"><code`)
	if language := n.Language(source); language != nil {
		write(w, ` class="language-`, escape(string(language)), `"`)
	}
	write(w, ">")
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		writeCode(w, line.Value(source))
	}
	return ast.WalkContinue, nil
}

// placeholder is what stands where a parameter has no value, see
// model.Placeholder.
var placeholder = regexp.MustCompile(`<[a-z0-9]+(-[a-z0-9]+)*>`)

// writeCode writes code with its placeholders marked, so that nobody pastes
// one unnoticed.
func writeCode(w util.BufWriter, code []byte) {
	for len(code) > 0 {
		found := placeholder.FindIndex(code)
		if found == nil {
			_, _ = w.Write(util.EscapeHTML(code))
			return
		}
		_, _ = w.Write(util.EscapeHTML(code[:found[0]]))
		write(w, `<mark class="placeholder">`, escape(string(code[found[0]:found[1]])), "</mark>")
		code = code[found[1]:]
	}
}
