package oscal

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/ownership"
)

func catalogOf(models []*model.Model) catalog {
	c := catalog{
		UUID: unsealed, BackMatter: backMatterOf(models),
		Metadata: metadataOf("Responsibilities", models,
			"Controls of the class activity are what the source says somebody has to do; "+
				"those of the class item are what the customer does about it."),
	}
	for _, m := range models {
		c.Groups = append(c.Groups, modelGroup(m))
	}
	return c
}

func modelGroup(m *model.Model) group {
	var props properties
	props.label(m.ID)
	props.add("provider", m.Provider.Value, "")
	props.add("reviewed", string(m.Reviewed), "")
	g := group{ID: token("model", m.ID), Class: "model", Title: m.Title.String(), Props: props}
	if m.Summary.Value != "" {
		g.Parts = []part{{Name: "overview", Prose: m.Summary.Value}}
	}
	g.Groups = []group{
		{ID: token("activities", m.ID), Class: "activities", Title: "Activities", Groups: sectionGroups(m, nil)},
		{ID: token("checklist", m.ID), Class: "checklist", Title: "Checklist", Groups: phaseGroups(m)},
	}
	return g
}

// sectionGroups returns a group for each section that stands in a section, nil
// being the model.
func sectionGroups(m *model.Model, parent *model.Section) []group {
	var groups []group
	for _, s := range m.Sections {
		if s.Parent == parent {
			groups = append(groups, sectionGroup(m, s))
		}
	}
	return groups
}

func sectionGroup(m *model.Model, s *model.Section) group {
	var props properties
	props.label(s.ID)
	g := group{ID: token("section", m.ID, s.ID), Class: "section", Title: s.Title.String(), Props: props}
	g.Groups = sectionGroups(m, s)
	for _, a := range m.Activities {
		if a.Section == s {
			g.Controls = append(g.Controls, activityControl(m, a))
		}
	}
	if g.Groups != nil && g.Controls != nil { // which OSCAL does not know: its own go first, into a group
		own := group{ID: token("direct", m.ID, s.ID), Class: "section", Title: g.Title, Controls: g.Controls}
		g.Groups = slices.Insert(g.Groups, 0, own)
		g.Controls = nil
	}
	return g
}

func activityControl(m *model.Model, a *model.Activity) controlEntry {
	c := controlEntry{ID: token("activity", m.ID, a.ID), Class: "activity", Title: a.Title.String()}
	var props properties
	props.label(a.ID)
	props.add("topic", a.Topic.ID, "")
	for _, catalogue := range a.Topic.Controls {
		for _, id := range catalogue.IDs {
			props.add(catalogue.Catalogue.ID, id, "topic")
		}
	}
	props.add("basis", string(a.Basis), "")
	props.add("action", string(a.Action()), "")
	props.add("owner", string(ownership.Of(a)), "")
	var cited []*model.Source
	for _, s := range a.Statements {
		props.add("source-statement", s.String(), "")
		if !slices.Contains(cited, s.Source) {
			cited = append(cited, s.Source)
			c.Links = append(c.Links, link{"#" + resourceID(m, s.Source), "reference", s.Source.Title.String()})
		}
	}
	c.Props = props

	said := part{ID: statement(c.ID), Name: "statement", Prose: c.Title}
	for _, as := range a.Assignments {
		var props properties
		props.add("party", as.Party.ID, "")
		props.add("side", string(as.Party.Side), "")
		props.add("roles", string(as.Roles), "")
		said.Parts = append(said.Parts, part{
			ID: duty(c.ID, as.Party.ID), Name: "item", Title: as.Party.Name.String(), Props: props, Prose: holds(as),
		})
	}
	c.Parts = []part{said}
	for _, g := range []struct {
		class, title string
		prose        model.Prose
	}{{"rationale", "Why these roles were inferred", a.Rationale}, {"caveat", "Caveat", a.Caveat}, {"ask", "To ask the provider", a.Ask}} {
		if g.prose.Value != "" {
			c.Parts = append(c.Parts, part{Name: "guidance", Class: g.class, Title: g.title, Prose: g.prose.Value})
		}
	}
	return c
}

// phaseGroups returns a group for each phase that has items.
func phaseGroups(m *model.Model) []group {
	var groups []group
	for _, phase := range model.Phases {
		g := group{ID: token("phase", m.ID, string(phase)), Class: "phase", Title: string(phase)}
		for _, it := range m.Items {
			if it.Phase == phase {
				g.Controls = append(g.Controls, itemControl(m, it))
			}
		}
		if g.Controls != nil {
			groups = append(groups, g)
		}
	}
	return groups
}

// method is OSCAL's property for how evidence is assessed: it is looked at.
var method = property{Name: "method", NS: "http://csrc.nist.gov/ns/rmf", Value: "EXAMINE"}

func itemControl(m *model.Model, it *model.Item) controlEntry {
	c := controlEntry{ID: token("item", m.ID, it.ID), Class: "item", Title: it.Title.String()}
	var props properties
	props.label(it.ID)
	props.add("phase", string(it.Phase), "")
	props.add("level", string(it.Level), "")
	props.add("action", string(it.Action()), "")
	for _, team := range it.Teams {
		props.add("team", string(team), "")
	}
	props.add("repeat", it.Repeat.Value, "")
	if it.Own {
		props.add("own", "yes", "")
	}
	props.add("library-item", it.Use, "")
	c.Props = props
	for _, cover := range it.Covers {
		c.Links = append(c.Links, link{"#" + token("activity", m.ID, cover.Activity.ID), "related", cover.Activity.Title.String()})
	}
	for _, r := range it.References {
		c.Links = append(c.Links, link{uri(r.URL.Value), "reference", r.Title.String()})
	}

	steps := part{ID: statement(c.ID), Name: "statement", Prose: c.Title}
	for _, s := range it.Steps {
		steps.Parts = append(steps.Parts, part{Name: "item", Prose: stepProse(s)})
	}
	c.Parts = []part{steps}
	if it.Why.Value != "" {
		c.Parts = append(c.Parts, part{Name: "guidance", Class: "why", Title: "Why", Prose: it.Why.Value})
	}
	if it.Evidence.Value != "" {
		c.Parts = append(c.Parts, part{Name: "assessment-method", Props: []property{method}, Parts: []part{
			{Name: "assessment-objects", Title: "Evidence", Prose: it.Evidence.Value},
		}})
	}
	return c
}

// stepProse returns a step as Markdown, in the order of the runbook.
func stepProse(s model.Step) string {
	blocks := []string{s.Text.Value}
	add := func(value, block string) {
		if value != "" {
			blocks = append(blocks, block)
		}
	}
	add(s.Caution.Value, "**Caution:** "+s.Caution.Value)
	add(s.Manifest.Value, markdown.Fence(s.Language(), s.Manifest.Value))
	add(s.Run.Value, markdown.Fence("sh", s.Run.Value))
	add(s.Expect.Value, "**Expect:** "+s.Expect.Value)
	add(s.Undo.Value, "**Way back:** "+s.Undo.Value)
	return strings.Join(blocks, "\n\n")
}
