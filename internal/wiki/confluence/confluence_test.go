package confluence_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/confluence"
)

// siteOf returns the wiki of models, of the built-in ones for nil.
func siteOf(t *testing.T, models fs.FS) *wiki.Site {
	t.Helper()
	in := buildtest.Input()
	in.Content = models
	edition := buildtest.Edition(t, in)
	return wiki.New(edition.Title, edition.Documents)
}

// large returns a model of that many items, the titles of which end with what
// is given.
func large(items int, title string) fs.FS {
	var m, c strings.Builder
	fmt.Fprintf(&m, `title: %s
provider: Provider & Sons <provider@example.com>
summary: 'A model of many items, and a | pipe.'
reviewed: 2026-01-15
parties:
  customer: {name: Customer, side: customer}
  provider: {name: Provider, side: provider}
sources:
  guide: {title: %[1]s, url: 'https://example.com/guide?a=1&b=2', published: 2025-05-05, retrieved: 2026-01-15}
sections: [{id: "1", title: %[1]s}]
activities:
`, quoted("Service "+title))
	c.WriteString("items:\n")
	phases := []string{"choose", "set-up", "go-live", "operate", "incident", "exit"}
	for i := range items {
		fmt.Fprintf(&m, "  - {id: a-%d, section: '1', title: %s, raci: {customer: RA, provider: I}, topic: backup, source: 'guide#1-%[1]d'}\n",
			i, quoted(fmt.Sprintf("Activity %d %s", i, title)))
		fmt.Fprintf(&c, `  - id: item-%d
    title: %s
    phase: %s
    level: required
    team: [platform]
    covers: [a-%[1]d]
    why: %[4]s
    steps:
      - text: See [the guide](https://example.com/?a=1&b=%[1]d) and **look** at `+"`part-%[1]d`"+`.
        run: |
          echo ']]>' '</ac:structured-macro>' "&amp;" $((%[1]d))
          %[5]s
        expect: It says so.
    evidence: The line in the log of part %[1]d.
    repeat: every month
`, i, quoted(fmt.Sprintf("Item %d %s", i, title)), phases[i*len(phases)/items], quoted(strings.Repeat("Because it has to be. ", 20)), strings.Repeat("true; ", 60))
	}
	return fstest.MapFS{
		"topics.yaml":        {Data: []byte("topics: [{id: backup, title: Backup, definition: Copies.}]\n")},
		"p/s/model.yaml":     {Data: []byte(m.String())},
		"p/s/checklist.yaml": {Data: []byte(c.String())},
	}
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// hostile is a title that means something to most formats.
const hostile = `<script>alert("1")</script> ]]> & &amp; '{x}' [TOC] | *x* _y_ 日本 🙂 \`

// sites are the wikis that tests look at.
func sites(t *testing.T) map[string]*wiki.Site {
	return map[string]*wiki.Site{"built-in": siteOf(t, nil), "hostile": siteOf(t, large(12, hostile)), "large": siteOf(t, large(1000, "of a large model"))}
}

// manifest is what tests read of a manifest.
type manifest struct {
	Version        int
	Title          string
	Space          string
	ParentTitle    string
	Representation string
	Pages          []struct {
		Key, Title, Parent, File, Address, Digest string
		Labels                                    []string
		Bytes                                     int
	}
}

// filesOf makes the files of a wiki, checks what the manifest says of them, and
// returns both.
func filesOf(t *testing.T, s *wiki.Site, o confluence.Options) (manifest, map[string][]byte) {
	t.Helper()
	list, err := confluence.Files(s, o)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range list {
		files[f.Path] = f.Data
	}
	var m manifest
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Pages) != len(list)-1 || len(files) != len(list) {
		t.Errorf("the manifest has %d pages, there are %d files of %d names", len(m.Pages), len(list), len(files))
	}
	keys, titles := map[string]bool{"": true}, map[string]bool{}
	for _, p := range m.Pages {
		data := files[p.File]
		sum := sha256.Sum256(data)
		switch folded := strings.ToLower(p.Title); {
		case p.Bytes != len(data) || o.Previous == nil && p.Digest != hex.EncodeToString(sum[:]):
			t.Errorf("%s: size or digest is not that of the file", p.Key)
		case !keys[p.Parent]:
			t.Errorf("%s stands before its parent %s", p.Key, p.Parent)
		case keys[p.Key] || titles[folded]:
			t.Errorf("%s, %q: there is another of this key or title", p.Key, p.Title)
		case p.Bytes > max(o.Limit, confluence.DefaultLimit):
			t.Errorf("%s has %d bytes", p.Key, p.Bytes)
		default:
			keys[p.Key], titles[folded] = true, true
		}
	}
	return m, files
}

// tasksOf returns the number of boxes in all documents of a wiki.
func tasksOf(s *wiki.Site) int {
	n := 0
	for _, d := range s.Documents() {
		tree.Walk(d.Blocks, func(b tree.Block) bool {
			if l, ok := b.(*tree.List); ok {
				for _, e := range l.Entries {
					if e.Box {
						n++
					}
				}
			}
			return true
		})
	}
	return n
}

// textOf returns the words of blocks without blanks, in order.
func textOf(blocks []tree.Block) string {
	var b strings.Builder
	tree.Walk(blocks, func(block tree.Block) bool {
		switch block := block.(type) {
		case *tree.Heading:
			b.WriteString(tree.Plain(block.Text))
		case *tree.Paragraph:
			b.WriteString(tree.Plain(block.Text))
		case *tree.Code:
			b.WriteString(block.Text)
		case *tree.Table:
			for _, c := range block.Head {
				b.WriteString(tree.Plain(c))
			}
			for _, r := range block.Rows {
				for _, c := range r.Cells {
					b.WriteString(tree.Plain(c))
				}
			}
		}
		return true
	})
	return squeeze(b.String())
}

// squeeze drops blanks, and the dots between marks, which states do not have.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "·", " ")), "")
}

func TestPages(t *testing.T) {
	m, _ := filesOf(t, siteOf(t, nil), confluence.Options{Space: "OPS", Parent: "Platform", TitlePrefix: "Cloud - "})
	if m.Version != 1 || m.Space != "OPS" || m.ParentTitle != "Platform" || m.Representation != "storage" {
		t.Errorf("the manifest begins with %+v", m)
	}
	got := map[string]string{}
	for _, p := range m.Pages {
		got[p.Key] = strings.Join([]string{p.Title, p.Parent, p.File, strings.Join(p.Labels, " ")}, " | ")
	}
	for key, want := range map[string]string{
		"home":                                  "Cloud - Shared responsibility |  | index.storage | demarc demarc-home",
		"legend":                                "Cloud - Shared responsibility: Legend | home | legend.storage | demarc demarc-legend",
		"ovhcloud/managed-kubernetes:overview":  "Cloud - OVHcloud Managed Kubernetes Service | home | ovhcloud/managed-kubernetes/index.storage | demarc demarc-overview",
		"ovhcloud/managed-kubernetes:checklist": "Cloud - OVHcloud Managed Kubernetes Service: Checklist | ovhcloud/managed-kubernetes:overview | ovhcloud/managed-kubernetes/checklist.storage | demarc demarc-checklist",
		"comparison/creodias-managed-kubernetes--scaleway-kubernetes": "Cloud - Shared responsibility: Creodias Managed Kubernetes and Scaleway Managed Kubernetes (Kapsule and Kosmos) | comparison | " +
			"comparison/creodias-managed-kubernetes--scaleway-kubernetes.storage | demarc demarc-difference",
	} {
		if got[key] != want {
			t.Errorf("%s:\ngot  %s\nwant %s", key, got[key], want)
		}
	}
}

// TestTitles shows that titles are short enough and no two are the same.
func TestTitles(t *testing.T) {
	long := strings.Repeat("🙂é", 200)
	var docs []render.Document
	for _, id := range []string{"a", "b", "c"} {
		card := &render.Card{ID: id, Title: long}
		docs = append(docs, render.Document{Path: id + "/index.md", Kind: render.Overview, Title: long, Model: card, Markdown: []byte("# T\n\nText.\n")})
	}
	docs = append(docs,
		render.Document{Path: "index.md", Kind: render.Home, Title: "Home", Markdown: []byte("# Home\n")},
		render.Document{Path: "legend.md", Kind: render.Legend, Title: "legend", Markdown: []byte("# legend\n")},
		render.Document{Path: "sources.md", Kind: render.Sources, Title: "Legend", Markdown: []byte("# Legend\n")})
	for _, format := range []confluence.Format{confluence.Storage, confluence.ADF} {
		m, _ := filesOf(t, wiki.New("Site", docs), confluence.Options{Format: format})
		for _, p := range m.Pages {
			units := 0
			for _, r := range p.Title {
				units += 1 + len(string(r))/4
			}
			if units > 255 || strings.Contains(p.Title, "\uFFFD") {
				t.Errorf("title of %d units: %s", units, p.Title)
			}
		}
	}
}

func TestOptions(t *testing.T) {
	s := siteOf(t, large(2, ""))
	wide := []render.Document{{Path: "index.md", Kind: render.Home, Title: "Home", Markdown: []byte("# Home\n\n" + strings.Repeat("word ", 5000) + "\n")}}
	for want, o := range map[string]confluence.Options{
		`unknown format "html"`:  {Format: "html"},
		"a limit of 100 bytes":   {Limit: 100},
		"cannot be divided":      {Limit: confluence.MinLimit},
		"previous page index.st": {Previous: fstest.MapFS{"index.storage": {Data: []byte("<p>")}}},
		"previous page index.ad": {Format: confluence.ADF, Previous: fstest.MapFS{"index.adf.json": {Data: []byte("<p>")}}},
	} {
		in := s
		if o.Limit == confluence.MinLimit {
			in = wiki.New("Home", wide)
		}
		if _, err := confluence.Files(in, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got %v, want %s", o, err, want)
		}
	}
}

// TestDeterministic makes the same files twice.
func TestDeterministic(t *testing.T) {
	for _, format := range []confluence.Format{confluence.Storage, confluence.ADF} {
		s := siteOf(t, nil)
		_, first := filesOf(t, s, confluence.Options{Format: format, Limit: 64 << 10})
		_, second := filesOf(t, s, confluence.Options{Format: format, Limit: 64 << 10})
		for name := range first {
			if !bytes.Equal(first[name], second[name]) {
				t.Errorf("%s differs", name)
			}
		}
	}
}
