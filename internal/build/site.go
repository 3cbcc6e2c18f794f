package build

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/compare"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/html"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// Sink takes the files of the site. A unit is what one input makes, such as a
// model; it can be reused whole if its key is that of the last run.
// The output package's Writer is one; its methods may be called concurrently.
type Sink interface {
	Reuse(unit, key string) (note []byte, ok bool)
	Put(unit, path string, data []byte) error
	Done(unit, key string, note []byte)
}

// siteUnit is the unit of everything that belongs to no model.
const siteUnit = "."

// note is what the sink keeps of a model, so that a run that reuses its files
// need not read it.
type note struct {
	Card              *render.Card
	Facts             check.Facts
	Findings          []diag.Finding
	Activities, Items int
}

// Site makes every file of the site and hands it to the sink. What was handed
// over counts only if the result has no finding of severity error; models that
// have one hand over nothing.
func Site(in Input, sink Sink) (Result, error) {
	s := &site{sink: sink}
	result, err := run(in, func(w *model.Workspace) (visitor, []diag.Finding, error) {
		findings, err := s.prepare(in, w)
		if err != nil {
			return nil, nil, err
		}
		if findings != nil {
			return checkOnly, findings, nil
		}
		return s.visit, nil, nil
	})
	if err != nil || s.pages == nil || diag.Worst(result.Findings) == diag.Error {
		return result, err
	}
	findings, err := s.finish(in)
	result.Findings = append(result.Findings, findings...)
	return result, err
}

// site is the state of [Site].
type site struct {
	sink      Sink
	workspace *model.Workspace
	documents *render.Templates
	pages     *html.Pages
	assets    fs.FS
	editable  bool   // the models are the workspace's own, not built in
	key       []byte // digest of all that every model's files depend on
	cards     []*render.Card
}

// prepare parses the templates. Findings mean that there can be no site.
func (s *site) prepare(in Input, w *model.Workspace) ([]diag.Finding, error) {
	s.workspace = w
	s.editable = in.Content != nil
	s.cards = make([]*render.Card, len(w.Models))
	s.assets = overlay{sub(in.Root, "site"), in.Builtin.Site}
	templates := overlay{sub(in.Root, "templates"), in.Builtin.Templates}
	findings := append(unknownTemplates(in), takenFolders(in, w)...)
	documents, more, err := render.Parse(sub(templates, "markdown"))
	if err != nil {
		return nil, err
	}
	findings = append(findings, more...)
	pages, more, err := html.Parse(sub(templates, "html"), html.Site{
		Title: s.title().Value, Nav: render.Nav(len(w.Models)), Repository: w.Settings.Repository,
	})
	if err != nil {
		return nil, err
	}
	if findings = append(findings, more...); findings != nil {
		return findings, nil
	}
	s.documents, s.pages = documents, pages
	h := sha256.New()
	fmt.Fprintf(h, "%q %x %t ", in.Builtin.Version, w.Digest, render.Comparable(len(w.Models)))
	if err := eachFile(templates, func(name string, data []byte) error {
		fmt.Fprintf(h, "%q %d ", name, len(data))
		_, err := h.Write(data)
		return err
	}); err != nil {
		return nil, err
	}
	s.key = h.Sum(nil)
	return nil, nil
}

func (s *site) title() model.Text {
	if t := s.workspace.Settings.Title; t.Value != "" {
		return t
	}
	return model.Text{Value: render.DefaultTitle}
}

// visit makes the files of one model, or reuses those of the last run.
func (s *site) visit(v *visit) error {
	key := s.keyOf(v.files)
	if data, ok := s.sink.Reuse(v.id, key); ok {
		var n note
		if json.Unmarshal(data, &n) == nil {
			s.cards[v.index] = n.Card
			v.findings = append(v.findings, n.Findings...)
			v.facts, v.activities, v.items = n.Facts, n.Activities, n.Items
			return nil
		}
	}
	before := len(v.findings) // found in the folder, not in the files
	v.check()
	if !v.sound() {
		return nil
	}
	docs, findings := s.modelDocuments(v, len(s.cards))
	v.findings = append(v.findings, findings...)
	if findings != nil {
		return nil
	}
	more := &html.Model{Facts: index.FactsOf(v.model)}
	if s.editable {
		for _, f := range v.files {
			more.Files = append(more.Files, f.Name)
		}
	}
	findings, err := s.put(v.id, docs, more)
	v.findings = append(v.findings, findings...)
	if err != nil || findings != nil {
		return err
	}
	if err := s.sink.Put(v.id, path.Join(v.id, index.SearchFile), index.Search(v.model)); err != nil {
		return err
	}
	data, err := json.Marshal(note{s.cards[v.index], v.facts, v.findings[before:], v.activities, v.items})
	if err != nil {
		return err
	}
	s.sink.Done(v.id, key, data)
	return nil
}

// modelDocuments makes the card and the documents of a model, one of so many.
func (s *site) modelDocuments(v *visit, models int) ([]render.Document, []diag.Finding) {
	card := render.CardOf(v.model)
	card.Site = s.workspace.Settings.Address.Value
	if render.Comparable(models) {
		card.Compared = compare.Activities(v.model)
	}
	s.cards[v.index] = card
	return s.documents.Model(v.model, card, coverage.Of(v.model, v.locks))
}

// keyOf returns the digest of all that a model's files depend on.
func (s *site) keyOf(files []model.File) string {
	h := sha256.New()
	h.Write(s.key)
	for _, f := range files {
		fmt.Fprintf(h, "%q %d ", f.Name, len(f.Data))
		h.Write(f.Data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// put hands over the documents of a model and their pages.
func (s *site) put(unit string, docs []render.Document, m *html.Model) ([]diag.Finding, error) {
	for _, doc := range docs {
		if findings, err := s.putOne(unit, doc, m); err != nil || findings != nil {
			return findings, err
		}
	}
	return nil, nil
}

// putOne hands over a document and its page; m is nil for one of no model.
func (s *site) putOne(unit string, doc render.Document, m *html.Model) ([]diag.Finding, error) {
	page, findings := s.pages.Page(doc, m)
	if findings != nil {
		return findings, nil
	}
	if err := s.sink.Put(unit, doc.Path, doc.Markdown); err != nil {
		return nil, err
	}
	return nil, s.sink.Put(unit, html.Path(doc), page)
}

// finish makes the documents of the site as a whole and hands over its assets.
func (s *site) finish(in Input) ([]diag.Finding, error) {
	rules, err := ruleViews()
	if err != nil {
		return nil, err
	}
	docs, findings := s.documents.Site(render.SiteView{
		Title: s.title(), Summary: s.workspace.Settings.Summary, Models: s.cards, Topics: s.workspace.Topics, Rules: rules,
	})
	if findings != nil {
		return findings, nil
	}
	// Models are done by now, so the site's own documents have all cores.
	found := make([][]diag.Finding, len(docs))
	err = each(len(docs), func(i int) (err error) {
		found[i], err = s.putOne(siteUnit, docs[i], nil)
		return err
	})
	if findings = slices.Concat(found...); err != nil || len(findings) > 0 {
		return findings, err
	}
	if findings = takenAssets(in, s.cards, docs); findings != nil {
		return findings, nil
	}
	names := make([][2]string, len(s.cards))
	for i, card := range s.cards {
		names[i] = [2]string{card.ID, card.Title}
	}
	if err := s.sink.Put(siteUnit, index.SearchFile, index.SearchSite(names, s.workspace.Topics)); err != nil {
		return nil, err
	}
	err = eachFile(s.assets, func(name string, data []byte) error {
		if path.Ext(name) == ".go" { // this repository is a workspace too
			return nil
		}
		return s.sink.Put(siteUnit, name, data)
	})
	if err == nil {
		s.sink.Done(siteUnit, "", nil)
	}
	return nil, err
}

// eachFile calls f for every file, by name.
func eachFile(fsys fs.FS, f func(name string, data []byte) error) error {
	return fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		file, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		data, err := io.ReadAll(file)
		if err != nil {
			return err
		}
		return f(name, data)
	})
}
