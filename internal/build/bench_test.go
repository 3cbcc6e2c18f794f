package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/html"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/output"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

// sizes are numbers of models and of activities in each.
var sizes = []struct{ models, activities int }{{5, 60}, {100, 100}, {1000, 100}}

// eachSize runs a benchmark on workspaces of each size. Sizes above the
// smallest are left out with -short.
func eachSize(b *testing.B, f func(b *testing.B, content fs.FS)) {
	for _, size := range sizes {
		total := size.models * size.activities
		b.Run(fmt.Sprintf("activities=%d", total), func(b *testing.B) {
			if testing.Short() && size.models > 5 {
				b.Skip("large")
			}
			content := workload(size.models, size.activities)
			b.ReportAllocs()
			f(b, content)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(total), "ns/activity")
		})
	}
}

func input(content fs.FS) build.Input {
	return build.Input{
		Root: fstest.MapFS{}, Content: content, ContentDir: "content", AsOf: "2026-02-01",
		Builtin: build.Builtin{Content: fstest.MapFS{}, Templates: templates.FS, Site: site.FS, Version: "bench"},
	}
}

// workspaceOf opens a workspace and reads the files of its models.
func workspaceOf(b *testing.B, content fs.FS) (*model.Workspace, map[string][]model.File) {
	b.Helper()
	w, findings, err := model.Open(model.Input{Root: fstest.MapFS{}, Content: content, ContentDir: "content"})
	if err != nil || findings != nil {
		b.Fatal(err, findings)
	}
	files := map[string][]model.File{}
	for _, id := range w.Models {
		if files[id], _, err = w.Read(id); err != nil {
			b.Fatal(err)
		}
	}
	return w, files
}

// BenchmarkRead takes YAML to the typed catalogue, on one core.
func BenchmarkRead(b *testing.B) {
	eachSize(b, func(b *testing.B, content fs.FS) {
		w, files := workspaceOf(b, content)
		for b.Loop() {
			for _, id := range w.Models {
				w.Load(id, files[id])
			}
		}
	})
}

// BenchmarkCheck runs the rules on models that have been read, on one core.
func BenchmarkCheck(b *testing.B) {
	eachSize(b, func(b *testing.B, content fs.FS) {
		w, files := workspaceOf(b, content)
		models := make([]*model.Model, len(w.Models))
		for i, id := range w.Models {
			models[i], _ = w.Load(id, files[id])
		}
		for b.Loop() {
			for _, m := range models {
				check.Model(m, nil)
			}
		}
	})
}

// documents writes the Markdown of all models with render.
func documents(b *testing.B, content fs.FS) (*render.Templates, []*model.Model, []render.Document) {
	b.Helper()
	w, files := workspaceOf(b, content)
	md, err := fs.Sub(templates.FS, "markdown")
	if err != nil {
		b.Fatal(err)
	}
	t, findings, err := render.Parse(md)
	if err != nil || findings != nil {
		b.Fatal(err, findings)
	}
	var models []*model.Model
	var docs []render.Document
	for _, id := range w.Models {
		m, _ := w.Load(id, files[id])
		models = append(models, m)
		d, findings := t.Model(m, render.CardOf(m), nil)
		if findings != nil {
			b.Fatal(findings)
		}
		docs = append(docs, d...)
	}
	return t, models, docs
}

// BenchmarkRender takes the catalogue to Markdown, on one core.
func BenchmarkRender(b *testing.B) {
	eachSize(b, func(b *testing.B, content fs.FS) {
		t, models, _ := documents(b, content)
		for b.Loop() {
			for _, m := range models {
				t.Model(m, render.CardOf(m), nil)
			}
		}
	})
}

// BenchmarkHTML takes Markdown to pages, on one core.
func BenchmarkHTML(b *testing.B) {
	eachSize(b, func(b *testing.B, content fs.FS) {
		_, models, docs := documents(b, content)
		facts := map[string]*html.Model{}
		for _, m := range models {
			facts[m.ID] = &html.Model{Facts: index.FactsOf(m)}
		}
		frames, err := fs.Sub(templates.FS, "html")
		if err != nil {
			b.Fatal(err)
		}
		pages, findings, err := html.Parse(frames, html.Site{Title: "Bench"})
		if err != nil || findings != nil {
			b.Fatal(err, findings)
		}
		for b.Loop() {
			for _, doc := range docs {
				pages.Page(doc, facts[doc.Model.ID])
			}
		}
	})
}

// BenchmarkGoldmark is the mark for BenchmarkHTML: goldmark alone on the same
// Markdown, on one core.
func BenchmarkGoldmark(b *testing.B) {
	eachSize(b, func(b *testing.B, content fs.FS) {
		_, _, docs := documents(b, content)
		gm := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList))
		var size int64
		for _, doc := range docs {
			size += int64(len(doc.Markdown))
		}
		b.SetBytes(size)
		var out bytes.Buffer
		for b.Loop() {
			for _, doc := range docs {
				out.Reset()
				if err := gm.Convert(doc.Markdown, &out); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkWrite puts the files of a site on disk, each time into a new folder.
func BenchmarkWrite(b *testing.B) {
	eachSize(b, func(b *testing.B, content fs.FS) {
		files := memory{}
		if _, err := build.Site(input(content), files); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			b.StopTimer()
			dir := b.TempDir()
			b.StartTimer()
			out, err := output.Open(path.Join(dir, "public"), "bench")
			if err != nil {
				b.Fatal(err)
			}
			for name, data := range files {
				if err := out.Put(unitOf(name), name, data); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := out.Commit(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func unitOf(name string) string {
	if parts := strings.SplitN(name, "/", 3); len(parts) == 3 {
		return parts[0] + "/" + parts[1]
	}
	return "."
}

// BenchmarkBuild is the whole build, from YAML to the written site, on all
// cores: into a new folder, and again with nothing changed.
func BenchmarkBuild(b *testing.B) {
	run := func(b *testing.B, content fs.FS, dir string) {
		out, err := output.Open(dir, "bench")
		if err != nil {
			b.Fatal(err)
		}
		result, err := build.Site(input(content), out)
		if err != nil || result.Findings != nil {
			b.Fatal(err, result.Findings)
		}
		if _, err := out.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("cold", func(b *testing.B) {
		eachSize(b, func(b *testing.B, content fs.FS) {
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				b.StartTimer()
				run(b, content, path.Join(dir, "public"))
			}
		})
	})
	b.Run("unchanged", func(b *testing.B) {
		eachSize(b, func(b *testing.B, content fs.FS) {
			dir := path.Join(b.TempDir(), "public")
			run(b, content, dir)
			for b.Loop() {
				run(b, content, dir)
			}
		})
	})
}
