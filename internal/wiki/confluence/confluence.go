// Package confluence makes the pages of a wiki in Confluence.
//
// A site goes in; out come one file for each page, in storage format or in the
// Atlassian Document Format (ADF), and a manifest that says how the pages hang
// together, for whatever publishes them. Nothing is published here.
//
// Both formats are written from the same plan: which pages there are and what
// they are called (plan.go), where links lead (places.go), how a document that
// is too long is divided (split.go), what a page begins with (frame.go) and
// which boxes stay ticked (ticks.go). The storage format is described at
// https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
// and ADF by the schema in the npm package @atlaskit/adf-schema.
package confluence

import (
	"fmt"
	"io/fs"

	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// Format is how the body of a page is written.
type Format string

// The formats of a page. Data Center knows storage only, Cloud both.
const (
	Storage Format = "storage"
	ADF     Format = "adf"
)

// DefaultLimit is how many bytes a page has at most unless [Options] say
// otherwise. Confluence Cloud refuses requests above 5,242,880 bytes
// (CONFCLOUD-73881), Data Center as its administrator sets it; in a request the
// body is a JSON string, which makes it longer, and editors are slow well
// before.
const DefaultLimit = 1 << 20

// MinLimit is the lowest limit of [Options].
const MinLimit = 16 << 10

// Options are the choices a user has.
type Options struct {
	Format      Format                   // "" is [Storage]
	Space       string                   // key of the space, for the manifest; "" leaves it to who publishes
	Parent      string                   // title of the page that home is put below, for the manifest; "" for none
	TitlePrefix string                   // in front of every title, as titles are unique in a space
	Limit       int                      // bytes a page may have; 0 is [DefaultLimit]
	Previous    fs.FS                    // the bodies that pages have now, in files named as ours, so that ticks are kept; nil for none
	Lost        func(title, item string) // told of each item that is ticked in Previous and no longer on the page; nil if nobody asks
}

// Files returns the files of the wiki: the pages, parents first, and the
// manifest. It fails on options that make no sense, on a previous body that is
// not in the format, and if one row, entry or block alone is above the limit.
func Files(site *wiki.Site, o Options) ([]wiki.File, error) {
	if o.Format == "" {
		o.Format = Storage
	}
	if o.Format != Storage && o.Format != ADF {
		return nil, fmt.Errorf("confluence: unknown format %q: storage and adf are known", o.Format)
	}
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	if o.Limit < MinLimit {
		return nil, fmt.Errorf("confluence: a limit of %d bytes a page is too low: take %d or more", o.Limit, MinLimit)
	}
	e := &edition{Options: o, site: site}
	if err := e.plan(); err != nil {
		return nil, err
	}
	var files []wiki.File
	for _, p := range e.pages {
		data := e.write(p)
		if len(data) > o.Limit {
			return nil, fmt.Errorf("confluence: page %q has %d bytes and cannot be divided further: the limit is %d", p.title, len(data), o.Limit)
		}
		files = append(files, wiki.File{Path: p.file, Data: data})
	}
	manifest, err := e.manifest(files)
	return append(files, manifest), err
}

// edition is the state of [Files].
type edition struct {
	Options
	site   *wiki.Site
	titles map[*tree.Document]string
	places *wiki.Places
	spots  map[*tree.Link]spot
	linked map[spot]bool
	stubs  map[*tree.Document]*page
	pages  []*page // parents first
	parts  map[*tree.Document][]*page
	at     map[spot]*page       // of what has an anchor
	direct map[*tree.Link]*page // links between the parts of a document
	ticked map[*tree.Document]map[string]bool
}

// write returns the body of a page.
func (e *edition) write(p *page) []byte {
	if e.Format == ADF {
		return e.adf(p)
	}
	return e.storage(p)
}
