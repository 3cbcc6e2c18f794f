package main

import (
	"fmt"
	"os"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/wiki/confluence"
	"github.com/demarc/demarc/internal/wiki/dokuwiki"
	"github.com/demarc/demarc/internal/wiki/fragment"
	"github.com/demarc/demarc/internal/wiki/mediawiki"
)

// Wikis whose pages are brought into them, and not edited as files.

type wikiConfluenceCmd struct {
	wikiFlags
	Format      string `help:"How pages are written: ${enum}." enum:"storage,adf" default:"storage"`
	TitlePrefix string `help:"What all titles begin with, as titles are unique in a space." placeholder:"TEXT"`
	Space       string `help:"Key of the space, for the manifest." placeholder:"KEY"`
	Parent      string `help:"Title of the page that home goes below, for the manifest." placeholder:"TITLE"`
	Limit       int    `help:"Bytes that a page may have; longer ones are divided." default:"${confluenceLimit}" placeholder:"BYTES"`
	Previous    string `help:"Folder with the pages as they are now, to keep what is ticked." type:"existingdir" placeholder:"DIR"`
}

// Help is the long help.
func (*wikiConfluenceCmd) Help() string {
	return `Pages in storage format, which Cloud and Data Center take, or in ADF, that of Cloud, and manifest.json for whatever publishes them: titles, parents, labels, digests. docs/wiki-confluence.md publishes them with curl, step by step.

Examples:

  demarc wiki confluence --out pages-storage
  demarc wiki confluence --format adf --title-prefix Cloud: --out pages-adf
  $ demarc wiki confluence --out pages --previous current`
}

// Run implements the command.
func (c *wikiConfluenceCmd) Run(s *streams) error {
	if c.Limit < confluence.MinLimit {
		return usageError{fmt.Errorf("--limit %d is too low; a page needs %d or more", c.Limit, confluence.MinLimit)}
	}
	site, err := c.site(s)
	if err != nil {
		return err
	}
	o := confluence.Options{
		Format: confluence.Format(c.Format), Space: c.Space, Parent: c.Parent, TitlePrefix: c.TitlePrefix, Limit: c.Limit,
		Lost: func(title, item string) { s.notef("%s: %s was ticked and is no longer there", title, item) },
	}
	if c.Previous != "" {
		o.Previous = os.DirFS(c.Previous)
	}
	files, err := confluence.Files(site, o)
	if err != nil {
		return err
	}
	return c.write(s, "confluence", files)
}

type wikiMediaWikiCmd struct {
	wikiFlags
	Prefix string `help:"What the names of all pages begin with: a namespace with its colon, or pages above with a slash." placeholder:"TEXT"`
	Date   string `help:"Day that pages.xml gives all pages, as YYYY-MM-DD, to import a newer one over them; the day of the model's review unless given." placeholder:"DATE"`
}

// Help is the long help.
func (*wikiMediaWikiCmd) Help() string {
	return `Pages as text files, and pages.xml to import all of them at Special:Import. docs/wiki-mediawiki.md shows both ways.

Examples:

  demarc wiki mediawiki --out pages-mediawiki
  $ demarc wiki mediawiki --prefix Operations: --out pages`
}

// Run implements the command.
func (c *wikiMediaWikiCmd) Run(s *streams) error {
	site, err := c.site(s)
	if err != nil {
		return err
	}
	files, err := mediawiki.Files(site, mediawiki.Options{Prefix: c.Prefix, Date: model.Date(c.Date)})
	if err != nil {
		return usageError{err}
	}
	return c.write(s, "mediawiki", files)
}

type wikiDokuWikiCmd struct {
	wikiFlags
	Namespace string `help:"Namespace of all pages, such as operations:cloud; made from the site's title unless given." placeholder:"NAMESPACE"`
}

// Help is the long help.
func (*wikiDokuWikiCmd) Help() string {
	return `Text files in the layout of data/pages: a namespace with a start page and a sidebar, and one below it for each model. docs/wiki-dokuwiki.md says how they get there.

Examples:

  demarc wiki dokuwiki --out pages-dokuwiki
  $ demarc wiki dokuwiki --namespace operations:cloud --out pages`
}

// Run implements the command.
func (c *wikiDokuWikiCmd) Run(s *streams) error {
	site, err := c.site(s)
	if err != nil {
		return err
	}
	files, err := dokuwiki.Files(site, dokuwiki.Options{Namespace: c.Namespace})
	if err != nil {
		return usageError{err}
	}
	return c.write(s, "dokuwiki", files)
}

type wikiHTMLCmd struct {
	wikiFlags
	Level int  `help:"Level of the heading with a document's title, 1 to 6." default:"2" placeholder:"N"`
	Embed bool `help:"Write pages for an iframe, too, which tell the page around them how high they are."`
}

// Help is the long help.
func (*wikiHTMLCmd) Help() string {
	return `One section of HTML for each document, without script and style, to include or paste where HTML is taken. docs/wiki-html.md shows how, and how to embed whole pages.

Examples:

  demarc wiki html --out fragments
  demarc wiki html --level 1 --embed --out embedded`
}

// Run implements the command.
func (c *wikiHTMLCmd) Run(s *streams) error {
	site, err := c.site(s)
	if err != nil {
		return err
	}
	files, err := fragment.Files(site, fragment.Options{Level: c.Level, Embed: c.Embed})
	if err != nil {
		return usageError{err}
	}
	return c.write(s, "html", files)
}
