package tracker

import (
	"regexp"
	"strings"

	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// gitlabFiles returns the issues as GitLab imports them: title and description.
// What else there is to say is said by quick actions in the description. They
// come last, because in any text before them GitLab looks for code first and
// takes all from a backquote to the last one that ends a line for some.
func gitlabFiles(p Profile, issues []issue, _ Options) Export {
	rows := make([][]string, len(issues))
	for n, i := range issues {
		rows[n] = []string{i.title, i.body + "\n\n/label" + quotedLabels(i.labels)}
	}
	return csvFiles(p, []string{"title", "description"}, rows)
}

func quotedLabels(labels []string) string {
	var b strings.Builder
	for _, l := range labels {
		b.WriteString(` ~"` + l + `"`)
	}
	return b.String()
}

// gitlabMarkup returns blocks as GitLab Flavored Markdown without references
// and without lines that would be taken for quick actions.
func gitlabMarkup(blocks []tree.Block) string {
	var b strings.Builder
	fenced := false
	for line := range strings.Lines(markdownOf(&gfm.GitLab, blocks)) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if strings.HasPrefix(line, "/") && !fenced {
			b.WriteByte('\\')
		}
		b.WriteString(line)
	}
	return b.String()
}

// markdownOf returns blocks in a dialect, without a line break at the end.
func markdownOf(d *gfm.Dialect, blocks []tree.Block) string {
	nowhere := func(tree.Target) string { return "" }
	return strings.TrimRight(string(d.Write(&tree.Document{Blocks: blocks}, nowhere)), "\n")
}

// titleReference matches what GitLab takes for a reference in a title, where no
// backslash is understood.
var titleReference = regexp.MustCompile(`[#!@~%$&^](?:[\pL\pN_"])`)

// inertTitle parts such references by a word joiner, which is not seen.
func inertTitle(title string) string {
	return titleReference.ReplaceAllStringFunc(title, func(s string) string { return s[:1] + "\u2060" + s[1:] })
}
