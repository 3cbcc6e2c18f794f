package tracker

import (
	"html"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/tree"
)

// azureFiles returns the issues as work items that Azure Boards imports. They
// have no ID, as one that has is taken for a change of an item that exists.
func azureFiles(p Profile, issues []issue, o Options) Export {
	rows := make([][]string, len(issues))
	for n, i := range issues {
		rows[n] = []string{o.Type, i.title, i.body, strings.Join(i.labels, "; ")}
	}
	return csvFiles(p, []string{"Work Item Type", "Title", "Description", "Tags"}, rows)
}

// htmlMarkup returns blocks as HTML on one line: the field Description of Azure
// Boards holds HTML.
func htmlMarkup(blocks []tree.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		htmlBlock(&b, block)
	}
	return b.String()
}

func htmlBlock(b *strings.Builder, block tree.Block) {
	switch block := block.(type) {
	case *tree.Heading:
		level := strconv.Itoa(block.Level)
		b.WriteString("<h" + level + ">" + htmlInlines(block.Text) + "</h" + level + ">")
	case *tree.Paragraph:
		b.WriteString("<p>" + htmlInlines(block.Text) + "</p>")
	case *tree.List:
		htmlList(b, block)
	case *tree.Code:
		b.WriteString("<pre>" + strings.ReplaceAll(html.EscapeString(block.Text), "\n", "<br>") + "</pre>")
	case *tree.Table:
		b.WriteString("<table>")
		htmlRow(b, "th", block.Head)
		for _, r := range block.Rows {
			htmlRow(b, "td", r.Cells)
		}
		b.WriteString("</table>")
	case *tree.Quote:
		b.WriteString("<blockquote>" + htmlMarkup(block.Blocks) + "</blockquote>")
	case *tree.Rule:
		b.WriteString("<hr>")
	}
}

func htmlList(b *strings.Builder, l *tree.List) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	b.WriteString("<" + tag + ">")
	for _, e := range l.Entries {
		b.WriteString("<li>")
		for i, block := range e.Blocks {
			if p, ok := block.(*tree.Paragraph); ok && i == 0 {
				b.WriteString(htmlInlines(p.Text))
				continue
			}
			htmlBlock(b, block)
		}
		b.WriteString("</li>")
	}
	b.WriteString("</" + tag + ">")
}

func htmlRow(b *strings.Builder, tag string, cells []tree.Cell) {
	b.WriteString("<tr>")
	for _, c := range cells {
		b.WriteString("<" + tag + ">" + htmlInlines(c) + "</" + tag + ">")
	}
	b.WriteString("</tr>")
}

func htmlInlines(list []tree.Inline) string {
	var b strings.Builder
	for _, n := range list {
		switch n := n.(type) {
		case tree.Text:
			b.WriteString(html.EscapeString(string(n)))
		case tree.Span:
			b.WriteString("<code>" + html.EscapeString(string(n)) + "</code>")
		case *tree.Strong:
			b.WriteString("<strong>" + htmlInlines(n.Text) + "</strong>")
		case *tree.Emphasis:
			b.WriteString("<em>" + htmlInlines(n.Text) + "</em>")
		case *tree.Strike:
			b.WriteString("<s>" + htmlInlines(n.Text) + "</s>")
		case tree.Marks:
			b.WriteString("<em>" + html.EscapeString(strings.Join(n, ", ")) + "</em>")
		case *tree.Link:
			b.WriteString(`<a href="` + html.EscapeString(n.URL) + `">` + htmlInlines(n.Text) + "</a>")
		case tree.Break:
			b.WriteString("<br>")
		}
	}
	return b.String()
}
