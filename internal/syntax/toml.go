package syntax

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/demarc/demarc/internal/diag"
)

// readTOML reads a TOML document in three steps: the scanner finds where
// everything is and what belongs to what; the library decides whether the text
// is valid and what the values are, but keeps no places; then the values are
// filled in. What the scanner refuses, in its own words and with exact places,
// the library never gets to see, such as brackets nested a million deep.
func readTOML(rep *report, src *source) *Node {
	root := scanTOML(rep, src)
	if rep.failed {
		return nil
	}
	values, err := decodeTOML(string(src.text))
	if err != nil {
		reportTOML(rep, src, root, err)
		return nil
	}
	if n := fillTOML(root, values); n != nil {
		rep.error("syntax/toml", n.Pos, "this value is understood in two different ways",
			"write it in another way, and report this: it is a fault of the reader")
		return nil
	}
	return root
}

// decodeTOML decodes a document into maps, slices and values of Go.
func decodeTOML(text string) (values any, err error) {
	err = guard(func() error {
		_, err := toml.Decode(text, &values)
		return err
	})
	return values, err
}

// reportTOML reports an error of the library in our words. Most errors never
// come here, because the scanner, whose tree has this root, found them first.
func reportTOML(rep *report, src *source, root *Node, err error) {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		rep.error("syntax/toml", src.span(0, 0), err.Error(), "")
		return
	}
	from := min(max(parse.Position.Start, 0), len(src.text))
	pos := src.span(from, from+parse.Position.Len)
	switch message := parse.Message; {
	case strings.HasPrefix(message, "Key '"):
		name, _, _ := strings.Cut(strings.TrimPrefix(message, "Key '"), "'")
		path := strings.Split(name, ".")
		if n := bytes.IndexAny(src.text[from:], "]="); n > 0 {
			pos = src.span(from, from+len(bytes.TrimRight(src.text[from:from+n], " \t")))
		}
		rep.duplicateKey(path[len(path)-1], pos, firstMention(root, path, pos))
	case strings.HasPrefix(message, "invalid datetime"):
		rep.error("syntax/toml", pos, "there is no such date or time", "check its month, day and hour, or put it in quotes")
	case strings.Contains(message, "is out of range for"):
		rep.error("syntax/toml", pos, "the number is out of range", "put it in quotes if it is a name")
	case strings.HasPrefix(message, "Escaped character"):
		rep.error("syntax/toml", pos, "an escape in this text stands for no character", `write \\ for a backslash`)
	default:
		rep.error("syntax/toml", pos, message, "")
	}
}

// firstMention returns where the key at the end of a path stands first, or the
// given position if there is no such key.
func firstMention(n *Node, path []string, otherwise diag.Pos) diag.Pos {
	pos := otherwise
	for _, key := range path {
		for n.Kind == List && len(n.Items) > 0 {
			n = n.Items[len(n.Items)-1]
		}
		i := slices.IndexFunc(n.Entries, func(e Entry) bool { return e.Key == key })
		if i < 0 {
			return otherwise
		}
		n, pos = n.Entries[i].Value, n.Entries[i].Pos
	}
	return pos
}
