// Package fragment makes pieces of HTML for pages of any kind.
//
// A site goes in; out comes a section of HTML for each document, without
// script, style or a class that matters for reading, so that nothing of it is
// lost where only plain HTML passes: include it, paste it, or hand it to a wiki
// that takes HTML. On request there is also a whole page for each document that
// fits an iframe to its height.
package fragment

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// Options say how the fragments are written.
type Options struct {
	Level int  // of the heading with the document's title, 1 to 6; 0 for 2
	Embed bool // with pages to embed in an iframe
}

// Files returns the files: a fragment at the path of each document, and what
// embedding takes. It fails if the level is none of a heading's.
func Files(site *wiki.Site, options Options) ([]wiki.File, error) {
	if options.Level == 0 {
		options.Level = 2
	}
	if options.Level < 1 || options.Level > 6 {
		return nil, fmt.Errorf("the level of headings must be 1 to 6, not %d", options.Level)
	}
	// What the page around a fragment calls its own things is not known.
	places := wiki.NewPlaces(site, func(id string) string { return "demarc-" + id })
	var files []wiki.File
	for _, d := range site.Documents() {
		w := &writer{places: places, doc: d, level: options.Level, ending: ".html"}
		files = append(files, wiki.File{Path: strings.TrimSuffix(d.Path, ".md") + w.ending, Data: w.section()})
	}
	if options.Embed && files != nil {
		files = append(files, embedded(site, places)...)
	}
	return files, nil
}

// address returns how a document links to a place; "" if that is not in the
// site.
func (w *writer) address(to tree.Target) string {
	d, id := w.places.Find(to)
	if d == nil {
		return ""
	}
	if id != "" {
		id = "#" + id
	}
	if d == w.doc && id != "" {
		return id
	}
	name := func(d *tree.Document) string { return strings.TrimSuffix(d.Path, ".md") + w.ending }
	return wiki.Relative(name(w.doc), name(d)) + id
}
