package confluence_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/confluence"
)

// adfSchema returns Atlassian's schema of ADF.
func adfSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := readSchema()
	if os.IsNotExist(err) && os.Getenv("CI") != "true" {
		t.Skip("no schema of ADF: run tests/setup to get it")
	}
	if err != nil {
		t.Fatalf("there is no schema of ADF: run tests/setup: %v", err)
	}
	return schema
}

// readSchema reads the schema, once.
var readSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	data, err := os.ReadFile(filepath.FromSlash("../../../tests/confluence/node_modules/@atlaskit/adf-schema/dist/json-schema/v1/full.json"))
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("adf.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("adf.json")
})

func validate(schema *jsonschema.Schema, data []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(shape(doc))
}

// shape returns a document without what the schema says nothing of, which is
// most: texts are one letter, nodes that are then the same as one before them
// are left out. The schema takes seconds for a megabyte.
func shape(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if s, ok := value.(string); ok && s != "" && (key == "text" || key == "href" || key == "localId" || key == "value") {
				value = "x"
			}
			v[key] = shape(value)
		}
	case []any:
		var list []any
		seen := map[string]bool{}
		for _, e := range v {
			e = shape(e)
			if key := fmt.Sprint(e); !seen[key] {
				seen[key] = true
				list = append(list, e)
			}
		}
		return list
	}
	return v
}

// TestSchema validates every page, and shows that the schema finds what is
// wrong with one.
func TestSchema(t *testing.T) {
	schema := adfSchema(t)
	for name, s := range sites(t) {
		_, files := filesOf(t, s, confluence.Options{Format: confluence.ADF, Limit: 200 << 10})
		for file, data := range files {
			if err := validate(schema, data); file != "manifest.json" && err != nil {
				t.Errorf("%s: %s: %.2000v", name, file, err)
			}
		}
	}
	_, files := filesOf(t, oddSite(), confluence.Options{Format: confluence.ADF})
	page := files["index.adf.json"]
	if err := validate(schema, page); err != nil {
		t.Errorf("%v in\n%s", err, page)
	}
	for old, broken := range map[string]string{
		`"type":"taskItem"`: `"type":"taskItems"`, `"state":"TODO"`: `"state":"OPEN"`, `"color":"red"`: `"color":"crimson"`,
		`"level":2`: `"level":7`, `"type":"tableCell"`: `"type":"cell"`, `"version":1`: `"version":2`, `{"type":"code"}`: `{"type":"code"},{"type":"strong"}`,
	} {
		if !bytes.Contains(page, []byte(old)) {
			t.Errorf("there is no %s in\n%s", old, page)
		}
		if validate(schema, bytes.Replace(page, []byte(old), []byte(broken), 1)) == nil {
			t.Errorf("the schema takes %s", broken)
		}
	}
}

// adfNode is what tests read of a node.
type adfNode struct {
	Type  string
	Text  string
	Attrs struct {
		LocalID, Text, ExtensionKey string
		Parameters                  struct {
			MacroParams map[string]struct{ Value string }
		}
	}
	Marks []struct {
		Attrs struct{ Href string }
	}
	Content []adfNode
}

// adfPage is what a page says.
type adfPage struct {
	anchors map[string]bool
	links   []string
	tasks   int
	rows    int // with an anchor
	text    strings.Builder
}

func (p *adfPage) read(n adfNode, ids map[string]bool) error {
	p.text.WriteString(n.Text)
	for _, m := range n.Marks {
		if m.Attrs.Href != "" {
			p.links = append(p.links, m.Attrs.Href)
		}
	}
	switch n.Type {
	case "taskItem":
		p.tasks++
		fallthrough
	case "taskList":
		if ids[n.Attrs.LocalID] {
			return fmt.Errorf("local id %s twice", n.Attrs.LocalID)
		}
		ids[n.Attrs.LocalID] = true
	case "status":
		p.text.WriteString(n.Attrs.Text)
	case "inlineExtension":
		p.anchors[n.Attrs.Parameters.MacroParams[""].Value] = true
	case "tableRow":
		if first := n.Content[0].Content[0].Content; len(first) > 0 && first[0].Type == "inlineExtension" {
			p.rows++
		}
	}
	for _, c := range n.Content {
		if err := p.read(c, ids); err != nil {
			return err
		}
	}
	return nil
}

func TestADF(t *testing.T) {
	for name, s := range sites(t) {
		t.Run(name, func(t *testing.T) { testADF(t, s) })
	}
}

func testADF(t *testing.T, s *wiki.Site) {
	m, files := filesOf(t, s, confluence.Options{Format: confluence.ADF})
	if m.Representation != "atlas_doc_format" {
		t.Errorf("representation %s", m.Representation)
	}
	pages, ids := map[string]*adfPage{}, map[string]bool{}
	tasks, parts := 0, map[string]int{}
	for _, p := range m.Pages {
		var doc adfNode
		if err := json.Unmarshal(files[p.File], &doc); err != nil {
			t.Fatal(err)
		}
		page := &adfPage{anchors: map[string]bool{}}
		if err := page.read(doc, ids); err != nil {
			t.Errorf("%s: %v", p.Key, err)
		}
		pages[p.Address] = page
		tasks += page.tasks
		doc1, _, _ := strings.Cut(p.Key, "~")
		parts[doc1]++
	}
	for address, page := range pages {
		for _, href := range page.links {
			if !strings.HasPrefix(href, "urn:demarc:") && !strings.HasPrefix(href, "#") {
				continue
			}
			key, anchor, _ := strings.Cut(href, "#")
			to := page
			if key != "" {
				to = pages[key]
			}
			if to == nil || anchor != "" && !to.anchors[anchor] {
				t.Errorf("%s links to %s, which is not there", address, href)
			}
		}
	}
	if want := tasksOf(s); tasks != want {
		t.Errorf("there are %d tasks, want %d", tasks, want)
	}
	for _, d := range s.Documents() {
		key := wiki.RegionName(d)
		page := pages["urn:demarc:"+key]
		if d.Model == nil || parts[key] > 1 {
			continue
		}
		if d.Kind == render.RACI && page.rows != d.Model.Activities {
			t.Errorf("%s has %d rows, want %d", key, page.rows, d.Model.Activities)
		}
		if got := squeeze(page.text.String()); !strings.Contains(got, textOf(d.Blocks)) {
			t.Errorf("%s says\n%s\nnot\n%s", key, got, textOf(d.Blocks))
		}
	}
}
