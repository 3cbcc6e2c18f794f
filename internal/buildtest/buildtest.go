// Package buildtest loads the built-in models for tests.
//
// A workspace goes in, the built-in one by [Input]; out come its models or
// documents, and a test that has none fails.
package buildtest

import (
	"testing"
	"testing/fstest"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

// Input is an empty workspace over what is built in, on a day that stays.
func Input() build.Input {
	return build.Input{
		Root: fstest.MapFS{}, ContentDir: "content", AsOf: "2026-11-20",
		Builtin: build.Builtin{Content: content.FS, Templates: templates.FS, Site: site.FS},
	}
}

// Models returns the models of a workspace that has no error.
func Models(t testing.TB, in build.Input) []*model.Model {
	t.Helper()
	models, _, result, err := build.Load(in)
	sound(t, result, err, len(models))
	return models
}

// Edition returns the documents of the named models of a workspace, or of all.
func Edition(t testing.TB, in build.Input, models ...string) build.Edition {
	t.Helper()
	edition, result, err := build.Documents(in, models)
	sound(t, result, err, len(edition.Documents))
	return edition
}

func sound(t testing.TB, result build.Result, err error, n int) {
	t.Helper()
	if err != nil || n == 0 || diag.Worst(result.Findings) == diag.Error {
		t.Fatalf("%d models or documents: %v, %v", n, err, result.Findings)
	}
}
