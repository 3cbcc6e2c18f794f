package syntax

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/diag"
)

func FuzzReadYAML(f *testing.F) {
	addSamples(f, ".yaml", ".yml")
	f.Fuzz(func(t *testing.T, data []byte) {
		defer watch().Stop()
		root, findings := Read("f.yaml", data)
		checkTree(t, "f.yaml", data, root, findings)
		checkLineEnds(t, "f.yaml", data, root, findings)
		checkRewritten(t, root)
		checkReread(t, data, root)
	})
}

func FuzzReadTOML(f *testing.F) {
	addSamples(f, ".toml")
	f.Fuzz(func(t *testing.T, data []byte) {
		defer watch().Stop()
		root, findings := Read("f.toml", data)
		checkTree(t, "f.toml", data, root, findings)
		checkLineEnds(t, "f.toml", data, root, findings)
		checkRewritten(t, root)
		checkReread(t, data, root)
		checkAgreement(t, data, findings)
	})
}

// watch ends the process, and so reports the input, if a test hangs.
func watch() *time.Timer {
	return time.AfterFunc(10*time.Second, func() { panic("no end within 10 seconds") })
}

func addSamples(f *testing.F, extensions ...string) {
	for name, data := range sampleFiles(f) {
		if slices.Contains(extensions, path.Ext(name)) {
			f.Add(data)
		}
	}
}

// checkLineEnds reads a file again with CR LF and a byte order mark: that may
// add two pieces of advice and change nothing else.
func checkLineEnds(t *testing.T, file string, data []byte, root *Node, findings []diag.Finding) {
	if bytes.Contains(data, []byte("\r")) || bytes.HasPrefix(data, []byte("\uFEFF")) {
		return
	}
	changed := append([]byte("\uFEFF"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...)
	root2, findings2 := Read(file, changed)
	findings2 = slices.DeleteFunc(findings2, func(f diag.Finding) bool { return f.Severity == diag.Advice })
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return // is UTF-16 without our mark only
	}
	if diff := cmp.Diff(findings, findings2); diff != "" && len(findings) > 0 {
		t.Errorf("findings differ for CR LF (-LF +CR LF)\n%s", diff)
	}
	if diff := cmp.Diff(root, root2); diff != "" {
		t.Errorf("trees differ for CR LF (-LF +CR LF)\n%s", diff)
	}
}

// checkRewritten writes a tree in both formats and reads it again. Numbers,
// true, false and null are written as text, since the formats spell them
// differently; so this is about texts, keys and structure.
func checkRewritten(t *testing.T, root *Node) {
	if root == nil {
		return
	}
	want := onlyText(root)
	for _, file := range []string{"again.yaml", "again.toml"} {
		w := rewriter{yaml: file == "again.yaml"}
		w.node(want, true)
		again, findings := Read(file, []byte(w.String()))
		if deep(findings) {
			continue // a list of lists is as deep in both, but [key: value] is not
		}
		if diff := cmp.Diff(want, plain(again)); diff != "" {
			t.Errorf("%s: %v (-tree +again)\n%s\n%s", file, findings, diff, w.String())
		}
	}
}

func deep(findings []diag.Finding) bool {
	return slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Rule == "syntax/too-deep" })
}

func onlyText(n *Node) *Node {
	out := plain(n)
	var walk func(n *Node)
	walk = func(n *Node) {
		if n.Kind == Null || n.Kind == Bool || n.Kind == Number {
			n.Kind = String
		}
		for _, item := range n.Items {
			walk(item)
		}
		for _, e := range n.Entries {
			walk(e.Value)
		}
	}
	walk(out)
	return out
}

// rewriter writes trees in the inline form of either format.
type rewriter struct {
	strings.Builder
	yaml bool
}

func (w *rewriter) node(n *Node, root bool) {
	switch n.Kind {
	case Map:
		opening, before, between, after, closing := "{", "", " = ", ",", "}"
		switch {
		case w.yaml: // with ?, keys may be of any length
			before, between = "? ", " : "
		case root:
			opening, after, closing = "", "\n", ""
		}
		w.WriteString(opening)
		for _, e := range n.Entries {
			w.WriteString(before)
			w.text(e.Key)
			w.WriteString(between)
			w.node(e.Value, false)
			w.WriteString(after)
		}
		w.WriteString(closing)
	case List:
		w.WriteString("[")
		for _, item := range n.Items {
			w.node(item, false)
			w.WriteString(",")
		}
		w.WriteString("]")
	case Date:
		w.WriteString(n.Text)
	default:
		w.text(n.Text)
	}
}

// text writes text in double quotes, with escapes that both formats know.
func (w *rewriter) text(text string) {
	w.WriteByte('"')
	for _, r := range text {
		if r >= ' ' && r <= '~' && r != '"' && r != '\\' {
			w.WriteRune(r)
		} else {
			fmt.Fprintf(w, `\U%08X`, r)
		}
	}
	w.WriteByte('"')
}

// checkAgreement checks that what the TOML library accepts is refused for
// reasons of ours only, and never because the scanner understood it otherwise.
func checkAgreement(t *testing.T, data []byte, findings []diag.Finding) {
	_, err := decodeTOML(string(data))
	for _, f := range findings {
		if strings.HasPrefix(f.Message, "this value is understood") || err == nil && f.Rule == "syntax/toml" {
			t.Errorf("the library accepts this, or understands it otherwise: %v %s", f.Pos, f.Message)
		}
	}
}
