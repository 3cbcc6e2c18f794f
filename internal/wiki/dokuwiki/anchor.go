package dokuwiki

import (
	"strings"
	"unicode"
)

// sectionID returns the anchor of a heading as sectionID and cleanID of
// DokuWiki (inc/pageutils.php) make it with the settings that a wiki comes with
// (deaccent 1, sepchar _): lower case, accents folded, signs as underscores,
// no digits at the beginning. The title is in normal form C, as only some
// servers compose it.
func sectionID(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.ReplaceAll(strings.TrimSpace(title), "İ", "i\u0307")) {
		switch folded, special := folding[r], unicode.Is(signs, r); {
		case folded != "":
			b.WriteString(folded)
		case r == ';':
			b.WriteByte(':')
		case special || r == '_':
			if !strings.HasSuffix(b.String(), "_") {
				b.WriteByte('_')
			}
		default:
			b.WriteRune(r)
		}
	}
	id := joints(b.String())
	id = strings.NewReplacer(":", "", ".", "").Replace(id)
	if trimmed := strings.TrimLeft(id, "0123456789_-"); trimmed != "" {
		return trimmed
	}
	return "section" + strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, id)
}

// linkable returns an anchor as a link has to name it. DokuWiki makes an id of
// that once more, which would leave one of several underscores; full stops keep
// them apart and are dropped last.
func linkable(anchor string) string {
	for strings.Contains(anchor, "__") {
		anchor = strings.ReplaceAll(anchor, "__", "_._")
	}
	return anchor
}

// joints cleans what stands at colons and at both ends of an id.
func joints(id string) string {
	parts := strings.Split(strings.Trim(id, ":._-"), ":")
	for i := range parts {
		parts[i] = strings.Trim(parts[i], "._-")
	}
	return strings.Join(parts, "")
}

// folding is what a wiki makes of letters with accents, by letter
// (inc/Utf8/tables/loweraccents.php of DokuWiki).
var folding = func() map[rune]string {
	folding := map[rune]string{}
	for folded, letters := range map[string]string{
		"a": "áàăâåãąā", "ae": "äæ", "b": "ḃ", "c": "ćĉčċç", "d": "ďḋđ", "dh": "ð", "e": "éèĕêěëėęē", "f": "ḟƒ", "g": "ğĝġģ",
		"h": "ĥħ", "i": "íìîïĩįīı", "j": "ĵ", "k": "ķ", "l": "ĺľļł", "m": "ṁ", "n": "ńňñņ", "o": "óòôőõøōơ", "oe": "ö", "p": "ṗ",
		"r": "ŕřŗ", "s": "śŝšṡşș", "ss": "ß", "t": "ťṫţțŧ", "th": "þ", "u": "úùŭûůűũųūưµ", "ue": "ü", "w": "ẃẁŵẅ", "y": "ýỳŷÿ",
		"z": "źžż",
	} {
		for _, r := range letters {
			folding[r] = folded
		}
	}
	return folding
}()

// signs are the characters that become underscores
// (inc/Utf8/tables/specials.php, with * and control characters).
var signs = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0, 0x2C, 1}, {0x2F, 0x2F, 1}, {0x3C, 0x40, 1}, {0x5B, 0x5E, 1}, {0x60, 0x60, 1}, {0x7B, 0xBF, 1}, {0xD7, 0xD7, 1},
		{0xF7, 0xF7, 1}, {0x2C7, 0x2C7, 1}, {0x2D8, 0x2DD, 1}, {0x300, 0x301, 1}, {0x303, 0x303, 1}, {0x309, 0x309, 1},
		{0x323, 0x323, 1}, {0x384, 0x385, 1}, {0x387, 0x387, 1}, {0x5B0, 0x5B9, 1}, {0x5BB, 0x5C3, 1}, {0x5F3, 0x5F4, 1},
		{0x60C, 0x60C, 1}, {0x61B, 0x61B, 1}, {0x61F, 0x61F, 1}, {0x640, 0x640, 1}, {0x64B, 0x652, 1}, {0x66A, 0x66A, 1},
		{0xE3F, 0xE3F, 1}, {0x200C, 0x200F, 1}, {0x2013, 0x2015, 1}, {0x2017, 0x201A, 1}, {0x201C, 0x201E, 1},
		{0x2020, 0x2022, 1}, {0x2026, 0x2026, 1}, {0x2030, 0x2030, 1}, {0x2032, 0x2033, 1}, {0x2039, 0x203A, 1},
		{0x2044, 0x2044, 1}, {0x20A7, 0x20A7, 1}, {0x20AA, 0x20AC, 1}, {0x2116, 0x2116, 1}, {0x2118, 0x2118, 1},
		{0x2122, 0x2122, 1}, {0x2126, 0x2126, 1}, {0x2135, 0x2135, 1}, {0x2190, 0x2195, 1}, {0x21B5, 0x21B5, 1},
		{0x21D0, 0x21D4, 1}, {0x2200, 0x2200, 1}, {0x2202, 0x2203, 1}, {0x2205, 0x2209, 1}, {0x220B, 0x220B, 1},
		{0x220F, 0x220F, 1}, {0x2211, 0x2212, 1}, {0x2215, 0x2215, 1}, {0x2217, 0x2217, 1}, {0x2219, 0x221A, 1},
		{0x221D, 0x221E, 1}, {0x2220, 0x2220, 1}, {0x2227, 0x222B, 1}, {0x2234, 0x2234, 1}, {0x223C, 0x223C, 1},
		{0x2245, 0x2245, 1}, {0x2248, 0x2248, 1}, {0x2260, 0x2261, 1}, {0x2264, 0x2265, 1}, {0x2282, 0x2284, 1},
		{0x2286, 0x2287, 1}, {0x2295, 0x2295, 1}, {0x2297, 0x2297, 1}, {0x22A5, 0x22A5, 1}, {0x22C5, 0x22C5, 1},
		{0x2310, 0x2310, 1}, {0x2320, 0x2321, 1}, {0x2329, 0x232A, 1}, {0x2469, 0x2469, 1}, {0x2500, 0x2500, 1},
		{0x2502, 0x2502, 1}, {0x250C, 0x250C, 1}, {0x2510, 0x2510, 1}, {0x2514, 0x2514, 1}, {0x2518, 0x2518, 1},
		{0x251C, 0x251C, 1}, {0x2524, 0x2524, 1}, {0x252C, 0x252C, 1}, {0x2534, 0x2534, 1}, {0x253C, 0x253C, 1},
		{0x2550, 0x256C, 1}, {0x2580, 0x2580, 1}, {0x2584, 0x2584, 1}, {0x2588, 0x2588, 1}, {0x258C, 0x258C, 1},
		{0x2590, 0x2593, 1}, {0x25A0, 0x25A0, 1}, {0x25B2, 0x25B2, 1}, {0x25BC, 0x25BC, 1}, {0x25C6, 0x25C6, 1},
		{0x25CA, 0x25CA, 1}, {0x25CF, 0x25CF, 1}, {0x25D7, 0x25D7, 1}, {0x2605, 0x2605, 1}, {0x260E, 0x260E, 1},
		{0x261B, 0x261B, 1}, {0x261E, 0x261E, 1}, {0x2660, 0x2660, 1}, {0x2663, 0x2663, 1}, {0x2665, 0x2666, 1},
		{0x2701, 0x2704, 1}, {0x2706, 0x2709, 1}, {0x270C, 0x2727, 1}, {0x2729, 0x274B, 1}, {0x274D, 0x274D, 1},
		{0x274F, 0x2752, 1}, {0x2756, 0x2756, 1}, {0x2758, 0x275E, 1}, {0x2761, 0x2767, 1}, {0x277F, 0x277F, 1},
		{0x2789, 0x2789, 1}, {0x2793, 0x2794, 1}, {0x2798, 0x27AF, 1}, {0x27B1, 0x27BE, 1}, {0x3000, 0x3003, 1},
		{0x3008, 0x3012, 1}, {0x3014, 0x301B, 1}, {0x3036, 0x3036, 1}, {0xC2A0, 0xC2A0, 1}, {0xF6D9, 0xF6DB, 1},
		{0xF8D7, 0xF8FE, 1}, {0xFE7C, 0xFE7D, 1}, {0xFF01, 0xFF0F, 1}, {0xFF1A, 0xFF20, 1}, {0xFF3B, 0xFF3E, 1},
		{0xFF40, 0xFF40, 1}, {0xFF5B, 0xFF65, 1}, {0xFFE0, 0xFFE6, 1}, {0xFFE8, 0xFFEE, 1},
	},
	R32: []unicode.Range32{
		{0x1D6FC, 0x1D71B, 1},
	},
	LatinOffset: 8,
}
