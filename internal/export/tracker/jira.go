package tracker

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/tree"
)

// jiraFiles returns the issues as Jira's CSV importers read them. A field with
// several values has as many columns of the same name. "External issue ID" is
// what the administrator's import matches and links by; for the other import
// the description names the item, too.
func jiraFiles(p Profile, issues []issue, o Options) Export {
	width := 0
	for _, i := range issues {
		width = max(width, len(i.labels))
	}
	head := []string{"Summary", "Issue Type", "Description"}
	for range width {
		head = append(head, "Labels")
	}
	head = append(head, "External issue ID")
	rows := make([][]string, len(issues))
	for n, i := range issues {
		row := append([]string{i.title, o.Type, i.body}, i.labels...)
		rows[n] = append(append(row, make([]string, width-len(i.labels))...), i.id)
	}
	return csvFiles(p, head, rows)
}

// jiraMarkup returns blocks in Jira's wiki markup, in which descriptions are
// imported (jira.atlassian.com/secure/WikiRendererHelpAction.jspa).
func jiraMarkup(blocks []tree.Block) string {
	var parts []string
	for _, b := range blocks {
		parts = append(parts, jiraBlock(b))
	}
	return strings.Join(parts, "\n\n")
}

func jiraBlock(b tree.Block) string {
	switch b := b.(type) {
	case *tree.Heading:
		return "h" + strconv.Itoa(b.Level) + ". " + jiraInlines(b.Text)
	case *tree.Paragraph:
		return jiraStart(jiraInlines(b.Text))
	case *tree.List:
		return jiraList(b)
	case *tree.Code:
		return jiraCode(b.Text)
	case *tree.Table:
		lines := []string{jiraRow("||", b.Head)}
		for _, r := range b.Rows {
			lines = append(lines, jiraRow("|", r.Cells))
		}
		return strings.Join(lines, "\n")
	case *tree.Quote:
		return "{quote}\n" + jiraMarkup(b.Blocks) + "\n{quote}"
	}
	return "----"
}

// jiraList returns a list. Where an entry holds more than one paragraph it is
// written as numbered paragraphs: a block of code would end a list of Jira's,
// and the next entry would be number one again.
func jiraList(l *tree.List) string {
	simple := true
	for _, e := range l.Entries {
		if len(e.Blocks) > 0 {
			_, text := e.Blocks[0].(*tree.Paragraph)
			simple = simple && text && len(e.Blocks) == 1
		}
	}
	mark, between := "* ", "\n"
	if l.Ordered {
		mark = "# "
	}
	if !simple {
		between = "\n\n"
	}
	var entries []string
	for i, e := range l.Entries {
		text := jiraMarkup(e.Blocks)
		switch {
		case simple:
			text = mark + text
		case l.Ordered:
			text = "*" + strconv.Itoa(l.Start+i) + ".* " + text
		default:
			text = "• " + text
		}
		entries = append(entries, text)
	}
	return strings.Join(entries, between)
}

func jiraRow(bar string, cells []tree.Cell) string {
	var b strings.Builder
	for _, c := range cells {
		text := jiraInlines(c)
		if text == "" {
			text = " " // two bars together would be a head
		}
		b.WriteString(bar + text)
	}
	return b.String() + bar
}

// jiraCode returns a block that keeps its text to the letter. The one that
// colours knows few languages, and says so in the issue for others.
func jiraCode(text string) string {
	for _, macro := range []string{"{noformat}", "{code}"} {
		if !strings.Contains(text, macro) {
			return macro + "\n" + text + "\n" + macro
		}
	}
	return "{noformat}\n" + strings.ReplaceAll(text, "{noformat}", "{noformat\u2060}") + "\n{noformat}"
}

func jiraInlines(list []tree.Inline) string {
	var b strings.Builder
	for _, n := range list {
		switch n := n.(type) {
		case tree.Text:
			b.WriteString(jiraEscape(string(n)))
		case tree.Span:
			b.WriteString("{{" + jiraEscape(string(n)) + "}}")
		case *tree.Strong:
			b.WriteString("*" + jiraInlines(n.Text) + "*")
		case *tree.Emphasis:
			b.WriteString("_" + jiraInlines(n.Text) + "_")
		case *tree.Strike:
			b.WriteString("-" + jiraInlines(n.Text) + "-")
		case tree.Marks:
			b.WriteString("_" + jiraEscape(strings.Join(n, ", ")) + "_")
		case *tree.Link:
			b.WriteString("[" + jiraInlines(n.Text) + "|" + jiraURL.Replace(n.URL) + "]")
		case tree.Break:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// jiraURL encodes what would end an address in a link.
var jiraURL = strings.NewReplacer(" ", "%20", "|", "%7C", "[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", `\`, "%5C", "^", "%5E", "!", "%21")

// The characters that a backslash keeps from meaning something in Jira
// (atlassian-renderer, BackslashEscapeRendererComponent). Braces, brackets,
// bars and stars may mean something anywhere; the others at the edge of a word,
// or doubled; parentheses as the frame of a picture.
var (
	jiraAlways = regexp.MustCompile(`[{}\[\]|*^~]`)
	jiraEdge   = regexp.MustCompile(`[_+\-!?]`)
	jiraFace   = regexp.MustCompile(`\((?:[!/xi?+\-yn]|\*[rgby]?|on|off|flag|flagoff)\)|[:;]-?[()]`)
	jiraEntity = regexp.MustCompile(`&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);`)
)

const jiraEscaped = "-#*_+?^~|%{}[]()!@"

// jiraEscape returns markup that shows as the text, on one line.
func jiraEscape(text string) string {
	plain := map[int]bool{} // where a backslash goes
	for _, m := range jiraAlways.FindAllStringIndex(text, -1) {
		plain[m[0]] = true
	}
	for _, m := range jiraEdge.FindAllStringIndex(text, -1) {
		left, right := edge(text[:m[0]], false), edge(text[m[1]:], true)
		plain[m[0]] = left == 'p' || right == 'p' || left != right
	}
	for _, m := range jiraFace.FindAllStringIndex(text, -1) {
		plain[m[1]-1] = true
	}
	entities := map[int]bool{}
	for _, m := range jiraEntity.FindAllStringIndex(text, -1) {
		entities[m[0]] = true
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '\\' && i+1 < len(text) && strings.IndexByte(jiraEscaped+`\`, text[i+1]) >= 0, r == '\\' && i+1 == len(text):
			b.WriteString("&#92;") // it would escape what follows
			continue
		case entities[i]:
			b.WriteString("&amp;")
			continue
		case plain[i]:
			b.WriteByte('\\')
		case r == '\n', r == '\r':
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

// edge tells what a sign stands beside: a word, a blank (or nothing), or
// punctuation.
func edge(text string, begins bool) byte {
	if text == "" {
		return ' '
	}
	c := text[len(text)-1]
	if begins {
		c = text[0]
	}
	switch {
	case c == ' ':
		return ' '
	case c >= 0x80, '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		return 'w'
	}
	return 'p'
}

var jiraLine = regexp.MustCompile(`^(?:h[1-6]|bq)\.`)

// jiraStart returns a paragraph whose beginning is not taken for a list or a
// heading.
func jiraStart(text string) string {
	switch {
	case strings.HasPrefix(text, "#"), strings.HasPrefix(text, "- "):
		return `\` + text
	case jiraLine.MatchString(text):
		return strings.Replace(text, ".", "&#46;", 1)
	}
	return text
}
