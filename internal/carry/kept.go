package carry

import (
	"regexp"
	"strings"
)

// notice begins the list at the end of a region: what people ticked or wrote
// at items and sections that the document no longer has.
const notice = "**No longer in the model**: kept because they were ticked or annotated."

// group is an item or a section in that list, with what people wrote there.
type group struct {
	scope  string
	unit   *unit // its task line or heading; nil if a person deleted it, or for text below the notice
	pieces []piece
	human  bool // holds something of a person; only then it is kept
	fresh  bool // was not in the list before
}

// kept recognises the list at the end in the old text: the notice, and the
// titles that stand for headings. Items are the task lines that they always were.
func (p *parser) kept(u *unit) {
	isNotice := u.key.text == notice
	if !isNotice && !p.m.known.has(digestOf(keptScope, u.key.text)) {
		return
	}
	p.items, u.scope = nil, keptScope
	if isNotice {
		u.opens, p.section = true, keptScope
		u.generated, u.place = true, noPlace
		return
	}
	title := strings.TrimPrefix(u.key.text, "**")
	if i := strings.LastIndex(title, "**"); i >= 0 {
		title = title[:i] + title[i+2:]
	}
	p.begin(u, title)
}

// keptTitle returns the line that stands for a heading in the list: no heading,
// so that it is not in the way of what follows the region.
func keptTitle(title string) string {
	if m := lastCode.FindStringIndex(title); m != nil && m[0] > 0 {
		return "**" + strings.TrimRight(title[:m[0]], " ") + "** " + title[m[0]:]
	}
	return "**" + title + "**"
}

// isNotice reports whether a unit of the old text is the notice.
func (u *unit) isNotice() bool { return u.opens && u.kind == paragraph && u.title == "" }

var codeLink = regexp.MustCompile("\\[(`[^`]*`)\\]\\([^()]*\\)")

// unlink takes the links off identifiers, as there is nothing to lead to.
func unlink(text string) string { return codeLink.ReplaceAllString(text, "$1") }

// groupOf returns the group of an item or a section that is gone.
func (m *merge) groupOf(scope string, inList bool) *group {
	for _, g := range m.groups {
		if g.scope == scope && scope != keptScope {
			return g
		}
	}
	if n := len(m.groups); scope == keptScope && n > 0 && m.groups[n-1].scope == keptScope {
		return m.groups[n-1]
	}
	g := &group{scope: scope, fresh: !inList}
	m.groups = append(m.groups, g)
	return g
}

// writeKept writes the list, and returns the digests of its generated lines.
func (m *merge) writeKept(w *writer) []digest {
	var groups []*group
	for _, fresh := range []bool{false, true} { // what is there stays in front
		for _, g := range m.groups {
			if g.human && g.fresh == fresh {
				groups = append(groups, g)
			}
		}
	}
	if groups == nil {
		return nil
	}
	w.want = true
	w.put(notice)
	w.want = true
	sums := []digest{digestOf(keptScope, notice)}
	for i, g := range groups {
		if !isItem(g.scope) || i > 0 && !isItem(groups[i-1].scope) {
			w.want = true
		}
		sums = append(sums, g.writeTitle(w)...)
		w.want = w.want || !isItem(g.scope)
		for j, p := range g.pieces {
			if p.sum != nil {
				sums = append(sums, *p.sum)
			}
			w.piece(p, j+1 < len(g.pieces))
		}
		if g.fresh && g.scope != keptScope {
			m.report.Kept = append(m.report.Kept, strings.TrimLeft(g.scope, "#-` "))
		}
	}
	return sums
}

// writeTitle writes the first line of a group, and returns the digest of what is
// generated of it.
func (g *group) writeTitle(w *writer) []digest {
	switch {
	case g.scope == keptScope:
		return nil
	case !isItem(g.scope):
		line := keptTitle(g.unit.title)
		w.put(line)
		return []digest{digestOf(keptScope, keyOf(line, paragraph).text)}
	case g.unit == nil:
		line := "- [ ] `" + strings.TrimPrefix(g.scope, itemPrefix) + "`"
		w.put(line)
		return []digest{digestOf(g.scope, line)}
	case g.unit.reworded:
		w.notes++
		w.put(g.unit.raw)
		return nil
	}
	line := unlink(g.unit.raw[:g.unit.cut])
	w.put(w.join(line, g.unit.suffix()))
	return []digest{digestOf(g.scope, keyOf(line, task).text)}
}
