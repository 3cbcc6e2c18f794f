package diag

import (
	"bufio"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// SGR codes of the sixteen-colour palette, which every terminal theme defines.
const (
	sgrReset  = "\x1b[0m"
	sgrRed    = "\x1b[1;31m"
	sgrYellow = "\x1b[1;33m"
	sgrCyan   = "\x1b[1;36m"
)

// Text prints findings for a person at a terminal, in the order given:
//
//	content/a/model.yaml:41:9: error: activity "x" maps to no checklist item [trace/unmapped-activity]
//	   |
//	41 |   - id: x
//	   |         ^
//	   = note: first defined here: content/b/model.yaml:7:9
//	   = hint: add it to the covers of an item
//
// The lines are read from fsys, a file at a time, so findings that are sorted
// cost one read a file. Where fsys is nil, or does not hold the file or the
// line, the finding is printed without its line. Long lines are cropped
// around the caret and tabs are shown as spaces.
//
// Whatever a file, a message or a path contains, no control character is
// printed but the newline at the end of a line: the others are written out, as
// in \x1b, and so are those that reorder text or hide, as in \u202e. With
// color, the severity and the caret are coloured by SGR sequences.
//
// The error is that of w.
func Text(w io.Writer, findings []Finding, fsys fs.FS, color bool) error {
	p := textPrinter{w: bufio.NewWriter(w), source: source{fsys: fsys}, color: color}
	for _, f := range findings {
		p.finding(f)
	}
	return p.w.Flush()
}

// textPrinter carries what Text needs from one finding to the next. Its
// writer keeps the first error.
type textPrinter struct {
	w      *bufio.Writer
	source source
	color  bool
}

func (p *textPrinter) finding(f Finding) {
	if !f.Pos.IsZero() {
		p.print(visible(f.Pos.String()), ": ")
	}
	p.print(p.paint(f.Severity, f.Severity.String()), ": ", visible(f.Message), " [", visible(f.Rule), "]\n")

	margin := "   "
	if line, ok := p.source.line(f.Pos); ok {
		number := strconv.Itoa(int(f.Pos.Line))
		margin = strings.Repeat(" ", len(number)+1)
		p.excerpt(margin, number, cut(line, int(f.Pos.Col), int(f.Pos.Len)), f.Severity)
	}
	for _, r := range f.Related {
		p.print(margin, "= note: ", visible(r.text()), "\n")
	}
	if f.Hint != "" {
		p.print(margin, "= hint: ", visible(f.Hint), "\n")
	}
}

// text returns what r says and where, or only one of them.
func (r Related) text() string {
	switch {
	case r.Pos.IsZero():
		return r.Message
	case r.Message == "":
		return r.Pos.String()
	}
	return r.Message + ": " + r.Pos.String()
}

// excerpt prints the line and, under it, the carets.
func (p *textPrinter) excerpt(margin, number string, s snippet, severity Severity) {
	p.print(margin, "|\n", number, " |")
	if s.text != "" {
		p.print(" ", s.text)
	}
	p.print("\n")
	if s.carets > 0 {
		p.print(margin, "| ", strings.Repeat(" ", s.before), p.paint(severity, strings.Repeat("^", s.carets)), "\n")
	}
}

// paint colours s, which is ours, if colours were asked for.
func (p *textPrinter) paint(severity Severity, s string) string {
	if !p.color {
		return s
	}
	code := sgrCyan
	switch severity {
	case Error:
		code = sgrRed
	case Warning:
		code = sgrYellow
	}
	return code + s + sgrReset
}

func (p *textPrinter) print(parts ...string) {
	for _, s := range parts {
		p.w.WriteString(s)
	}
}

// source hands out lines of files. It holds one file at a time, so that a
// long list of findings needs the memory of its largest file only.
type source struct {
	fsys  fs.FS
	file  string
	lines []string
}

// line returns the line that pos is on, without its line break.
func (s *source) line(pos Pos) (string, bool) {
	if s.fsys == nil || pos.File == "" || pos.Line < 1 {
		return "", false
	}
	if pos.File != s.file {
		s.file = pos.File
		s.lines = nil
		// A file that cannot be read any more costs the excerpt, not the finding.
		if data, err := fs.ReadFile(s.fsys, pos.File); err == nil {
			s.lines = splitLines(string(data))
		}
	}
	if int(pos.Line) > len(s.lines) {
		return "", false
	}
	return s.lines[pos.Line-1], true
}

// splitLines cuts text at \n, \r\n and \r, the line breaks that YAML, Markdown
// and editors agree on. A byte order mark is no part of the first line:
// neither YAML's nor TOML's columns count it.
func splitLines(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	var lines []string
	for text != "" {
		end := strings.IndexAny(text, "\r\n")
		if end < 0 {
			return append(lines, text)
		}
		lines = append(lines, text[:end])
		if strings.HasPrefix(text[end:], "\r\n") {
			end++
		}
		text = text[end+1:]
	}
	return append(lines, "") // a finding may speak of the end of the file
}
