package wikis

import (
	"encoding/xml"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mediaHome is where Debian has MediaWiki.
const mediaHome = "/usr/share/mediawiki"

// mediaWiki publishes by an import of all pages. Settings and data are those of
// the run.
func mediaWiki(t *testing.T, dir string) *site {
	work, port := t.TempDir(), freePort(t)
	address := local(port)
	script := func(name string) string { return filepath.Join(mediaHome, "maintenance", name+".php") }
	run(t, work, "php", script("install"), "--confpath", work, "--dbtype", "sqlite", "--dbname", "wiki", "--dbpath", filepath.Join(work, "data"),
		"--server", address, "--scriptpath", "", "--pass", "not-a-secret-5187", "Wiki", "Admin")
	// Pages keep links in red to pages that were imported after them until a job
	// has looked at them again, which knows no time between
	// seconds. Without a cache they are read at each visit.
	settings := filepath.Join(work, "LocalSettings.php")
	write(t, settings, string(read(t, settings))+"\n$wgParserCacheType = CACHE_NONE;\n")
	env := []string{"MW_CONFIG_FILE=" + settings}
	runWith(t, work, env, nil, "php", script("importDump"), "--quiet", filepath.Join(dir, "pages.xml"))
	serve(t, address+"/index.php?title=Special:Version", work, env, "php", "-S", strings.TrimPrefix(address, "http://"), "-t", mediaHome)

	var dump struct {
		Pages []struct {
			Title string `xml:"title"`
		} `xml:"page"`
	}
	if err := xml.Unmarshal(read(t, filepath.Join(dir, "pages.xml")), &dump); err != nil {
		t.Fatal(err)
	}
	var pages []*page
	categories := map[string]bool{}
	key := func(u *url.URL) string {
		title := u.Query().Get("title")
		if u.Query().Has("redlink") {
			return "no page " + title
		}
		if title == "" {
			title = strings.TrimPrefix(strings.TrimPrefix(u.Path, "/index.php"), "/")
		}
		return strings.ReplaceAll(title, "_", " ")
	}
	for _, p := range dump.Pages {
		at := address + "/index.php?title=" + url.QueryEscape(strings.ReplaceAll(p.Title, " ", "_"))
		body := get(t, at+"&action=render")
		if strings.HasPrefix(p.Title, "Category:") {
			categories[p.Title] = true
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(p.Title)+".wiki")); err != nil {
			t.Errorf("pages.xml has a page without a file: %v", err)
		}
		pages = append(pages, newPage(p.Title+".wiki", at, body))
	}
	if len(pages) == 0 {
		t.Fatal("pages.xml holds no pages")
	}
	s := newSite(pages[0].file, pages)
	s.key = key
	s.other = func(u *url.URL) bool { return categories[key(u)] }
	return s
}
