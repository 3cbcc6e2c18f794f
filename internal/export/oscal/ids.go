package oscal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// NamespaceURI qualifies names of properties that are ours, not OSCAL's.
const NamespaceURI = "https://github.com/demarc/demarc/ns/oscal"

// Namespace is the namespace of all identifiers, which are UUIDs of version 5:
// the UUID of [NamespaceURI] in the namespace of URLs (RFC 9562, 6.6).
var Namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte(NamespaceURI))

// id returns the UUID of what a path names, such as party, the model's id and
// the party's id. What follows the model's id holds no slash, and their number
// goes with the first element, so that no two paths are the same name.
func id(path ...string) string {
	return uuid.NewSHA1(Namespace, []byte(strings.Join(path, "/"))).String()
}

// unsealed stands where a document has its UUID until it is known.
const unsealed = "00000000-0000-5000-8000-000000000000"

// seal puts the UUID of the document itself into it: it depends on all the rest,
// since a document that was revised is another one.
func seal(d Document, data []byte) []byte {
	sum := sha256.Sum256(data)
	return bytes.Replace(data, []byte(unsealed), []byte(id(string(d), hex.EncodeToString(sum[:]))), 1)
}

// statement returns the id of the statement of a control.
func statement(control string) string { return control + ".smt" }

// duty returns the id of that part of an activity's statement that is about a
// party.
func duty(activity, party string) string { return statement(activity) + "." + party }

// token returns an id as OSCAL's datatype token has it: letters, digits, dots,
// hyphens and underscores. No two paths of a kind make the same one: slashes
// become underscores, and underscores, which only folders have and never begin
// with, two.
func token(kind string, path ...string) string {
	name := strings.ReplaceAll(strings.Join(path, "/"), "_", "__")
	return kind + "." + strings.ReplaceAll(name, "/", "_")
}

// uri returns a web address as RFC 3986 has it. Models hold addresses as people
// copy them, with letters of any language; what is not allowed is encoded.
func uri(address string) string {
	var b strings.Builder
	fragment := false
	for i := range len(address) {
		c := address[i]
		switch {
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0,
			c == '%' && !escaped(address[i:]),
			c == '#' && fragment:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			fragment = fragment || c == '#'
			b.WriteByte(c)
		}
	}
	return b.String()
}

// escaped reports whether text begins with a percent-encoded byte.
func escaped(text string) bool {
	if len(text) < 3 {
		return false
	}
	_, err := hex.DecodeString(text[1:3])
	return err == nil
}
