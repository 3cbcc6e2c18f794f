package syntax

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/demarc/demarc/internal/diag"
)

var update = flag.Bool("update", false, "write what was found into the expectations of testdata")

// TestFindings reads the files of each archive in testdata/findings and
// compares all that is said about them with the file "want" of the archive.
func TestFindings(t *testing.T) {
	eachArchive(t, "findings", func(t *testing.T, inputs []txtar.File) string {
		var b strings.Builder
		for _, in := range inputs {
			root, findings := Read(in.Name, in.Data)
			if (root == nil) != (diag.Worst(findings) == diag.Error) {
				t.Errorf("%s: root is nil: %v, worst finding: %v", in.Name, root == nil, diag.Worst(findings))
			}
			checkTree(t, in.Name, in.Data, root, findings)
			writeFindings(&b, in.Data, findings)
		}
		return b.String()
	})
}

// TestTrees does the same with the trees of testdata/trees.
func TestTrees(t *testing.T) {
	eachArchive(t, "trees", func(t *testing.T, inputs []txtar.File) string {
		var b strings.Builder
		for _, in := range inputs {
			root, findings := Read(in.Name, in.Data)
			checkTree(t, in.Name, in.Data, root, findings)
			fmt.Fprintf(&b, "%s\n", in.Name)
			writeFindings(&b, in.Data, findings)
			if root == nil {
				t.Fatalf("%s: no tree", in.Name)
			}
			writeNode(&b, in.Data, root, "  ")
		}
		return b.String()
	})
}

// eachArchive runs a test for each archive of a folder of testdata. The file
// "want" holds what the test has to return, the others are its input.
func eachArchive(t *testing.T, folder string, test func(t *testing.T, inputs []txtar.File) string) {
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives in %s: %v", folder, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			inputs, want := splitArchive(t, archive)
			got := test(t, inputs)
			if diff := cmp.Diff(want, got); diff != "" && !*update {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if *update {
				archive.Files[len(archive.Files)-1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// splitArchive returns the inputs of an archive and what is wanted, which has
// to be its last file. The lines of an input whose name ends in " quoted" are
// Go strings to be joined: so it can hold any bytes.
func splitArchive(t *testing.T, archive *txtar.Archive) (inputs []txtar.File, want string) {
	for i, f := range archive.Files {
		if i == len(archive.Files)-1 {
			if f.Name != "want" {
				t.Fatalf("the last file is %s, not want", f.Name)
			}
			return inputs, string(f.Data)
		}
		inputs = append(inputs, unquoteFile(t, f))
	}
	t.Fatal("the archive is empty")
	return nil, ""
}

// unquoteFile decodes a file whose name ends in " quoted": its lines are Go
// strings to be joined, so it can hold any bytes. It returns others as they are.
func unquoteFile(t testing.TB, f txtar.File) txtar.File {
	name, ok := strings.CutSuffix(f.Name, " quoted")
	if !ok {
		return f
	}
	var data []byte
	for line := range strings.Lines(string(f.Data)) {
		text, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %v: %s", f.Name, err, line)
		}
		data = append(data, text...)
	}
	return txtar.File{Name: name, Data: data}
}

func writeFindings(b *strings.Builder, data []byte, findings []diag.Finding) {
	for _, f := range findings {
		fmt.Fprintf(b, "%v: %v: %s [%s]\n", f.Pos, f.Severity, f.Message, f.Rule)
		if f.Pos.Len > 0 {
			fmt.Fprintf(b, "  at: %s\n", textAt(data, f.Pos))
		}
		fmt.Fprintf(b, "  hint: %s\n", f.Hint)
		for _, r := range f.Related {
			fmt.Fprintf(b, "  %v: %s: %s\n", r.Pos, r.Message, textAt(data, r.Pos))
		}
	}
}

// writeNode writes a tree, one value a line: its place and the text there, and
// for a scalar what was read.
func writeNode(b *strings.Builder, data []byte, n *Node, indent string) {
	fmt.Fprintf(b, "%d:%d `%s` %v", n.Pos.Line, n.Pos.Col, textAt(data, n.Pos), n.Kind)
	if n.Kind != List && n.Kind != Map {
		fmt.Fprintf(b, " %q", n.Text)
	}
	b.WriteByte('\n')
	for _, item := range n.Items {
		b.WriteString(indent + "- ")
		writeNode(b, data, item, indent+"  ")
	}
	for _, e := range n.Entries {
		fmt.Fprintf(b, "%s%d:%d `%s` %q: ", indent, e.Pos.Line, e.Pos.Col, textAt(data, e.Pos), e.Key)
		writeNode(b, data, e.Value, indent+"  ")
	}
}

// textAt returns the text of a file at a position.
func textAt(data []byte, pos diag.Pos) string {
	line := []rune(lineAt(data, pos))
	return string(line[pos.Col-1 : pos.Col-1+pos.Len])
}

// lineAt returns the line of a position as an editor shows it: without line
// end and byte order mark.
func lineAt(data []byte, pos diag.Pos) string {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	lines := bytes.Split(data, []byte("\n"))
	return strings.TrimSuffix(string(lines[pos.Line-1]), "\r")
}
