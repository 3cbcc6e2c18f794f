package source

import (
	"bytes"
	"regexp"
	"strings"
)

// htmlPart is a stretch of HTML in a Markdown page.
type htmlPart struct {
	src  []byte
	line int // of its first line
}

var (
	tableStart = regexp.MustCompile(`(?i)^\s{0,3}<table\b`)
	tableOpen  = regexp.MustCompile(`(?i)<table\b`)
	tableEnd   = regexp.MustCompile(`(?i)</table\s*>`)
	codeFence  = regexp.MustCompile("^ {0,3}(```+|~~~+)")
)

// cutHTMLTables takes the tables in HTML out of a page and leaves empty lines.
// For Markdown an empty line ends a block of HTML, so a table whose cells stand
// apart would fall to pieces.
func cutHTMLTables(data []byte) ([]byte, []htmlPart) {
	if !tableOpen.Match(data) {
		return data, nil
	}
	var parts []htmlPart
	out := make([]byte, 0, len(data))
	depth, fence := 0, ""
	for no := 1; len(data) > 0; no++ {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line = data[:i+1]
		}
		data = data[len(line):]
		if m := codeFence.FindSubmatch(line); m != nil && depth == 0 {
			switch {
			case fence == "":
				fence = string(m[1])
			case strings.HasPrefix(string(m[1]), fence):
				fence = ""
			}
		}
		if depth == 0 && (fence != "" || !tableStart.Match(line)) {
			out = append(out, line...)
			continue
		}
		if depth == 0 {
			parts = append(parts, htmlPart{line: no})
		}
		part := &parts[len(parts)-1]
		part.src = append(part.src, line...)
		out = append(out, '\n')
		depth = max(0, depth+len(tableOpen.FindAllIndex(line, -1))-len(tableEnd.FindAllIndex(line, -1)))
	}
	return out, parts
}

// readHTMLTable reads a table taken out of a Markdown page. If it has empty
// lines, the text of its cells is Markdown again.
func readHTMLTable(rep *reporter, part htmlPart) []Block {
	blocks := readHTMLPart(rep, part.src, part.line)
	if !bytes.Contains(part.src, []byte("\n\n")) {
		return blocks
	}
	for i := range blocks {
		blocks[i].Text = inlineText(blocks[i].Text)
		for _, row := range blocks[i].Rows {
			for c := range row.Cells {
				row.Cells[c] = inlineText(row.Cells[c])
			}
		}
	}
	return blocks
}

// readHTMLPart reads HTML that begins at a line of the document.
func readHTMLPart(rep *reporter, src []byte, line int) []Block {
	blocks, err := readHTML(src)
	if err != nil {
		rep.refused(err, line)
		return nil
	}
	for i := range blocks {
		blocks[i].Line += line - 1
		for r := range blocks[i].Rows {
			blocks[i].Rows[r].Line += line - 1
		}
	}
	return blocks
}

// Limits of nesting. A page that a person wrote keeps well below; beyond,
// reading one takes time and memory out of proportion to its size.
const (
	maxMarks  = 16 // quotes and lists begun on one line
	maxIndent = 64 // columns
)

var containerMarks = regexp.MustCompile(`^[ \t]*(?:(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])[ \t]*)+`)

// flatten limits how deep blocks are nested: it shortens what a line begins
// with, quotation marks, list marks and blanks, and keeps the lines.
func flatten(data []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(data))
	for len(data) > 0 {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line = data[:i+1]
		}
		data = data[len(line):]
		out.Write(flattenLine(line))
	}
	return out.Bytes()
}

func flattenLine(line []byte) []byte {
	head := containerMarks.Find(line)
	if marks := bytes.Count(head, []byte(">")) + len(bytes.Fields(head)); marks > maxMarks {
		line = line[len(head):]
	}
	text := bytes.TrimLeft(line, " \t")
	if len(line)-len(text) > maxIndent {
		line = append(bytes.Repeat([]byte(" "), maxIndent), text...)
	}
	return line
}
