package shell

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/tools/cmdcheck/hole"
	"mvdan.cc/sh/v3/syntax"
)

// unquote returns a word as the program would see it, with a hole for each
// expansion. splits says that the shell may make several words of it, or none:
// an expansion outside quotes, or all elements of a list.
func unquote(word *syntax.Word) (text string, splits bool) {
	var b strings.Builder
	for _, part := range word.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			b.WriteString(unescape(part.Value, ""))
		case *syntax.SglQuoted:
			b.WriteString(part.Value)
		case *syntax.DblQuoted:
			for _, inner := range part.Parts {
				if lit, ok := inner.(*syntax.Lit); ok {
					b.WriteString(unescape(lit.Value, "$`\"\\"))
					continue
				}
				b.WriteString(expansion(inner))
				splits = splits || isList(inner)
			}
		default:
			b.WriteString(expansion(part))
			splits = true
		}
	}
	return b.String(), splits
}

// unescape takes the backslashes out of literal text. only lists the characters
// that a backslash protects there; before any other it stays. Empty means that
// it protects every character. A backslash at the end of a line joins the lines.
func unescape(text, only string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			next := text[i+1]
			if next == '\n' {
				i++
				continue
			}
			if only == "" || strings.IndexByte(only, next) >= 0 {
				i++
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// expansion is the hole for a part of a word that the shell fills in. A plain
// variable keeps its name, so that it is one hole wherever it stands.
func expansion(part syntax.WordPart) string {
	if param, ok := part.(*syntax.ParamExp); ok && param.Param != nil {
		return hole.New("$" + param.Param.Value)
	}
	return hole.New(fmt.Sprintf("$(%s)", part.Pos()))
}

// isList reports "$@" and "${list[@]}", which are several words even in quotes.
func isList(part syntax.WordPart) bool {
	param, ok := part.(*syntax.ParamExp)
	if !ok || param.Param == nil {
		return false
	}
	if param.Param.Value == "@" {
		return true
	}
	index, ok := param.Index.(*syntax.Word)
	return ok && index.Lit() == "@"
}

// document returns the text of a here-document. A quoted delimiter makes it
// literal; <<- takes the tabs off its lines.
func document(redirect *syntax.Redirect) Document {
	literal := false
	for _, part := range redirect.Word.Parts {
		lit, plain := part.(*syntax.Lit)
		literal = literal || !plain || strings.Contains(lit.Value, `\`)
	}
	var b strings.Builder
	for _, part := range redirect.Hdoc.Parts {
		lit, ok := part.(*syntax.Lit)
		switch {
		case !ok:
			b.WriteString(expansion(part))
		case literal:
			b.WriteString(lit.Value)
		default:
			b.WriteString(unescape(lit.Value, "$`\\"))
		}
	}
	text := b.String()
	if redirect.Op == syntax.DashHdoc {
		lines := strings.Split(text, "\n")
		for i := range lines {
			lines[i] = strings.TrimLeft(lines[i], "\t")
		}
		text = strings.Join(lines, "\n")
	}
	return Document{Line: int(redirect.Hdoc.Pos().Line()), Text: text}
}
