package oscal

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/model"
)

var update = flag.Bool("update", false, "write testdata anew")

// load returns the models of a workspace without errors.
func load(t *testing.T, root, models fs.FS) []*model.Model {
	t.Helper()
	in := buildtest.Input()
	in.Root, in.Content = root, models
	return buildtest.Models(t, in)
}

// workspaces returns the built-in models and those with names and texts that
// are allowed and hard.
func workspaces(t *testing.T) map[string][]*model.Model {
	const hostile = "../../../tests/interop/testdata/hostile"
	return map[string][]*model.Model{
		"builtin": load(t, fstest.MapFS{}, nil),
		"hostile": load(t, os.DirFS(hostile), os.DirFS(hostile+"/content")),
	}
}

func write(t *testing.T, d Document, models []*model.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, models); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGolden compares the documents of the small workspace of the rules'
// examples.
func TestGolden(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range check.Base() {
		files[strings.TrimPrefix(f.Name, "content/")] = &fstest.MapFile{Data: []byte(f.Data)}
	}
	models := load(t, fstest.MapFS{}, files)
	for _, d := range Documents {
		got, name := write(t, d, models), filepath.Join("testdata", d.FileName())
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs; run go test -update and look at the difference", name)
		}
	}
}

// TestReferences follows every reference from a document to itself or to the
// catalog. What it finds nothing for, OSCAL's schemas do not find either: they
// know of no references.
func TestReferences(t *testing.T) {
	for name, models := range workspaces(t) {
		catalog := read(t, write(t, Catalog, models))
		catalog.check(t, name+" catalog", catalog)
		for _, d := range Documents[1:] {
			read(t, write(t, d, models)).check(t, name+" "+string(d), catalog)
		}
	}
}

// references is what a document defines and refers to.
type references struct {
	ids, uuids, roles []string // defined
	refs              []string // to ids of the catalog
	hrefs             []string // of links and resources
	usesRoles, uses   []string // of roles and UUIDs
	groups            int      // with groups and controls
}

func read(t *testing.T, data []byte) *references {
	t.Helper()
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	r := &references{}
	r.walk("", root)
	return r
}

func (r *references) walk(key string, v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.walk(key, e)
		}
	case map[string]any:
		if v["groups"] != nil && v["controls"] != nil {
			r.groups++
		}
		for k, e := range v {
			if k == "id" && key == "roles" {
				k = "role"
			}
			r.walk(k, e)
		}
	case string:
		list := map[string]*[]string{
			"id": &r.ids, "uuid": &r.uuids, "role": &r.roles, "href": &r.hrefs, "source": &r.hrefs,
			"control-id": &r.refs, "statement-id": &r.refs, "id-ref": &r.refs, "with-ids": &r.refs,
			"role-id": &r.usesRoles, "party-uuids": &r.uses,
		}[key]
		if list != nil {
			*list = append(*list, v)
		}
	}
}

func (r *references) check(t *testing.T, name string, catalog *references) {
	t.Helper()
	for _, defined := range [][]string{r.ids, r.uuids, r.roles} {
		slices.Sort(defined)
		if n := len(slices.Compact(slices.Clone(defined))); n != len(defined) {
			t.Errorf("%s: %d of %d identifiers are not unique", name, len(defined)-n, len(defined))
		}
	}
	known := func(list []string, ref string) {
		if _, found := slices.BinarySearch(list, ref); !found {
			t.Errorf("%s: nothing is called %s", name, ref)
		}
	}
	for _, ref := range r.refs {
		known(catalog.ids, ref)
	}
	for _, ref := range r.usesRoles {
		known(r.roles, ref)
	}
	for _, ref := range r.uses {
		known(r.uuids, ref)
	}
	for _, href := range r.hrefs {
		file, fragment, found := strings.Cut(href, "#")
		switch {
		case strings.HasPrefix(href, "https://"), strings.HasPrefix(href, "http://"), href == Catalog.FileName():
		case !found || file != "" && file != Catalog.FileName():
			t.Errorf("%s: %s is no link", name, href)
		case file != "":
			known(catalog.ids, fragment)
		case strings.Contains(fragment, "."):
			known(r.ids, fragment)
		default:
			known(r.uuids, fragment)
		}
	}
	if r.groups > 0 {
		t.Errorf("%s: %d groups have both groups and controls", name, r.groups)
	}
	if len(r.uuids) == 0 || len(r.hrefs)+len(r.refs) == 0 {
		t.Errorf("%s: nothing was found in it: %+v", name, r)
	}
}

// TestNothingIsLost counts what models have and documents show.
func TestNothingIsLost(t *testing.T) {
	for name, models := range workspaces(t) {
		want := map[string]int{}
		for _, m := range models {
			want["sections"] += len(m.Sections)
			for _, a := range m.Activities {
				want["activities"]++
				want["duties"] += len(a.Assignments)
				want["covers"] += len(a.Items)
				sides := map[model.Side]bool{model.Customer: len(a.Items) > 0}
				for _, as := range a.Assignments {
					sides[as.Party.Side] = true
				}
				for _, has := range sides {
					if has {
						want["requirements"]++
					}
				}
				if len(a.Items) == 0 {
					want["gaps"]++
				}
			}
			for _, it := range m.Items {
				want["items"]++
				want["steps"] += len(it.Steps)
				if len(it.Covers) == 0 {
					want["gaps"]++
				}
			}
		}

		got := map[string]int{}
		var count func(groups []group)
		count = func(groups []group) {
			for _, g := range groups {
				if strings.HasPrefix(g.ID, "section.") {
					got["sections"]++
				}
				for _, c := range g.Controls {
					if c.Class == "activity" {
						got["activities"]++
					} else {
						got["items"]++
						got["steps"] += len(c.Parts[0].Parts)
					}
				}
				count(g.Groups)
			}
		}
		count(catalogOf(models).Groups)
		for _, c := range componentDefinitionOf(models).Components {
			for _, i := range c.ControlImplementations {
				got["requirements"] += len(i.Requirements)
				for _, r := range i.Requirements {
					got["duties"] += len(r.Statements)
				}
			}
		}
		collection, _ := mappingCollectionOf(models)
		for _, m := range collection.Mappings {
			for _, e := range m.Maps {
				got["covers"] += len(e.Targets)
			}
			for _, gap := range []*gapSummary{m.SourceGap, m.TargetGap} {
				if gap != nil {
					got["gaps"] += len(gap.Unmapped[0].WithIDs)
				}
			}
		}
		if name == "hostile" { // the mapping leaves out the model without items, and with it an activity
			want["gaps"]--
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestUnmapped(t *testing.T) {
	bare := workspaces(t)["hostile"][1:]
	if err := Write(&bytes.Buffer{}, MappingCollection, bare); !errors.Is(err, ErrUnmapped) {
		t.Errorf("%v", err)
	}
	if c, ok := mappingCollectionOf(workspaces(t)["hostile"]); !ok || c.Provenance.Status != incomplete || len(c.Mappings) != 1 {
		t.Errorf("%+v", c)
	}
}

// TestIDs has UUIDs that Python's uuid.uuid5 makes of the documented names.
func TestIDs(t *testing.T) {
	if got := Namespace.String(); got != "f6755bf2-eb18-5029-ab1a-93ebce0e3128" {
		t.Errorf("namespace %s", got)
	}
	if got := id("party", "ovhcloud/managed-kubernetes", "customer"); got != "95a0d795-8fc4-5c04-8937-7ca2d147de18" {
		t.Errorf("party %s", got)
	}
	for _, tt := range []struct{ model, id, want string }{
		{"acme/database", "run-backups", "activity.acme_database_run-backups"},
		{"9.x_/Y", "1", "activity.9.x___Y_1"},
		{"9.x/Y_", "1", "activity.9.x_Y___1"},
		{"9.x_Y", "1", "activity.9.x__Y_1"},
	} {
		if got := token("activity", tt.model, tt.id); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.model, got, tt.want)
		}
	}
}

func TestURI(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://example.com/a%20b?x=1&y[0]=2#c", "https://example.com/a%20b?x=1&y[0]=2#c"},
		{"https://example.com/ü", "https://example.com/%C3%BC"},
		{"https://example.com/?q=100%", "https://example.com/?q=100%25"},
		{"https://example.com/?q=%zz%2", "https://example.com/?q=%25zz%252"},
		{"https://example.com/#a#b", "https://example.com/#a%23b"},
		{"https://example.com/{x}|y^z", "https://example.com/%7Bx%7D%7Cy%5Ez"},
	} {
		if got := uri(tt.in); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
}

// TestDocumentIdentifier shows that the same models make the same bytes, and
// that a document's own UUID depends on all of it.
func TestDocumentIdentifier(t *testing.T) {
	models := workspaces(t)["builtin"]
	for _, d := range Documents {
		data := write(t, d, models)
		if !bytes.Equal(data, write(t, d, models)) {
			t.Errorf("%s: two runs differ", d)
		}
		if bytes.Equal(write(t, d, models[:1])[:100], data[:100]) {
			t.Errorf("%s: of other models, with the same identifier", d)
		}
	}
}
