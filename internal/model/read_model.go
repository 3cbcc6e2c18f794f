package model

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// index finds the things of the model being read by their ids, so that a name
// is resolved where it is read.
type index struct {
	parties    map[string]*Party
	sources    map[string]*Source
	sections   map[string]*Section
	activities map[string]*Activity
	items      map[string]*Item
	parameters map[string]*Parameter
}

func newIndex() index {
	return index{
		map[string]*Party{}, map[string]*Source{}, map[string]*Section{},
		map[string]*Activity{}, map[string]*Item{}, map[string]*Parameter{},
	}
}

// declare files a thing under its id and reports whether the id was free.
func declare[T any](d *decoder, in map[string]*T, id string, t *T, what string, pos diag.Pos, posOf func(*T) diag.Pos) bool {
	if first, taken := in[id]; taken {
		d.report("ref/duplicate-id", pos, "choose another id", "%s %q stands twice", what, id)
		d.findings[len(d.findings)-1].Related = []diag.Related{{Pos: posOf(first), Message: "first defined here"}}
		return false
	}
	in[id] = t
	return true
}

// resolve returns what a name stands for, or reports that nothing has that
// name. Where the file that defines such names could not be read, in is nil,
// and an unknown name says nothing.
func resolve[T any](d *decoder, in map[string]*T, name Text, rule, what string) *T {
	t, ok := in[name.Value]
	if !ok && in != nil {
		names := make([]string, 0, len(in))
		for n := range in {
			names = append(names, n)
		}
		slices.Sort(names)
		d.report(rule, name.Pos, diag.DidYouMean(name.Value, names, "define it or correct the name"), "there is no %s %q", what, name.Value)
	}
	return t
}

var partyFields = []field[Party]{
	textField("name", "The party's name, as on pages", func(p *Party) *Text { return &p.Name }).required(),
	choiceField("side", "On which side of the contract the party stands", Sides, func(p *Party) *Side { return &p.Side }).required(),
	proseField("contact", "How the customer reaches the party", func(p *Party) *Prose { return &p.Contact }),
}

var exclusionFields = []field[Exclusion]{
	filled(textsField("statements", "The statements' ids, without the source", func(d *decoder, e *Exclusion, t Text) {
		e.Statements = append(e.Statements, t)
	}).required()),
	choiceField("reason", "Why they oblige nobody", Reasons, func(e *Exclusion) *Reason { return &e.Reason }).required(),
	proseField("note", "What is to be said beyond the reason", func(e *Exclusion) *Prose { return &e.Note }),
}

var sourceFields = []field[Source]{
	textField("title", "The document's title", func(s *Source) *Text { return &s.Title }).required(),
	urlField("url", "Where the provider publishes the document", func(s *Source) *Text { return &s.URL }).required(),
	dateField("published", "When the provider published this edition", func(s *Source) *Date { return &s.Published }),
	dateField("retrieved", "When this edition was read", func(s *Source) *Date { return &s.Retrieved }).required(),
	patternField("language", "The document's language as a BCP 47 tag, such as en", "write a language tag, such as en or fr-CA",
		languagePattern, func(s *Source) *Text { return &s.Language }),
	proseField("note", "What a reader must know about the document", func(s *Source) *Prose { return &s.Note }),
	textField("lock", "The file beside the model that lists the document's statements, made by demarc lock", func(s *Source) *Text { return &s.Lock }),
	listField("excluded", "Statements that no activity claims, each with a reason", "exclusion", exclusionFields, func(d *decoder, s *Source, n *syntax.Node, e Exclusion) {
		e.Pos = n.Pos
		s.Excluded = append(s.Excluded, e)
	}),
}

var parameterFields = []field[Parameter]{
	textField("description", "What the value is", func(p *Parameter) *Text { return &p.Description }).required(),
	textField("default", "The value where the workspace sets none", func(p *Parameter) *Text { return &p.Default }),
}

var sectionFields = []field[Section]{
	idField("The section's number or name, as in the source", "section", sectionPattern, func(s *Section) *string { return &s.ID }),
	textField("title", "The section's title", func(s *Section) *Text { return &s.Title }).required(),
	{key: "parent", doc: "The section it stands in; defined before it", schema: textSchema,
		read: func(d *decoder, s *Section, v *syntax.Node) {
			if name, ok := d.text(v, "parent"); ok {
				s.Parent = resolve(d, d.index.sections, name, "ref/unknown-section", "section")
			}
		}},
}

var activityFields = []field[Activity]{
	idField("The activity's identifier, stable, such as choose-version", "activity", idPattern, func(a *Activity) *string { return &a.ID }),
	{key: "section", doc: "The section of the source it stands in", must: true, schema: textSchema,
		read: func(d *decoder, a *Activity, v *syntax.Node) {
			if name, ok := d.text(v, "section"); ok {
				a.Section = resolve(d, d.index.sections, name, "ref/unknown-section", "section")
			}
		}},
	textField("title", "What has to be done, in our own words", func(a *Activity) *Text { return &a.Title }).required(),
	{key: "raci", doc: "The role letters of each party that holds any, as the source prints them", must: true, schema: raciSchema, read: readRACI},
	choiceField("basis", "Whether the source names the party (stated, the default) or we concluded it (inferred)", Bases, func(a *Activity) *Basis { return &a.Basis }),
	proseField("rationale", "Why it was concluded; with basis inferred", func(a *Activity) *Prose { return &a.Rationale }),
	{key: "topic", doc: "The neutral subject, from the list of topics", must: true, schema: textSchema,
		read: func(d *decoder, a *Activity, v *syntax.Node) {
			if name, ok := d.text(v, "topic"); ok {
				a.Topic = resolve(d, d.ws.topics, name, "ref/unknown-topic", "topic")
			}
		}},
	{key: "source", doc: "The statements it stands on, each as source#statement", must: true, schema: statementsSchema, read: readStatements},
	proseField("caveat", "What the reader must know about it: a contradiction, a gap in the source", func(a *Activity) *Prose { return &a.Caveat }),
	proseField("ask", "The question to send to the provider", func(a *Activity) *Prose { return &a.Ask }),
	textField("review", "Why a person has to look at it again; demarc drift writes it, a person removes it", func(a *Activity) *Text { return &a.Review }),
}

func raciSchema() *Schema {
	return &Schema{Type: "object", AdditionalProperties: &Schema{Type: "string", Pattern: "^[RACI]{1,4}$"}}
}

func statementsSchema() *Schema {
	one := &Schema{Type: "string", Pattern: statementPattern.String()}
	return &Schema{AnyOf: []*Schema{one, {Type: "array", Items: one}}}
}

// readRACI reads a mapping from parties to role letters. The assignments come
// out in the order of the model's parties.
func readRACI(d *decoder, a *Activity, v *syntax.Node) {
	if !d.kind(v, "raci", syntax.Map) {
		return
	}
	a.RolesPos = v.Pos
	for _, e := range v.Entries {
		p := resolve(d, d.index.parties, Text{e.Key, e.Pos}, "ref/unknown-party", "party")
		letters, ok := d.text(e.Value, "the role of "+e.Key)
		if p == nil || !ok || !d.roles(letters) {
			a.Partial = true
			continue
		}
		a.Assignments = append(a.Assignments, Assignment{p, Roles(letters.Value), letters.Pos})
	}
	slices.SortStableFunc(a.Assignments, func(x, y Assignment) int {
		return slices.Index(d.model.Parties, x.Party) - slices.Index(d.model.Parties, y.Party)
	})
}

// roles reports letters that are no role, or stand twice.
func (d *decoder) roles(letters Text) bool {
	for i, r := range letters.Value {
		switch {
		case !strings.ContainsRune(RoleLetters, r):
			hint := "the role letters are R, A, C and I, without separators, such as RA"
			if up := strings.ToUpper(string(r)); strings.Contains(RoleLetters, up) {
				hint = "write " + up
			}
			d.report("raci/unknown-role", letters.Pos, hint, "unknown role letter %q", string(r))
			return false
		case strings.ContainsRune(letters.Value[:i], r):
			d.report("raci/unknown-role", letters.Pos, "write each letter once", "role letter %q stands twice", string(r))
			return false
		}
	}
	return true
}

// readStatements reads one reference source#statement or a list of them.
func readStatements(d *decoder, a *Activity, v *syntax.Node) {
	nodes := []*syntax.Node{v}
	if v.Kind == syntax.List {
		if d.empty(v, "source") {
			return
		}
		nodes = v.Items
	}
	for _, n := range nodes {
		ref, ok := d.text(n, "source")
		if !ok {
			continue
		}
		if !statementPattern.MatchString(ref.Value) {
			d.report("syntax/bad-id", ref.Pos, "write the source and the statement, such as guide#1.1-4", "source %q is no reference to a statement", ref.Value)
			continue
		}
		name, id, _ := strings.Cut(ref.Value, "#")
		if s := resolve(d, d.index.sources, Text{name, ref.Pos}, "ref/unknown-source", "source"); s != nil {
			a.Statements = append(a.Statements, Statement{s, id, ref.Pos})
		}
	}
}

// modelFields is in the order in which names are defined before they are used.
var modelFields = []field[Model]{
	textField("title", "The service's name", func(m *Model) *Text { return &m.Title }).required(),
	textField("provider", "Who provides it", func(m *Model) *Text { return &m.Provider }).required(),
	proseField("summary", "What the service is and what the model covers", func(m *Model) *Prose { return &m.Summary }).required(),
	dateField("reviewed", "When a person last compared the model with its sources", func(m *Model) *Date { return &m.Reviewed }).required(),
	mapField("parties", "Who can hold a role, by id", "party", partyFields, func(d *decoder, m *Model, id Text, p Party) {
		p.ID, p.Pos = id.Value, id.Pos
		if declare(d, d.index.parties, p.ID, &p, "party", p.Pos, func(p *Party) diag.Pos { return p.Pos }) {
			m.Parties = append(m.Parties, &p)
		}
	}).required(),
	mapField("sources", "The documents the model is made from, by id", "source", sourceFields, func(d *decoder, m *Model, id Text, s Source) {
		s.ID, s.Pos = id.Value, id.Pos
		if declare(d, d.index.sources, s.ID, &s, "source", s.Pos, func(s *Source) diag.Pos { return s.Pos }) {
			m.Sources = append(m.Sources, &s)
		}
	}).required(),
	listField("sections", "The parts of the source, in its order", "section", sectionFields, func(d *decoder, m *Model, n *syntax.Node, s Section) {
		s.Pos = idPos(n)
		if s.ID != "" && declare(d, d.index.sections, s.ID, &s, "section", s.Pos, func(s *Section) diag.Pos { return s.Pos }) {
			m.Sections = append(m.Sections, &s)
		}
	}).required(),
	mapField("parameters", "Values that differ from cluster to cluster, by name", "parameter", parameterFields, func(d *decoder, m *Model, name Text, p Parameter) {
		d.parameter(d.index.parameters, name, &p)
		m.Parameters = append(m.Parameters, &p)
	}),
	listField("activities", "What has to be done, in the order of the source", "activity", activityFields, func(d *decoder, m *Model, n *syntax.Node, a Activity) {
		a.Pos = idPos(n)
		if n.Get("basis") == nil {
			a.Basis = Stated
		}
		if a.ID != "" && declare(d, d.index.activities, a.ID, &a, "activity", a.Pos, func(a *Activity) diag.Pos { return a.Pos }) {
			m.Activities = append(m.Activities, &a)
		}
	}).required(),
}

// idPos returns where the id of a mapping stands, or the mapping itself.
func idPos(n *syntax.Node) diag.Pos {
	if id := n.Get("id"); id != nil {
		return id.Pos
	}
	return n.Pos
}
