package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/git"
	"github.com/demarc/demarc/internal/output"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/azuredevops"
	"github.com/demarc/demarc/internal/wiki/docusaurus"
	"github.com/demarc/demarc/internal/wiki/flat"
	"github.com/demarc/demarc/internal/wiki/gitlab"
	"github.com/demarc/demarc/internal/wiki/mkdocs"
)

type wikiCmd struct {
	GitHub      wikiGitHubCmd      `cmd:"" name:"github" help:"GitHub wiki."`
	GitLab      wikiGitLabCmd      `cmd:"" name:"gitlab" help:"GitLab wiki."`
	Gitea       wikiGiteaCmd       `cmd:"" name:"gitea" help:"Gitea or Forgejo wiki."`
	AzureDevOps wikiAzureDevOpsCmd `cmd:"" name:"azure-devops" help:"Azure DevOps wiki."`
	Confluence  wikiConfluenceCmd  `cmd:"" name:"confluence" help:"Confluence Cloud or Data Center."`
	MkDocs      wikiMkDocsCmd      `cmd:"" name:"mkdocs" help:"MkDocs, with the theme Material."`
	TechDocs    wikiTechDocsCmd    `cmd:"" name:"techdocs" help:"TechDocs of Backstage."`
	Docusaurus  wikiDocusaurusCmd  `cmd:"" name:"docusaurus" help:"The docs folder of Docusaurus."`
	MediaWiki   wikiMediaWikiCmd   `cmd:"" name:"mediawiki" help:"MediaWiki."`
	DokuWiki    wikiDokuWikiCmd    `cmd:"" name:"dokuwiki" help:"DokuWiki."`
	HTML        wikiHTMLCmd        `cmd:"" name:"html" help:"Pieces of HTML for any other page."`
}

// wikiFlags say what goes into a wiki, and where.
type wikiFlags struct {
	modelsFlag
	Out string `help:"Folder to write the files to." placeholder:"DIR"`
}

// gitWikiFlags are those of wikis whose pages are files that people edit too.
type gitWikiFlags struct {
	wikiFlags
	Into   string `help:"A clone of the wiki to update in place." placeholder:"CLONE"`
	Commit bool   `help:"Commit what --into changed; pushing is up to you."`
}

type (
	wikiGitHubCmd      struct{ gitWikiFlags }
	wikiGiteaCmd       struct{ gitWikiFlags }
	wikiGitLabCmd      struct{ gitWikiFlags }
	wikiAzureDevOpsCmd struct{ gitWikiFlags }
	wikiMkDocsCmd      struct{ gitWikiFlags }
	wikiTechDocsCmd    struct{ gitWikiFlags }
	wikiDocusaurusCmd  struct{ gitWikiFlags }
)

// Help is the long help.
func (*wikiGitHubCmd) Help() string {
	return gitWikiHelp("github", "Markdown pages in one folder, named after their titles, with Home and a sidebar.")
}

// Run implements the command.
func (c *wikiGitHubCmd) Run(s *streams) error { return c.run(s, "github", flat.Files) }

// Help is the long help.
func (*wikiGiteaCmd) Help() string {
	return gitWikiHelp("gitea", "Markdown pages in one folder, named after their titles, with Home and a sidebar. Gitea takes a push once the wiki has a first page.")
}

// Run implements the command.
func (c *wikiGiteaCmd) Run(s *streams) error { return c.run(s, "gitea", flat.Gitea) }

// Help is the long help.
func (*wikiGitLabCmd) Help() string {
	return gitWikiHelp("gitlab", "Markdown pages in a folder for each model, with home and a sidebar.")
}

// Run implements the command.
func (c *wikiGitLabCmd) Run(s *streams) error { return c.run(s, "gitlab", gitlab.Files) }

// Help is the long help.
func (*wikiAzureDevOpsCmd) Help() string {
	return gitWikiHelp("azure-devops", "Markdown pages below one page named after the site, in the order of their .order files.")
}

// Run implements the command.
func (c *wikiAzureDevOpsCmd) Run(s *streams) error {
	return c.run(s, "azure-devops", azuredevops.Files)
}

// Help is the long help.
func (*wikiMkDocsCmd) Help() string {
	return gitWikiHelp("mkdocs", "Markdown pages below docs/, and a mkdocs.yml with navigation and the extensions that they need.")
}

// Run implements the command.
func (c *wikiMkDocsCmd) Run(s *streams) error { return c.run(s, "mkdocs", mkdocs.Files) }

// Help is the long help.
func (*wikiTechDocsCmd) Help() string {
	return gitWikiHelp("techdocs", "Markdown pages below docs/, with mkdocs.yml and catalog-info.yaml.")
}

// Run implements the command.
func (c *wikiTechDocsCmd) Run(s *streams) error { return c.run(s, "techdocs", mkdocs.TechDocs) }

// Help is the long help.
func (*wikiDocusaurusCmd) Help() string {
	return gitWikiHelp("docusaurus", "Markdown pages for the docs folder, with front matter and _category_.json files.")
}

// Run implements the command.
func (c *wikiDocusaurusCmd) Run(s *streams) error { return c.run(s, "docusaurus", docusaurus.Files) }

// gitWikiHelp is the long help of a target whose pages are files in a clone.
func gitWikiHelp(target, about string) string {
	return about + `

With --into, pages are renewed where they are. What people wrote on them stays: ticked boxes, text behind and below items, all that stands around the generated part. Pages that demarc did not write are left alone, and pages that are gone are removed only if nobody wrote on them. See docs/embedding.md.

Examples:

  demarc wiki ` + target + ` --out wiki-` + target + `
  $ demarc wiki ` + target + ` --into platform.wiki --model ovhcloud/managed-kubernetes --commit`
}

// site returns the documents of the chosen models.
func (f *wikiFlags) site(s *streams) (*wiki.Site, error) {
	w, err := f.open()
	if err != nil {
		return nil, err
	}
	names, err := build.Names(w.Input)
	if err != nil {
		return nil, err
	}
	for _, id := range f.Model {
		if !slices.Contains(names, id) {
			return nil, usageError{fmt.Errorf("there is no model %q; %s", id, diag.DidYouMean(id, names, "demarc check shows which there are"))}
		}
	}
	edition, result, err := build.Documents(w.Input, f.Model)
	if err != nil {
		return nil, err
	}
	if err := s.refuse(w, result); err != nil {
		return nil, err
	}
	return wiki.New(edition.Title, edition.Documents), nil
}

// write writes a wiki that only the tool writes.
func (f *wikiFlags) write(s *streams, target string, files []wiki.File) error {
	if f.Out == "" {
		return usageError{errors.New("--out needs the name of a folder")}
	}
	contents := map[string][]byte{}
	for _, file := range files {
		contents[file.Path] = file.Data
	}
	return s.writeFolder(f.Out, "wiki "+target, contents)
}

// run writes a wiki whose pages people edit too: what they wrote stays.
func (f *gitWikiFlags) run(s *streams, target string, flavour func(*wiki.Site) []wiki.File) error {
	if err := f.check(); err != nil {
		return err
	}
	site, err := f.site(s)
	if err != nil {
		return err
	}
	files := flavour(site)
	dir := f.Out + f.Into // one of them
	out, err := openFolder(dir, "wiki "+target)
	if err != nil {
		return err
	}
	u := wikiUpdate{streams: s, out: out, dir: dir, clone: f.Into != ""}
	paths, err := u.write(files)
	if err != nil {
		return errors.Join(err, out.Abort())
	}
	written, err := out.Commit()
	if err != nil {
		return err
	}
	u.summarize(written)
	if f.Commit {
		return f.commit(s, "Update the pages of "+site.Title, paths)
	}
	return nil
}

// commit commits the files of these paths, and removes from the wiki those that
// its latest commit has and that are removed by now, even by an earlier run.
func (f *gitWikiFlags) commit(s *streams, message string, paths []string) error {
	for _, name := range output.ManifestFiles(git.Committed(f.Into, output.ManifestName)) {
		if _, err := os.Lstat(filepath.Join(f.Into, filepath.FromSlash(name))); errors.Is(err, fs.ErrNotExist) {
			paths = append(paths, name)
		}
	}
	committed, err := git.Commit(f.Into, message, append(paths, output.ManifestName))
	switch {
	case err != nil:
		return fmt.Errorf("the pages are written, and not committed: %w", err)
	case committed:
		s.notef("%s: committed; push it when you are ready", f.Into)
	default:
		s.notef("%s: nothing to commit", f.Into)
	}
	return nil
}

// check refuses flags that do not go together, before anything is done.
func (f *gitWikiFlags) check() error {
	switch {
	case (f.Out == "") == (f.Into == ""):
		return usageError{errors.New("say where: --out DIR for a new folder, or --into CLONE for a clone of the wiki")}
	case f.Into == "" && f.Commit:
		return usageError{errors.New("--commit goes with --into")}
	case f.Into == "":
		return nil
	}
	if info, err := os.Stat(f.Into); err != nil || !info.IsDir() {
		return usageError{fmt.Errorf("--into %s: there is no such folder; clone the wiki first, or make the folder", f.Into)}
	}
	if f.Commit {
		if err := git.Check(f.Into); err != nil {
			return usageError{fmt.Errorf("--commit: %w", err)}
		}
	}
	return nil
}
