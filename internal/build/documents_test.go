package build_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/diag"
)

// TestDocuments shows that the Markdown edition is that of the site, without
// rules, and that it can be limited to some models.
func TestDocuments(t *testing.T) {
	in := buildtest.Input()
	in.Root = fstest.MapFS{"demarc.yaml": {Data: []byte("title: Ours\naddress: https://docs.example.com/\n")}}
	paths := func(models ...string) []string {
		edition, result, err := build.Documents(in, models)
		if err != nil || diag.Worst(result.Findings) == diag.Error {
			t.Fatal(err, result.Findings)
		}
		if edition.Title != "Ours" || edition.Address != "https://docs.example.com/" {
			t.Errorf("%q at %q", edition.Title, edition.Address)
		}
		var paths []string
		for _, doc := range edition.Documents {
			paths = append(paths, doc.Path)
			if strings.Contains(string(doc.Markdown), "](rules/") {
				t.Errorf("%s leads to the rules, which are not there", doc.Path)
			}
		}
		return paths
	}
	files := memory{}
	if _, err := build.Site(in, files); err != nil {
		t.Fatal(err)
	}
	var want []string
	for name := range files {
		if strings.HasSuffix(name, ".md") && !strings.HasPrefix(name, "rules/") {
			want = append(want, name)
		}
	}
	all := paths()
	slices.Sort(all)
	slices.Sort(want)
	if !slices.Equal(all, want) {
		t.Errorf("documents %q, the site has %q", all, want)
	}
	one := paths("scaleway/kubernetes")
	if slices.Contains(one, "comparison.md") || slices.Contains(one, "eumetsat/managed-kubernetes/raci.md") || !slices.Contains(one, "scaleway/kubernetes/raci.md") {
		t.Errorf("documents of one model: %q", one)
	}
	in.Root = fstest.MapFS{"demarc.yaml": {Data: []byte("titel: Ours\n")}}
	edition, result, err := build.Documents(in, nil)
	if err != nil || len(edition.Documents) > 0 || diag.Worst(result.Findings) != diag.Error {
		t.Errorf("with a finding: %d documents, %v, %v", len(edition.Documents), result.Findings, err)
	}
}
