package source

import (
	"regexp"
	"strings"
)

// leadingNavigation returns how many blocks at the head of a document come
// from the site: all before the second time that the page's title stands
// there. In a copied page the first is in the path or in the head of the window.
func leadingNavigation(blocks []Block) int {
	const within, path = 12, 4
	for i := 1; i < min(len(blocks), within); i++ {
		text := blocks[i].Text
		if blocks[i].Kind == Table || !strings.Contains(text, " ") || len(text) > 150 {
			continue
		}
		for j := range min(i, path) {
			if blocks[j].Kind != Table && strings.EqualFold(blocks[j].Text, text) {
				return i
			}
		}
	}
	return 0
}

// titleBlock returns the index of the heading that is the page's title, or -1:
// what ends the navigation, or the first heading, if nothing comes before it
// and no other heading is as high.
func titleBlock(blocks []Block, from int) int {
	if from > 0 {
		return from
	}
	title := -1
	for i := range blocks {
		switch {
		case title < 0 && blocks[i].Kind != Heading:
			return -1
		case title < 0:
			title = i
		case blocks[i].Kind == Heading && blocks[i].Level <= blocks[title].Level:
			return -1
		}
	}
	if title >= 0 {
		if number, _ := cutNumber(blocks[title].Text); number != "" {
			return -1
		}
	}
	return title
}

var (
	dateText = regexp.MustCompile(`(?i)\b(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.? \pL{3,9}\.? \d{4}|\pL{3,9} \d{1,2}, \d{4})`)

	// siteTexts are what sites print around a text, in lower case.
	siteTexts = phrases(`update content, edit this page, edit page, print, share, copy link, back to top, on this page, table of contents, contents,
		knowledge base, related articles, related content, see also, next, previous, home, search, menu, sign in, log in, feedback,
		was this page helpful?, was this article helpful?, skip to main content, skip to content, sommaire, articles connexes, retour en haut,
		inhalt, inhaltsverzeichnis, nach oben, verwandte artikel, índice, artículos relacionados, volver arriba, indice, articoli correlati,
		torna su`)
)

// isNavigation reports whether a text comes from the site and not from the
// document: a usual label, or, at the head of the page, a line with a date that
// is no sentence. Within the document such a label is a heading, and with a
// colon it opens a list.
func isNavigation(text string, atHead, atEnd bool) bool {
	if atHead && len(text) <= 150 && dateText.MatchString(text) && !strings.ContainsAny(lastRune(text), ".!?:;") {
		return true
	}
	return (atHead || atEnd) && !strings.HasSuffix(text, ":") && isPhrase(siteTexts, text)
}

func lastRune(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	return string(r[len(r)-1])
}

var outlineNumber = regexp.MustCompile(`^(?:§\s*)?((?:\d{1,3}|[A-Z])(?:\.\d{1,3})+|\d{1,3}|[A-Z])(\.|\)|:|)\s+(\S.*)$`)

// cutNumber takes the number off a heading: "3.1.2. Title", "3) Title", "A.1
// Title". A single number or letter counts only with a mark after it.
func cutNumber(heading string) (number, title string) {
	m := outlineNumber.FindStringSubmatch(heading)
	if m == nil || m[2] == "" && !strings.Contains(m[1], ".") {
		return "", heading
	}
	return m[1], m[3]
}
