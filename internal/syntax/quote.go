package syntax

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Quote returns text as a string that YAML and TOML both read: in double
// quotes, escaped as JSON does, and so are the characters that the reader
// refuses when they stand in a file as they are.
func Quote(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""` // a string can always be encoded
	}
	return strings.NewReplacer("\n", "", "\x7f", `\u007f`, "\u0085", `\u0085`, "\uFEFF", `\uFEFF`).Replace(b.String())
}
