// Package paper prints the documents of a model: a checklist to tick with a
// pen and to sign, a RACI to hand round, a runbook to keep by the phone.
//
// In go a workspace and a [Job]; out comes a PDF. The way there is that of the
// site, so that paper and screen say the same: the workspace's templates write
// the Markdown, [Select] leaves out what is not to be printed, package html
// makes a page of the rest, in a frame without navigation or scripts, and one
// of two engines prints the page. A browser that is installed on the machine
// prints any document with the site's own print.css; the built-in engine
// prints checklists where there is no browser, with the same bytes each time.
//
// Nothing is fetched from a network. The package runs the browser and writes
// its files in a temporary folder; [Write] puts a PDF where a person wants it,
// but never over a file that a person made.
package paper

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// Engine prints pages.
type Engine string

// The engines. Auto is a browser if there is one, and else, for a checklist,
// the built-in engine.
const (
	Auto    Engine = "auto"
	Browser Engine = "browser"
	Builtin Engine = "builtin"
)

// Size is the size of the paper, as CSS names it.
type Size string

// The sizes.
const (
	A4     Size = "a4"
	Letter Size = "letter"
)

// Job says what to print and how.
type Job struct {
	Model  string      // its identifier, such as "ovhcloud/managed-kubernetes"
	Kind   render.Kind // [render.Checklist], [render.RACI] or [render.Runbook]
	Choice Choice      // which part of the document
	Size   Size
	Engine Engine
	Tool   string // name and version of this program, for the PDF's properties
}

// Printed is what came of a [Job].
type Printed struct {
	PDF    []byte
	Engine Engine // that printed it: Browser or Builtin
	// Missing are characters that the built-in fonts lack; each was printed
	// as a question mark.
	Missing []rune
}

// JobError is the error of a job that cannot be done as it was asked for, such
// as one for a model or a section that does not exist.
type JobError struct{ Reason string }

func (e JobError) Error() string { return e.Reason }

func jobErrorf(format string, args ...any) error { return JobError{fmt.Sprintf(format, args...)} }

// Print does a job. If the result has a finding of severity error, nothing was
// printed.
func Print(ctx context.Context, in build.Input, job Job) (Printed, build.Result, error) {
	if err := job.Choice.fits(job.Kind); err != nil {
		return Printed{}, build.Result{}, err
	}
	browser, err := job.browser()
	if err != nil {
		return Printed{}, build.Result{}, err
	}
	models, _, result, err := build.Load(in)
	if err != nil || diag.Worst(result.Findings) == diag.Error {
		return Printed{}, result, err
	}
	m, err := modelNamed(models, job.Model)
	if err != nil {
		return Printed{}, result, err
	}
	file := path.Join(m.ID, job.Kind.FileName())
	made := &files{document: file, assets: map[string][]byte{}}
	result, err = build.Site(in, made)
	if err != nil || diag.Worst(result.Findings) == diag.Error {
		return Printed{}, result, err
	}
	markdown, err := Select(made.markdown, job.Choice)
	if err != nil {
		return Printed{}, result, err
	}
	p, err := newPage(m, job.Kind, markdown)
	if err != nil {
		return Printed{}, result, err
	}
	printed := Printed{Engine: Builtin}
	if browser != "" {
		printed.Engine = Browser
		printed.PDF, err = printInBrowser(ctx, browser, p, made.assets, job.Size)
	} else {
		printed.PDF, printed.Missing, err = printBuiltin(p, job.Size, in.AsOf)
	}
	if err != nil {
		return Printed{}, result, err
	}
	printed.PDF = seal(printed.PDF, job.Tool, in.AsOf)
	return printed, result, nil
}

// browser returns the browser to print with, "" for the built-in engine.
func (job Job) browser() (string, error) {
	builtin := job.Kind == render.Checklist
	if job.Engine == Builtin {
		if !builtin {
			return "", jobErrorf("the built-in engine prints checklists only; for the %s use --engine browser", job.Kind.Name())
		}
		return "", nil
	}
	name, err := FindBrowser()
	if errors.Is(err, ErrNoBrowser) && job.Engine == Auto && builtin {
		return "", nil
	}
	return name, err
}

func modelNamed(models []*model.Model, id string) (*model.Model, error) {
	ids := make([]string, len(models))
	for i, m := range models {
		ids[i] = m.ID
	}
	if i := slices.Index(ids, id); i >= 0 {
		return models[i], nil
	}
	return nil, jobErrorf("there is no model %q; %s", id, diag.DidYouMean(id, ids, "demarc check shows which there are"))
}

// FileName returns the name that the PDF of a job has unless told otherwise,
// such as "ovhcloud-managed-kubernetes-checklist.pdf".
func (job Job) FileName() string {
	return strings.ReplaceAll(job.Model, "/", "-") + "-" + string(job.Kind) + ".pdf"
}
