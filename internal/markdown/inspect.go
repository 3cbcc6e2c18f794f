package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// A Problem is something in an author's prose that does not belong there.
type Problem struct {
	Kind ProblemKind
	Text string // what it is: the tag, the link's target, the heading's text
}

// ProblemKind tells what a [Problem] is.
type ProblemKind uint8

// The kinds of problem.
const (
	RawHTML    ProblemKind = iota + 1 // an HTML tag or comment
	UnsafeLink                        // a link or image whose scheme is not allowed
	Heading                           // a heading or a horizontal rule
)

// Parser reads the dialect that Demarc writes. Raw HTML stays off in
// everything made from it, and bare addresses are not linked, so that text
// shows as it is written.
var Parser = goldmark.New(goldmark.WithExtensions(
	extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
	extension.Strikethrough, extension.TaskList,
)).Parser()

// Schemes lists the schemes a link may have; relative links are allowed too.
var Schemes = []string{"http", "https", "mailto"}

// Inspect returns the problems of an author's prose in reading order.
func Inspect(prose string) []Problem {
	if !suspicious(prose) {
		return nil
	}
	source := []byte(prose)
	var problems []Problem
	add := func(kind ProblemKind, text string) {
		problems = append(problems, Problem{kind, strings.TrimSpace(text)})
	}
	link := func(url []byte) {
		if !SafeLink(string(url)) {
			add(UnsafeLink, string(url))
		}
	}
	// The walker below never returns an error, so Walk does not either.
	_ = ast.Walk(Parser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.RawHTML:
			add(RawHTML, string(n.Segments.Value(source)))
		case *ast.HTMLBlock:
			add(RawHTML, firstLine(string(n.Lines().Value(source))))
		case *ast.Heading:
			add(Heading, firstLine(string(n.Lines().Value(source))))
		case *ast.ThematicBreak:
			add(Heading, "---")
		case *ast.Link:
			link(n.Destination)
		case *ast.Image:
			link(n.Destination)
		case *ast.AutoLink:
			if n.AutoLinkType == ast.AutoLinkURL {
				link(n.URL(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return problems
}

// suspicious is a cheap test that clears most prose without parsing it.
func suspicious(prose string) bool {
	return strings.ContainsAny(prose, "<[#=") || strings.Contains(prose, "\n-") ||
		strings.HasPrefix(prose, "-") || strings.Contains(prose, "***") || strings.Contains(prose, "___") ||
		strings.Contains(prose, "* *") || strings.Contains(prose, "_ _")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// SafeLink reports whether a link to url can do no harm when it is followed:
// relative, or of one of the [Schemes].
func SafeLink(url string) bool {
	scheme, rest, found := strings.Cut(url, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return !strings.HasPrefix(url, "//")
	}
	for _, s := range Schemes {
		if strings.EqualFold(scheme, s) {
			return rest != ""
		}
	}
	return false
}
