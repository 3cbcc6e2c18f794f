package syntax

import (
	"path"
	"strings"
	"testing"
	"time"

	"github.com/demarc/demarc/internal/diag"
)

// TestDepth nests as deep as allowed, and one deeper.
func TestDepth(t *testing.T) {
	nest := func(open string, n int, inner, closing string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(closing, n)
	}
	indented := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			b.WriteString(strings.Repeat(" ", i) + "a:\n")
		}
		return b.String()
	}
	tests := []struct {
		name, file string
		text       func(depth int) string // whose deepest collection is at depth
		line, col  int32                  // of the collection at depth 65
	}{
		{"brackets", "a.yaml", func(d int) string { return "a: " + nest("[", d-1, "x", "]") + "\n" }, 1, 67},
		{"braces", "a.yaml", func(d int) string { return nest("{a: ", d, "x", "}") + "\n" }, 1, 257},
		{"dashes", "a.yaml", func(d int) string { return "a:\n" + strings.Repeat("- ", d-1) + "x\n" }, 2, 127},
		{"indentation", "a.yaml", indented, 65, 65},
		{"arrays", "a.toml", func(d int) string { return "a = " + nest("[", d-1, "1", "]") + "\n" }, 1, 68},
		{"inline tables", "a.toml", func(d int) string { return nest("a = {", d-1, "a = 1", "}") + "\n" }, 1, 320},
		{"dotted key", "a.toml", func(d int) string { return nest("a.", d-1, "a = 1", "") + "\n" }, 1, 127},
		{"header", "a.toml", func(d int) string { return "[" + nest("a.", d-2, "a]", "") + "\n" }, 1, 128},
		{"lists of tables", "a.toml", func(d int) string { return "[[" + nest("a.", d-3, "a]]", "") + "\n" }, 1, 127},
		{"header and value", "a.toml", func(d int) string { return "[a.b.c]\nd = " + nest("[", d-4, "1", "]") + "\n" }, 2, 65},
		{"header and key", "a.toml", func(d int) string { return "[a.b.c]\n" + nest("a.", d-4, "a = 1", "") + "\n" }, 2, 121},
		{"inline key", "a.toml", func(d int) string { return "a = {" + nest("a.", d-2, "a = 1}", "") + "\n" }, 1, 130},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if root, findings := Read(test.file, []byte(test.text(MaxDepth))); root == nil {
				t.Errorf("depth %d: %v", MaxDepth, findings)
			}
			root, findings := Read(test.file, []byte(test.text(MaxDepth+1)))
			if root != nil || len(findings) != 1 || findings[0].Rule != "syntax/too-deep" {
				t.Fatalf("depth %d: %v", MaxDepth+1, findings)
			}
			if pos := findings[0].Pos; pos.Line != test.line || pos.Col != test.col {
				t.Errorf("reported at %v, want %d:%d", pos, test.line, test.col)
			}
		})
	}
}

// TestLarge reads large files that are made to cost much: each has to be read
// or refused within seconds, and without overflowing the stack. Those that
// have to be refused at once are of the largest size.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	fill := func(unit string) string { return strings.Repeat(unit, MaxSize/len(unit)) }
	oneMiB := func(unit string) string { return strings.Repeat(unit, 1<<20/len(unit)) }
	tests := []struct{ name, file, text, rule string }{
		{"brackets", "a.yaml", fill("["), "syntax/too-deep"},
		{"braces", "a.yaml", fill("{a: "), "syntax/too-deep"},
		{"dashes", "a.yaml", fill("- "), "syntax/too-deep"},
		{"keys", "a.yaml", fill("? "), "syntax/too-deep"},
		{"duplicates", "a.yaml", oneMiB("a: \n"), "syntax/duplicate-key"},
		{"one line", "a.yaml", "a: [" + oneMiB("[é],") + "]", ""},
		{"long text", "a.yaml", "a: " + oneMiB("é "), ""},
		{"comments", "a.yaml", oneMiB("# a\n"), ""},
		{"brackets", "a.toml", "a = " + fill("[")[:MaxSize-8], "syntax/too-deep"},
		{"braces", "a.toml", fill("a={"), "syntax/too-deep"},
		{"dots", "a.toml", fill("a."), "syntax/too-deep"},
		{"headers", "a.toml", oneMiB("[[a]]\n"), ""},
		{"header dots", "a.toml", "[" + fill("a.")[:MaxSize-8], "syntax/too-deep"},
		{"duplicates", "a.toml", oneMiB("a=1\n"), "syntax/duplicate-key"},
		{"one line", "a.toml", "a = [" + oneMiB("['é'],") + "]", ""},
		{"quotes", "a.toml", "a = " + fill(`"`)[:MaxSize-8], "syntax/toml"},
		{"too large", "a.toml", fill("#") + "#", "syntax/too-large"},
	}
	for _, test := range tests {
		t.Run(test.name+path.Ext(test.file), func(t *testing.T) {
			start := time.Now()
			root, findings := Read(test.file, []byte(test.text))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if test.rule == "" {
				if root == nil || len(findings) > 0 {
					t.Errorf("findings: %v", findings[:min(len(findings), 3)])
				}
				return
			}
			if len(findings) == 0 || len(findings) > maxFindings || findings[0].Rule != test.rule || findings[0].Severity != diag.Error {
				t.Errorf("%d findings: %v", len(findings), findings[:min(len(findings), 3)])
			}
		})
	}
}
