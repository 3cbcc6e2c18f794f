// Package build is the straight line from a workspace's files to its findings,
// its catalogue and its site.
//
// File systems go in. Out come findings ([Check]), models ([Load]) or, through
// a [Sink], the files of the site ([Site]). The package writes nothing itself
// and has no clock.
//
// Models are worked on side by side and let go of once their files are handed
// on, so memory does not grow with their number.
package build

import (
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// Input is a workspace laid over what is built in.
type Input struct {
	Root       fs.FS  // the workspace: demarc.yaml, templates/, site/
	Content    fs.FS  // its models; nil: the built-in ones
	ContentDir string // name of Content in findings
	Builtin    Builtin
	AsOf       model.Date // today, where that matters
}

// Builtin is what the binary carries.
type Builtin struct {
	Content   fs.FS
	Templates fs.FS // markdown/ and html/
	Site      fs.FS
	Version   string // changes whenever the same input may give other output
}

// Result is what a run says about the workspace.
type Result struct {
	Findings   []diag.Finding // as the settings want them, sorted
	Models     int
	Activities int
	Items      int
}

// open reads what the models share.
func open(in Input) (*model.Workspace, []diag.Finding, error) {
	content := in.Content
	if content == nil {
		content = in.Builtin.Content
	}
	return model.Open(model.Input{Root: in.Root, Content: content, ContentDir: in.ContentDir, Builtin: in.Builtin.Content})
}

// Check looks at every model, and at the templates, and says what it found.
func Check(in Input) (Result, error) {
	return run(in, func(w *model.Workspace) (visitor, []diag.Finding, error) {
		findings, err := new(site).prepare(in, w)
		return checkOnly, findings, err
	})
}

// Load returns every model that could be read without an error, and the topics;
// findings say why others are missing.
func Load(in Input) ([]*model.Model, []*model.Topic, Result, error) {
	var models []*model.Model
	var topics []*model.Topic
	result, err := run(in, func(w *model.Workspace) (visitor, []diag.Finding, error) {
		models = make([]*model.Model, len(w.Models))
		topics = w.Topics
		return func(v *visit) error {
			v.check()
			if v.sound() {
				models[v.index] = v.model
			}
			return nil
		}, nil, nil
	})
	sound := models[:0]
	for _, m := range models {
		if m != nil {
			sound = append(sound, m)
		}
	}
	return sound, topics, result, err
}

// Topics returns the ids of the workspace's topics.
func Topics(in Input) ([]string, error) {
	w, _, err := open(in)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range w.Topics {
		ids = append(ids, t.ID)
	}
	return ids, nil
}

// LoadModel returns one model and its files, or nil if there is no such model
// or it cannot be read without an error.
func LoadModel(in Input, id string) (*model.Model, []model.File, error) {
	w, _, err := open(in)
	if err != nil || !slices.Contains(w.Models, id) {
		return nil, nil, err
	}
	files, _, err := w.Read(id)
	if err != nil {
		return nil, nil, err
	}
	v := visit{workspace: w, id: id}
	v.model, v.findings = w.Load(id, files)
	if !v.sound() {
		return nil, nil, nil
	}
	return v.model, files, nil
}

// visit is the work on one model.
type visit struct {
	workspace *model.Workspace
	id        string
	index     int // in the order of models
	files     []model.File
	model     *model.Model
	locks     coverage.Locks

	findings          []diag.Finding
	facts             check.Facts
	activities, items int
}

// visitor works on one model. It runs beside others.
type visitor func(v *visit) error

func checkOnly(v *visit) error {
	v.check()
	return nil
}

// check loads the model and runs the rules on it.
func (v *visit) check() {
	m, findings := v.workspace.Load(v.id, v.files)
	v.model = m
	v.findings = append(v.findings, findings...)
	locks, findings := coverage.ReadLocks(v.files)
	v.findings = append(v.findings, findings...)
	v.findings = append(v.findings, check.Model(m, locks)...)
	v.locks = locks
	v.facts = check.FactsOf(m)
	v.activities, v.items = len(m.Activities), len(m.Items)
}

// sound reports that the model was read without an error, so that everything
// in it names something.
func (v *visit) sound() bool {
	for _, f := range v.findings {
		if rule := check.Lookup(f.Rule); f.Severity == diag.Error && (rule == nil || rule.Fixed) {
			return false
		}
	}
	return true
}

// run opens the workspace, has every model visited, and collects what was
// found. Prepare returns the visitor, once the workspace is known.
func run(in Input, prepare func(*model.Workspace) (visitor, []diag.Finding, error)) (Result, error) {
	w, findings, err := open(in)
	if err != nil {
		return Result{}, err
	}
	visitor, more, err := prepare(w)
	if err != nil {
		return Result{}, err
	}
	findings = append(findings, more...)
	visits := make([]visit, len(w.Models))
	err = each(len(visits), func(i int) error {
		v := &visits[i]
		v.workspace, v.id, v.index = w, w.Models[i], i
		var err error
		if v.files, v.findings, err = w.Read(v.id); err != nil {
			return err
		}
		err = visitor(v)
		v.files, v.model, v.locks = nil, nil, nil
		return err
	})
	if err != nil {
		return Result{}, err
	}
	result := Result{Models: len(visits)}
	facts := make([]check.Facts, len(visits))
	for i, v := range visits {
		findings = append(findings, v.findings...)
		facts[i] = v.facts
		result.Activities += v.activities
		result.Items += v.items
	}
	findings = append(findings, check.Workspace(&w.Settings, facts, in.AsOf)...)
	result.Findings = check.Apply(&w.Settings, findings, in.AsOf)
	return result, nil
}

// each calls f for 0 to n-1 on all cores and returns the first error by index.
func each(n int, f func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[i] = f(i); errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
