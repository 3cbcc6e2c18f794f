package wikis

import (
	"path/filepath"
	"strings"
	"testing"
)

// fragments publishes pieces of HTML by putting them into pages, as a server
// does that includes them.
func fragments(t *testing.T, dir string) *site {
	var pages []*page
	for _, name := range files(t, dir, ".html") {
		if strings.Contains(name, "embed") { // pages for frames, which hold the same
			continue
		}
		body := "<!doctype html><title>Intranet</title><main>" + string(read(t, filepath.Join(dir, filepath.FromSlash(name)))) + "</main>"
		pages = append(pages, newPage(name, "https://intranet.test/"+name, []byte(body)))
	}
	return newSite("index.html", pages)
}
