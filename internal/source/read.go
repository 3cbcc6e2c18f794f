package source

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// MaxSize is the largest document that is read, in bytes.
const MaxSize = 16 << 20

// maxFindings bounds what is said about one document.
const maxFindings = 1000

// Extensions returns the endings of the documents that [Read] can read.
func Extensions() []string {
	return []string{".md", ".markdown", ".html", ".htm", ".adoc", ".asciidoc", ".txt", ".csv", ".tsv", ".xlsx"}
}

// Read reads a document, whose name decides the format by its extension and
// appears in all positions. It returns its blocks in reading order and what
// there is to say about the document. There are no blocks if a finding is an
// error of the rules document/format, document/too-large, document/encoding or
// document/unreadable.
//
// The error is one of the tool: a reader that failed on this document.
func Read(name string, data []byte) (blocks []Block, findings []diag.Finding, err error) {
	rep := &reporter{file: name}
	defer func() {
		if r := recover(); r != nil {
			blocks, err = nil, fmt.Errorf("reading %s: %v", name, r)
		}
	}()
	ext := strings.ToLower(path.Ext(name))
	read := readerOf(ext)
	if read == nil {
		rep.error("document/format", 0, "the format of this document is not known",
			"save it as one of "+strings.Join(Extensions(), ", "))
		return nil, rep.findings, nil
	}
	if len(data) > MaxSize {
		rep.error("document/too-large", 0, fmt.Sprintf("the document is larger than %d MiB", MaxSize>>20), tooLargeHint)
		return nil, rep.findings, nil
	}
	if ext != ".xlsx" { // a ZIP archive
		if data = checkEncoding(rep, data); data == nil || !checkLines(rep, data) {
			return nil, rep.findings, nil
		}
	}
	blocks, failed := read(rep, data)
	if failed != nil {
		rep.refused(failed, 1)
		return nil, rep.findings, nil
	}
	if !checkBlocks(rep, blocks) {
		return nil, rep.findings, nil
	}
	return blocks, rep.findings, nil
}

// reader turns the bytes of a document into blocks, or refuses it.
type reader func(rep *reporter, data []byte) ([]Block, error)

// readerOf returns the reader of the documents with an extension, or nil.
func readerOf(ext string) reader {
	switch ext {
	case ".md", ".markdown":
		return readMarkdown
	case ".txt":
		return func(_ *reporter, data []byte) ([]Block, error) { return readText(data), nil }
	case ".html", ".htm":
		return func(_ *reporter, data []byte) ([]Block, error) { return readHTML(data) }
	case ".adoc", ".asciidoc":
		return func(_ *reporter, data []byte) ([]Block, error) { return readAsciiDoc(data) }
	case ".csv":
		return func(_ *reporter, data []byte) ([]Block, error) { return readCSV(data, ',') }
	case ".tsv":
		return func(_ *reporter, data []byte) ([]Block, error) { return readCSV(data, '\t') }
	case ".xlsx":
		return func(_ *reporter, data []byte) ([]Block, error) { return readXLSX(data) }
	}
	return nil
}

// refused reports why a reader refused a document, or a part that begins at a
// line of it.
func (r *reporter) refused(err error, line int) {
	var why *refusal
	if !errors.As(err, &why) {
		why = &refusal{text: err.Error()}
	}
	if why.line > 0 {
		line += why.line - 1
	} else if line == 1 {
		line = 0
	}
	r.error("document/unreadable", line, "the document cannot be read: "+why.text, "save it anew, or as another format")
}

// checkEncoding returns the text in UTF-8 with line feeds only and without a
// byte order mark. It returns nil, and reports it, if the text is not UTF-8.
func checkEncoding(rep *reporter, data []byte) []byte {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		rep.error("document/encoding", 1, "the document is UTF-16, not UTF-8", "save it as UTF-8")
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		line := 1
		for rest := data; ; {
			r, size := utf8.DecodeRune(rest)
			if r == utf8.RuneError && size == 1 {
				rep.error("document/encoding", line, fmt.Sprintf("byte 0x%02X is not UTF-8", rest[0]), "save the document as UTF-8")
				return nil
			}
			if r == '\n' {
				line++
			}
			rest = rest[size:]
		}
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	if data == nil {
		data = []byte{}
	}
	return data
}

// reporter collects what there is to say about one document.
type reporter struct {
	file     string
	findings []diag.Finding
	left     int // findings beyond maxFindings
}

func (r *reporter) error(rule string, line int, message, hint string) {
	r.add(rule, diag.Error, line, message, hint)
}

func (r *reporter) warn(rule string, line int, message, hint string) {
	r.add(rule, diag.Warning, line, message, hint)
}

// rest says how many findings were left out.
func (r *reporter) rest() {
	if r.left > 0 {
		r.findings = append(r.findings, diag.Finding{
			Rule: "document/more", Severity: diag.Warning, Pos: diag.Pos{File: r.file},
			Message: fmt.Sprintf("%d more findings of this kind are not listed", r.left),
		})
	}
}

func (r *reporter) add(rule string, severity diag.Severity, line int, message, hint string) {
	if len(r.findings) >= maxFindings {
		r.left++
		return
	}
	pos := diag.Pos{File: r.file, Line: int32(line)}
	if line > 0 {
		pos.Col = 1
	}
	r.findings = append(r.findings, diag.Finding{Rule: rule, Severity: severity, Pos: pos, Message: message, Hint: hint})
}
