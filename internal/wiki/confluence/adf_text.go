package confluence

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/tree"
)

// inlines returns inlines as nodes, their texts with these marks.
func (w *adfWriter) inlines(list []tree.Inline, marks []mark) []node {
	var out []node
	for _, n := range list {
		switch n := n.(type) {
		case tree.Text:
			out = append(out, text(string(n), marks)...)
		case tree.Span:
			out = append(out, text(string(n), with(only(marks, "link"), mark{Type: "code"}))...)
		case *tree.Strong:
			out = append(out, w.inlines(n.Text, with(marks, mark{Type: "strong"}))...)
		case *tree.Emphasis:
			out = append(out, w.inlines(n.Text, with(marks, mark{Type: "em"}))...)
		case *tree.Strike:
			out = append(out, w.inlines(n.Text, with(marks, mark{Type: "strike"}))...)
		case tree.Marks:
			out = append(out, states(n, marks)...)
		case *tree.Link:
			out = append(out, w.inlines(n.Text, w.link(n, marks))...)
		case tree.Break:
			out = append(out, node{Type: "hardBreak"})
		}
	}
	return out
}

// text returns a text node; nothing for no text, which ADF does not have.
func text(s string, marks []mark) []node {
	if s == "" {
		return nil
	}
	return []node{{Type: "text", Text: s, Marks: marks}}
}

// with returns marks and one more, which is there once.
func with(marks []mark, m mark) []mark {
	if len(only(marks, m.Type)) > 0 {
		return marks
	}
	return append(slices.Clone(marks), m)
}

// only returns the marks of a type; beside code there can only be a link.
func only(marks []mark, kind string) []mark {
	return slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.Type != kind })
}

func states(marks tree.Marks, looks []mark) []node {
	if !areStates(marks) || len(only(looks, "link")) > 0 {
		return text(strings.Join(marks, " · "), with(looks, mark{Type: "em"}))
	}
	var out []node
	for i, m := range marks {
		if i > 0 {
			out = append(out, text(" ", nil)...)
		}
		c := strings.ToLower(colour(m))
		if c == "grey" {
			c = "neutral"
		}
		out = append(out, node{Type: "status", Attrs: map[string]any{"text": m, "color": c}})
	}
	return out
}

// link returns marks with that of a link, if it leads somewhere. Pages have
// addresses only when they are published, so that of another page is a
// placeholder: the page's [address], which is in the manifest.
func (w *adfWriter) link(l *tree.Link, marks []mark) []mark {
	href := ""
	if l.URL != "" {
		if absolute(l.URL) {
			href = l.URL
		}
	} else if to, anchor := w.edition.target(l); to != nil {
		if to != w.page || anchor == "" {
			href = address(to)
		}
		if anchor != "" {
			href += "#" + anchor
		}
	}
	if href == "" {
		return marks
	}
	return with(marks, mark{Type: "link", Attrs: map[string]any{"href": href}})
}

// address stands for the address of a page in links, before a fragment. It is
// a URN as the schema takes any string there, but the editor drops links of a
// scheme that it does not know.
func address(p *page) string { return "urn:demarc:" + p.key }
