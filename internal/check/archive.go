package check

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"
)

//go:embed rules
var archives embed.FS

// Doc is what a rule's archive says.
type Doc struct {
	Title    string // one sentence without a full stop
	Body     string // Markdown: what is reported, why, and what to do
	Fail     []File // laid over the base workspace, these break the rule
	Findings string // what is then printed
	Pass     []File // laid over the base workspace, these do not
}

// File is a file of an example, as it is shown.
//
// Laid over the base workspace, it takes the place of the file of the same
// name there, and of one that differs from it only in its extension: a TOML
// file replaces the YAML file that says the same.
type File struct {
	Name string // in the workspace, and " quoted" if the data is
	Data string
}

// quoted is how the name of a file ends whose bytes cannot be shown. Each of
// its lines is a Go string, which may be repeated:
//
//	"title: caf\xe9\n"
//	"[" * 65
const quoted = " quoted"

// Raw returns the file as it is in the workspace, quoted or not.
func (f File) Raw() (name string, data []byte, err error) {
	name, isQuoted := strings.CutSuffix(f.Name, quoted)
	if !isQuoted {
		return name, []byte(f.Data), nil
	}
	for line := range strings.Lines(f.Data) {
		text, times, err := unquote(strings.TrimSpace(line))
		if err != nil {
			return "", nil, fmt.Errorf("%s: %w: %s", f.Name, err, line)
		}
		data = append(data, bytes.Repeat([]byte(text), times)...)
	}
	return name, data, nil
}

// unquote reads one line of a quoted file.
func unquote(line string) (text string, times int, err error) {
	literal, err := strconv.QuotedPrefix(line)
	if err != nil {
		return "", 0, err
	}
	times = 1
	if count, repeated := strings.CutPrefix(line[len(literal):], " * "); repeated {
		n, err := strconv.ParseUint(count, 10, 31)
		if err != nil {
			return "", 0, err
		}
		times = int(n)
	} else if len(line) > len(literal) {
		return "", 0, strconv.ErrSyntax
	}
	text, err = strconv.Unquote(literal)
	return text, times, err
}

// Doc reads the rule's archive.
func (r *Rule) Doc() (Doc, error) {
	data, err := archives.ReadFile("rules/" + r.Name + ".txtar")
	if err != nil {
		return Doc{}, fmt.Errorf("rule %s has no archive: %w", r.Name, err)
	}
	archive := txtar.Parse(data)
	title, body, _ := strings.Cut(strings.TrimSpace(string(archive.Comment)), "\n")
	doc := Doc{Title: title, Body: strings.TrimSpace(body)}
	for _, f := range archive.Files {
		dir, name, _ := strings.Cut(f.Name, "/")
		switch {
		case dir == "fail":
			doc.Fail = append(doc.Fail, File{name, string(f.Data)})
		case dir == "pass":
			doc.Pass = append(doc.Pass, File{name, string(f.Data)})
		case f.Name == "findings.txt":
			doc.Findings = string(f.Data)
		default:
			return Doc{}, fmt.Errorf("rule %s: unexpected file %s in its archive", r.Name, f.Name)
		}
	}
	return doc, nil
}

// Base returns the small workspace, without findings, over which the examples
// of rules are laid.
func Base() []File {
	data, err := archives.ReadFile("rules/base.txtar")
	if err != nil {
		panic(err) // it is embedded
	}
	var files []File
	for _, f := range txtar.Parse(data).Files {
		files = append(files, File{f.Name, string(f.Data)})
	}
	return files
}

// Language returns the language of an example file, as Markdown fences name it.
func (f File) Language() string {
	switch path.Ext(f.Name) {
	case ".yaml", ".yml":
		return "yaml"
	case ".toml":
		return "toml"
	}
	return "text"
}
