package render

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// Tabs lists the documents of a model in the order of their tabs. Those for
// questions and proof exist only where there is something to ask.
func (c *Card) Tabs() []Kind {
	tabs := []Kind{Overview, RACI, Checklist, Runbook, Traceability}
	if c.Questions > 0 {
		tabs = append(tabs, Questions)
	}
	if c.Proofs > 0 {
		tabs = append(tabs, Proof)
	}
	return tabs
}

// Name returns the word for a document of this kind on pages.
func (k Kind) Name() string {
	switch k {
	case Overview:
		return "Overview"
	case RACI:
		return "RACI"
	case Checklist:
		return "Checklist"
	case Runbook:
		return "Runbook"
	case Traceability:
		return "Traceability"
	case Questions:
		return "Questions"
	case Proof:
		return "Proof"
	case Comparison:
		return "Comparison"
	case Home:
		return "Home"
	case Legend:
		return "Legend"
	case Sources:
		return "Sources"
	case RuleIndex:
		return "Rules"
	}
	return string(k)
}

// FileName returns the name of a model's document within the model's folder.
func (k Kind) FileName() string {
	if k == Overview {
		return "index.md"
	}
	return string(k) + ".md"
}

// ModelView is what the template of each of a model's documents sees. Parts
// that a document does not need cost nothing: they are methods.
type ModelView struct {
	*model.Model
	Card     *Card
	coverage []coverage.Source
	kind     Kind // of the document that is being written
}

// Model writes the documents of a model, in the order of its tabs. The model
// must have no finding that is an error.
func (t *Templates) Model(m *model.Model, card *Card, cov []coverage.Source) ([]Document, []diag.Finding) {
	view := ModelView{Model: m, Card: card, coverage: cov}
	var docs []Document
	var findings []diag.Finding
	for _, kind := range card.Tabs() {
		doc := Document{Path: m.ID + "/" + kind.FileName(), Kind: kind, Title: m.Title.Value, Description: view.description(kind), Model: card}
		if kind != Overview {
			doc.Title += ": " + kind.Name()
		}
		view.kind = kind
		doc, bad := t.write(doc, view)
		docs = append(docs, doc)
		findings = append(findings, bad...)
	}
	return docs, findings
}

func (v ModelView) description(kind Kind) string {
	switch kind {
	case RACI:
		return fmt.Sprintf("Who is responsible, accountable, consulted and informed for each of the %d activities of %s.", len(v.Activities), v.Title.Value)
	case Checklist:
		return fmt.Sprintf("The %d things a team does about %s, by phase, each with what proves it.", len(v.Items), v.Title.Value)
	case Runbook:
		return fmt.Sprintf("How each item of the checklist for %s is done, step by step.", v.Title.Value)
	case Questions:
		return fmt.Sprintf("What to ask %s about the split of responsibilities on %s.", v.Provider.Value, v.Title.Value)
	case Proof:
		return fmt.Sprintf("The proof to ask %s for about what it alone does on %s.", v.Provider.Value, v.Title.Value)
	case Traceability:
		return fmt.Sprintf("Which statement of the provider leads to which activity and checklist item of %s, and back.", v.Title.Value)
	}
	return fmt.Sprintf("Who does what on %s, and what is yours.", v.Title.Value)
}

// Address returns where the document's page is published, "" if the workspace
// does not say: the way back from paper.
func (v ModelView) Address() string {
	if v.Card.Site == "" {
		return ""
	}
	return strings.TrimSuffix(v.Card.Site, "/") + "/" + v.ID + "/" + strings.TrimSuffix(v.kind.FileName(), ".md") + ".html"
}

// Root returns the way from the model's documents up to the site's own.
func (v ModelView) Root() string { return strings.Repeat("../", strings.Count(v.ID, "/")+1) }

// Mixed reports whether some activities are inferred, so that each has to say
// its basis.
func (v ModelView) Mixed() bool { return v.Card.Inferred > 0 }
