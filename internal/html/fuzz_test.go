package html

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"github.com/demarc/demarc/internal/render"
)

// FuzzConvert holds, for any Markdown, that a page is made, that no id stands
// twice in it, and that nothing in it can run.
func FuzzConvert(f *testing.F) {
	golden, err := filepath.Glob("../build/testdata/golden/*.md")
	if err != nil || len(golden) == 0 {
		f.Fatal("no golden documents", err)
	}
	for _, name := range golden {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("# a\n\n# a\n\n## `a`\n\n## b `a`\n\n- [ ] [`a`](b.md#c) **x**\n- [x]\n\n| |\n|-|\n| `a`\n"))
	f.Add([]byte("# a\n\n## Split by topic\n\n| | | | |\n|-|-|-|-|\n| x | 1 | 2 | 3 |\n\n## Split by topic\n\n| | | | |\n|-|-|-|-|\n| x | 1 | 2 | 3 |\n"))
	f.Add([]byte("<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](data:text/html,z) <a onclick=x>\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		body, _ := convert(render.Document{Markdown: source}, nil)
		root, err := nethtml.Parse(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for n := range root.Descendants() {
			if n.Data == "script" && n.Type == nethtml.ElementNode {
				t.Errorf("a script in the page of %q", source)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("id %q stands twice in the page of %q", a.Val, source)
				case a.Key == "id":
					ids[a.Val] = true
				case strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s in the page of %q", a.Key, source)
				case a.Key == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
					t.Errorf("href %q in the page of %q", a.Val, source)
				}
			}
		}
	})
}
