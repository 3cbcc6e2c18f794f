package syntax

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/demarc/demarc/internal/diag"
)

// yamlFault is what the library knows of a syntax error.
type yamlFault struct {
	problem string // in its words
	at      int    // offset of what it stumbled over
	context string // such as "while parsing a flow mapping"; may be empty
	from    int    // offset where that begins
}

// reportYAML reports an error of the library in our words.
func reportYAML(rep *report, src *source, dec *yaml.Decoder, err error) {
	f := faultOf(src, dec, err)
	if name, ok := strings.CutPrefix(f.problem, "unknown anchor '"); ok {
		name, _, _ = strings.Cut(name, "'")
		rep.error("syntax/alias", src.span(f.at, f.at+1+len(name)), "alias "+quote("*"+name)+" is not supported",
			"write the value out here; text that begins with * needs quotes")
		return
	}
	switch {
	case strings.HasPrefix(f.problem, "exceeded max depth"):
		at := deepBracket(src.text)
		if at < 0 {
			at = f.from
		}
		rep.tooDeep(src.span(at, at+1))
		return
	case f.problem == "found undefined tag handle":
		end := src.wordEnd(f.at)
		rep.error("syntax/tag", src.span(f.at, end), "tag "+quote(string(src.text[f.at:end]))+" is not supported", hintTag)
		return
	}
	pos, message, hint, related := wordYAML(src, f)
	rep.error("syntax/yaml", pos, message, hint, related...)
}

// deepBracket returns the offset of the bracket that is nested too deep, or -1.
// It takes brackets within text for brackets too, which is good enough for a
// text that the library gave up at ten thousand levels.
func deepBracket(text []byte) int {
	depth := 0
	for i, b := range text {
		switch b {
		case '[', '{':
			if depth++; depth > MaxDepth {
				return i
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return -1
}

// faultOf takes the places of an error from where the library keeps them. Its
// message has a line at most, which is often that before the problem or the
// one on which an enclosing mapping began; the exact places are in unexported
// fields of the decoder. They are only read, and should they be gone one day,
// the line of the message is what is left.
func faultOf(src *source, dec *yaml.Decoder, err error) yamlFault {
	f := yamlFault{problem: strings.TrimPrefix(err.Error(), "yaml: ")}
	if m := lineInMessage.FindStringSubmatch(f.problem); m != nil {
		f.problem = m[2]
		line, _ := strconv.Atoi(m[1]) // too many digits give a line behind the end
		f.at = src.offset(max(line-1, 0), 0)
	}
	state := field(reflect.ValueOf(dec), "parser")
	scanner := field(state, "parser")
	offset := func(mark reflect.Value, otherwise int) int {
		line, col := field(mark, "line"), field(mark, "column")
		if !line.CanInt() || !col.CanInt() {
			return otherwise
		}
		return src.offset(int(line.Int()), int(col.Int()))
	}
	if problem := field(scanner, "problem"); problem.Kind() == reflect.String && problem.String() == f.problem {
		f.at = offset(field(scanner, "problem_mark"), f.at)
		f.from = offset(field(scanner, "context_mark"), f.at)
		f.context = field(scanner, "context").String()
		return f
	}
	// Found while building the tree, from the event at hand.
	f.at = offset(field(field(state, "event"), "start_mark"), f.at)
	f.from = f.at
	return f
}

var lineInMessage = regexp.MustCompile(`^line (\d+): (.*)`)

// field returns a field of a structure or of what a pointer to one points to;
// the zero Value if there is none.
func field(v reflect.Value, name string) reflect.Value {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v.FieldByName(name)
}

// Hints that several errors share.
const (
	hintIndent = "indent with spaces"
	hintEscape = `write \\ for a backslash, or use single quotes`
	hintTag    = "leave it out; text that begins with ! needs quotes"
)

// wordYAML says what an error of the library means to an author.
func wordYAML(src *source, f yamlFault) (pos diag.Pos, message, hint string, related []diag.Related) {
	at := src.span(f.at, f.at+1)
	switch f.problem {
	case "mapping values are not allowed in this context":
		return at, `":" is not expected here`, `put text that contains ": " in quotes, or check the indentation`, nil
	case "block sequence entries are not allowed in this context":
		return at, `"-" is not expected here`, "begin the list on the line below its key", nil
	case "mapping keys are not allowed in this context":
		return at, `"?" is not expected here`, "put text that begins with ? in quotes", nil
	case "could not find expected ':'":
		return src.restOfLine(f.from), `no ":" follows the key`, `write "key: value"; indent the line if it continues the text above`, nil
	case "found character that cannot start any token":
		if src.at(f.at) == '\t' {
			return at, "tab in the indentation", hintIndent, nil
		}
		return at, "text cannot begin with " + quote(src.char(f.at)), "put it in quotes", nil
	case "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
		return at, "tab in the indentation", hintIndent, nil
	case "found unexpected end of stream", "found unexpected document indicator":
		return src.restOfLine(f.from), "quoted text is not closed", "add the closing " + src.char(f.from), nil
	case "found unknown escape character":
		return src.span(f.at, f.at+2), "unknown escape in quoted text", hintEscape, nil
	case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
		return src.span(max(f.at-2, 0), f.at), "unknown escape in quoted text", hintEscape, nil
	case "found incompatible YAML document":
		return src.restOfLine(f.at), "%YAML directive is not supported", "leave the line out", nil
	case "did not find expected <document start>":
		return src.restOfLine(f.at), "text after the end of the document", "check its indentation", nil
	case "did not find expected node content":
		if f.at >= len(src.text) {
			return at, "a value is expected before the end of the file", "write one, and close what brackets are open", nil
		}
		return at, "a value is expected here", "put text that begins with a special character in quotes", nil
	}
	switch {
	case strings.HasPrefix(f.problem, "did not find expected ") && strings.HasPrefix(f.context, "while parsing a "):
		return wordCollection(src, f)
	case f.context == "while scanning a block scalar":
		return src.restOfLine(f.at), "text on the line of " + quote(src.char(f.from)),
			"begin it on the next line, or put it in quotes", nil
	case f.context == "while scanning an alias" || f.context == "while scanning an anchor" || strings.HasSuffix(f.context, " a tag"):
		return src.span(f.from, f.from+1), "text cannot begin with " + quote(src.char(f.from)), "put it in quotes", nil
	case strings.HasSuffix(f.context, " directive"):
		return src.restOfLine(f.from), "a line that begins with % is a directive", "put text that begins with % in quotes", nil
	}
	return at, f.problem, "", nil
}

// wordCollection words the errors within a mapping or list.
func wordCollection(src *source, f yamlFault) (pos diag.Pos, message, hint string, related []diag.Related) {
	at := src.restOfLine(f.at)
	begins := func(what string) []diag.Related {
		return []diag.Related{{Pos: src.span(f.from, f.from+1), Message: what + " begins here"}}
	}
	switch f.context {
	case "while parsing a flow sequence", "while parsing a flow mapping":
		what, closing := "the list", "]"
		if f.context == "while parsing a flow mapping" {
			what, closing = "the mapping", "}"
		}
		if f.at >= len(src.text) {
			return src.span(f.from, f.from+1), quote(src.char(f.from)) + " is not closed", "add the closing " + closing, nil
		}
		return src.span(f.at, f.at+1), `"," or ` + quote(closing) + " is expected here",
			"close the bracket, or put text with special characters in quotes", begins(what)
	case "while parsing a block mapping":
		if !src.startsLine(f.at) {
			return at, "text after the end of the value", "put the whole value in quotes", nil
		}
		column, keys := src.find(f.at).col, src.find(f.from).col
		hint := fmt.Sprintf("begin the line in column %d like the keys of the mapping, or further right as part of a value", keys+1)
		if src.at(f.at) == '-' && src.wordEnd(f.at) == f.at+1 {
			return at, "a list element stands among the keys of a mapping", hint, begins("the mapping")
		}
		if column == keys {
			return at, "a key is expected here", `write "key: value"`, begins("the mapping")
		}
		return at, "the indentation fits no line above", hint, begins("the mapping")
	case "while parsing a block collection":
		if !src.startsLine(f.at) {
			return at, "text after the end of the value", "put the whole value in quotes", nil
		}
		return at, "a key stands among the elements of a list", `begin the line with "- ", or check its indentation`, begins("the list")
	}
	return at, f.problem, "", nil
}
