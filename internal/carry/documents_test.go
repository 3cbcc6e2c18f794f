package carry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/carry"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

// TestDocuments has people write on every document of the built-in models, of
// which parts then go and come back.
func TestDocuments(t *testing.T) {
	edition, _, err := build.Documents(build.Input{
		Root: fstest.MapFS{}, ContentDir: "content", AsOf: "2026-11-20",
		Builtin: build.Builtin{Content: content.FS, Templates: templates.FS, Site: site.FS},
	}, nil)
	if err != nil || len(edition.Documents) < 20 {
		t.Fatal(len(edition.Documents), err)
	}
	for _, doc := range edition.Documents {
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 3))
			region, _ := carry.Merge(nil, doc.Markdown)
			page, tokens := scribble(r, string(region))
			less := thinned(r, string(doc.Markdown))
			first, _ := carry.Merge([]byte(page), []byte(less))
			again, _ := carry.Merge(first, []byte(less))
			if string(first) != string(again) {
				t.Fatalf("%s, seed %d: a second merge changes\n%s\nto\n%s", doc.Path, seed, first, again)
			}
			back, _ := carry.Merge(first, doc.Markdown)
			for i := range tokens {
				token := fmt.Sprintf("human%dtext", i)
				if n, m := strings.Count(string(first), token), strings.Count(string(back), token); n != 1 || m != 1 {
					t.Fatalf("%s, seed %d: %s is there %d times, then %d times\n%s\n%s", doc.Path, seed, token, n, m, page, first)
				}
			}
			if !strings.Contains(string(back), "[x]") && strings.Contains(page, "[x]") {
				t.Fatalf("%s, seed %d: a tick is lost\n%s\n%s", doc.Path, seed, page, back)
			}
		}
	}
}

// scribble writes into a region at random, outside of its code blocks, and
// returns how many words it wrote.
func scribble(r *rand.Rand, region string) (page string, tokens int) {
	lines := strings.Split(strings.TrimSuffix(region, "\n"), "\n")
	fenced := false
	word := func() string { tokens++; return fmt.Sprintf("human%dtext", tokens-1) }
	for i, line := range lines {
		if strings.Contains(line, "```") {
			fenced = !fenced
		} else if line == "" || fenced || r.IntN(10) > 0 || strings.HasPrefix(line, "<!--") {
			continue
		}
		switch r.IntN(5) {
		case 0:
			lines[i] += "\n" + word()
		case 1:
			lines[i] += "\n\n" + word() + "\n"
		case 2:
			lines[i] = strings.Replace(line, "[ ]", "[x]", 1)
		case 3:
			if !strings.Contains(line, "```") {
				lines[i] += " " + word()
			}
		case 4:
			if before, after, ok := strings.Cut(line, ": "); ok {
				lines[i] = before + ": " + word() + " " + after
			}
		}
	}
	return strings.Join(lines, "\n") + "\n", tokens
}

// thinned returns a document without some of its blocks and lines.
func thinned(r *rand.Rand, document string) string {
	blocks := strings.Split(document, "\n\n")
	return strings.Join(slices.DeleteFunc(blocks, func(block string) bool {
		return !strings.Contains(block, "```") && r.IntN(10) == 0
	}), "\n\n")
}
