package carry

import "strings"

// kind is what a unit is in Markdown, as far as it matters here.
type kind uint8

const (
	blank kind = iota
	paragraph
	heading
	task // an entry with a box
	bullet
	step // an entry of a numbered list
	row  // of a table, its header and delimiter too
	fence
)

// unit is a line, or a fenced code block as a whole: what a person changes
// within a block makes the block theirs.
type unit struct {
	raw                     string // without the last line ending; LF between the lines of a block
	kind                    kind
	indent                  int
	key                     key
	scope                   string
	tick                    byte   // of a task: what is in its box
	id                      string // of a task, heading or row: the identifier that ends its first text
	opens                   bool   // begins a section: a heading, or what stands for one in the list at the end
	title                   string // of what begins a section: its text
	blankBefore, blankAfter bool

	// What a unit of the old text turns out to be.
	generated bool
	cut       int      // offset in raw of what a person added behind
	filled    []string // cells of a row that a person filled; "" for others
	sum       digest   // of the generated part
	place     int      // in the order of generated units
	reworded  bool     // written by a person in place of a generated one
	to        *unit    // what takes its place
}

// digest returns the digest of a generated unit.
func (u *unit) digest() digest { return digestOf(u.digestScope(), u.key.text) }

// digestScope returns the scope that counts for a unit's own digest. A heading
// makes its scope, so it cannot be in it.
func (u *unit) digestScope() string {
	if u.kind == heading {
		return headingScope
	}
	return u.scope
}

// ticked reports whether a person has ticked the box, or marked it as not
// applicable.
func (u *unit) ticked() bool { return u.kind == task && u.tick != ' ' }

// suffix returns what a person added behind a generated unit.
func (u *unit) suffix() string { return u.raw[u.cut:] }

// isTask reports whether u is the task line of its item.
func (u *unit) isTask() bool { return u.kind == task && u.id != "" && u.scope == itemPrefix+u.id }

// section returns the scope of the section that u begins.
func (u *unit) section() string {
	switch {
	case u.isNotice():
		return keptScope
	case u.id != "":
		return sectPrefix + "`" + u.id
	}
	return sectPrefix + u.title
}

// touched reports whether a generated unit holds something of a person.
func (u *unit) touched() bool {
	return u.ticked() || u.filled != nil || strings.Trim(u.suffix(), " \t\r") != ""
}

// Scopes. Items and sections are told apart by their first character.
const (
	headingScope = "#"
	itemPrefix   = "- "
	sectPrefix   = "# "
	keptScope    = "kept" // of the list at the end
)

func isItem(scope string) bool { return strings.HasPrefix(scope, itemPrefix) }

// itemScopes returns the scopes of the items in a text.
func itemScopes(units []*unit) map[string]bool {
	scopes := map[string]bool{}
	for _, u := range units {
		if isItem(u.scope) {
			scopes[u.scope] = true
		}
	}
	return scopes
}
