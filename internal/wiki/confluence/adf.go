package confluence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/demarc/demarc/internal/tree"
)

// node is a node of an ADF document.
type node struct {
	Type    string         `json:"type"`
	Version int            `json:"version,omitempty"`
	Attrs   map[string]any `json:"attrs,omitempty"`
	Content []node         `json:"content,omitempty"`
	Marks   []mark         `json:"marks,omitempty"`
	Text    string         `json:"text,omitempty"`
}

// mark is how text looks, or where it leads.
type mark struct {
	Type  string         `json:"type"`
	Attrs map[string]any `json:"attrs,omitempty"`
}

// adfWriter makes nodes of blocks.
type adfWriter struct {
	edition *edition
	page    *page
	used    map[string]int // tasks of a name
}

func (e *edition) newADF(p *page) *adfWriter {
	return &adfWriter{edition: e, page: p, used: map[string]int{}}
}

// adf returns the body of a page.
func (e *edition) adf(p *page) []byte {
	w := e.newADF(p)
	content := w.properties(p.properties())
	content = append(content, w.blocks(e.otherParts(p))...)
	if p.contents() {
		content = append(content, macro("extension", "toc", "maxLevel", fmt.Sprint(contentsLevel)))
	}
	content = append(content, w.blocks(p.blocks)...)
	if e.report(p) {
		content = append(content, w.blocks(reportHeading)...)
		content = append(content, macro("extension", "detailssummary",
			"id", propertiesID, "firstcolumn", "Model", "headings", reportColumns, "sortBy", "Model", "cql", reportQuery))
	}
	if content == nil {
		content = []node{{Type: "paragraph"}}
	}
	return encode(node{Type: "doc", Version: 1, Content: content})
}

// encode returns nodes as JSON.
func encode(v any) []byte {
	var b bytes.Buffer
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	if err := j.Encode(v); err != nil {
		panic(err) // strings, numbers and maps of them can be encoded
	}
	return b.Bytes()
}

// macro returns a macro as Cloud keeps it, with parameters as names and values
// in turn.
func macro(kind, name string, parameters ...string) node {
	values := map[string]any{}
	for i := 0; i < len(parameters); i += 2 {
		values[parameters[i]] = map[string]any{"value": parameters[i+1]}
	}
	return node{Type: kind, Attrs: map[string]any{
		"extensionType": "com.atlassian.confluence.macro.core",
		"extensionKey":  name,
		"parameters":    map[string]any{"macroParams": values},
	}}
}

// anchor returns the anchor of a heading, row or entry, nothing if it has none.
func (w *adfWriter) anchor(thing any) []node {
	if name := w.edition.anchor(w.page.doc, thing); name != "" {
		return []node{macro("inlineExtension", "anchor", "", name)}
	}
	return nil
}

func (w *adfWriter) properties(list []property) []node {
	if list == nil {
		return nil
	}
	table := node{Type: "table"}
	for _, p := range list {
		table.Content = append(table.Content, node{Type: "tableRow", Content: []node{
			{Type: "tableHeader", Content: []node{paragraph([]node{{Type: "text", Text: p.name}})}},
			{Type: "tableCell", Content: []node{paragraph(w.inlines(p.value, nil))}},
		}})
	}
	details := macro("bodiedExtension", "details", "id", propertiesID)
	details.Content = []node{table}
	return []node{details}
}

func paragraph(content []node) node { return node{Type: "paragraph", Content: content} }

func (w *adfWriter) blocks(blocks []tree.Block) []node {
	var list []node
	for _, b := range blocks {
		switch b := b.(type) {
		case *tree.Heading:
			list = append(list, node{Type: "heading", Attrs: map[string]any{"level": b.Level}, Content: append(w.anchor(b), w.inlines(b.Text, nil)...)})
		case *tree.Paragraph:
			list = append(list, paragraph(w.inlines(b.Text, nil)))
		case *tree.List:
			list = append(list, w.list(b)...)
		case *tree.Code:
			list = append(list, code(b))
		case *tree.Table:
			list = append(list, w.table(b))
		case *tree.Quote:
			list = append(list, w.quote(b)...)
		case *tree.Rule:
			list = append(list, node{Type: "rule"})
		}
	}
	return list
}

func code(c *tree.Code) node {
	n := node{Type: "codeBlock"}
	if c.Language != "" {
		n.Attrs = map[string]any{"language": c.Language}
	}
	if c.Text != "" {
		n.Content = []node{{Type: "text", Text: c.Text}}
	}
	return n
}

// narrow returns blocks for where only some can be: others become paragraphs,
// one a line, and the tasks in them a list behind.
func (w *adfWriter) narrow(blocks []tree.Block) []node {
	var list []node
	for _, b := range blocks {
		switch b.(type) {
		case *tree.Paragraph, *tree.List, *tree.Code:
			list = append(list, w.blocks([]tree.Block{b})...)
		default:
			text, tasks := lines([]tree.Block{b})
			for _, line := range text {
				list = append(list, paragraph(w.inlines(line, nil)))
			}
			if tasks != nil {
				list = append(list, w.tasks(tasks))
			}
		}
	}
	return list
}

// quote returns a quotation; one with tasks, which none may have, as what is in
// it.
func (w *adfWriter) quote(q *tree.Quote) []node {
	inner := w.narrow(q.Blocks)
	if len(inner) == 0 || slices.ContainsFunc(inner, func(n node) bool { return n.Type == "taskList" }) {
		return inner
	}
	return []node{{Type: "blockquote", Content: inner}}
}

func (w *adfWriter) list(l *tree.List) []node {
	var list []node
	for _, r := range runs(l) {
		if r.tasks {
			list = append(list, w.tasks(r.entries))
			continue
		}
		n := node{Type: "bulletList"}
		if l.Ordered {
			n = node{Type: "orderedList", Attrs: map[string]any{"order": r.start}}
		}
		for _, e := range r.entries {
			content := w.narrow(e.Blocks)
			if len(content) == 0 {
				content = []node{paragraph(nil)}
			}
			n.Content = append(n.Content, node{Type: "listItem", Content: content})
		}
		list = append(list, n)
	}
	return list
}

// tasks returns a task list. A task within a task stands behind it.
func (w *adfWriter) tasks(entries []*tree.Entry) node {
	list := node{Type: "taskList"}
	for len(entries) > 0 {
		e := entries[0]
		text, inside := lines(e.Blocks)
		entries = append(inside, entries[1:]...)
		state := "TODO"
		if e.Checked || w.edition.ticked[w.page.doc][e.ID] {
			state = "DONE"
		}
		id := w.taskID(e)
		if list.Attrs == nil {
			list.Attrs = map[string]any{"localId": localID("list " + id)}
		}
		list.Content = append(list.Content, node{
			Type: "taskItem", Attrs: map[string]any{"localId": id, "state": state},
			Content: append(w.anchor(e), w.inlines(joined(text), nil)...),
		})
	}
	return list
}

// taskID returns an identifier that no other task of the page has, and that the
// task keeps when others come and go.
func (w *adfWriter) taskID(e *tree.Entry) string {
	name := keyOf(w.page.doc) + "#" + taskName(e)
	w.used[name]++
	if n := w.used[name]; n > 1 {
		name = fmt.Sprintf("%s#%d", name, n)
	}
	return localID(name)
}

// table returns a table whose first row and first column are its heads.
func (w *adfWriter) table(t *tree.Table) node {
	head := node{Type: "tableRow"}
	for _, c := range t.Head {
		head.Content = append(head.Content, node{Type: "tableHeader", Content: []node{paragraph(w.inlines(c, nil))}})
	}
	table := node{Type: "table", Content: []node{head}}
	for _, r := range t.Rows {
		row := node{Type: "tableRow"}
		for i, c := range r.Cells {
			kind, content := "tableCell", w.inlines(c, nil)
			if i == 0 {
				kind, content = "tableHeader", append(w.anchor(r), content...)
			}
			row.Content = append(row.Content, node{Type: kind, Content: []node{paragraph(content)}})
		}
		table.Content = append(table.Content, row)
	}
	return table
}
