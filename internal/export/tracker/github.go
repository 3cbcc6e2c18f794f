package tracker

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki/gfm"
)

// githubFiles returns the issues for GitHub, which imports no files: a line of
// JSON for each, for programs; and for people a script for GitHub's command
// line tool that creates those that are not there yet, with a file for each
// body.
func githubFiles(_ Profile, issues []issue, _ Options) Export {
	var lines bytes.Buffer
	e := json.NewEncoder(&lines)
	e.SetEscapeHTML(false)
	files := []File{{"create-issues.sh", script(issues)}}
	for _, i := range issues {
		_ = e.Encode(struct { // strings into a buffer: it cannot fail
			ID     string   `json:"id"`
			Title  string   `json:"title"`
			Body   string   `json:"body"`
			Labels []string `json:"labels"`
		}{i.id, i.title, i.body, i.labels})
		files = append(files, File{bodyPath(i), []byte(i.body + "\n")})
	}
	return Export{[]File{{"issues.jsonl", lines.Bytes()}}, files}
}

func bodyPath(i issue) string { return "bodies/" + i.model.ID + "/" + i.item.ID + ".md" }

func githubMarkup(blocks []tree.Block) string { return markdownOf(&gfm.GitHub, blocks) }

// prelude is what the script does for each issue.
//
//go:embed github.sh
var prelude string

// script returns the shell script. All of it stands in one pair of brackets, so
// that pasting it into a shell does the same and ends nothing but itself, and
// everything from a model stands in single quotes.
func script(issues []issue) []byte {
	var labels []string
	for _, i := range issues {
		labels = append(labels, i.labels...)
	}
	slices.Sort(labels)
	var b bytes.Buffer
	b.WriteString(prelude)
	for _, l := range slices.Compact(labels) {
		b.WriteString("label " + quote(l) + "\n")
	}
	b.WriteString("\n")
	for _, i := range issues {
		b.WriteString("issue " + quote(i.id) + " " + quote(i.title) + " " + quote(bodyPath(i)) + " " + quote(strings.Join(i.labels, ",")) + "\n")
	}
	b.WriteString(")\n")
	return b.Bytes()
}

// quote returns text as one word of a POSIX shell.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
