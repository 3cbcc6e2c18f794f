package state

import (
	"fmt"
	"strings"
)

const version = "1"

// Bytes returns the file of a state. It writes the same bytes as format of
// site/state.js.
func (s *State) Bytes() []byte {
	var b strings.Builder
	b.WriteString(title + "\n")
	for _, comment := range s.Comments {
		b.WriteString(comment + "\n")
	}
	b.WriteString("demarc-checklist: " + version + "\n")
	for _, h := range head {
		b.WriteString(h.key + ": " + quote(*h.of(s)) + "\n")
	}
	if len(s.Items) == 0 {
		b.WriteString("items: []\n")
		return []byte(b.String())
	}
	b.WriteString("items:\n")
	for _, r := range s.Items {
		lead := "  - "
		for _, f := range fields {
			value := *f.of(&r)
			if value == "" {
				continue
			}
			if f.key != "state" {
				value = quote(value)
			}
			b.WriteString(lead + f.key + ": " + value + "\n")
			lead = "    "
		}
	}
	return []byte(b.String())
}

// escapes are the short ones of JSON.
var escapes = map[rune]string{
	'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
}

// quote returns text as a string in JSON, which is one in YAML too, with
// everything escaped that some reader refuses or takes for the end of a line.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case escapes[r] != "":
			b.WriteString(escapes[r])
		case r < ' ', 0x7f <= r && r <= 0x9f, r == 0x2028, r == 0x2029, r == 0xfeff, r == 0xfffe, r == 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
