package fragment

import (
	"embed"
	"html"
	"path"
	"strings"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

//go:embed embed
var assets embed.FS

// embedEnding is that of pages made to be embedded.
const embedEnding = ".embed.html"

// The files that embedding takes, beside the pages.
const (
	hostScript  = "embed.js"      // for the page with the iframe
	frameScript = "embed-page.js" // for the page in it
	frameStyle  = "embed-page.css"
	example     = "embed-example.html"
)

// embedded returns a page to embed for each document, with the scripts that
// keep an iframe as high as what is in it, and an example.
func embedded(site *wiki.Site, places *wiki.Places) []wiki.File {
	var files []wiki.File
	for _, d := range site.Documents() {
		w := &writer{places: places, doc: d, level: 1, ending: embedEnding, blank: true}
		name := strings.TrimSuffix(d.Path, ".md") + embedEnding
		page := fill("page.html", map[string]string{
			"TITLE": html.EscapeString(d.Title), "BODY": string(w.section()),
			"STYLE": wiki.Relative(name, frameStyle), "SCRIPT": wiki.Relative(name, frameScript),
		})
		files = append(files, wiki.File{Path: name, Data: page})
	}
	for _, name := range []string{hostScript, frameScript, frameStyle} {
		files = append(files, wiki.File{Path: name, Data: fill(name, nil)})
	}
	shown := shownInExample(site)
	return append(files, wiki.File{Path: example, Data: fill(example, map[string]string{
		"PAGE": html.EscapeString(strings.TrimSuffix(shown.Path, ".md") + embedEnding), "TITLE": html.EscapeString(shown.Title),
	})})
}

// shownInExample returns the first checklist, or the first document.
func shownInExample(site *wiki.Site) *tree.Document {
	documents := site.Documents()
	for _, d := range documents {
		if d.Kind == render.Checklist {
			return d
		}
	}
	return documents[0]
}

// fill returns one of the assets with values, which are HTML, for the names
// between double braces.
func fill(name string, values map[string]string) []byte {
	text, err := assets.ReadFile(path.Join("embed", name))
	if err != nil {
		panic(err) // it is compiled in
	}
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{{"+name+"}}", value)
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(text)))
}
