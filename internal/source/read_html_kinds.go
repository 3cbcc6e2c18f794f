package source

import (
	"golang.org/x/net/html/atom"
)

// elementKind is what an element means to the reader, and a set of such meanings.
type elementKind uint32

const (
	kindP elementKind = 1 << iota
	kindH1
	kindH2
	kindH3
	kindH4
	kindH5
	kindH6
	kindUl // ordered or not
	kindLi
	kindDl
	kindDt
	kindDd
	kindSummary
	kindTable
	kindCaption
	kindThead
	kindTbody
	kindTr
	kindTd
	kindTh
	kindMain
	kindArticle
	kindSection
	kindNav
	kindHeader
	kindFooter
	kindAside
	kindBlock // divides text
	kindMark  // within text
)

const (
	kindHeading   = kindH1 | kindH2 | kindH3 | kindH4 | kindH5 | kindH6
	kindList      = kindUl | kindDl
	kindGroup     = kindThead | kindTbody
	kindCell      = kindTd | kindTh
	kindTablePart = kindCaption | kindGroup | kindTr | kindCell

	// Give the text that they hold its kind.
	kindLeaf = kindHeading | kindLi | kindDt | kindDd | kindSummary | kindCaption

	// Hold one run of text, whatever stands in them.
	kindWhole = kindHeading | kindDt | kindSummary | kindCaption

	// Cannot stand in a heading: one before them is not closed.
	kindNotInHeading = kindHeading | kindList | kindTable | kindSection | kindArticle | kindMain

	// What no end tag within text reaches across.
	kindBound = kindCell | kindCaption | kindTable
)

var tagKinds = map[atom.Atom]elementKind{
	atom.P: kindP, atom.H1: kindH1, atom.H2: kindH2, atom.H3: kindH3, atom.H4: kindH4, atom.H5: kindH5, atom.H6: kindH6,
	atom.Ul: kindUl, atom.Ol: kindUl, atom.Menu: kindUl, atom.Li: kindLi, atom.Dl: kindDl, atom.Dt: kindDt,
	atom.Dd: kindDd, atom.Summary: kindSummary, atom.Table: kindTable, atom.Caption: kindCaption, atom.Thead: kindThead,
	atom.Tbody: kindTbody, atom.Tfoot: kindTbody, atom.Tr: kindTr, atom.Td: kindTd, atom.Th: kindTh, atom.Main: kindMain,
	atom.Article: kindArticle, atom.Section: kindSection, atom.Nav: kindNav, atom.Header: kindHeader,
	atom.Footer: kindFooter, atom.Aside: kindAside,
}

// roleKinds says what an element is that says so by its role (WAI-ARIA).
var roleKinds = map[string]elementKind{
	"table": kindTable, "grid": kindTable, "rowgroup": kindTbody, "row": kindTr, "cell": kindTd, "gridcell": kindTd,
	"columnheader": kindTh, "rowheader": kindTh, "list": kindUl, "listitem": kindLi, "main": kindMain,
	"article": kindArticle, "navigation": kindNav, "search": kindNav, "banner": kindHeader, "contentinfo": kindFooter,
	"complementary": kindAside,
}

type tagSet map[atom.Atom]bool

func tagsOf(all ...atom.Atom) tagSet {
	set := tagSet{}
	for _, tag := range all {
		set[tag] = true
	}
	return set
}

var (
	voidTags = tagsOf(atom.Area, atom.Base, atom.Basefont, atom.Bgsound, atom.Br, atom.Col, atom.Embed, atom.Frame, atom.Hr,
		atom.Img, atom.Input, atom.Keygen, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)

	// Read as if they were not there.
	plainTags = tagsOf(atom.Html, atom.Head, atom.Body, atom.Colgroup, atom.Optgroup, atom.Option)

	// Within text.
	markTags = tagsOf(atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data,
		atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Meter, atom.Nobr,
		atom.Output, atom.Progress, atom.Q, atom.Rb, atom.Rp, atom.Rt, atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span,
		atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var)

	// Within text as well, and not text to read, or struck out.
	hidingTags = tagsOf(atom.Audio, atom.Canvas, atom.Datalist, atom.Del, atom.Iframe, atom.Noscript, atom.Object, atom.S,
		atom.Script, atom.Select, atom.Strike, atom.Style, atom.Svg, atom.Template, atom.Textarea, atom.Title, atom.Video)
)

// kindOf says what an element is. The parts of a table stay that: their roles
// say the same, or that the table is none.
func (p *page) kindOf(tag atom.Atom, a attributes) elementKind {
	byTag, ok := tagKinds[tag]
	switch {
	case markTags[tag] || hidingTags[tag] || tag == atom.Button:
		byTag = kindMark
	case !ok:
		byTag = kindBlock
	}
	if byTag&(kindTable|kindTablePart) != 0 {
		return byTag
	}
	byRole, ok := roleKinds[a.role]
	switch {
	case a.role == "heading":
		return kindH1 << (min(a.level, 6) - 1)
	case !ok || byRole&kindTablePart != 0 && !p.fitsTable(byRole):
		return byTag
	}
	return byRole
}

// fitsTable reports whether a part of a table, which says so by its role, stands
// where such a part can. There, nothing is left out as it may be of <table>.
func (p *page) fitsTable(k elementKind) bool {
	around := kindTable | kindCell
	if k&kindCell != 0 {
		around |= kindTr
	}
	i := p.last(around, 0)
	if i < 0 {
		return false
	}
	if k&kindCell != 0 {
		return p.stack[i].kind == kindTr
	}
	return p.stack[i].kind == kindTable
}
