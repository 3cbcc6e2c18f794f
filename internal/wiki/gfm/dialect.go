// Package gfm writes documents as GitHub Flavored Markdown, in the dialects of
// its readers.
//
// A tree goes in; out comes Markdown that the reader shows as the tree has it:
// nothing in a text means anything there, entries of lists are indented by four
// blanks (MkDocs flattens less), and no box to tick stands in a table (which no
// Markdown wiki shows).
//
// What readers make of Markdown was tried with each of those that can be run;
// tests/wikis does so again. For GitLab and Azure DevOps their documentation is
// the source.
package gfm

import (
	"cmp"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
)

// Dialect is what sets one reader of Markdown apart.
type Dialect struct {
	// References matches text that a backslash keeps from becoming a reference,
	// such as #12 in GitLab; nil if there is none.
	References *regexp.Regexp
	// HeadingIDs writes the anchor of a heading behind it, as {#anchor}.
	HeadingIDs bool
	// HTMLCode writes code spans that hold a pipe as HTML in tables.
	HTMLCode bool
	// Slug returns the anchor that the reader gives a heading of this text, as a
	// link has it.
	Slug func(text string) string
	// OneAnchor tells that headings of the same text have the same anchor.
	OneAnchor bool
	// SourceSlug tells that Slug is applied to the Markdown of a heading.
	SourceSlug bool
	// WikiLinks tells that [[ begins a link even where it is escaped.
	WikiLinks bool
	// Symbols matches text whose first character begins a sign or a mark that a
	// backslash does not escape, such as (c); nil if there is none.
	Symbols *regexp.Regexp
	// Gap stands between characters that mean something together; a comment if
	// it is empty.
	Gap string
}

// The dialects.
var (
	// GitHub is that of GitHub.
	GitHub = Dialect{Slug: markdown.Slug}

	// Gitea is that of Gitea and Forgejo. Links in double brackets are looked for
	// in the text that Markdown leaves (modules/markup/html_link.go), and anchors
	// are made from the source of a heading (modules/markup/markdown, prefixedIDs).
	Gitea = Dialect{Slug: giteaSlug, SourceSlug: true, WikiLinks: true}

	// GitLab folds hyphens in anchors, and takes more for references:
	// docs.gitlab.com/user/markdown.
	GitLab = Dialect{References: regexp.MustCompile(`[#!@~%$&^][\pL\pN_"]|\[[a-z_]+:`), Slug: gitLabSlug}

	// AzureDevOps is that of Azure DevOps wikis, where # leads to a work item
	// and ! to a pull request: learn.microsoft.com/azure/devops/project/wiki.
	AzureDevOps = Dialect{References: regexp.MustCompile(`[#!]\d`), Slug: azureSlug, OneAnchor: true}

	// MkDocs is Python-Markdown with the extensions that mkdocs.yml names.
	MkDocs = Dialect{HeadingIDs: true, HTMLCode: true}

	// TechDocs is MkDocs with more extensions, of which mark and smartsymbols
	// know no escapes.
	TechDocs = Dialect{HeadingIDs: true, HTMLCode: true, Symbols: regexp.MustCompile(`(?i)\((?:c|r|tm)\)|==|=/=|\+/-|\bc/o\b|\b\d/\d\b`)}

	// Docusaurus is CommonMark mode of Docusaurus, "format: md", which takes
	// comments out before it looks for names of pictures.
	Docusaurus = Dialect{HeadingIDs: true, Gap: "<span></span>"}
)

var (
	hyphens = regexp.MustCompile(`-+`)
	digits  = regexp.MustCompile(`^[0-9]+$`)
)

// gitLabSlug is as docs.gitlab.com/user/markdown, "Heading IDs and links", has
// it; an anchor of digits only would be that of a line.
func gitLabSlug(text string) string {
	slug := hyphens.ReplaceAllString(markdown.Slug(text), "-")
	if digits.MatchString(slug) {
		slug = "anchor-" + slug
	}
	return slug
}

// giteaSlug is as CleanValue in Gitea's modules/markup/common has it.
func giteaSlug(source string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return '-'
		case unicode.IsLetter(r), unicode.IsNumber(r), r == '_', r == '-':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(source))
}

// azureSlug is what people saw Azure DevOps make of headings: lower case and
// hyphens for blanks, while punctuation stays, although Microsoft's page on
// Markdown says that it goes (markdown-all-in-one.github.io/docs/specs/slugify,
// github.com/yzhang-gh/vscode-markdown, 802 and 1383). In a link all that is
// encoded, and a digit at the beginning too: #1 would be a work item.
func azureSlug(text string) string {
	slug := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return '-'
		}
		return unicode.ToLower(r)
	}, strings.TrimSpace(text))
	encoded := url.QueryEscape(slug) // there is no blank that would become a plus
	if encoded != "" && encoded[0] >= '0' && encoded[0] <= '9' {
		encoded = "%3" + encoded
	}
	return encoded
}

// Anchors returns the anchors of a document's headings, as links have them.
func (d *Dialect) Anchors(doc *tree.Document) map[*tree.Heading]string {
	anchors := map[*tree.Heading]string{}
	used := map[string]bool{}
	for _, h := range doc.Headings() {
		slug := h.ID
		switch {
		case d.SourceSlug:
			w := writer{Dialect: d, link: func(tree.Target) string { return "" }}
			w.inlines(h.Text, place{first: true, heading: true})
			slug = d.Slug(w.String())
		case !d.HeadingIDs:
			slug = d.Slug(tree.Plain(h.Text))
		case slug == "":
			slug = h.Slug
		}
		anchors[h] = slug
		if !d.OneAnchor {
			anchors[h] = tree.Unique(used, slug, "-")
		}
	}
	return anchors
}

// split matches text that readers turn into people, issues or pictures, and
// addresses that they would link as they stand, our escapes included. A comment,
// which is not shown anywhere, goes behind the group.
var split = regexp.MustCompile(`(?i)(?:^|[\s(\[])(@)\w|(?:^|[\s(\[])([#!])\d|(:)[a-z_+-][a-z0-9_+-]*:|\b(h)ttps?://\S*[&~$^{}|\\*` + "`" + `\[\]<>_]|\b(w)ww\.\S*[&~$^{}|\\*` + "`" + `\[\]<>_]`)

const comment = "<!-- -->"

// escape returns Markdown that shows as the text. First tells that it begins a
// block, where more characters mean something; heading, that it is in one.
func (d *Dialect) escape(text string, first, heading bool) string {
	before := map[int]bool{} // where a backslash goes
	if d.References != nil {
		for _, m := range d.References.FindAllStringIndex(text, -1) {
			before[m[0]] = true
		}
	}
	after := map[int]bool{} // behind which a comment goes
	for _, m := range split.FindAllStringSubmatchIndex(text, -1) {
		for i := 2; i < len(m); i += 2 {
			at := m[i]
			if at >= 0 && !before[at] {
				after[at] = true
			}
		}
	}
	if d.WikiLinks {
		for i := range len(text) - 1 {
			if text[i:i+2] == "[[" {
				after[i] = true
			}
		}
	}
	symbols := map[int]bool{} // what is written as a reference
	if d.Symbols != nil {
		for _, m := range d.Symbols.FindAllStringIndex(text, -1) {
			symbols[m[0]] = true
		}
	}
	gap := cmp.Or(d.Gap, comment)
	start := -1
	if first {
		start = markdown.LineStart(text)
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case i == start || before[i]:
			b.WriteString(`\`)
			b.WriteRune(r)
		case symbols[i]:
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		default:
			d.writeRune(&b, text, i, r, heading)
		}
		if after[i] {
			b.WriteString(gap)
		}
	}
	return b.String()
}

// writeRune writes one character of a text. Backslashes escape what they do in
// Python-Markdown too; the others are character references.
func (d *Dialect) writeRune(b *strings.Builder, text string, i int, r rune, heading bool) {
	switch r {
	case '\\', '`', '*', '[', ']':
		b.WriteByte('\\')
	case '_':
		if !markdown.BetweenWords(text, i) {
			b.WriteByte('\\')
		}
	case '#':
		if heading {
			b.WriteByte('\\')
		}
	case '<':
		b.WriteString("&lt;")
		return
	case '>':
		b.WriteString("&gt;")
		return
	case '&':
		b.WriteString("&amp;")
		return
	case '|', '~', '$', '{', '}', '^':
		b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		return
	}
	b.WriteRune(r)
}
