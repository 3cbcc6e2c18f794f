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
	"regexp"
	"strconv"
	"strings"

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
	// Slug returns the anchor that the reader gives a heading of this text.
	Slug func(text string) string
}

// The dialects.
var (
	// GitHub is that of GitHub, and of Gitea and Forgejo, whose anchors are the
	// same (Gitea: modules/markup/common, CleanValue).
	GitHub = Dialect{Slug: markdown.Slug}

	// GitLab folds hyphens in anchors, and takes more for references:
	// docs.gitlab.com/user/markdown.
	GitLab = Dialect{References: regexp.MustCompile(`[#!@~%$&^][\pL\pN_"]|\[[a-z_]+:`), Slug: gitLabSlug}

	// AzureDevOps is that of Azure DevOps wikis, where # leads to a work item
	// and ! to a pull request: learn.microsoft.com/azure/devops/project/wiki.
	AzureDevOps = Dialect{References: regexp.MustCompile(`[#!]\d`), Slug: markdown.Slug}

	// MkDocs is Python-Markdown with the extensions that mkdocs.yml names.
	MkDocs = Dialect{HeadingIDs: true, HTMLCode: true}

	// Docusaurus is CommonMark mode of Docusaurus, "format: md".
	Docusaurus = Dialect{HeadingIDs: true}
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

// Anchors returns the anchors of a document's headings.
func (d *Dialect) Anchors(doc *tree.Document) map[*tree.Heading]string {
	anchors := map[*tree.Heading]string{}
	used := map[string]bool{}
	for _, h := range doc.Headings() {
		slug := h.ID
		switch {
		case !d.HeadingIDs:
			slug = d.Slug(tree.Plain(h.Text))
		case slug == "":
			slug = h.Slug
		}
		free := slug
		for n := 1; used[free]; n++ {
			free = slug + "-" + strconv.Itoa(n)
		}
		used[free] = true
		anchors[h] = free
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
		default:
			d.writeRune(&b, text, i, r, heading)
		}
		if after[i] {
			b.WriteString(comment)
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
