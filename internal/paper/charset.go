package paper

import (
	"slices"
	"strings"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// charset knows which characters the built-in fonts have: Latin, Greek and
// Cyrillic, mostly.
type charset struct {
	fonts   []*sfnt.Font
	buffer  sfnt.Buffer
	known   map[rune]bool
	missing []rune // asked for in vain, sorted
}

func newCharset() (*charset, error) {
	c := &charset{known: map[rune]bool{}}
	for _, data := range [][]byte{goregular.TTF, gobold.TTF, gomono.TTF} {
		font, err := sfnt.Parse(data)
		if err != nil {
			return nil, err
		}
		c.fonts = append(c.fonts, font)
	}
	return c, nil
}

// has reports that all fonts have a character.
func (c *charset) has(r rune) bool {
	known, asked := c.known[r]
	if asked {
		return known
	}
	known = r <= 0xffff && !slices.ContainsFunc(c.fonts, func(f *sfnt.Font) bool {
		glyph, err := f.GlyphIndex(&c.buffer, r)
		return err != nil || glyph == 0
	})
	c.known[r] = known
	return known
}

// clean returns text with a question mark for each character that is missing.
func (c *charset) clean(text string) string {
	return strings.Map(func(r rune) rune {
		if c.has(r) {
			return r
		}
		if at, found := slices.BinarySearch(c.missing, r); !found {
			c.missing = slices.Insert(c.missing, at, r)
		}
		return '?'
	}, text)
}
