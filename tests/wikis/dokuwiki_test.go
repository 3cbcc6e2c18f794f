package wikis

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// dokuHome is where Debian has DokuWiki, and its settings.
const (
	dokuHome     = "/usr/share/dokuwiki"
	dokuSettings = "/etc/dokuwiki"
)

// dokuWiki publishes by files in the folder of pages. Settings and data are
// those of the run, told to PHP by a file that it reads before any other.
func dokuWiki(t *testing.T, dir string) *site {
	work, port := t.TempDir(), freePort(t)
	data := filepath.Join(work, "data")
	for _, folder := range []string{"attic", "cache", "index", "locks", "log", "media", "media_attic", "media_meta", "meta", "pages", "tmp"} {
		if err := os.MkdirAll(filepath.Join(data, folder), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(data, "pages"), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(work, "conf", "local.php"), fmt.Sprintf("<?php\n$conf['title'] = 'Test';\n$conf['savedir'] = '%s';\n$conf['useacl'] = 0;\n", data))
	write(t, filepath.Join(work, "first.php"), fmt.Sprintf("<?php\ndefine('DOKU_MAIN_CONF', '%s/');\ndefine('DOKU_CONF', '%s/conf/');\n", dokuSettings, work))
	address := local(port)
	serve(t, address+"/doku.php", work, nil, "php", "-d", "auto_prepend_file="+filepath.Join(work, "first.php"),
		"-S", strings.TrimPrefix(address, "http://"), "-t", dokuHome)

	var pages []*page
	home := strings.Repeat("/", 9) // to be the start page that is in the fewest namespaces
	for _, name := range files(t, dir, ".txt") {
		id := strings.ReplaceAll(strings.TrimSuffix(name, ".txt"), "/", ":")
		at := address + "/doku.php?id=" + url.QueryEscape(id)
		pages = append(pages, newPage(name, at, get(t, at+"&do=export_xhtmlbody")))
		if path.Base(name) == "start.txt" && strings.Count(name, "/") < strings.Count(home, "/") {
			home = name
		}
	}
	s := newSite(home, beside(pages, path.Join(path.Dir(home), "sidebar.txt")))
	s.key = func(u *url.URL) string {
		if !strings.HasSuffix(u.Path, "/doku.php") {
			return u.Path
		}
		id := u.Query().Get("id")
		if id == "" {
			id = "start"
		}
		return "page " + id
	}
	return s
}
