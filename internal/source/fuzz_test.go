package source

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

func FuzzMarkdown(f *testing.F) { fuzzDocument(f, ".md") }
func FuzzText(f *testing.F)     { fuzzDocument(f, ".txt") }

// FuzzParse reads what all readers find. Their own targets look at the blocks;
// this one at what is made of them.
func FuzzParse(f *testing.F) {
	extensions := []string{".html", ".adoc", ".csv", ".tsv"}
	for _, data := range samples(f) {
		for i := range extensions {
			f.Add(byte(i), data)
		}
	}
	f.Fuzz(func(t *testing.T, format byte, data []byte) {
		checkParse(t, "page"+extensions[int(format)%len(extensions)], data)
	})
}

// fuzzDocument reads documents of one format.
func fuzzDocument(f *testing.F, ext string) {
	for _, data := range samples(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc := checkParse(t, "page"+ext, data)
		again, err := Parse("page"+ext, bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))
		if err != nil || !bytes.Contains(data, []byte("\r")) && show(again) != show(doc) {
			t.Errorf("with CR LF it is another document (%v)\n%s\n%s", err, show(doc), show(again))
		}
	})
}

// checkParse reads a document, locks it, and checks both.
func checkParse(t *testing.T, name string, data []byte) *Document {
	defer time.AfterFunc(10*time.Second, func() { panic("no end within 10 seconds") }).Stop()
	doc, err := Parse(name, data)
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, data, doc)
	lock, _ := NewLock("guide", doc, nil)
	lock = roundTrip(t, lock)
	for _, before := range []*Document{doc, nil} {
		if changes := Drift(lock, before, doc, nil); len(changes) > 0 {
			t.Errorf("drift from itself:\n%s", showChanges(changes))
		}
	}
	checkUpdate(t, lock, doc)
	return doc
}

// samples returns the documents in testdata, whatever their format.
func samples(f *testing.F) [][]byte {
	var all [][]byte
	for _, pattern := range []string{"testdata/statements/*.txtar", "testdata/drift/*.txtar"} {
		archives, err := filepath.Glob(pattern)
		if err != nil || len(archives) == 0 {
			f.Fatalf("no archives %s (%v)", pattern, err)
		}
		for _, name := range archives {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range archive.Files {
				all = append(all, file.Data)
			}
		}
	}
	return all
}

// checkDocument checks what holds for any document.
func checkDocument(t *testing.T, data []byte, doc *Document) {
	lines := bytes.Count(bytes.ReplaceAll(data, []byte("\r"), []byte("\n")), []byte("\n")) + 1
	seen := map[string]bool{}
	for _, s := range doc.Statements {
		if seen[s.ID] {
			t.Errorf("id %s stands twice", s.ID)
		}
		seen[s.ID] = true
		if s.Line < 1 || s.Line > lines {
			t.Errorf("%s is at line %d of %d", s.ID, s.Line, lines)
		}
		if sectionOf(s.ID) != s.Section {
			t.Errorf("%s is in section %s", s.ID, s.Section)
		}
		if s.Cells != nil && s.Parties != nil && len(s.Cells) != len(s.Parties) {
			t.Errorf("%s has %d cells for %d parties", s.ID, len(s.Cells), len(s.Parties))
		}
		if strings.ContainsAny(s.Text, "\n") {
			t.Errorf("%s has a line break: %q", s.ID, s.Text)
		}
		for _, c := range s.Cells {
			if _, ok := parseLetters(c.Letters); c.Letters != "" && !ok {
				t.Errorf("%s has letters %q", s.ID, c.Letters)
			}
		}
	}
	for _, f := range doc.Findings {
		if int(f.Pos.Line) > lines || f.Pos.Line < 0 || f.Message == "" || !strings.HasPrefix(f.Rule, "document/") {
			t.Errorf("finding %+v", f)
		}
	}
}

func FuzzReadLock(f *testing.F) {
	doc, err := Parse("page.md", []byte(lockedPage))
	if err != nil {
		f.Fatal(err)
	}
	lock, _ := NewLock("guide", doc, nil)
	f.Add(lock.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		lock, findings := ReadLock("guide.lock", data)
		if lock == nil {
			if len(findings) == 0 {
				t.Error("no lock, and nothing to say about it")
			}
			return
		}
		roundTrip(t, lock)
		lock.Update(doc)
		Drift(lock, nil, doc, nil)
	})
}

func FuzzInlineText(f *testing.F) {
	f.Add("a **b** [c](d) `e` <f> &amp; \\*")
	f.Fuzz(func(t *testing.T, s string) {
		if text := inlineText(s); squeeze(text) != text {
			t.Errorf("%q is shown as %q", s, text)
		}
	})
}
