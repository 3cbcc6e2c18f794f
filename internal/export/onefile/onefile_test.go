package onefile_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/export/onefile"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
)

// TestBuiltin makes the files of the built-in models and holds that nothing of
// their documents is lost, and that every link leads somewhere.
func TestBuiltin(t *testing.T) {
	edition := buildtest.Edition(t, buildtest.Input())
	site := wiki.New(edition.Title, edition.Documents)
	files := onefile.Markdown(site)
	if len(files) != len(site.Models) || len(files) == 0 {
		t.Fatalf("%d files of %d models", len(files), len(site.Models))
	}
	for _, m := range site.Models {
		file := files[m.ID]
		got := read(file)
		want := count{headings: 1}
		for _, d := range m.Documents {
			c := read(d.Markdown)
			want.headings += c.headings
			want.rows += c.rows
			want.entries += c.entries
			want.code += c.code
		}
		if got.headings < want.headings || got.rows < want.rows || got.entries < want.entries || got.code < want.code {
			t.Errorf("%s: %v, and its documents have %v", m.ID, got, want)
		}
		if len(got.links) < 100 {
			t.Errorf("%s: only %d links", m.ID, len(got.links))
		}
		for _, link := range got.links {
			fragment, inside := strings.CutPrefix(link, "#")
			switch {
			case inside && !got.anchors[fragment]:
				t.Errorf("%s: link to %s, which is not there", m.ID, link)
			case !inside && !strings.Contains(link, ":"):
				t.Errorf("%s: link to %s, out of the file", m.ID, link)
			}
		}
	}
}

// count is what is in a Markdown document.
type count struct {
	headings, rows, entries, code int
	anchors                       map[string]bool
	links                         []string
}

func read(source []byte) count {
	c := count{anchors: map[string]bool{}}
	_ = ast.Walk(markdown.Parser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			c.headings++
			slug := markdown.Slug(tree.Plain(inlines(n, source)))
			free := slug
			for i := 1; c.anchors[free]; i++ {
				free = slug + "-" + strconv.Itoa(i)
			}
			c.anchors[free] = true
		case *ast.ListItem:
			c.entries++
		case *ast.FencedCodeBlock:
			c.code++
		case *ast.Link:
			c.links = append(c.links, string(n.Destination))
		}
		if n.Kind().String() == "TableRow" {
			c.rows++
		}
		return ast.WalkContinue, nil
	})
	return c
}

// inlines returns the text of a heading.
func inlines(h ast.Node, source []byte) []tree.Inline {
	var list []tree.Inline
	_ = ast.Walk(h, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			value := t.Segment.Value(source)
			if n.Parent().Kind() != ast.KindCodeSpan {
				value = markdown.Unescape(value)
			}
			list = append(list, tree.Text(value))
		}
		return ast.WalkContinue, nil
	})
	return list
}
