package syntax

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// value reads a value. A collection would be at the given depth. It returns
// nil if there was an error. Kinds are provisional: Number stands for
// everything without quotes, with its text as written; text has none yet.
func (s *tomlScanner) value(depth int) *Node {
	from := s.off
	n := s.slab.node()
	switch c := s.next(); c {
	case '"', '\'':
		n.Kind = String
		if !s.quoted(c) {
			return nil
		}
	case '[', '{':
		return s.collection(n, c, depth)
	default:
		n.Kind = Number
		if !s.bare() {
			return nil
		}
		n.Text = string(s.text[from:s.off])
	}
	n.Pos = s.src.span(from, s.off)
	return n
}

// collection reads an array or an inline table.
func (s *tomlScanner) collection(n *Node, opening byte, depth int) *Node {
	from := s.off
	n.Pos = s.here()
	if depth > MaxDepth {
		s.rep.tooDeep(n.Pos)
		return nil
	}
	s.off++
	ok := false
	if opening == '[' {
		n.Kind = List
		ok = s.array(n, depth)
	} else {
		n.Kind = Map
		ok = s.inlineTable(n, depth)
	}
	if !ok {
		return nil
	}
	if bytes.IndexByte(s.text[from:s.off], '\n') < 0 {
		n.Pos.Len = runes(s.text[from:s.off])
	}
	return n
}

func (s *tomlScanner) array(n *Node, depth int) bool {
	base := len(s.items)
	ok := s.elements(n.Pos, ']', func() bool {
		item := s.value(depth + 1)
		s.items = append(s.items, item)
		return item != nil
	})
	n.Items = append(s.slab.newItems(len(s.items)-base), s.items[base:]...)
	s.items = s.items[:base]
	return ok
}

func (s *tomlScanner) inlineTable(n *Node, depth int) bool {
	n.Entries = s.slab.newEntries(fewInline)
	table := &tomlTable{node: n, depth: depth}
	return s.elements(n.Pos, '}', func() bool { return s.keyValue(table) })
}

// elements reads what stands between brackets, with commas between.
func (s *tomlScanner) elements(opened diag.Pos, closing byte, element func() bool) bool {
	for {
		s.skipSpace()
		switch s.next() {
		case closing:
			s.off++
			return true
		case 0:
			return s.fail(opened, "the bracket is not closed", "add the closing "+string(closing))
		case ',':
			return s.fail(s.here(), `"," is not expected here`, "leave it out")
		}
		if !element() {
			return false
		}
		s.skipSpace()
		switch s.next() {
		case ',':
			s.off++
		case closing, 0:
		default:
			opened.Len = 1
			return s.fail(s.here(), `"," or `+quote(string(closing))+" is expected here",
				"put a comma between two elements", diag.Related{Pos: opened, Message: "the bracket opens here"})
		}
	}
}

// tomlBare is the form of values without quotes: numbers, dates and times.
var tomlBare = regexp.MustCompile(`^(?:` +
	`[+-]?(?:inf|nan|(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)` +
	`|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*` +
	`|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?` +
	`|[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?` +
	`)$`)

// dateAndHour is how a date begins that a blank divides from its time.
var dateAndHour = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:`)

const dateLen = len("2006-01-02")

// bare reads a value without quotes.
func (s *tomlScanner) bare() bool {
	from := s.off
	s.toDelimiter()
	if s.off-from == dateLen && dateAndHour.Match(s.text[from:min(from+dateLen+4, len(s.text))]) {
		s.off++
		s.toDelimiter()
	}
	word := string(s.text[from:s.off])
	if word == "true" || word == "false" || tomlBare.MatchString(word) {
		return true
	}
	pos := s.src.span(from, s.off)
	s.skipBlanks()
	switch word {
	case "":
		return s.fail(s.here(), "a value is expected here", `write key = "value"`)
	case "True", "TRUE", "False", "FALSE":
		return s.fail(pos, quote(word)+" is not a value", "write true or false in small letters")
	case "null", "nil", "None", "~":
		return s.fail(pos, quote(word)+" is not a value", "leave the key out; TOML has no null")
	}
	hint := "put text in quotes"
	switch c := word[0]; {
	case s.next() == '=':
		hint += ", or close the bracket that is open above"
	case c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.':
		hint += "; numbers are written 12, 0.5 or 1e3, dates 2006-01-02"
	}
	return s.fail(pos, quote(word)+" is no number, date, true or false", hint)
}

// toDelimiter moves behind what may belong to a value without quotes.
func (s *tomlScanner) toDelimiter() {
	if n := bytes.IndexAny(s.text[s.off:], " \t\n,#[]{}\"'="); n >= 0 {
		s.off += n
	} else {
		s.off = len(s.text)
	}
}

// quoted reads text in quotes, which begins here.
func (s *tomlScanner) quoted(quote byte) bool {
	from := s.off
	if !s.three(quote) {
		s.off++
		return s.shortQuoted(from, quote)
	}
	s.off += 3
	for s.off < len(s.text) {
		switch c := s.text[s.off]; {
		case c == '\\' && quote == '"':
			if !s.escape(true) {
				return false
			}
		case c == quote && s.three(quote):
			s.off += 3
			for range 2 { // quotes may stand before the closing three
				if s.next() == quote {
					s.off++
				}
			}
			return true
		default:
			s.off++
		}
	}
	return s.fail(s.src.restOfLine(from), "quoted text is not closed", "add the closing "+strings.Repeat(string(quote), 3))
}

// three reports whether a quotation mark stands here three times.
func (s *tomlScanner) three(quote byte) bool {
	return s.next() == quote && s.src.at(s.off+1) == quote && s.src.at(s.off+2) == quote
}

// shortQuoted reads the rest of text in single quotation marks, which ends on
// the same line.
func (s *tomlScanner) shortQuoted(from int, quote byte) bool {
	for s.off < len(s.text) && s.text[s.off] != '\n' {
		switch c := s.text[s.off]; {
		case c == quote:
			s.off++
			return true
		case c == '\\' && quote == '"':
			if !s.escape(false) {
				return false
			}
		default:
			s.off++
		}
	}
	mark := string(quote)
	return s.fail(s.src.restOfLine(from), "quoted text is not closed",
		"add the closing "+mark+", or use "+mark+mark+mark+" for text of several lines")
}

// escape reads an escape. In long text, a backslash may also end a line.
func (s *tomlScanner) escape(long bool) bool {
	from := s.off
	s.off++
	c := s.next()
	if long && (c == '\n' || isBlank(c)) {
		rest := bytes.TrimLeft(s.text[s.off:], " \t")
		if len(rest) > 0 && rest[0] == '\n' {
			s.off = len(s.text) - len(rest) + 1
			return true
		}
	}
	digits, ok := tomlEscapes[c]
	s.off++
	for i := 0; ok && i < digits.hex; i++ {
		_, err := strconv.ParseUint(string(s.next()), 16, 8)
		ok = err == nil
		s.off++
	}
	if !ok {
		return s.fail(s.src.span(from, from+2), "unknown escape in quoted text", `write \\ for a backslash, or use single quotes`)
	}
	return true
}

// tomlEscapes are the characters that may follow a backslash, with what they
// stand for or how many hexadecimal digits of it follow.
var tomlEscapes = map[byte]struct {
	char byte
	hex  int
}{
	'b': {'\b', 0}, 't': {'\t', 0}, 'n': {'\n', 0}, 'f': {'\f', 0}, 'r': {'\r', 0}, 'e': {0x1B, 0},
	'"': {'"', 0}, '\\': {'\\', 0},
	'x': {0, 2}, 'u': {0, 4}, 'U': {0, 8},
}

// unescapeTOML decodes the text of a quoted key, whose escapes are known to be
// well formed.
func unescapeTOML(text []byte) []byte {
	var out []byte
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out = append(out, text[i])
			continue
		}
		i++
		escape := tomlEscapes[text[i]]
		if escape.hex == 0 {
			out = append(out, escape.char)
			continue
		}
		code, _ := strconv.ParseUint(string(text[i+1:i+1+escape.hex]), 16, 32)
		out = utf8.AppendRune(out, rune(code))
		i += escape.hex
	}
	return out
}

// runes returns the number of code points of a text.
func runes(text []byte) int32 { return int32(utf8.RuneCount(text)) }
