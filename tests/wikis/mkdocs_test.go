package wikis

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// mkDocs publishes with mkdocs.yml as demarc wrote it; warnings are errors.
func mkDocs(t *testing.T, dir string) *site {
	out := t.TempDir()
	run(t, dir, "mkdocs", "build", "--quiet", "--strict", "--site-dir", out)
	var pages []*page
	for _, name := range files(t, filepath.Join(dir, "docs"), ".md") {
		at, file := strings.TrimSuffix(name, ".md")+"/", strings.TrimSuffix(name, ".md")+"/index.html"
		if path.Base(name) == "index.md" {
			at, file = strings.TrimSuffix(name, "index.md"), strings.TrimSuffix(name, ".md")+".html"
		}
		pages = append(pages, newPage("docs/"+name, "https://docs.test/"+at, read(t, filepath.Join(out, filepath.FromSlash(file))), "md-content"))
	}
	return staticSite("docs/index.md", pages, out)
}

// techDocs publishes with the theme and the extensions that the plugin of
// TechDocs switches on, as the plugin itself is no package of Debian. Of these
// extensions, mdx_truly_sane_lists, graphviz and plantuml are none either: the
// first reads lists as others do if it is told to, as mkdocs.yml has to.
func techDocs(t *testing.T, dir string) *site {
	name := filepath.Join(dir, "mkdocs.yml")
	var config map[string]any
	if err := yaml.Unmarshal(read(t, name), &config); err != nil {
		t.Fatal(err)
	}
	if plugins := fmt.Sprint(config["plugins"]); plugins != "[techdocs-core]" {
		t.Errorf("mkdocs.yml has the plugins %s", plugins)
	}
	delete(config, "plugins")
	config["theme"] = map[string]any{"name": "material", "font": false} // TechDocs brings its own
	var extensions []any
	lists := ""
	given, _ := config["markdown_extensions"].([]any)
	for _, e := range given {
		if m, ok := e.(map[string]any); ok && m["mdx_truly_sane_lists"] != nil {
			lists = fmt.Sprint(m["mdx_truly_sane_lists"])
			continue
		}
		extensions = append(extensions, e)
	}
	if lists != "map[nested_indent:4 sane:false]" {
		t.Errorf("mkdocs.yml leaves lists as they are in TechDocs, where four blanks flatten them: %q", lists)
	}
	for _, name := range []string{"admonition", "pymdownx.details", "pymdownx.caret", "pymdownx.critic", "pymdownx.inlinehilite",
		"pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.tilde", "pymdownx.emoji"} {
		extensions = append(extensions, name)
	}
	config["markdown_extensions"] = append(extensions,
		map[string]any{"toc": map[string]any{"permalink": true}},
		map[string]any{"pymdownx.tabbed": map[string]any{"alternate_style": true}},
		map[string]any{"pymdownx.highlight": map[string]any{"linenums": true, "pygments_lang_class": true}},
		map[string]any{"pymdownx.extra": map[string]any{"pymdownx.betterem": map[string]any{"smart_enable": "all"}}},
		map[string]any{"pymdownx.tasklist": map[string]any{"custom_checkbox": true}})
	data, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, string(data))
	return mkDocs(t, dir)
}

// staticSite returns the site of pages that are files in a folder, in which
// other files are too.
func staticSite(home string, pages []*page, dir string) *site {
	s := newSite(home, pages)
	s.key = func(u *url.URL) string {
		return strings.TrimSuffix(strings.TrimSuffix(u.Path, "index.html"), "/")
	}
	s.other = func(u *url.URL) bool {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(u.Path)))
		return err == nil && info.Mode().IsRegular()
	}
	return s
}
