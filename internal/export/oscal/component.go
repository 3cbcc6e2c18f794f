package oscal

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/ownership"
)

func componentDefinitionOf(models []*model.Model) componentDefinition {
	d := componentDefinition{UUID: unsealed, BackMatter: backMatterOf(models), Metadata: metadataOf("Shared responsibility", models,
		"A component for each side: what it takes on of the activities in "+Catalog.FileName()+
			". OSCAL's provided and responsibilities belong to system security plans; "+
			"here the statements of a requirement say whose part is whose.")}
	d.Metadata.Roles = rolesOf()
	d.Metadata.Parties = partiesOf(models)
	for _, m := range models {
		for _, side := range []model.Side{model.Provider, model.ThirdParty, model.Customer} {
			if c, ok := componentOf(m, side); ok {
				d.Components = append(d.Components, c)
			}
		}
	}
	return d
}

// componentOf returns the component of a model's side, false if it has no party.
func componentOf(m *model.Model, side model.Side) (component, bool) {
	var uuids, names []string
	for _, p := range m.Parties {
		if p.Side == side {
			uuids = append(uuids, partyID(m, p))
			names = append(names, p.Name.String())
		}
	}
	if uuids == nil {
		return component{}, false
	}
	var props properties
	props.add("model", m.ID, "")
	props.add("side", string(side), "")
	c := component{UUID: id("component", m.ID, string(side)), Props: props}
	for _, s := range m.Sources {
		c.Links = append(c.Links, link{"#" + resourceID(m, s), "reference", s.Title.String()})
	}
	who := strings.Join(names, ", ")
	switch side {
	case model.Customer:
		c.Type, c.Title = "process-procedure", "Customer side of "+m.Title.String()
		c.Description = fmt.Sprintf("The checklist and runbook of %s.", who)
	case model.ThirdParty:
		c.Type, c.Title = "service", "Third party in "+m.Title.String()
		c.Description = fmt.Sprintf("What %s, neither customer nor provider, contributes.", who)
	default:
		c.Type, c.Title, c.Description = "service", m.Title.String(), m.Summary.Value
		if c.Description == "" {
			c.Description = fmt.Sprintf("A service of %s.", who)
		}
	}
	if side != model.Customer {
		c.ResponsibleRoles = []responsibleRole{{provider, uuids}}
	}
	implementation := controlImplementation{
		UUID: id("implementation", m.ID, string(side)), Source: Catalog.FileName(),
		Description: fmt.Sprintf("What %s takes on of the activities of %s.", who, m.Title),
	}
	for _, a := range m.Activities {
		if r, ok := requirementOf(m, a, side); ok {
			implementation.Requirements = append(implementation.Requirements, r)
		}
	}
	if implementation.Requirements != nil {
		c.ControlImplementations = []controlImplementation{implementation}
	}
	return c, true
}

// requirementOf returns how a side meets an activity, false if it has no part
// in it. The customer has one wherever an item covers the activity, even
// without a role.
func requirementOf(m *model.Model, a *model.Activity, side model.Side) (implementedRequirement, bool) {
	var props properties
	props.add("basis", string(a.Basis), "")
	props.add("owner", string(ownership.Of(a)), "")
	r := implementedRequirement{
		UUID: id("requirement", m.ID, string(side), a.ID), ControlID: token("activity", m.ID, a.ID),
		ResponsibleRoles: responsible(m, a),
	}
	var sentences []string
	for _, as := range a.Assignments {
		if as.Party.Side == side {
			sentences = append(sentences, holds(as))
			r.Statements = append(r.Statements, addressed{
				StatementID: duty(r.ControlID, as.Party.ID), UUID: id("duty", m.ID, as.Party.ID, a.ID),
				Description: holds(as), ResponsibleRoles: responsible(m, a, as.Party),
			})
		}
	}
	if side == model.Customer {
		if sentences == nil {
			sentences = []string{"The customer holds no role: what remains is to ask for proof."}
		}
		props.add("action", string(a.Action()), "")
		for _, it := range a.Items {
			props.add("item", it.ID, string(it.Level))
			r.Links = append(r.Links, link{Catalog.FileName() + "#" + token("item", m.ID, it.ID), "reference", it.Title.String()})
		}
	}
	r.Props = props
	r.Description = strings.Join(sentences, " ")
	if side == model.Customer {
		r.Description += covered(a.Items)
	}
	return r, r.Statements != nil || side == model.Customer && len(a.Items) > 0
}

// covered returns, as Markdown to follow a paragraph, which items the customer
// covers an activity with.
func covered(items []*model.Item) string {
	if len(items) == 0 {
		return " No checklist item covers the activity."
	}
	var b strings.Builder
	b.WriteString(" Covered by:\n")
	for _, it := range items {
		fmt.Fprintf(&b, "\n- %s (`%s`, %s, %s)", it.Title, it.ID, it.Phase, it.Level)
	}
	return b.String()
}
