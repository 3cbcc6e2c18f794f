package confluence

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// storageWriter writes blocks in storage format: XHTML with elements of
// Confluence's own, which are used as they stand there and in the
// documentation of the macros, in the form that Data Center and Cloud both
// read.
type storageWriter struct {
	strings.Builder
	edition *edition
	page    *page
	ids     taskIDs
	inLink  bool // no macro can be in a link
}

func (e *edition) newStorage(p *page) *storageWriter {
	return &storageWriter{edition: e, page: p, ids: taskIDs{}}
}

// storage returns the body of a page.
func (e *edition) storage(p *page) []byte {
	w := e.newStorage(p)
	w.properties(p.properties())
	w.blocks(e.otherParts(p))
	if p.contents() {
		w.macro("toc", 1, "maxLevel", fmt.Sprint(contentsLevel))
		w.WriteByte('\n')
	}
	w.blocks(p.blocks)
	if e.report(p) {
		w.blocks(reportHeading)
		w.macro("detailssummary", 2, "id", propertiesID, "firstcolumn", "Model", "headings", reportColumns, "sortBy", "Model", "cql", reportQuery)
		w.WriteByte('\n')
	}
	return []byte(w.String())
}

func (w *storageWriter) print(parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}

// macro writes a macro without a body; parameters are names and values in turn.
func (w *storageWriter) macro(name string, version int, parameters ...string) {
	w.openMacro(name, version, parameters...)
	w.print("</ac:structured-macro>")
}

func (w *storageWriter) openMacro(name string, version int, parameters ...string) {
	fmt.Fprintf(w, `<ac:structured-macro ac:name="%s" ac:schema-version="%d">`, name, version)
	for i := 0; i < len(parameters); i += 2 {
		w.print(`<ac:parameter ac:name="`, parameters[i], `">`, escape(parameters[i+1]), `</ac:parameter>`)
	}
}

// anchor writes the anchor of a heading, row or entry, if it has one.
func (w *storageWriter) anchor(thing any) {
	if name := w.edition.anchor(w.page.doc, thing); name != "" {
		w.macro("anchor", 1, "", name)
	}
}

func (w *storageWriter) properties(list []property) {
	if list == nil {
		return
	}
	w.openMacro("details", 1, "id", propertiesID)
	w.print("<ac:rich-text-body><table><tbody>\n")
	for _, p := range list {
		w.print("<tr><th>", escape(p.name), "</th><td>")
		w.inlines(p.value)
		w.print("</td></tr>\n")
	}
	w.print("</tbody></table></ac:rich-text-body></ac:structured-macro>\n")
}

func (w *storageWriter) blocks(blocks []tree.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *tree.Heading:
			tag := fmt.Sprintf("h%d", b.Level)
			w.print("<", tag, ">")
			w.anchor(b)
			w.inlines(b.Text)
			w.print("</", tag, ">\n")
		case *tree.Paragraph:
			w.print("<p>")
			w.inlines(b.Text)
			w.print("</p>\n")
		case *tree.List:
			w.list(b)
		case *tree.Code:
			w.openMacro("code", 1, "language", codeLanguage(b.Language))
			w.print("<ac:plain-text-body>", cdata(b.Text), "</ac:plain-text-body></ac:structured-macro>\n")
		case *tree.Table:
			w.table(b)
		case *tree.Quote:
			w.print("<blockquote>")
			w.blocks(b.Blocks)
			w.print("</blockquote>\n")
		case *tree.Rule:
			w.print("<hr />\n")
		}
	}
}

func (w *storageWriter) list(l *tree.List) {
	for _, r := range runs(l) {
		if r.tasks {
			w.tasks(r.entries)
			continue
		}
		begin, end := wiki.ListTags(l.Ordered, r.start)
		w.print(begin, "\n")
		for _, e := range r.entries {
			w.print("<li>")
			w.anchor(e)
			w.blocks(e.Blocks)
			w.print("</li>\n")
		}
		w.print(end, "\n")
	}
}

// tasks writes a task list. The body of a task is one paragraph: Cloud has no
// room for more. A task within a task stands behind it.
func (w *storageWriter) tasks(entries []*tree.Entry) {
	w.print("<ac:task-list>\n")
	for len(entries) > 0 {
		e := entries[0]
		text, inside := lines(e.Blocks)
		entries = append(inside, entries[1:]...)
		status := "incomplete"
		if e.Checked || w.edition.ticked[w.page.doc][e.ID] {
			status = "complete"
		}
		w.print("<ac:task><ac:task-id>", fmt.Sprint(w.ids.next(taskName(e))), "</ac:task-id><ac:task-status>", status, "</ac:task-status><ac:task-body>")
		w.anchor(e)
		w.inlines(joined(text))
		w.print("</ac:task-body></ac:task>\n")
	}
	w.print("</ac:task-list>\n")
}

// table writes a table whose first row and first column are its heads.
func (w *storageWriter) table(t *tree.Table) {
	w.print("<table><tbody>\n<tr>")
	for _, c := range t.Head {
		w.print("<th>")
		w.inlines(c)
		w.print("</th>")
	}
	w.print("</tr>\n")
	for _, r := range t.Rows {
		w.print("<tr>")
		for i, c := range r.Cells {
			tag := "td"
			if i == 0 {
				tag = "th"
			}
			w.print("<", tag, ">")
			if i == 0 {
				w.anchor(r)
			}
			w.inlines(c)
			w.print("</", tag, ">")
		}
		w.print("</tr>\n")
	}
	w.print("</tbody></table>\n")
}
