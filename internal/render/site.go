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

// Comparable reports whether the site compares its models.
func (v SiteView) Comparable() bool { return Comparable(len(v.Models)) }

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

// SitePath returns where one of the site's own documents is.
func (k Kind) SitePath() string {
	switch k {
	case Home:
		return "index.md"
	case RuleIndex:
		return "rules/index.md"
	}
	return string(k) + ".md"
}

// Nav lists the site's own documents that every page links to.
func Nav(models int) []Kind {
	nav := []Kind{Legend, Sources, RuleIndex}
	if Comparable(models) {
		nav = append([]Kind{Comparison}, nav...)
	}
	return nav
}

// Site writes the documents of the site as a whole.
func (t *Templates) Site(v SiteView) ([]Document, []diag.Finding) {
	var docs []Document
	var findings []diag.Finding
	add := func(doc Document, view any) {
		doc, bad := t.write(doc, view)
		docs = append(docs, doc)
		findings = append(findings, bad...)
	}
	own := func(kind Kind, title, description string) {
		add(Document{Path: kind.SitePath(), Kind: kind, Title: title, Description: description}, v)
	}
	own(Home, v.Title.Value, fmt.Sprintf("Who does what on %s, and what is yours.", plural(len(v.Models), "managed service", "managed services")))
	own(Legend, "Legend", "What the role letters, bases, actions, phases and topics mean.")
	own(Sources, "About the sources", "Which documents the models are made from, of what date, and where they contradict themselves.")
	if len(v.Rules) > 0 {
		own(RuleIndex, "Rules", "What is checked in every model.")
	}
	if v.Comparable() {
		own(Comparison, "Comparison", "Who answers for what, topic by topic, on each of the services.")
		for _, d := range v.Differences() {
			add(Document{Path: d.Path(), Kind: Difference, Title: d.Title(), Description: "What sets the two models apart."}, d)
		}
	}
	for _, r := range v.Rules {
		add(Document{Path: "rules/" + r.Name + ".md", Kind: Rule, Title: r.Name, Description: r.Title}, r)
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
