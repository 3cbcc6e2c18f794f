package model

import (
	"cmp"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// Settings is what demarc.yaml (or demarc.toml) says.
type Settings struct {
	Title      Text
	Summary    Prose
	Models     []Text // ids of the models to use; all if empty
	Parameters []Setting
	Levels     []LevelSetting
	Suppress   []Suppression
	Address    Text        // where the site is published
	Repository *Repository // nil if not given
}

// Repository is where the workspace's files are kept, so that pages can link to
// them.
type Repository struct {
	URL    Text // of its page, without a slash at the end
	Branch Text
	Path   Text  // folder of the workspace in it; "" for the root
	Forge  Forge // "" to tell by the URL
}

// Forge is the software that serves a repository: it decides what the address
// of an editor looks like.
type Forge string

// The forges. Forgejo has the addresses of Gitea.
const (
	GitHub Forge = "github"
	GitLab Forge = "gitlab"
	Gitea  Forge = "gitea"
)

// Forges lists the forges.
var Forges = []Forge{GitHub, GitLab, Gitea}

var repositoryFields = []field[Repository]{
	urlField("url", "The address of the repository's page", func(r *Repository) *Text { return &r.URL }).required(),
	textField("branch", "The branch to edit", func(r *Repository) *Text { return &r.Branch }).required(),
	textField("path", "The folder of the workspace in the repository; its root if left out", func(r *Repository) *Text { return &r.Path }),
	choiceField("forge", "What serves the repository, if its address does not tell", Forges, func(r *Repository) *Forge { return &r.Forge }),
}

// Setting gives a parameter a value, in one model or in all.
type Setting struct {
	Model string // "" for all
	Name  Text
	Value Text
}

// value returns the value that the settings or its default give a parameter
// in a model, "" if neither does.
func (s *Settings) value(model string, p *Parameter) string {
	all := ""
	for _, set := range s.Parameters {
		if set.Name.Value != p.Name {
			continue
		}
		switch set.Model {
		case model:
			return set.Value.Value
		case "":
			all = set.Value.Value
		}
	}
	return cmp.Or(all, p.Default.Value)
}

// LevelSetting gives a rule another severity.
type LevelSetting struct {
	Rule     Text
	Severity diag.Severity // 0 switches the rule off
}

// Suppression silences a rule somewhere, for a reason and maybe for a time.
type Suppression struct {
	Pos    diag.Pos
	Rule   Text
	On     Text // a model, or model#activity or model#item
	Reason Prose
	Until  Date // the last day on which it holds; "" for no end
}

var suppressionFields = []field[Suppression]{
	textField("rule", "The rule to silence", func(s *Suppression) *Text { return &s.Rule }).required(),
	textField("on", "Where: a model, or model#activity or model#item", func(s *Suppression) *Text { return &s.On }).required(),
	proseField("reason", "Why the finding does not count here", func(s *Suppression) *Prose { return &s.Reason }).required(),
	dateField("until", "The last day on which the suppression holds", func(s *Suppression) *Date { return &s.Until }),
}

var settingsFields = []field[Settings]{
	textField("title", "The site's title", func(s *Settings) *Text { return &s.Title }),
	proseField("summary", "What the site is, for its first page", func(s *Settings) *Prose { return &s.Summary }),
	filled(textsField("models", "The models to use, in this order; all if left out", func(d *decoder, s *Settings, t Text) {
		s.Models = append(s.Models, t)
	})),
	textMapField("parameters", "Values of parameters in all models, by name", func(d *decoder, s *Settings, name, value Text) {
		s.Parameters = append(s.Parameters, Setting{"", name, value})
	}),
	{key: "parameters-by-model", doc: "Values of parameters in one model, by model and name",
		schema: func() *Schema { return &Schema{Type: "object", AdditionalProperties: textMapSchema()} },
		read: func(d *decoder, s *Settings, v *syntax.Node) {
			if !d.kind(v, "parameters-by-model", syntax.Map) {
				return
			}
			for _, e := range v.Entries {
				d.textMap(e.Value, "the parameters of "+e.Key, func(name, value Text) {
					s.Parameters = append(s.Parameters, Setting{e.Key, name, value})
				})
			}
		}},
	textMapField("rules", "Severities of rules, by name: error, warning, advice or off", func(d *decoder, s *Settings, rule, level Text) {
		severity, ok := diag.ParseSeverity(level.Value)
		if !ok && level.Value != "off" {
			d.report("syntax/unknown-value", level.Pos, diag.DidYouMean(level.Value, append([]string{"off"}, diag.Severities...), ""), "unknown severity %q", level.Value)
			return
		}
		s.Levels = append(s.Levels, LevelSetting{rule, severity})
	}),
	listField("suppress", "Findings that do not count, each with a reason", "suppression", suppressionFields, func(d *decoder, s *Settings, n *syntax.Node, sup Suppression) {
		sup.Pos = n.Pos
		s.Suppress = append(s.Suppress, sup)
	}),
	urlField("address", "Where the site is published, for the way back from paper", func(s *Settings) *Text { return &s.Address }),
	{key: "repository", doc: "Where the workspace is kept, for links to its files",
		schema: func() *Schema { return objectSchema("repository", repositoryFields) },
		read: func(d *decoder, s *Settings, v *syntax.Node) {
			var r Repository
			if object(d, v, "the repository", repositoryFields, &r) && r.URL.Value != "" && r.Branch.Value != "" {
				s.Repository = &r
			}
		}},
}

func textMapSchema() *Schema { return &Schema{Type: "object", AdditionalProperties: textSchema()} }

// textMapField reads a mapping from names to text.
func textMapField[T any](key, doc string, add func(d *decoder, into *T, name, value Text)) field[T] {
	return field[T]{key: key, doc: doc, schema: textMapSchema, read: func(d *decoder, into *T, v *syntax.Node) {
		d.textMap(v, key, func(name, value Text) { add(d, into, name, value) })
	}}
}

func (d *decoder) textMap(v *syntax.Node, what string, add func(name, value Text)) {
	if !d.kind(v, what, syntax.Map) {
		return
	}
	for _, e := range v.Entries {
		if value, ok := d.text(e.Value, e.Key); ok {
			add(Text{e.Key, e.Pos}, value)
		}
	}
}

var topicFields = []field[Topic]{
	idField("The topic's identifier", "topic", idPattern, func(t *Topic) *string { return &t.ID }),
	textField("title", "The topic's name", func(t *Topic) *Text { return &t.Title }).required(),
	proseField("definition", "What belongs to it", func(t *Topic) *Prose { return &t.Definition }).required(),
	{key: "controls", doc: "Matching entries of public control catalogues: identifiers by catalogue", schema: controlsSchema, read: readControls},
}

func controlsSchema() *Schema {
	s := &Schema{Type: "object", Properties: map[string]*Schema{}, AdditionalProperties: closed}
	for _, c := range Catalogues {
		s.Properties[c.ID] = &Schema{Description: c.Title, Type: "array", Items: textSchema()}
	}
	return s
}

func readControls(d *decoder, t *Topic, v *syntax.Node) {
	known := make([]field[Control], len(Catalogues))
	for i, c := range Catalogues {
		known[i] = textsField(c.ID, c.Title, func(_ *decoder, into *Control, id Text) { into.IDs = append(into.IDs, id.Value) })
		read := known[i].read
		known[i].read = func(d *decoder, _ *Control, v *syntax.Node) {
			control := Control{Catalogue: c}
			read(d, &control, v)
			t.Controls = append(t.Controls, control)
		}
	}
	object(d, v, "controls", known, &Control{})
}

// topics is the file content/topics.yaml while it is read.
type topics struct{}

var topicsFields = []field[topics]{
	listField("topics", "The neutral subjects, in the order in which they are shown", "topic", topicFields, func(d *decoder, _ *topics, n *syntax.Node, t Topic) {
		t.Pos = idPos(n)
		if t.ID != "" && declare(d, d.ws.topics, t.ID, &t, "topic", t.Pos, func(t *Topic) diag.Pos { return t.Pos }) {
			d.ws.Topics = append(d.ws.Topics, &t)
		}
	}).required(),
}
