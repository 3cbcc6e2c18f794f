// Package mediawiki makes the pages of a MediaWiki.
//
// A site goes in; out come a file of wikitext for each page, as
// maintenance/importTextFiles.php reads them, and all pages in one file for
// Special:Import. The page of a model is named after it, its other documents
// are subpages; each model has a category below that of the site. Nothing but
// MediaWiki itself is needed: no extension, no template, no style.
package mediawiki

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// Options say where the pages go.
type Options struct {
	// Prefix is what the names of all pages begin with: a namespace with its
	// colon, such as "Operations:", or pages above with a slash. File names do
	// not have it: importTextFiles.php puts it before them.
	Prefix string
	// Date is the day, as 2026-11-20, that pages.xml gives all pages; "" for the
	// day that their model was reviewed.
	Date model.Date
}

// Files returns the files of the wiki. It fails if the prefix can be in no
// page's name, or the date is none.
func Files(site *wiki.Site, options Options) ([]wiki.File, error) {
	if !validPrefix(options.Prefix) {
		return nil, fmt.Errorf("the prefix %q cannot be in the name of a page: it may hold letters, digits and blanks, one colon behind a namespace and slashes, and have %d bytes", options.Prefix, maxPrefix)
	}
	if _, err := time.Parse(time.DateOnly, string(options.Date)); err != nil && options.Date != "" {
		return nil, fmt.Errorf("the date %q is no day such as 2026-11-20", options.Date)
	}
	if len(site.Documents()) == 0 {
		return nil, nil
	}
	e := &edition{site: site, Options: options, names: names(site)}
	e.places = wiki.NewPlaces(site, pageID)
	var files []wiki.File
	var pages []page
	add := func(file, title string, day model.Date, text string) {
		files = append(files, wiki.File{Path: file + ".wiki", Data: []byte(text)})
		pages = append(pages, page{title, text, day})
	}
	for _, d := range site.Documents() {
		add(e.names[d], e.Prefix+e.names[d], e.day(d), e.page(d))
	}
	for _, c := range e.categories() {
		add(path.Join(categoryFolder, c.name), "Category:"+c.name, e.day(nil), c.text)
	}
	xml, err := export(pages)
	return append(files, wiki.File{Path: "pages.xml", Data: xml}), err
}

// categoryFolder holds the files of categories, whose names must be given the
// prefix "Category:" on import, as a colon can be in no file's name.
const categoryFolder = "Category"

// edition is a site on its way to being pages.
type edition struct {
	Options
	site   *wiki.Site
	names  map[*tree.Document]string // without the prefix
	places *wiki.Places
}

// page returns the wikitext of a document.
func (e *edition) page(d *tree.Document) string {
	w := &writer{edition: e, doc: d, ids: e.places.IDs(d)}
	if nav := e.site.Nav(d); nav != nil {
		w.inlines(nav)
		w.WriteString("\n\n")
	}
	w.blocks(d.Blocks)
	category := e.names[e.home()]
	if d.Model != nil {
		category = e.categoryOf(d.Model)
	}
	return strings.TrimRight(w.String(), "\n") + "\n\n[[Category:" + category + "]]\n"
}

func (e *edition) home() *tree.Document { return e.site.Documents()[0] }

// categoryOf returns the name of a model's category, that of its overview.
func (e *edition) categoryOf(card *render.Card) string {
	i := slices.IndexFunc(e.site.Models, func(m wiki.Model) bool { return m.ID == card.ID })
	return e.names[e.site.Models[i].Documents[0]]
}

type category struct{ name, text string }

// categories returns the pages of the categories: that of the site, and below
// it those of the models.
func (e *edition) categories() []category {
	top := e.names[e.home()]
	link := func(name string) string { return "[[:" + e.Prefix + name + "|" + escape(name, false) + "]]\n" }
	list := []category{{top, link(top)}}
	for _, m := range e.site.Models {
		if name := e.categoryOf(m.Card); name != top {
			list = append(list, category{name, link(name) + "\n[[Category:" + top + "]]\n"})
		}
	}
	return list
}

// day returns the day of a document's page. A document of the site has the last
// of all models' days.
func (e *edition) day(d *tree.Document) model.Date {
	switch {
	case e.Date != "":
		return e.Date
	case d != nil && d.Model != nil:
		return d.Model.Reviewed
	}
	last := model.Date("")
	for _, m := range e.site.Models {
		last = max(last, m.Reviewed)
	}
	return last
}

// names gives every document the name of its page, unique regardless of case,
// as it is the name of a file, too.
func names(site *wiki.Site) map[*tree.Document]string {
	used := wiki.Names{}
	used.Free(categoryFolder, "")
	top := used.Free(pageName(site.Title), " ")
	names := used.Models(site, pageName, "/", " ")
	for _, d := range site.Own {
		if d.Kind == render.Home {
			names[d] = top
		} else {
			names[d] = used.Free(path.Join(top, pageName(d.Title)), " ")
		}
	}
	return names
}

// unusable is what a name can not have in MediaWiki (manual, "Page title"), in
// the name of a file on some system, or in a link without meaning something.
var unusable = regexp.MustCompile(`[\x00-\x1f\x7f#<>\[\]{}|_~/\\:*?"%]+`)

var apostrophes = regexp.MustCompile(`''+`)

// A page's name has at most 255 bytes with all its parts: the prefix, that of
// the page above, its own and numbers.
const (
	maxName   = 100
	maxPrefix = 255 - 2*maxName - len("/ 99 99")
)

// pageName returns a title as the name of a page: an upper-case letter first.
func pageName(title string) string {
	name := unusable.ReplaceAllString(strings.ReplaceAll(title, "&", " and "), " ")
	name = apostrophes.ReplaceAllString(name, "'")
	name = strings.Trim(strings.Join(strings.Fields(name), " "), " .")
	name = wiki.Fit(name, " ", maxName, maxName)
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return "Untitled"
	}
	return string(unicode.ToUpper(first)) + name[size:]
}

func validPrefix(prefix string) bool {
	namespace, rest, found := strings.Cut(prefix, ":")
	if !found {
		namespace, rest = "", prefix
	}
	clean := func(part string) bool {
		return part == strings.TrimSpace(part) && !unusable.MatchString(part) && !strings.ContainsAny(part, "&'")
	}
	if len(prefix) > maxPrefix || found && (namespace == "" || !clean(namespace)) {
		return false
	}
	for _, part := range strings.Split(strings.TrimSuffix(rest, "/"), "/") {
		if !clean(part) || strings.Trim(part, ".") != part || part == "" && strings.Contains(rest, "/") {
			return false
		}
	}
	return true
}

// pageID returns an id for a place in a page that is none of the skins'.
func pageID(id string) string {
	switch id {
	case "bodycontent", "catlinks", "content", "footer", "toc", "top":
		return "demarc-" + id
	}
	return id
}
