package wiki

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/tree"
)

// Names are names in use. Case does not tell them apart, as on some systems it
// tells no files apart either.
type Names map[string]bool

// Free returns the name, or, if it is in use, the first free one of those with
// a number behind it, after sep. That is in use from then on.
func (n Names) Free(name, sep string) string {
	return n.free(name, sep, func(name string) string { return name })
}

// free is Free where names are in use by what key makes of them.
func (n Names) free(name, sep string, key func(string) string) string {
	free := name
	for i := 2; n[strings.ToLower(key(free))]; i++ {
		free = name + sep + strconv.Itoa(i)
	}
	n[strings.ToLower(key(free))] = true
	return free
}

// Models names the documents of models: an overview what name makes of the
// model's title, the others by that of the overview, below and their kind. Sep
// goes before numbers.
func (n Names) Models(s *Site, name func(title string) string, below, sep string) map[*tree.Document]string {
	names := map[*tree.Document]string{}
	for _, m := range s.Models {
		overview := m.Documents[0]
		names[overview] = n.Free(name(m.Title), sep)
		for _, d := range m.Documents[1:] {
			names[d] = n.Free(names[overview]+below+d.Kind.Name(), sep)
		}
	}
	return names
}

// Paths gives every document a path for its page, without ending: its own, with
// a number behind it if that would be shown where the page of an earlier one is.
// Address returns where a wiki shows the page that has a path.
func (s *Site) Paths(address func(path string) string) map[*tree.Document]string {
	paths, used := map[*tree.Document]string{}, Names{}
	for _, d := range s.Documents() {
		paths[d] = used.free(strings.TrimSuffix(d.Path, ".md"), "-", address)
	}
	return paths
}

// Folder returns where most readers show the page that has a path: one called
// index at its folder.
func Folder(p string) string {
	if path.Base(p) == "index" {
		return path.Dir(p)
	}
	return p
}

// Relative returns the address of a file as seen from another.
func Relative(from, to string) string {
	dir, up := path.Dir(from), ""
	for dir != "." && !strings.HasPrefix(to, dir+"/") {
		dir = path.Dir(dir)
		up += "../"
	}
	return up + strings.TrimPrefix(to, dir+"/")
}

// FileName returns a title as the name of a file that every system and wiki
// takes: letters and digits, with hyphens, which wikis show as blanks, between;
// "page" if there are none.
func FileName(title string) string {
	name := strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), "-")
	return Fit(cmp.Or(name, "page"), "-", maxCharacters, maxBytes)
}

// What a file's name may have: with a kind of document, a number and an ending it
// has to go into the 255 bytes of most systems, and twice, with a kind, into the
// 235 characters of a path in Azure DevOps
// (learn.microsoft.com/azure/devops/project/wiki/wiki-file-structure).
const (
	maxCharacters = 100
	maxBytes      = 220
)

// device matches the names that Windows keeps for devices, whatever their ending.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// Fit returns a name, or what comes close to it if not every system has files
// called so. One that is longer is cut; a digest of it behind sep keeps it apart
// from others that begin alike.
func Fit(name, sep string, characters, bytes int) string {
	if device.MatchString(name) {
		return name + sep + "page"
	}
	if len(name) <= bytes && utf8.RuneCountInString(name) <= characters {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	digest := sep + hex.EncodeToString(sum[:4])
	runes := []rune(name)
	runes = runes[:min(len(runes), characters-len(digest))]
	for len(string(runes)) > bytes-len(digest) {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), "-_. ") + digest
}
