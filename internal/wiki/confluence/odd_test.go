package confluence_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/confluence"
)

var update = flag.Bool("update", false, "write what is made to testdata")

// odd is a document of everything that a template of somebody's own might make.
const odd = `# Odd

Text & \<text> with *emphasis*, **strong ` + "`code`" + `**, ~~gone~~, [a *link*](https://example.com/?a=1&b=2),
[none](javascript:alert(1)), [relative](file.pdf), [elsewhere](other.md) and [` + "`b`" + `](#second-b).\
A [link to the table](#a-table), and *39 activities · 2 items*.

## First ` + "`a`" + `

*required · do · platform*

- [x] **Ticked** [` + "`t1`" + `](#second-b) *recommended · verify*
    - Evidence: a ` + "`file`" + `
    - [ ] **Inside** ` + "`t2`" + `
- [ ] **Open** ` + "`t3`" + `

    ` + "```" + `sh
    echo one
    echo two
    ` + "```" + `

    > said

- plain

1. one

    | a | b |
    | --- | --- |
    | 1 | 2 |

    ### In a list

2. two

    ` + "```" + `toml
    x = "]]>"
    ` + "```" + `

> Quoted
>
> - [ ] a task in it
> - [ ] a task in it
>
> ## Heading in it

> Quoted only
>
> > twice

---

## Second ` + "`b`" + `

## A table

| Head | A | Checklist |
| --- | --- | --- |
| Do it ` + "`r1`" + ` | R, A | [` + "`t3`" + `](#first-a) |
| | | |
`

func oddSite() *wiki.Site {
	return wiki.New("Odd", []render.Document{{Path: "index.md", Kind: render.Home, Title: "Odd", Markdown: []byte(odd)}})
}

// TestOdd compares what is made of that document with what was.
func TestOdd(t *testing.T) {
	for _, format := range []confluence.Format{confluence.Storage, confluence.ADF} {
		files, err := confluence.Files(oddSite(), confluence.Options{Format: format})
		if err != nil {
			t.Fatal(err)
		}
		var archive txtar.Archive
		for _, f := range files {
			archive.Files = append(archive.Files, txtar.File{Name: f.Path, Data: bytes.ReplaceAll(f.Data, []byte(`,{"type":`), []byte(",\n{\"type\":"))})
		}
		name := filepath.Join("testdata", string(format)+".txtar")
		got := txtar.Format(&archive)
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
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
	_, files := filesOf(t, oddSite(), confluence.Options{})
	page := readStorage(files["index.storage"])
	if page.problems != nil || len(page.tasks) != 5 || page.complete != 1 {
		t.Errorf("%d tasks, %d complete, and %q", len(page.tasks), page.complete, page.problems)
	}
}

// TestTicks keeps what is ticked on the pages as they are now, also when
// Confluence has written them anew and an item has moved.
func TestTicks(t *testing.T) {
	previous := fstest.MapFS{
		"index.storage": {Data: []byte(`<p>Text&nbsp;&ndash; text</p><ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-uuid>u</ac:task-uuid>` +
			`<ac:task-status>incomplete</ac:task-status><ac:task-body><span><code>t2</code></span></ac:task-body></ac:task></ac:task-list>`)},
		"index~2.storage": {Data: []byte(`<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body><strong>With <code>t2</code></strong>` +
			`<ac:link ac:anchor="t3"><ri:page ri:content-title="X" /><ac:link-body><code><span>t3</span></code></ac:link-body></ac:link></ac:task-body></ac:task></ac:task-list>`)},
		"index.adf.json": {Data: []byte(`{"type":"doc","version":1,"content":[{"type":"taskList","content":[{"type":"taskItem","attrs":{"state":"DONE"},"content":[` +
			`{"type":"text","text":"t2","marks":[{"type":"code"}]},{"type":"text","text":"t3","marks":[{"type":"link","attrs":{"href":"x"}},{"type":"code"}]}]}]}]}`)},
	}
	for _, format := range []confluence.Format{confluence.Storage, confluence.ADF} {
		_, before := filesOf(t, oddSite(), confluence.Options{Format: format})
		_, after := filesOf(t, oddSite(), confluence.Options{Format: format, Previous: previous})
		for name, data := range after {
			was, is := bytes.Count(before[name], []byte("complete<")), bytes.Count(data, []byte(">complete<"))
			if format == confluence.ADF {
				was, is = bytes.Count(before[name], []byte("TODO"))+bytes.Count(before[name], []byte("DONE")), bytes.Count(data, []byte("DONE"))
			}
			if name != "manifest.json" && (was != 5 || is != 2) {
				t.Errorf("%s: %d of %d tasks are ticked, want 2 of 5", name, is, was)
			}
		}
		own := fstest.MapFS{}
		for name, data := range after {
			own[name] = &fstest.MapFile{Data: data}
		}
		_, again := filesOf(t, oddSite(), confluence.Options{Format: format, Previous: own})
		for name, data := range again {
			if !bytes.Equal(data, after[name]) {
				t.Errorf("%s: ticks of our own files are not kept:\n%s", name, data)
			}
		}
	}
}

// TestLost shows that a tick whose box is gone is told of.
func TestLost(t *testing.T) {
	previous := fstest.MapFS{"index.storage": {Data: []byte(`<ac:task-list><ac:task><ac:task-status>complete</ac:task-status>` +
		`<ac:task-body><code>gone</code></ac:task-body></ac:task><ac:task><ac:task-status>complete</ac:task-status><ac:task-body><code>t2</code></ac:task-body></ac:task></ac:task-list>`)}}
	var lost []string
	filesOf(t, oddSite(), confluence.Options{Previous: previous, Lost: func(title, item string) { lost = append(lost, title+": "+item) }})
	if len(lost) != 1 || !strings.HasSuffix(lost[0], ": gone") {
		t.Errorf("told of %q, want that of the item gone", lost)
	}
}

// FuzzPage makes pages of any Markdown and reads them strictly.
func FuzzPage(f *testing.F) {
	f.Add(odd)
	f.Add("# T\n\n- [ ] a\n- b\n\n> | a |\n> | - |\n> | *x · do* |\n\n[*do · open*](index.md#x)\n\n### x\n\n<p>\n\n![i](index.md)\n")
	f.Fuzz(func(t *testing.T, text string) {
		s := wiki.New("Site", []render.Document{{Path: "index.md", Kind: render.Home, Title: "Home", Markdown: []byte(text)}})
		tasks := tasksOf(s)
		files, err := confluence.Files(s, confluence.Options{})
		if err != nil {
			t.Skip(err)
		}
		page := readStorage(files[0].Data)
		if page.problems != nil || len(page.tasks) != tasks {
			t.Fatalf("%d tasks of %d, and %q in\n%s", len(page.tasks), tasks, page.problems, files[0].Data)
		}
		files, err = confluence.Files(s, confluence.Options{Format: confluence.ADF})
		if err != nil {
			t.Skip(err)
		}
		if got := bytes.Count(files[0].Data, []byte(`"type":"taskItem"`)); got != tasks {
			t.Fatalf("%d tasks of %d in\n%s", got, tasks, files[0].Data)
		}
		if schema, err := readSchema(); err == nil && len(files[0].Data) < 1000 { // it takes long for what is deep
			if err := validate(schema, files[0].Data); err != nil {
				t.Fatalf("%v in\n%s", err, files[0].Data)
			}
		}
	})
}
