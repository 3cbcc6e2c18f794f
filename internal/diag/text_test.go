package diag_test

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/diag"
)

// TestTextCaret shows each line with its caret, without the header.
func TestTextCaret(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 2000) // columns 10, 20, ... are spaces
	tests := []struct {
		name     string
		line     string
		col, len int32
		want     string // after "1 | " and "  | "
	}{
		{"one code point", "id: x", 5, 1, "id: x\n    ^"},
		{"length not known", "id: xyz", 5, 0, "id: xyz\n    ^"},
		{"whole line", "id: x", 1, 5, "id: x\n^^^^^"},
		{"span over the end", "id: x", 5, 99, "id: x\n    ^"},
		{"end of the line", "id:", 4, 0, "id:\n   ^"},
		{"past the end", "id:", 40, 7, "id:\n   ^"},
		{"no column", "id: x", 0, 3, "id: x"},
		{"negative", "id: x", -3, -5, "id: x"},
		{"empty line", "", 1, 0, "\n^"},
		{"byte order mark", "\ufeffid: x", 5, 1, "id: x\n    ^"},
		{"tabs", "\tid:\tx", 6, 1, "    id:    x\n           ^"},
		{"accent of two code points", "e\u0301e\u0301: x", 7, 1, "e\u0301e\u0301: x\n    ^"},
		{"wide", "名前: 値段", 5, 2, "名前: 値段\n      ^^^^"},
		{"emoji family", "👨\u200d👩\u200d👧: x", 8, 1, "👨\u200d👩\u200d👧: x\n    ^"},
		{"flag", "🇫🇷: x", 5, 1, "🇫🇷: x\n    ^"},
		{"escape sequence", "a\x1b[31mb: x", 10, 1, `a\x1b[31mb: x` + "\n            ^"},
		{"in the span", "a\x00b", 1, 3, `a\x00b` + "\n^^^^^^"},
		{"C1 and DEL", "\u009b31m\x7f x", 7, 1, `\u009b31m\x7f x` + "\n              ^"},
		{"right-to-left override", "a\u202eb x", 5, 1, `a\u202eb x` + "\n         ^"},
		{"hidden", "a\u200b\u2028\U000e0041 x", 6, 1, `a\u200b\u2028\U000e0041 x` + "\n                        ^"},
		{"not UTF-8", "a\xffb x", 5, 1, `a\xffb x` + "\n       ^"},
		{"the replacement character itself", "\ufffd x", 3, 1, "\ufffd x\n  ^"},
		{"a pile of marks", "a" + strings.Repeat("\u0300", 300) + "b x", 304, 1, "a" + strings.Repeat("\u0300", 8) + "b x\n   ^"},
		{"trailing space", "id: x   ", 5, 1, "id: x\n    ^"},
		{
			"long, at the start", long, 11, 9,
			long[:97] + "...\n" + strings.Repeat(" ", 10) + "^^^^^^^^^",
		},
		{
			"long, in the middle", long, 1001, 9,
			"..." + long[1000-30:1064] + "...\n" + strings.Repeat(" ", 33) + "^^^^^^^^^",
		},
		{
			"long, at the end", long[:1009], 1001, 9,
			"..." + long[1000-88:1009] + "\n" + strings.Repeat(" ", 91) + "^^^^^^^^^",
		},
		{
			"long span", long, 1001, 5000,
			"..." + long[1000-30:1064] + "...\n" + strings.Repeat(" ", 33) + strings.Repeat("^", 67),
		},
		{
			"long and wide", strings.Repeat("界", 500), 251, 1,
			"..." + strings.Repeat("界", 31) + "...\n" + strings.Repeat(" ", 31) + "^^",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			finding := diag.Finding{
				Rule: "a/b", Severity: diag.Error, Message: "m",
				Pos: diag.Pos{File: "f", Line: 1, Col: test.col, Len: test.len},
			}
			got := text(t, []diag.Finding{finding}, fstest.MapFS{"f": {Data: []byte(test.line)}}, false)
			if test.name == "long and wide" {
				// An odd number of columns is left over on both sides of wide text.
				before, after, _ := strings.Cut(strings.Split(got, "\n")[2], "...")
				if before != "1 | " || displaywidth.String(after) > 97 || !strings.HasSuffix(got, "   ^^\n") {
					t.Errorf("got\n%s", got)
				}
				return
			}
			_, got, _ = strings.Cut(got, "  |\n")
			got = strings.Replace(strings.TrimPrefix(got, "1 |"), "\n  | ", "\n", 1)
			if diff := cmp.Diff(test.want+"\n", strings.TrimPrefix(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextLines(t *testing.T) {
	files := fstest.MapFS{
		"mixed":  {Data: []byte("one\r\ntwo\rthree\n\nfive\n")},
		"nobr":   {Data: []byte("one")},
		"empty":  {},
		"folder": {Mode: fs.ModeDir},
	}
	tests := []struct {
		file string
		line int32
		want string // the excerpt's line; "" for none
	}{
		{"mixed", 0, ""},
		{"mixed", -1, ""},
		{"mixed", 1, "1 | one"},
		{"mixed", 2, "2 | two"},
		{"mixed", 3, "3 | three"},
		{"mixed", 4, "4 |"},
		{"mixed", 5, "5 | five"},
		{"mixed", 6, "6 |"},
		{"mixed", 7, ""},
		{"nobr", 1, "1 | one"},
		{"nobr", 2, ""},
		{"empty", 1, "1 |"},
		{"folder", 1, ""},
		{"../mixed", 1, ""},
	}
	for _, test := range tests {
		finding := diag.Finding{Rule: "a/b", Severity: diag.Error, Message: "m", Pos: diag.Pos{File: test.file, Line: test.line, Col: 1}}
		lines := strings.Split(text(t, []diag.Finding{finding}, files, false), "\n")
		got := ""
		if len(lines) > 2 {
			got = lines[2]
		}
		if got != test.want {
			t.Errorf("%s:%d: got %q, want %q", test.file, test.line, got, test.want)
		}
		if got := text(t, []diag.Finding{finding}, nil, false); strings.Count(got, "\n") != 1 {
			t.Errorf("%s:%d: without files: got %q, want one line", test.file, test.line, got)
		}
	}
}

func TestTextColor(t *testing.T) {
	files := fstest.MapFS{"f": {Data: []byte("id: x\x1b[0m")}}
	var findings []diag.Finding
	for s := diag.Advice; s <= diag.Error; s++ {
		findings = append(findings, diag.Finding{Rule: "a/b", Severity: s, Message: "m", Pos: diag.Pos{File: "f", Line: 1, Col: 5, Len: 1}})
	}
	var want strings.Builder
	for i, color := range []string{"\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m"} {
		want.WriteString("f:1:5: " + color + diag.Severities[i] + "\x1b[0m: m [a/b]\n")
		want.WriteString("  |\n1 | id: x\\x1b[0m\n  |     " + color + "^\x1b[0m\n")
	}
	if diff := cmp.Diff(want.String(), text(t, findings, files, true)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTextReadsOnce counts how often a file is opened for sorted findings.
func TestTextReadsOnce(t *testing.T) {
	files := countingFS{fstest.MapFS{"a": {Data: []byte("x\ny\n")}, "b": {Data: []byte("z\n")}}, map[string]int{}}
	var findings []diag.Finding
	for _, pos := range []diag.Pos{{File: "a", Line: 1, Col: 1}, {File: "a", Line: 2, Col: 1}, {File: "b", Line: 1, Col: 1}, {File: "b", Line: 1, Col: 1}, {File: "gone", Line: 1}, {File: "gone", Line: 2}} {
		findings = append(findings, diag.Finding{Rule: "a/b", Severity: diag.Error, Message: "m", Pos: pos})
	}
	text(t, findings, files, false)
	if diff := cmp.Diff(map[string]int{"a": 1, "b": 1, "gone": 1}, files.opened); diff != "" {
		t.Errorf("files opened (-want +got):\n%s", diff)
	}
}

type countingFS struct {
	fs.FS
	opened map[string]int
}

func (c countingFS) Open(name string) (fs.File, error) {
	c.opened[name]++
	return c.FS.Open(name)
}

func TestPrintersReturnTheWritersError(t *testing.T) {
	findings := []diag.Finding{{Rule: "a/b", Severity: diag.Error, Message: "m"}}
	full := errors.New("disk full")
	for name, err := range map[string]error{
		"Text":   diag.Text(failingWriter{full}, findings, nil, false),
		"JSON":   diag.JSON(failingWriter{full}, findings),
		"SARIF":  diag.SARIF(failingWriter{full}, findings, diag.Tool{}),
		"GitHub": diag.GitHub(failingWriter{full}, findings),
	} {
		if !errors.Is(err, full) {
			t.Errorf("%s: got error %v, want %v", name, err, full)
		}
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestSummary(t *testing.T) {
	e, w, a := diag.Error, diag.Warning, diag.Advice
	tests := []struct {
		severities []diag.Severity
		want       string
	}{
		{nil, ""},
		{[]diag.Severity{0, 99}, ""},
		{[]diag.Severity{a}, "1 piece of advice"},
		{[]diag.Severity{a, e, w, a, e, a}, "2 errors, 1 warning, 3 pieces of advice"},
		{[]diag.Severity{w, w, e}, "1 error, 2 warnings"},
	}
	for _, test := range tests {
		var findings []diag.Finding
		for _, s := range test.severities {
			findings = append(findings, diag.Finding{Severity: s})
		}
		if got := diag.Summary(findings); got != test.want {
			t.Errorf("Summary of %v: got %q, want %q", test.severities, got, test.want)
		}
	}
}

// FuzzText holds Text to what makes its output safe on a terminal, and to
// carets that stay on their line.
func FuzzText(f *testing.F) {
	f.Add("f", "id: x\n\tb\x1b[2J", "m\x1b]0;title\a", "hint\r\n", int32(1), int32(5), int32(1))
	f.Add("a\nb", strings.Repeat("界\u0301", 400), "\u202e", "", int32(1), int32(300), int32(50))
	f.Add("f", "\xff\xfe\u009b\u2029", "", "\x7f", int32(1), int32(-1), int32(1<<31-1))
	f.Add("f", strings.Repeat("\u200d", 2000)+"x", "", "", int32(1), int32(1000), int32(3))
	ownSGR := regexp.MustCompile(`\x1b\[(0|1;3[136])m`)
	f.Fuzz(func(t *testing.T, file, content, message, hint string, line, col, length int32) {
		pos := diag.Pos{File: file, Line: line, Col: col, Len: length}
		finding := diag.Finding{
			Rule: message, Severity: diag.Warning, Pos: pos, Message: message, Hint: hint,
			Related: []diag.Related{{Pos: pos, Message: hint}},
		}
		plain := text(t, []diag.Finding{finding}, oneFile(content), false)
		colored := text(t, []diag.Finding{finding}, oneFile(content), true)
		if got := ownSGR.ReplaceAllString(colored, ""); got != plain {
			t.Errorf("colours change more than colours:\n%q\n%q", got, plain)
		}
		if !utf8.ValidString(plain) {
			t.Errorf("not UTF-8: %q", plain)
		}
		for _, r := range plain {
			if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d' {
				t.Fatalf("%U gets out: %q", r, plain)
			}
		}
		lines := strings.Split(strings.TrimSuffix(plain, "\n"), "\n")
		if n := len(lines); n > 6 {
			t.Errorf("%d lines: %q", n, plain)
		}
		for i, caret := range lines {
			before, after, ok := strings.Cut(caret, "| ")
			if !ok || i != 3 || strings.Trim(after, " ^") != "" || !strings.HasSuffix(after, "^") {
				continue
			}
			// A caret may stand one column after the text, at the end of the line.
			excerpt := strings.TrimPrefix(lines[2], strings.TrimSpace(before))
			_, excerpt, _ = strings.Cut(excerpt, " | ")
			if width := len(after); width > 101 || displaywidth.String(excerpt) > 101 {
				t.Errorf("too wide: %q", plain)
			}
		}
	})
}

// oneFile is a file system that has content under every name.
type oneFile string

func (f oneFile) Open(string) (fs.File, error) {
	return fstest.MapFS{"f": {Data: []byte(f)}}.Open("f")
}

func text(t *testing.T, findings []diag.Finding, files fs.FS, color bool) string {
	t.Helper()
	var b strings.Builder
	if err := diag.Text(&b, findings, files, color); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
