// Package dokuwiki makes the pages of a DokuWiki.
//
// A site goes in; out come text files in the layout of data/pages: a namespace
// for the site, below it one for each model, with the start page of each and a
// sidebar. Anchors are those of headings, computed by DokuWiki's own rule, as
// its syntax has no others. No plugin is needed.
package dokuwiki

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// Options say where the pages go.
type Options struct {
	// Namespace is the namespace of all pages, such as "operations:cloud", so
	// that they do not meet the wiki's own; "" for one made from the site's title.
	Namespace string
}

// Files returns the files of the wiki. It fails if the namespace is not a
// valid one.
func Files(site *wiki.Site, options Options) ([]wiki.File, error) {
	ns := options.Namespace
	if ns == "" {
		ns = namespaceOf(site.Title)
	}
	if !namespace.MatchString(ns) {
		return nil, fmt.Errorf("%q is not a namespace of DokuWiki: it may hold lower-case letters, digits, hyphens, underscores and full stops, and colons between its parts", ns)
	}
	e := &edition{site: site, namespace: ns, paths: site.Paths(clean), anchors: map[*tree.Document]map[*tree.Heading]string{}}
	var files []wiki.File
	add := func(id string, text string) {
		files = append(files, wiki.File{Path: strings.ReplaceAll(id, ":", "/") + ".txt", Data: []byte(text)})
	}
	for _, d := range site.Documents() {
		add(e.id(d), e.page(d))
	}
	add(ns+":sidebar", e.sidebar())
	return files, nil
}

// namespace matches what cleanID of DokuWiki (inc/pageutils.php) leaves alone.
var namespace = regexp.MustCompile(`^[a-z0-9]+([-._]+[a-z0-9]+)*(:[a-z0-9]+([-._]+[a-z0-9]+)*)*$`)

// namespaceOf makes a namespace of a title: ASCII only, as other letters are in
// the names of files differently from wiki to wiki.
func namespaceOf(title string) string {
	words := strings.FieldsFunc(sectionID(headline(title)), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return "shared_responsibility"
	}
	return wiki.Fit(strings.Join(words, "_"), "_", maxNamespace, maxNamespace)
}

// maxNamespace is how many characters are taken from a title, as it is the name
// of a folder.
const maxNamespace = 100

// edition is a site on its way to being pages.
type edition struct {
	site      *wiki.Site
	namespace string
	paths     map[*tree.Document]string
	anchors   map[*tree.Document]map[*tree.Heading]string
}

// id returns the id of a document's page.
func (e *edition) id(d *tree.Document) string {
	return e.namespace + ":" + strings.ReplaceAll(clean(e.paths[d]), "/", ":")
}

// clean returns the path of a page, of identifiers of models and kinds, as
// cleanID leaves it alone.
func clean(p string) string {
	parts := strings.Split(strings.ToLower(p), "/")
	for i, part := range parts {
		parts[i] = strings.Trim(underscores.ReplaceAllString(part, "_"), "._-")
	}
	if last := len(parts) - 1; parts[last] == "index" {
		parts[last] = "start"
	}
	return strings.Join(parts, "/")
}

var underscores = regexp.MustCompile(`__+`)

// find returns the link to a place, "" if it is not in the site.
func (e *edition) find(to tree.Target) string {
	d, h := e.site.Find(to)
	if d == nil {
		return ""
	}
	link := ":" + e.id(d)
	if h != nil {
		link += "#" + linkable(e.anchorsOf(d)[h])
	}
	return link
}

// anchorsOf returns the anchors of a document's headings; its title is the
// first of the page.
func (e *edition) anchorsOf(d *tree.Document) map[*tree.Heading]string {
	if e.anchors[d] == nil {
		used, anchors := map[string]bool{}, map[*tree.Heading]string{}
		tree.Unique(used, sectionID(headline(d.Title)), "")
		for _, h := range d.Headings() {
			anchors[h] = tree.Unique(used, sectionID(headingText(h)), "")
		}
		e.anchors[d] = anchors
	}
	return e.anchors[d]
}

// page returns the text of a document's page.
func (e *edition) page(d *tree.Document) string {
	w := &writer{edition: e}
	w.heading(1, headline(d.Title))
	w.WriteByte('\n')
	if nav := e.site.Nav(d); nav != nil {
		w.inlines(nav)
		w.WriteString("\n\n")
	}
	w.blocks(d.Blocks)
	return strings.TrimRight(w.String(), "\n") + "\n"
}

// sidebar returns the page that DokuWiki shows beside those of the namespace.
func (e *edition) sidebar() string {
	w := &writer{edition: e}
	w.list(e.site.Contents(), 1)
	return w.String()
}

// external reports whether an address is one that a page can link to.
func external(url string) bool {
	return markdown.SafeLink(url) && (strings.Contains(url, "://") || mailTo(url) != "")
}

// mailTo returns the address of a mailto link, as DokuWiki wants it, or "".
func mailTo(url string) string {
	const scheme = "mailto:"
	if len(url) < len(scheme) || !strings.EqualFold(url[:len(scheme)], scheme) {
		return ""
	}
	return url[len(scheme):]
}
