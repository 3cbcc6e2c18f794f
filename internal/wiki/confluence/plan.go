package confluence

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// page is one page: a document or a part of one.
type page struct {
	key    string // stable, such as ovhcloud/managed-kubernetes:checklist, ~2 behind it for the second part
	title  string
	file   string
	parent *page // nil for none
	doc    *tree.Document
	part   int // from 1
	blocks []tree.Block
}

// maxTitle is how many UTF-16 units a title may have.
const maxTitle = 255

// plan decides which pages there are.
func (e *edition) plan() error {
	docs := e.site.Documents()
	e.titles = e.nameDocuments()
	e.places = wiki.NewPlaces(e.site, anchorName)
	e.spots, e.linked = map[*tree.Link]spot{}, map[spot]bool{}
	e.stubs, e.parts = map[*tree.Document]*page{}, map[*tree.Document][]*page{}
	e.at, e.direct = map[spot]*page{}, map[*tree.Link]*page{}
	for _, d := range docs {
		e.findLinks(d)
		e.stubs[d] = e.newPage(d, 99, 99, nil)
	}
	divided := map[*tree.Document][][]tree.Block{}
	for _, d := range docs { // no document has its pages yet, so all links are stubs
		divided[d] = e.divide(d)
	}
	for _, d := range docs {
		e.addPages(d, divided[d])
	}
	for _, d := range docs {
		for _, p := range e.parts[d] {
			p.parent = e.parentOf(p)
			e.pages = append(e.pages, p)
		}
	}
	e.pages = parentsFirst(e.pages)
	return e.readTicks()
}

// divide returns the blocks of the pages that a document needs.
func (e *edition) divide(d *tree.Document) [][]tree.Block {
	whole := e.newPage(d, 1, 1, d.Blocks)
	if len(e.write(whole)) <= e.Limit {
		return [][]tree.Block{d.Blocks}
	}
	size := func(blocks []tree.Block) int { return e.size(d, blocks) }
	frame, line := e.frame(d)
	parts := 2*size(d.Blocks)/e.Limit + 2 // more than there will be
	return split(d.Blocks, e.Limit-frame-parts*line, e.Limit-frame, size)
}

// frame returns how many bytes the first of several pages of a document has
// besides its blocks, and how many more for each further page.
func (e *edition) frame(d *tree.Document) (frame, line int) {
	const contents = 1 << 10 // more than a table of contents takes
	stub, first := e.stubs[d], e.newPage(d, 1, 1, nil)
	defer delete(e.parts, d)
	e.parts[d] = []*page{stub, stub}
	frame = len(e.write(first)) + contents
	e.parts[d] = []*page{stub, stub, stub}
	return frame, len(e.write(first)) + contents - frame
}

// size returns how many bytes blocks take at most on a page of a document,
// wherever their links lead.
func (e *edition) size(d *tree.Document, blocks []tree.Block) int {
	p := e.newPage(d, 99, 99, nil)
	if e.Format == ADF {
		return len(encode(e.newADF(p).blocks(blocks)))
	}
	w := e.newStorage(p)
	w.blocks(blocks)
	return w.Len()
}

// addPages makes the pages of a document and notes what is on which.
func (e *edition) addPages(d *tree.Document, parts [][]tree.Block) {
	for i, blocks := range parts {
		p := e.newPage(d, i+1, len(parts), blocks)
		e.parts[d] = append(e.parts[d], p)
		eachThing(blocks, func(thing any) {
			if id := e.anchor(d, thing); id != "" {
				e.at[spot{d, id}] = p
			}
		})
	}
}

func (e *edition) newPage(d *tree.Document, part, parts int, blocks []tree.Block) *page {
	p := &page{key: keyOf(d), title: e.titles[d], file: strings.TrimSuffix(d.Path, ".md"), doc: d, part: part, blocks: blocks}
	if part > 1 {
		p.key += "~" + strconv.Itoa(part)
		p.file += "~" + strconv.Itoa(part) // which no identifier holds
		behind := fmt.Sprintf(" (%d of %d)", part, parts)
		p.title = shorten(p.title, maxTitle-len(behind)) + behind
	}
	p.file += e.extension()
	return p
}

func (e *edition) extension() string {
	if e.Format == ADF {
		return ".adf.json"
	}
	return ".storage"
}

// keyOf returns what a document is known by as long as it exists.
func keyOf(d *tree.Document) string {
	if d.Model != nil || d.Kind == render.Home {
		return wiki.RegionName(d)
	}
	return strings.TrimSuffix(d.Path, ".md")
}

// parentOf puts the parts of a document below its first, the documents of a
// model below its overview, a document in a folder below the one that has the
// folder's name, and all others below home.
func (e *edition) parentOf(p *page) *page {
	if p.part > 1 {
		return e.parts[p.doc][0]
	}
	if m := p.doc.Model; m != nil {
		for _, model := range e.site.Models {
			if model.ID == m.ID && model.Documents[0] != p.doc {
				return e.parts[model.Documents[0]][0]
			}
		}
	} else {
		for _, d := range e.site.Own {
			if d.Path == path.Dir(p.doc.Path)+".md" {
				return e.parts[d][0]
			}
		}
	}
	if len(e.site.Own) == 0 || e.site.Own[0] == p.doc {
		return nil
	}
	return e.parts[e.site.Own[0]][0]
}

// parentsFirst returns the pages so that each stands behind its parent.
func parentsFirst(pages []*page) []*page {
	var list []*page
	var add func(parent *page)
	add = func(parent *page) {
		for _, p := range pages {
			if p.parent == parent {
				list = append(list, p)
				add(p)
			}
		}
	}
	add(nil)
	return list
}

// labels returns the labels of a page: what Confluence finds pages by.
func (p *page) labels() []string { return []string{"demarc", "demarc-" + string(p.doc.Kind)} }

// nameDocuments gives every document a title that no other has, whatever the
// case of its letters. Those that belong to no model have the site's in front,
// as there is a Legend in many a space.
func (e *edition) nameDocuments() map[*tree.Document]string {
	const room = maxTitle - len(" 9999") - len(" (99 of 99)")
	titles, used := map[*tree.Document]string{}, wiki.Names{}
	for _, d := range e.site.Documents() {
		title := d.Title
		if d.Model == nil && d.Kind != render.Home {
			title = e.site.Title + ": " + title
		}
		titles[d] = used.Free(shorten(strings.Join(strings.Fields(e.TitlePrefix+title), " "), room), " ")
	}
	return titles
}

// shorten returns at most n UTF-16 units of a title.
func shorten(title string, n int) string {
	if len(utf16.Encode([]rune(title))) <= n {
		return title
	}
	units := 1 // of the dots
	for i, r := range title {
		if units += utf16.RuneLen(r); units > n {
			return strings.TrimSpace(title[:i]) + "…"
		}
	}
	return title
}
