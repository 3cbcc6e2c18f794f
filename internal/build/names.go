package build

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/html"
	"github.com/demarc/demarc/internal/index"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// Names in the workspace that nothing would read, or that stand where the site
// has something of its own.

// unknownTemplates reports the workspace's templates that replace no built-in
// one, such as a misspelt name.
func unknownTemplates(in Input) []diag.Finding {
	own, builtin := sub(in.Root, "templates"), templateNames(in.Builtin.Templates)
	if own == nil {
		return nil
	}
	var findings []diag.Finding
	for _, name := range templateNames(own) {
		if !slices.Contains(builtin, name) {
			findings = append(findings, diag.Finding{
				Rule: "ref/unknown-file", Severity: diag.Error, Pos: diag.Pos{File: path.Join("templates", name)},
				Message: "no built-in template has this name", Hint: diag.DidYouMean(name, builtin, "remove it, or give it the name of the one it is to replace"),
			})
		}
	}
	return findings
}

// templateNames lists the templates in a file system, at any depth.
func templateNames(fsys fs.FS) []string {
	var names []string
	// A folder that cannot be read is reported where templates are parsed.
	_ = fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path.Ext(name) == ".tmpl" {
			names = append(names, name)
		}
		return nil
	})
	return names
}

// takenFolders reports models whose folder has the name of one of the site's
// own.
func takenFolders(in Input, w *model.Workspace) []diag.Finding {
	var findings []diag.Finding
	for _, id := range w.Models {
		top, _, _ := strings.Cut(id, "/")
		if top == "rules" || top == string(render.Comparison) {
			findings = append(findings, takenName(path.Join(in.ContentDir, id), "a folder of the site itself is called "+top))
		}
	}
	return findings
}

// takenAssets reports the workspace's assets that stand where a page does.
func takenAssets(in Input, models []*render.Card, site []render.Document) []diag.Finding {
	pages := map[string]bool{index.SearchFile: true}
	for _, doc := range site {
		pages[doc.Path], pages[html.Path(doc)] = true, true
	}
	for _, card := range models {
		pages[path.Join(card.ID, index.SearchFile)] = true
		for _, kind := range card.Tabs() {
			doc := render.Document{Path: card.ID + "/" + kind.FileName()}
			pages[doc.Path], pages[html.Path(doc)] = true, true
		}
	}
	own := sub(in.Root, "site")
	if own == nil {
		return nil
	}
	var findings []diag.Finding
	// A folder that cannot be read is reported where assets are copied.
	_ = fs.WalkDir(own, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && pages[name] {
			findings = append(findings, takenName(path.Join("site", name), "a file of the site itself is called "+name))
		}
		return nil
	})
	return findings
}

func takenName(file, message string) diag.Finding {
	return diag.Finding{Rule: "ref/taken-name", Severity: diag.Error, Pos: diag.Pos{File: file}, Message: message, Hint: "choose another name"}
}
