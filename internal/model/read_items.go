package model

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// itemKeys are the keys without which an item is none, unless the library
// gives them. Steps and evidence are asked for by rules of their own.
var itemKeys = []string{"id", "title", "phase", "level", "team", "why", "repeat"}

// draft is an item while it is read: the item itself and what is put around
// the steps it takes from the library.
type draft struct {
	Item
	before, after []Step
	library       *library // nil if it is not made from one
}

var stepFields = []field[Step]{
	proseField("text", "What to do", func(s *Step) *Prose { return &s.Text }).required(),
	proseField("caution", "What can break or be lost", func(s *Step) *Prose { return &s.Caution }),
	scriptField("run", "Command lines for a POSIX shell", func(s *Step) *Script { return &s.Run }),
	scriptField("manifest", "A file to save or apply", func(s *Step) *Script { return &s.Manifest }),
	proseField("expect", "What is seen when it worked", func(s *Step) *Prose { return &s.Expect }),
	proseField("undo", "The way back", func(s *Step) *Prose { return &s.Undo }),
}

var referenceFields = []field[Reference]{
	textField("title", "What the page is", func(r *Reference) *Text { return &r.Title }).required(),
	urlField("url", "Where it is", func(r *Reference) *Text { return &r.URL }).required(),
}

func stepsField(key, doc string, at func(*draft) *[]Step) field[draft] {
	f := listField(key, doc, "step", stepFields, func(d *decoder, it *draft, n *syntax.Node, s Step) {
		s.Pos = n.Pos
		*at(it) = append(*at(it), s)
	})
	// Steps replace what the library gives, so the list starts empty.
	read := f.read
	f.read = func(d *decoder, it *draft, v *syntax.Node) {
		*at(it) = nil
		read(d, it, v)
	}
	return f
}

// itemFields are those that items of a library and of a checklist share.
var itemFields = []field[draft]{
	optional(idField("The item's identifier, stable, such as pin-version", "item", idPattern, func(it *draft) *string { return &it.ID })),
	textField("title", "What is done, as an imperative", func(it *draft) *Text { return &it.Title }),
	choiceField("phase", "When it is worked on", Phases, func(it *draft) *Phase { return &it.Phase }),
	choiceField("level", "Whether it may be left out", Levels, func(it *draft) *Level { return &it.Level }),
	filled(field[draft]{key: "team", doc: "Who does it on the customer's side", schema: teamsSchema, read: readTeams}),
	proseField("why", "Why it matters", func(it *draft) *Prose { return &it.Why }),
	stepsField("steps", "How it is done; replaces the library's steps", func(it *draft) *[]Step { return &it.Steps }),
	proseField("evidence", "What shows that it was done", func(it *draft) *Prose { return &it.Evidence }),
	textField("repeat", "How often it recurs, such as once or before each upgrade", func(it *draft) *Text { return &it.Repeat }),
	listField("references", "Primary documentation; added to the library's", "reference", referenceFields, func(d *decoder, it *draft, n *syntax.Node, r Reference) {
		r.Pos = n.Pos
		it.References = append(slices.Clip(it.References), r)
	}),
}

func optional(f field[draft]) field[draft] {
	f.must = false
	return f
}

func teamsSchema() *Schema {
	return &Schema{Type: "array", Items: &Schema{Type: "string", Enum: words(Teams)}}
}

func readTeams(d *decoder, it *draft, v *syntax.Node) {
	if !d.kind(v, "team", syntax.List) {
		return
	}
	it.Teams = nil
	for _, n := range v.Items {
		if t, ok := choice(d, n, "team", Teams); ok {
			it.Teams = append(it.Teams, t)
		}
	}
}

// checklistItemFields begin with use, so that what follows adapts the
// library's item.
var checklistItemFields = slices.Concat([]field[draft]{
	{key: "use", doc: "The library item it is made from, as library/item", schema: textSchema, read: readUse},
}, itemFields, []field[draft]{
	textsField("covers", "The activities it settles", func(d *decoder, it *draft, t Text) {
		a := resolve(d, d.index.activities, t, "ref/unknown-activity", "activity")
		switch {
		case a == nil:
			it.Partial = true
		case it.Covering(a):
			d.report("ref/duplicate-id", t.Pos, "keep one of them", "activity %q stands twice in covers", t.Value)
		default:
			it.Covers = append(it.Covers, Cover{a, t.Pos})
		}
	}),
	boolField("own", "The team's own: it covers no activity of a source", func(it *draft) *bool { return &it.Own }),
	stepsField("steps-before", "Steps before the library's", func(it *draft) *[]Step { return &it.before }),
	stepsField("steps-after", "Steps after the library's", func(it *draft) *[]Step { return &it.after }),
	boolField("draft", "Nobody has worked on it yet", func(it *draft) *bool { return &it.Draft }),
	textField("review", "Why a person has to look at it again; demarc drift writes it, a person removes it", func(it *draft) *Text { return &it.Review }),
})

func readUse(d *decoder, it *draft, v *syntax.Node) {
	name, ok := d.text(v, "use")
	if !ok {
		return
	}
	it.Use = name.Value // kept even if unknown: what the library gives is not reported as missing
	file, _, _ := strings.Cut(name.Value, "/")
	if d.ws.unread[file] {
		return // an unknown name says nothing
	}
	if lib := resolve(d, d.ws.library, name, "ref/unknown-item", "library item"); lib != nil {
		it.Item, it.library = *lib.item, lib.file
		it.Use, it.Pos = name.Value, name.Pos
	}
}

var checklistFields = []field[Model]{
	listField("items", "What the customer does, in order of work", "item", checklistItemFields, func(d *decoder, m *Model, n *syntax.Node, dr draft) {
		it := dr.Item
		it.Steps = slices.Concat(dr.before, it.Steps, dr.after)
		if it.Use == "" {
			d.complete(n)
		}
		if it.Use == "" || n.Get("id") != nil {
			it.Pos = idPos(n)
		}
		if it.ID == "" || !declare(d, d.index.items, it.ID, &it, "item", it.Pos, func(it *Item) diag.Pos { return it.Pos }) {
			d.dropped()
			return
		}
		d.expand(&it, dr.library)
		m.Items = append(m.Items, &it)
		for _, c := range it.Covers {
			c.Activity.Items = append(c.Activity.Items, &it)
		}
	}).required(),
}

// complete reports what an item that is not made from the library lacks.
func (d *decoder) complete(n *syntax.Node) {
	for _, key := range itemKeys {
		if n.Get(key) == nil {
			d.missing(n, "item", key)
		}
	}
}

// library is one file of content/library while it is read.
type library struct {
	name       string
	parameters map[string]*Parameter
}

// libraryItem is an item of the library and the file whose parameters it uses.
type libraryItem struct {
	item *Item
	file *library
}

var libraryFields = []field[library]{
	mapField("parameters", "Values that differ from cluster to cluster, by name", "parameter", parameterFields, func(d *decoder, l *library, name Text, p Parameter) {
		d.parameter(l.parameters, name, &p)
	}),
	listField("items", "Items that several models use", "item", itemFields, func(d *decoder, l *library, n *syntax.Node, dr draft) {
		d.complete(n)
		it := dr.Item
		it.Pos = idPos(n)
		if it.ID == "" {
			return
		}
		declare(d, d.ws.library, l.name+"/"+it.ID, &libraryItem{&it, l}, "library item", it.Pos,
			func(li *libraryItem) diag.Pos { return li.item.Pos })
		// Names are checked here, once; values are put in where the item is used.
		probe := it
		d.expand(&probe, l)
	}).required(),
}

// parameter files a declared parameter under its name, with the value that
// the workspace gives it.
func (d *decoder) parameter(in map[string]*Parameter, name Text, p *Parameter) {
	p.Name, p.Pos = name.Value, name.Pos
	p.Value = p.Default.Value
	if reservedParameter(p.Name) {
		d.report("syntax/bad-id", p.Pos, "choose another name", "parameter name %q belongs to Go templates, which commands may contain", p.Name)
	}
	declare(d, in, p.Name, p, "parameter", p.Pos, func(p *Parameter) diag.Pos { return p.Pos })
}

func reservedParameter(name string) bool { return strings.Contains(" end else ", " "+name+" ") }
