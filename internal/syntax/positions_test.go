package syntax

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/demarc/demarc/internal/diag"
)

// TestPositions takes the text at the position of each key and value of all
// files at hand and reads it again: it has to be the same key or value.
func TestPositions(t *testing.T) {
	checked := 0
	for name, data := range sampleFiles(t) {
		root, _ := Read(name, data)
		checked += checkReread(t, data, root)
	}
	if checked < 300 {
		t.Errorf("only %d keys and values were checked", checked)
	}
}

// sampleFiles returns the inputs of testdata and the workspace's own content.
func sampleFiles(t testing.TB) map[string][]byte {
	files := map[string][]byte{}
	archives, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			f = unquoteFile(t, f)
			if slices.Contains(Extensions(), filepath.Ext(f.Name)) {
				files[file+"/"+f.Name] = f.Data
			}
		}
	}
	content := os.DirFS("../../content")
	err = fs.WalkDir(content, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !slices.Contains(Extensions(), filepath.Ext(path)) {
			return err
		}
		files["content/"+path], err = fs.ReadFile(content, path)
		return err
	})
	if err != nil {
		t.Logf("without the workspace's content: %v", err)
	}
	return files
}

// checkReread reads each key and value of a tree again and returns their number.
func checkReread(t *testing.T, data []byte, root *Node) int {
	if root == nil {
		return 0
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n", "\n")
	r := &rereader{t: t, lines: strings.Split(text, "\n")}
	r.node(root)
	return r.checked
}

type rereader struct {
	t       *testing.T
	lines   []string
	checked int
}

func (r *rereader) node(n *Node) {
	if n.Kind != List && n.Kind != Map {
		r.scalar(n)
	}
	for _, item := range n.Items {
		r.node(item)
	}
	for _, e := range n.Entries {
		r.key(e)
		r.node(e.Value)
	}
}

func (r *rereader) at(pos diag.Pos) string {
	return string([]rune(r.lines[pos.Line-1])[pos.Col-1 : pos.Col-1+pos.Len])
}

func (r *rereader) key(e Entry) {
	text := r.at(e.Pos)
	r.compare(e.Pos, text, String, e.Key, func(root *Node) *Node {
		return &Node{Kind: String, Text: root.Entries[0].Key}
	}, text+" = 0\n", text+": 0\n", "{"+text+": 0}\n")
}

func (r *rereader) scalar(n *Node) {
	text := r.at(n.Pos)
	r.compare(n.Pos, text, n.Kind, n.Text, func(root *Node) *Node {
		if a := root.Get("a"); a.Kind == List {
			return a.Items[0]
		}
		return root.Get("a")
	}, "a = "+text+"\n", "a: "+text+"\n", "a: ["+text+"]\n")
}

// compare reads what was at a position within a file of one entry. In YAML,
// some text can only stand within brackets, and some only without.
func (r *rereader) compare(pos diag.Pos, text string, kind Kind, value string, find func(*Node) *Node, toml, yaml, bracketed string) {
	r.checked++
	rest := string([]rune(r.lines[pos.Line-1])[pos.Col-1:])
	files := []string{yaml, bracketed}
	if strings.HasSuffix(pos.File, ".toml") {
		files = []string{toml}
	} else if kind == String && text != value {
		block := strings.HasPrefix(text, "|") || strings.HasPrefix(text, ">")
		if block && len(text) <= 3 || strings.HasPrefix(value, text) && strings.HasPrefix(rest, text) {
			return // the first line of text that goes on
		}
	}
	var all []diag.Finding
	for _, file := range files {
		again, findings := Read(pos.File, []byte(file))
		if again != nil {
			if n := find(again); n.Kind == kind && n.Text == value {
				return
			}
		}
		all = append(all, findings...)
	}
	open := func(f diag.Finding) bool { return f.Message == "quoted text is not closed" }
	endsLine := strings.HasPrefix(text, `"`) && strings.HasSuffix(text, `\`)
	if text == rest && (endsLine || slices.ContainsFunc(all, open)) {
		return // it is closed on another line
	}
	r.t.Errorf("%v: %v %q does not read again from %q: %v", pos, kind, value, text, all)
}
