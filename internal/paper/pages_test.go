package paper

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// The tests in this file look at PDFs with the tools of poppler.

func needBrowser(t *testing.T) {
	t.Helper()
	if _, err := FindBrowser(); err != nil {
		t.Skip(err)
	}
}

// pdfFile is a PDF that poppler reads.
type pdfFile struct {
	t    *testing.T
	name string
}

func open(t *testing.T, pdf []byte) *pdfFile {
	t.Helper()
	for _, tool := range []string{"pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("poppler-utils is not installed: ", err)
		}
	}
	f := &pdfFile{t, filepath.Join(t.TempDir(), "test.pdf")}
	if err := os.WriteFile(f.name, pdf, 0o666); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *pdfFile) run(tool string, args ...string) string {
	f.t.Helper()
	out, err := exec.Command(tool, args...).Output()
	if err != nil {
		f.t.Fatalf("%s %v: %v", tool, args, err)
	}
	return string(out)
}

// info returns a line of pdfinfo.
func (f *pdfFile) info(key string) string {
	f.t.Helper()
	m := regexp.MustCompile(`(?m)^` + key + `: +(.*)$`).FindStringSubmatch(f.run("pdfinfo", f.name))
	if m == nil {
		f.t.Fatalf("pdfinfo says nothing of %s", key)
	}
	return m[1]
}

// pages returns the text of each page.
func (f *pdfFile) pages() []string {
	f.t.Helper()
	n, err := strconv.Atoi(f.info("Pages"))
	if err != nil {
		f.t.Fatal(err)
	}
	pages := make([]string, n)
	for i := range pages {
		number := strconv.Itoa(i + 1)
		pages[i] = f.run("pdftotext", "-layout", "-f", number, "-l", number, f.name, "-")
	}
	return pages
}

var word = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>`)

// inside checks that every word stands where printers print: between margins
// of 10 mm, or 6 mm at the foot.
func (f *pdfFile) inside(width, height float64) {
	f.t.Helper()
	const margin, foot = 10 / point, 6 / point
	words := word.FindAllStringSubmatch(f.run("pdftotext", "-bbox", f.name, "-"), -1)
	if len(words) < 100 {
		f.t.Errorf("only %d words", len(words))
	}
	for _, w := range words {
		var at [4]float64
		for i := range at {
			at[i], _ = strconv.ParseFloat(w[i+1], 64)
		}
		if at[0] < margin || at[1] < margin || at[2] > width-margin || at[3] > height-foot {
			f.t.Errorf("%q stands at %v of %v x %v", w[5], at, width, height)
		}
	}
}

// load returns a built-in model.
func load(t *testing.T, id string) *model.Model {
	t.Helper()
	models, _, _, err := build.Load(builtinInput())
	if err != nil {
		t.Fatal(err)
	}
	m, err := modelNamed(models, id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestPages prints documents on both papers, with both engines, and looks at
// every page.
func TestPages(t *testing.T) {
	sizes := map[Size][2]float64{A4: {595, 842}, Letter: {612, 792}}
	for _, test := range []struct {
		model  string
		kind   render.Kind
		engine Engine
	}{
		{ovhcloud, render.Checklist, Builtin},
		{ovhcloud, render.Checklist, Browser},
		{ovhcloud, render.RACI, Browser},
		{eumetsat, render.RACI, Browser},
	} {
		for size, points := range sizes {
			if test.model == eumetsat && size == Letter {
				continue // a second look at what is inferred is enough on one paper
			}
			t.Run(fmt.Sprintf("%s/%s/%s/%s", test.model, test.kind, test.engine, size), func(t *testing.T) {
				if test.engine == Browser {
					needBrowser(t)
				}
				m := load(t, test.model)
				f := open(t, mustPrint(t, builtinInput(), Job{Model: test.model, Kind: test.kind, Engine: test.engine, Size: size}).PDF)
				if got := f.info("Page size"); !regexp.MustCompile(`^` + map[Size]string{A4: `59[45](\.\d+)? x 84[12]`, Letter: `612 x 792`}[size]).MatchString(got) {
					t.Errorf("page size %s", got)
				}
				if got := f.info("Creator"); !strings.HasPrefix(got, "Demarc test") {
					t.Errorf("creator %q", got)
				}
				if got, want := f.info("Title"), m.Title.Value+": "+test.kind.Name(); got != want {
					t.Errorf("title %q, want %q", got, want)
				}
				f.inside(points[0], points[1])
				pages := f.pages()
				checkPages(t, m, test.kind, pages)
				checkIDs(t, m, test.kind, pages)
			})
		}
	}
}

// checkPages checks the margins of pages, and that none ends with a heading.
func checkPages(t *testing.T, m *model.Model, kind render.Kind, pages []string) {
	headings := map[string]bool{}
	for _, s := range m.Sections {
		headings[s.Heading()] = true
	}
	for _, h := range []string{"Before production", "In production", "At the end", "Sign-off"} {
		headings[h] = true
	}
	for _, phase := range model.Phases {
		headings[(render.Phase{Phase: phase}).Title()] = true
	}
	head := regexp.MustCompile(`^(Activity .*Checklist|Item +Owner +Date +Evidence)$`)
	for i, page := range pages {
		var lines []string
		for _, line := range strings.Split(page, "\n") {
			if line = strings.TrimSpace(strings.Trim(line, "\f")); line != "" {
				lines = append(lines, line)
			}
		}
		foot := lines[len(lines)-1]
		if want := fmt.Sprintf("Page %d of %d", i+1, len(pages)); !strings.HasSuffix(foot, want) || !strings.HasPrefix(foot, render.CardOf(m).Edition()) {
			t.Errorf("page %d ends with %q", i+1, foot)
		}
		last := lines[len(lines)-2]
		if headings[last] || head.MatchString(last) {
			t.Errorf("page %d ends with the heading %q", i+1, last)
		}
		if strings.Contains(page, "Sign-off") && (!strings.Contains(page, "Signature") || !strings.Contains(page, "Service owner")) {
			t.Errorf("the sign-off is torn apart on page %d:\n%s", i+1, page)
		}
		if strings.Contains(page, "Skip to the content") || strings.Contains(page, "Breadcrumbs") {
			t.Errorf("page %d has navigation", i+1)
		}
	}
	for _, want := range []string{"Model reviewed " + string(m.Reviewed), "Source: " + m.Sources[0].Title.Value, "retrieved"} {
		if !strings.Contains(strings.Join(strings.Fields(pages[0]), " "), want) {
			t.Errorf("the first page does not say %q:\n%s", want, pages[0])
		}
	}
	if signed := strings.Contains(strings.Join(pages, ""), "Signature"); signed != (kind == render.Checklist) {
		t.Errorf("sign-off: %t", signed)
	}
}

// checkIDs checks that each identifier can be found, in one piece, and that
// inferred roles are marked.
func checkIDs(t *testing.T, m *model.Model, kind render.Kind, pages []string) {
	all := strings.Join(pages, "\n")
	if kind == render.Checklist {
		for _, it := range m.Items {
			if !regexp.MustCompile(`(?m)(^|\s)` + it.ID + `(\s|$)`).MatchString(all) {
				t.Errorf("the item %s is not on paper", it.ID)
			}
		}
		return
	}
	inferred := 0
	for _, a := range m.Activities {
		if !regexp.MustCompile(`(?m)(^|\s)` + a.ID + `(\s|$)`).MatchString(all) {
			t.Errorf("the activity %s is not on paper", a.ID)
		}
		if a.Basis == model.Inferred {
			inferred++
		}
	}
	if got := len(regexp.MustCompile(`(?m)\binferred\b`).FindAllString(all, -1)); inferred > 0 && got < inferred {
		t.Errorf("%d activities are inferred, %d are marked", inferred, got)
	}
}

// TestExtract prints phases, and a section.
func TestExtract(t *testing.T) {
	m := load(t, ovhcloud)
	f := open(t, mustPrint(t, builtinInput(), Job{Model: ovhcloud, Kind: render.Checklist, Engine: Builtin, Choice: Choice{Phases: []model.Phase{model.Choose, model.GoLive}}}).PDF)
	all := strings.Join(f.pages(), "\n")
	for _, it := range m.Items {
		want := it.Phase == model.Choose || it.Phase == model.GoLive
		if regexp.MustCompile(`(?m)^\s*`+it.ID+` (required|recommended) ·`).MatchString(all) != want {
			t.Errorf("%s of the phase %s: on paper %t", it.ID, it.Phase, !want)
		}
	}
	if !strings.Contains(all, "Extract: Choose, Go live only") || !strings.Contains(all, "Signature") {
		t.Error("the extract does not say what it is, or cannot be signed")
	}
}

// TestAwkward prints what does not fit: words longer than a line, an item
// longer than a page, characters that the fonts lack.
func TestAwkward(t *testing.T) {
	long := strings.Repeat("Lorem ipsum dolor sit amet. ", 1500)
	in := exampleInput(map[string]func(string) string{
		"content/acme/database/model.yaml": func(s string) string {
			return strings.Replace(s, "title: Acme Database", "title: \"Ωmega "+strings.Repeat("x", 300)+" 数据 😀\"", 1)
		},
		"content/library/common.yaml": func(s string) string {
			return strings.Replace(s, "evidence: The log of the restore.", "evidence: \""+long+" the end\"", 1)
		},
	})
	printed := mustPrint(t, in, Job{Model: "acme/database", Kind: render.Checklist, Engine: Builtin})
	if got := string(printed.Missing); got != "据数😀" {
		t.Errorf("missing %q", got)
	}
	f := open(t, printed.PDF)
	pages := f.pages()
	if len(pages) < 3 || len(pages) > 40 {
		t.Errorf("%d pages", len(pages))
	}
	all := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	if n := strings.Count(all, "ipsum"); n != 1500 {
		t.Errorf("%d of 1500 sentences are on paper", n)
	}
	for _, want := range []string{"Ωmega", "the end", "Signature", "?? ?"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not on paper", want)
		}
	}
	f.inside(595, 842)
}

// TestSealedByBrowser checks that what a browser printed counts as ours, and
// can still be read.
func TestSealedByBrowser(t *testing.T) {
	needBrowser(t)
	pdf := mustPrint(t, exampleInput(nil), Job{Model: "acme/database", Kind: render.Checklist, Engine: Browser}).PDF
	if !sealed(pdf) || bytes.Contains(pdf, []byte("/tmp/")) || bytes.Contains(pdf, []byte("file://")) {
		t.Error("not sealed, or it tells where it was printed")
	}
	if got := open(t, pdf).info("CreationDate"); !strings.Contains(got, "Nov 20") {
		t.Errorf("created %s", got)
	}
}
