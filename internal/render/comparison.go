package render

import (
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/compare"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Comparable reports whether so many models are compared: with one there is
// nothing to compare, and more than a dozen columns fit no page.
func Comparable(models int) bool { return 2 <= models && models <= 12 }

// TopicRow is a topic in all models.
type TopicRow struct {
	*model.Topic
	Cells []TopicCell // in the order of the models
}

// TopicCell is a topic in one model.
type TopicCell struct {
	Model *Card
	compare.Holding
	Rows []compare.Activity // of the topic, in the model's order
}

// TopicRows returns the topics that at least one model speaks of.
func (v SiteView) TopicRows() []TopicRow {
	var rows []TopicRow
	for _, t := range v.Topics {
		row := TopicRow{Topic: t}
		stated := false
		for _, card := range v.Models {
			cell := TopicCell{Model: card, Holding: compare.Of(card.Compared, t.ID)}
			for _, a := range card.Compared {
				if a.Topic == t.ID {
					cell.Rows = append(cell.Rows, a)
				}
			}
			stated = stated || cell.Stated()
			row.Cells = append(row.Cells, cell)
		}
		if stated {
			rows = append(rows, row)
		}
	}
	return rows
}

// Anchor returns the anchor of the topic's section in the comparison.
func (r TopicRow) Anchor() string { return markdown.Slug(r.Title.Value) }

// Summary returns who answers for how many activities, such as
// "customer 3, provider 2 (1 inferred)", or "not stated".
func (c TopicCell) Summary() string {
	var parts []string
	for _, side := range []struct {
		name  string
		count int
	}{{"customer", len(c.Customer)}, {"provider", len(c.Provider)}, {"third party", len(c.ThirdParty)}} {
		if side.count > 0 {
			parts = append(parts, side.name+" "+strconv.Itoa(side.count))
		}
	}
	if parts == nil {
		return "not stated"
	}
	summary := strings.Join(parts, ", ")
	if c.Inferred > 0 {
		summary += " (" + strconv.Itoa(c.Inferred) + " inferred)"
	}
	return summary
}

// DifferenceView is what sets two models apart.
type DifferenceView struct {
	A, B *Card
	compare.Difference
}

// Differences returns the difference of every pair of models.
func (v SiteView) Differences() []DifferenceView {
	var list []DifferenceView
	for i, a := range v.Models {
		for _, b := range v.Models[i+1:] {
			list = append(list, DifferenceView{a, b, compare.Models(a.Compared, b.Compared, v.Topics)})
		}
	}
	return list
}

// Path returns where the document is.
func (d DifferenceView) Path() string {
	return string(Comparison) + "/" + strings.ReplaceAll(d.A.ID, "/", "-") + "--" + strings.ReplaceAll(d.B.ID, "/", "-") + ".md"
}

// Title returns the document's title.
func (d DifferenceView) Title() string { return d.A.Title + " and " + d.B.Title }
