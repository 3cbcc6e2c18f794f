package build

import (
	"slices"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// Edition is the Markdown edition of a workspace: what a site shows, without
// the documents about rules.
type Edition struct {
	Title     string
	Address   string            // where the workspace's site is published; "" if it does not say
	Documents []render.Document // each model's, then those of the site as a whole, home first
}

// Documents makes the documents of the models named, or of all. The edition is
// empty if the result has a finding that is an error, or a name is not that of
// a model: check names with [Names] before.
func Documents(in Input, only []string) (Edition, Result, error) {
	var e edition
	result, err := run(in, func(w *model.Workspace) (visitor, []diag.Finding, error) {
		findings, err := e.prepare(in, w)
		e.only = only
		if len(only) == 0 {
			e.only = w.Models
		}
		e.docs = make([][]render.Document, len(w.Models))
		return e.visitModel, findings, err
	})
	if err != nil || diag.Worst(result.Findings) == diag.Error {
		return Edition{}, result, err
	}
	cards := slices.DeleteFunc(e.cards, func(c *render.Card) bool { return c == nil })
	own, findings := e.documents.Site(render.SiteView{
		Title: e.title(), Summary: e.workspace.Settings.Summary, Models: cards, Topics: e.workspace.Topics,
	})
	result.Findings = append(result.Findings, findings...)
	return Edition{e.title().Value, e.workspace.Settings.Address.Value, append(slices.Concat(e.docs...), own...)}, result, nil
}

// edition is the state of [Documents].
type edition struct {
	site
	only []string
	docs [][]render.Document // by model
}

// visitModel makes the documents of one model, if it was asked for.
func (e *edition) visitModel(v *visit) error {
	v.check()
	if !v.sound() || e.documents == nil || !slices.Contains(e.only, v.id) {
		return nil
	}
	docs, findings := e.modelDocuments(v, len(e.only))
	e.docs[v.index] = docs
	v.findings = append(v.findings, findings...)
	return nil
}

// Names returns the ids of the workspace's models.
func Names(in Input) ([]string, error) {
	w, _, err := open(in)
	if err != nil {
		return nil, err
	}
	return w.Models, nil
}
