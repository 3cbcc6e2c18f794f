package build_test

import (
	"encoding/json"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/index"
)

// TestSearchIndex holds that everything in the index is on a page, under the
// address that the search script makes of it, and that everything is in it.
func TestSearchIndex(t *testing.T) {
	files := builtin(t)
	pages := parsePages(t, files)
	var site struct{ Models, Topics [][]string }
	parseIndex(t, files[index.SearchFile], "site", &site)
	found := 0
	expect := func(page, id string) {
		t.Helper()
		found++
		if p := pages[page]; p == nil || !p.ids[id] {
			t.Errorf("nothing at %s#%s", page, id)
		}
	}
	for _, topic := range site.Topics {
		expect("legend.html", topic[1])
	}
	for _, m := range site.Models {
		var part struct {
			Model             string
			Activities, Items [][]string
		}
		parseIndex(t, files[m[0]+"/"+index.SearchFile], "model", &part)
		for _, a := range part.Activities {
			expect(part.Model+"/raci.html", a[0])
		}
		for _, it := range part.Items {
			expect(part.Model+"/checklist.html", it[0])
			for n := range it[3:] {
				expect(part.Model+"/runbook.html", it[0]+"."+strconv.Itoa(n+1))
			}
		}
	}
	rows := regexp.MustCompile(`<tr id="[^"]*" data-roles|<li id="[^"]*" (data-roles="[^"]*" data-topic="[^"]*" )?data-action|<li id="[^"]*\.[0-9]+">`)
	want := 0
	for name, data := range files {
		if base := path.Base(name); base == "raci.html" || base == "checklist.html" || base == "runbook.html" {
			want += len(rows.FindAll(data, -1))
		}
	}
	want += len(site.Topics)
	if found != want || found == 0 {
		t.Errorf("%d in the index, %d on pages", found, want)
	}
}

func parseIndex(t *testing.T, data []byte, function string, into any) {
	t.Helper()
	text := strings.TrimSuffix(strings.TrimPrefix(string(data), "demarcSearch."+function+"("), ");\n")
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
