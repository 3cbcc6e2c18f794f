package build

import (
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/render"
)

// ruleViews returns what the pages about the rules show.
func ruleViews() ([]render.RuleView, error) {
	var views []render.RuleView
	for _, r := range check.Rules() {
		doc, err := r.Doc()
		if err != nil {
			return nil, err
		}
		views = append(views, render.RuleView{
			Name: r.Name, Title: doc.Title, Severity: r.Severity, Fixed: r.Fixed, Doc: doc.Body,
			Fails: examples(doc.Fail), Findings: doc.Findings, Passes: examples(doc.Pass),
		})
	}
	return views, nil
}

func examples(files []check.File) []render.Example {
	list := make([]render.Example, len(files))
	for i, f := range files {
		list[i] = render.Example{Name: f.Name, Language: f.Language(), Text: f.Data}
	}
	return list
}
