package tracker

import (
	"path"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
)

// body makes the description of an issue.
type body struct {
	model   *model.Model
	item    *model.Item
	options Options
	id      string
	titled  bool // the title was cut, so it is said here
	brief   bool // without the steps
}

// blocks returns the description. Its last paragraph is the identifier
// and nothing else, so that a line can be looked for.
func (b body) blocks() []tree.Block {
	it := b.item
	var list []tree.Block
	if b.titled {
		list = append(list, said("Title:", tree.Text(" "+it.Title.Value)))
	}
	list = append(list, b.prose(it.Why)...)
	marks := tree.Marks{string(it.Level), string(it.Action()), string(it.Phase)}
	for _, t := range it.Teams {
		marks = append(marks, string(t))
	}
	list = append(list, paragraph(marks), heading("Steps"))
	list = append(list, b.steps()...)
	list = append(list, heading("Evidence wanted"))
	list = append(list, b.prose(it.Evidence)...)
	list = append(list, said("Repeat:", tree.Text(" "+it.Repeat.Value)), heading("Covers"))
	if it.Own {
		list = append(list, paragraph(tree.Text("No activity of the source: it is the team's own.")))
	} else {
		list = append(list, b.covers())
	}
	if len(it.References) > 0 {
		list = append(list, heading("References"), references(it))
	}
	return append(list,
		paragraph(tree.Text("From "+b.model.Title.Value+", reviewed "+string(b.model.Reviewed)+".")),
		paragraph(tree.Text(identifier), tree.Span(b.id)))
}

// identifier begins the paragraph that names the item.
const identifier = "Demarc item: "

// steps returns the procedure as tasks, or where it is.
func (b body) steps() []tree.Block {
	runbook := tree.Inline(tree.Text("runbook"))
	if url := b.page("runbook.md", b.item.ID); url != "" {
		runbook = &tree.Link{Text: []tree.Inline{runbook}, URL: url}
	}
	if b.brief {
		return []tree.Block{paragraph(
			tree.Text(strconv.Itoa(len(b.item.Steps))+" steps, which are too long for this tracker: they are in the "), runbook, tree.Text("."))}
	}
	list := &tree.List{Ordered: true, Start: 1}
	for _, s := range b.item.Steps {
		list.Entries = append(list.Entries, &tree.Entry{Box: true, Blocks: b.step(s)})
	}
	if b.options.Address == "" {
		return []tree.Block{list}
	}
	return []tree.Block{list, paragraph(tree.Text("They are in the "), runbook, tree.Text(", too."))}
}

func (b body) step(s model.Step) []tree.Block {
	list := b.prose(s.Text)
	list = append(list, b.labelled("Caution:", s.Caution)...)
	if s.Manifest.Value != "" {
		list = append(list, &tree.Code{Language: s.Language(), Text: strings.TrimRight(s.Manifest.Value, "\n")})
	}
	if s.Run.Value != "" {
		list = append(list, &tree.Code{Language: "sh", Text: strings.TrimRight(s.Run.Value, "\n")})
	}
	list = append(list, b.labelled("Expect:", s.Expect)...)
	return append(list, b.labelled("Way back:", s.Undo)...)
}

// labelled returns prose with a word in front, nothing if there is no prose.
func (b body) labelled(label string, p model.Prose) []tree.Block {
	blocks := b.prose(p)
	if len(blocks) == 0 {
		return nil
	}
	if first, ok := blocks[0].(*tree.Paragraph); ok {
		first.Text = append([]tree.Inline{&tree.Strong{Text: []tree.Inline{tree.Text(label)}}, tree.Text(" ")}, first.Text...)
		return blocks
	}
	return append([]tree.Block{said(label)}, blocks...)
}

func (b body) covers() *tree.List {
	list := &tree.List{}
	for _, c := range b.item.Covers {
		a := c.Activity
		text := []tree.Inline{tree.Span(a.ID), tree.Text(" " + a.Title.Value + " (" + a.Holders() + "; " + string(a.Basis) + "; ")}
		for i, s := range a.Statements {
			if i > 0 {
				text = append(text, tree.Text(", "))
			}
			text = append(text, tree.Span(s.String()))
		}
		list.Entries = append(list.Entries, entry(append(text, tree.Text(")"))...))
	}
	return list
}

func references(it *model.Item) *tree.List {
	list := &tree.List{}
	for _, r := range it.References {
		list.Entries = append(list.Entries, entry(&tree.Link{Text: []tree.Inline{tree.Text(r.Title.Value)}, URL: r.URL.Value}))
	}
	return list
}

// prose returns an author's Markdown as blocks. Links into the site lead to the
// published one; if there is none they are their text.
func (b body) prose(p model.Prose) []tree.Block {
	if strings.TrimSpace(p.Value) == "" {
		return nil
	}
	doc := tree.Parse(render.Document{Path: b.model.ID + "/runbook.md", Markdown: []byte(p.Value)})
	tree.Walk(doc.Blocks, func(block tree.Block) bool {
		switch block := block.(type) {
		case *tree.Paragraph:
			block.Text = b.outward(block.Text)
		case *tree.Heading:
			block.Text = b.outward(block.Text)
		case *tree.Table:
			for _, row := range append(block.Rows, &tree.Row{Cells: block.Head}) {
				for i := range row.Cells {
					row.Cells[i] = b.outward(row.Cells[i])
				}
			}
		}
		return true
	})
	return doc.Blocks
}

func (b body) outward(list []tree.Inline) []tree.Inline {
	var out []tree.Inline
	for _, n := range list {
		switch n := n.(type) {
		case *tree.Strong:
			n.Text = b.outward(n.Text)
		case *tree.Emphasis:
			n.Text = b.outward(n.Text)
		case *tree.Strike:
			n.Text = b.outward(n.Text)
		case *tree.Link:
			if n.URL == "" {
				n.URL = b.published(n.To.Path, n.To.Heading)
			} else if !strings.Contains(n.URL, ":") {
				n.URL = b.published(path.Join(b.model.ID, n.URL), "")
			}
			if n.URL == "" {
				out = append(out, n.Text...)
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// page returns the address of a place in a document of the model.
func (b body) page(file, id string) string { return b.published(b.model.ID+"/"+file, id) }

// published returns the address of a file of the site, "" if it is nowhere.
func (b body) published(file, fragment string) string {
	if b.options.Address == "" {
		return ""
	}
	if page, ok := strings.CutSuffix(file, ".md"); ok {
		file = page + ".html"
	}
	url := strings.TrimRight(b.options.Address, "/") + "/" + file
	if fragment != "" {
		url += "#" + fragment
	}
	return url
}

func heading(text string) *tree.Heading {
	return &tree.Heading{Level: 3, Text: []tree.Inline{tree.Text(text)}}
}

func paragraph(text ...tree.Inline) *tree.Paragraph { return &tree.Paragraph{Text: text} }

// said returns a paragraph that a word in strong type begins.
func said(label string, text ...tree.Inline) *tree.Paragraph {
	return paragraph(append([]tree.Inline{&tree.Strong{Text: []tree.Inline{tree.Text(label)}}}, text...)...)
}

func entry(text ...tree.Inline) *tree.Entry {
	return &tree.Entry{Blocks: []tree.Block{paragraph(text...)}}
}
