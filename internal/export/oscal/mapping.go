package oscal

import (
	"github.com/demarc/demarc/internal/model"
)

// Values of OSCAL's mapping model.
const (
	// relationship is the only one that holds of every activity and its items: a
	// model says that an item covers an activity, not that either asks for
	// nothing else.
	relationship = "intersects-with"
	byHand       = "human"      // people write the covers of items
	rationale    = "functional" // they look at what doing the item brings about
	complete     = "complete"
	incomplete   = "not-complete"
)

// mappingCollectionOf returns false if no item covers an activity.
func mappingCollectionOf(models []*model.Model) (mappingCollection, bool) {
	c := mappingCollection{
		UUID: unsealed, Metadata: metadataOf("Activities and what covers them", models, ""),
		Provenance: provenance{
			Method: byHand, MatchingRationale: rationale, Status: complete,
			Description: "Each activity of a source, and the items of the customer's checklist that cover it. " +
				"Both are controls of " + Catalog.FileName() + ".",
		},
	}
	for _, m := range models {
		mapping, ok := mappingOf(m)
		if ok {
			c.Mappings = append(c.Mappings, mapping)
		}
		if !ok && len(m.Activities) > 0 || mapping.Status == incomplete {
			c.Provenance.Status = incomplete
		}
	}
	return c, c.Mappings != nil
}

// mappingOf returns the mapping of a model's activities to its items, false if
// no item covers an activity.
func mappingOf(m *model.Model) (mapping, bool) {
	resource := mapped{"catalog", Catalog.FileName()}
	out := mapping{
		UUID: id("mapping", m.ID), Status: complete, Source: resource, Target: resource, Remarks: m.Title.String(),
	}
	var uncovered, own []string
	for _, a := range m.Activities {
		source := token("activity", m.ID, a.ID)
		if len(a.Items) == 0 {
			uncovered = append(uncovered, source)
			continue
		}
		entry := mapEntry{UUID: id("map", m.ID, a.ID), Relationship: relationship, Sources: []mapItem{{"control", source}}}
		for _, it := range a.Items {
			entry.Targets = append(entry.Targets, mapItem{"control", token("item", m.ID, it.ID)})
		}
		var props properties
		props.add("action", string(a.Action()), "")
		entry.Props = props
		out.Maps = append(out.Maps, entry)
	}
	for _, it := range m.Items {
		if len(it.Covers) == 0 {
			own = append(own, token("item", m.ID, it.ID))
		}
	}
	out.SourceGap, out.TargetGap = gap(m, "source", uncovered), gap(m, "target", own)
	if uncovered != nil {
		out.Status = incomplete
	}
	return out, out.Maps != nil
}

// gap lists the controls on one end of a mapping that nothing is mapped to, nil
// if there are none.
func gap(m *model.Model, end string, ids []string) *gapSummary {
	if ids == nil {
		return nil
	}
	return &gapSummary{id("gap", m.ID, end), []selection{{ids}}}
}
