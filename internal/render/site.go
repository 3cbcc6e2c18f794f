package render

import (
	"fmt"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// SiteView is what the templates of the site's own documents see.
type SiteView struct {
	Title   model.Text
	Summary model.Prose
	Models  []*Card
	Topics  []*model.Topic
	Rules   []RuleView
}

// RuleView is a rule as its own document shows it.
type RuleView struct {
	Name     string
	Title    string
	Severity diag.Severity
	Fixed    bool
	Doc      string // Markdown
	Fails    []Example
	Findings string // what the failing example gives, as text
	Passes   []Example
}

// Example is one file of a rule's example.
type Example struct {
	Name     string
	Language string // for highlighting: yaml or toml
	Text     string
}

// DefaultTitle is the title of a site whose workspace gives none.
const DefaultTitle = "Shared responsibility"

// Site writes the documents of the site as a whole.
func (t *Templates) Site(v SiteView) ([]Document, []diag.Finding) {
	docs := []Document{
		{Path: "index.md", Kind: Home, Title: v.Title.Value, Description: fmt.Sprintf("Who does what on %s, and what is yours.", plural(len(v.Models), "managed service", "managed services"))},
		{Path: "legend.md", Kind: Legend, Title: "Legend", Description: "What the role letters, bases, actions, phases and topics mean."},
		{Path: "sources.md", Kind: Sources, Title: "About the sources", Description: "Which documents the models are made from, of what date, and where they contradict themselves."},
		{Path: "rules/index.md", Kind: RuleIndex, Title: "Rules", Description: "What is checked in every model."},
	}
	views := make([]any, len(docs), len(docs)+len(v.Rules))
	for i := range views {
		views[i] = v
	}
	for _, r := range v.Rules {
		docs = append(docs, Document{Path: "rules/" + r.Name + ".md", Kind: Rule, Title: r.Name, Description: r.Title})
		views = append(views, r)
	}
	var findings []diag.Finding
	for i := range docs {
		var bad []diag.Finding
		docs[i], bad = t.write(docs[i], views[i])
		findings = append(findings, bad...)
	}
	return docs, findings
}

// Letters returns the role letters with their words and meanings, for the
// legend.
func (SiteView) Letters() []Term {
	return []Term{
		{"R", "Responsible", "does the work, or sees to it that it is done"},
		{"A", "Accountable", "answers for the outcome; exactly one party per activity"},
		{"C", "Consulted", "is asked before the work is done"},
		{"I", "Informed", "is told about the result"},
	}
}

// Actions returns the actions with what each means for the customer.
func (SiteView) Actions() []Term {
	return []Term{
		{"do", "Do", "the customer is responsible or accountable: plan it, do it, keep the evidence"},
		{"advise", "Advise", "the customer is consulted: know what to answer, and who does"},
		{"watch", "Watch", "the customer is informed: make sure that the notice reaches somebody"},
		{"verify", "Verify", "the customer holds no role: ask the provider for proof"},
	}
}

// Phases returns the phases with what belongs to each.
func (SiteView) Phases() []Term {
	return []Term{
		{"choose", "Choose", "decisions that are dear to change later"},
		{"set-up", "Set up", "what is configured once, before the first workload"},
		{"go-live", "Go live", "what has to be shown before production traffic"},
		{"operate", "Operate", "what recurs while the service runs"},
		{"incident", "Incident", "what is done when something is wrong"},
		{"exit", "Exit", "leaving the service and what is left behind"},
	}
}

// Catalogues returns the control catalogues that topics cite.
func (SiteView) Catalogues() []model.Catalogue { return model.Catalogues }

// Term is an entry of the legend.
type Term struct{ ID, Name, Meaning string }
