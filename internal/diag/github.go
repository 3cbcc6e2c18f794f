package diag

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// GitHub writes findings as workflow commands, which GitHub Actions turns into
// annotations on the files of a pull request:
//
//	::error file=content/a/model.yaml,line=41,col=9,endColumn=10,title=trace/unmapped-activity::activity "x" …
//
// Advice becomes a notice. The title is the rule; the hint and the related
// places are further lines of the message. Format: "Workflow commands for
// GitHub Actions" in GitHub's documentation; the escapes are those that its
// runner takes back (actions/runner, ActionCommand).
//
// The error is that of w.
func GitHub(w io.Writer, findings []Finding) error {
	b := bufio.NewWriter(w)
	for _, f := range findings {
		b.WriteString("::" + githubCommand(f.Severity) + " ")
		for _, property := range githubProperties(f.Pos) {
			b.WriteString(property + ",")
		}
		b.WriteString("title=" + githubProperty(f.Rule))
		b.WriteString("::" + githubData(githubMessage(f)) + "\n")
	}
	return b.Flush()
}

func githubCommand(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "notice"
}

// githubProperties returns what is known of p. The end column is the first
// one that no longer belongs to the span, as other linters have it.
func githubProperties(p Pos) []string {
	if p.File == "" {
		return nil
	}
	properties := []string{"file=" + githubProperty(p.File)}
	add := func(name string, n int32) {
		properties = append(properties, name+"="+strconv.Itoa(int(n)))
	}
	if p.Line > 0 {
		add("line", p.Line)
		if p.Col > 0 {
			add("col", p.Col)
			if p.Len > 0 {
				add("endColumn", p.Col+p.Len)
			}
		}
	}
	return properties
}

func githubMessage(f Finding) string {
	lines := []string{f.Message}
	for _, r := range f.Related {
		lines = append(lines, "note: "+r.text())
	}
	if f.Hint != "" {
		lines = append(lines, "hint: "+f.Hint)
	}
	return strings.Join(lines, "\n")
}

var (
	githubDataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubPropertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubData(s string) string     { return githubDataEscapes.Replace(s) }
func githubProperty(s string) string { return githubPropertyEscapes.Replace(s) }
