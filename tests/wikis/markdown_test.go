package wikis

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The wikis of GitHub and GitLab cannot be run here; what they turn Markdown
// into HTML with can: cmark-gfm, html-pipeline and gollum-lib.

// wiki is where the pages of these are taken to be.
const wiki = "https://wiki.test/wiki/"

//go:embed pipeline.rb
var pipeline string

//go:embed gollum.rb
var gollum string

// address returns where GitHub has a page, which it names without its folder.
func address(file string) string {
	return wiki + url.PathEscape(strings.TrimSuffix(path.Base(file), ".md"))
}

// gitHubSite returns the site of pages, whose first one has two addresses.
func gitHubSite(pages []*page) *site {
	s := newSite("Home.md", pages)
	s.key = func(u *url.URL) string {
		if p := strings.TrimSuffix(u.Path, "/"); p+"/" == "/wiki/" {
			return "/wiki/Home"
		}
		return u.Path
	}
	return s
}

// beside returns pages without those that a wiki shows beside all others: they
// become a part of each.
func beside(pages []*page, files ...string) []*page {
	parts := map[bool][]*page{}
	for _, p := range pages {
		parts[slices.Contains(files, p.file)] = append(parts[slices.Contains(files, p.file)], p)
	}
	for _, p := range parts[false] {
		var all bytes.Buffer
		for _, part := range append([]*page{p}, parts[true]...) {
			must(0, html.Render(&all, part.whole))
		}
		*p = *newPage(p.file, p.url.String(), all.Bytes())
	}
	return parts[false]
}

// sorted returns pages in the order of their files, in which problems are told.
func sorted(pages []*page) []*page {
	slices.SortFunc(pages, func(a, b *page) int { return strings.Compare(a.file, b.file) })
	return pages
}

// cmark publishes with cmark-gfm and the extensions that GitHub switches on. It
// gives headings no ids.
func cmark(t *testing.T, dir string) *site {
	var pages []*page
	for _, name := range files(t, dir, ".md") {
		pages = append(pages, newPage(name, address(name), cmarkGFM(t, read(t, filepath.Join(dir, filepath.FromSlash(name))))))
	}
	return gitHubSite(beside(pages, "_Sidebar.md", "_Footer.md"))
}

func cmarkGFM(t *testing.T, markdown []byte) []byte {
	t.Helper()
	return runWith(t, ".", nil, markdown, "cmark-gfm", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter",
		"-e", "tasklist", "--unsafe")
}

// azureDevOps publishes with cmark-gfm, too: pages are in folders, and addresses
// begin at the wiki's root. Blanks in names are written as hyphens.
func azureDevOps(t *testing.T, dir string) *site {
	var pages []*page
	home := ""
	for _, name := range files(t, dir, ".md") {
		markdown := read(t, filepath.Join(dir, filepath.FromSlash(name)))
		body := cmarkGFM(t, bytes.Replace(markdown, []byte("[[_TOC_]]"), nil, 1)) // Azure DevOps puts the contents there
		pages = append(pages, newPage(name, "https://wiki.test/"+escapePath(strings.TrimSuffix(name, ".md")), body))
		if !strings.Contains(name, "/") {
			home = name
		}
	}
	return newSite(home, pages)
}

func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// htmlPipeline publishes with the filters that GitHub has published.
func htmlPipeline(t *testing.T, dir string) *site {
	sources := map[string]string{}
	for _, name := range files(t, dir, ".md") {
		sources[name] = string(read(t, filepath.Join(dir, filepath.FromSlash(name))))
	}
	input, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	var bodies map[string]string
	if err := json.Unmarshal(runWith(t, dir, nil, input, "ruby", "-e", pipeline), &bodies); err != nil {
		t.Fatal(err)
	}
	var pages []*page
	for name, body := range bodies {
		pages = append(pages, newPage(name, address(name), []byte(body)))
	}
	return gitHubSite(beside(sorted(pages), "_Sidebar.md", "_Footer.md"))
}

// gollumLib publishes by a commit, in the way of GitHub's and GitLab's wikis.
// The ids that it gives headings name those above them, too, which the ids of
// neither do.
func gollumLib(t *testing.T, dir string) *site {
	return gitHubSite(gollumPages(t, dir, wiki))
}

// gitLab publishes in the same way; addresses begin at the wiki's root. What
// GitLab reads itself is taken out before: front matter and the mark for
// contents.
func gitLab(t *testing.T, dir string) *site {
	for _, name := range files(t, dir, ".md") {
		name = filepath.Join(dir, filepath.FromSlash(name))
		markdown := strings.Replace(string(read(t, name)), "[[_TOC_]]", "", 1)
		if rest, ok := strings.CutPrefix(markdown, "---\n"); ok {
			_, markdown, _ = strings.Cut(rest, "\n---\n")
		}
		write(t, name, markdown)
	}
	return newSite("home.md", gollumPages(t, dir, "https://wiki.test/"))
}

func gollumPages(t *testing.T, dir, root string) []*page {
	t.Helper()
	commit(t, dir)
	var list []struct{ Path, URL, HTML, Sidebar string }
	if err := json.Unmarshal(run(t, dir, "ruby", "-e", gollum, dir), &list); err != nil {
		t.Fatal(err)
	}
	var pages []*page
	for _, p := range list {
		if strings.HasPrefix(path.Base(p.Path), "_") {
			continue
		}
		pages = append(pages, newPage(p.Path, root+p.URL, []byte(p.HTML+p.Sidebar)))
	}
	if len(pages) == 0 {
		t.Fatal("gollum-lib sees no pages")
	}
	return sorted(pages)
}

// commit makes the folder a repository that holds its files.
func commit(t *testing.T, dir string) {
	t.Helper()
	run(t, dir, "git", "init", "--quiet", "--initial-branch=main")
	run(t, dir, "git", "add", "--all")
	run(t, dir, "git", "-c", "user.name=demarc", "-c", "user.email=demarc@example.com", "-c", "commit.gpgsign=false",
		"commit", "--quiet", "--message=Pages")
}
