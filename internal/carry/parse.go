package carry

import (
	"regexp"
	"strings"
)

var (
	headingLine  = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]+(.*))?$`)
	taskLine     = regexp.MustCompile(`^[ \t]*[-*+][ \t]+\[([ xX~])\](?:[ \t]|$)`)
	bulletLine   = regexp.MustCompile(`^[ \t]*[-*+](?:[ \t]|$)`)
	stepLine     = regexp.MustCompile(`^[ \t]*[0-9]{1,9}[.)](?:[ \t]|$)`)
	fenceLine    = regexp.MustCompile("^[ \t]*(`{3,}|~{3,})(.*)$")
	fenceOpen    = regexp.MustCompile("^[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)$") // behind marks of lists, too
	linkedCode   = regexp.MustCompile("\\[`([^`]+)`\\]\\(")
	boldThenCode = regexp.MustCompile("\\*\\*[ \t]+`([^`]+)`")
	anyCode      = regexp.MustCompile("`([^`]+)`")
	lastCode     = regexp.MustCompile("`([^`]+)`$")
	headingID    = regexp.MustCompile(`[ \t]*\{#[^{}]*\}$`)
)

// parser cuts a text into units and finds their scopes.
type parser struct {
	m       *merge // of the old text; nil for the generated one
	units   []*unit
	section string
	items   []*unit      // the tasks around the current line, outermost first
	never   map[byte]int // by mark, the shortest fence that nothing closes from here on
}

// parse cuts a text into units. For the old text, m knows what was generated.
func parse(text string, m *merge) []*unit {
	p := parser{m: m, section: sectPrefix, never: map[byte]int{}}
	for list := lines(text); len(list) > 0; {
		u, n := p.cut(list)
		p.add(u)
		list = list[n:]
	}
	for i, u := range p.units {
		u.blankBefore = i > 0 && p.units[i-1].kind == blank
		u.blankAfter = i+1 < len(p.units) && p.units[i+1].kind == blank
	}
	return p.units
}

// cut returns the first unit of lines, and how many of them it takes. A block
// that is never closed is its first line, and closed there, so that it swallows
// nothing.
func (p *parser) cut(list []string) (*unit, int) {
	u := &unit{raw: list[0]}
	m := fenceOpen.FindStringSubmatch(list[0])
	if m == nil || !opens(m[1], m[2]) {
		return u, 1
	}
	u.kind = fence
	if n := p.fenceEnd(list, m[1]); n > 0 {
		u.raw = strings.Join(list[:n], "\n")
		return u, n
	}
	u.raw += "\n" + list[0][:indentLen(list[0])] + m[1]
	return u, 1
}

// opens reports whether a fence opens a block: after backquotes, no others may
// stand on the line (CommonMark 4.5).
func opens(fence, info string) bool {
	return fence[0] == '~' || !strings.Contains(info, "`")
}

// fenceEnd returns how many lines a fenced block takes, 0 if it is not closed.
// What closes a longer fence would close a shorter one too.
func (p *parser) fenceEnd(list []string, open string) int {
	if n := p.never[open[0]]; n > 0 && n <= len(open) {
		return 0
	}
	for i, line := range list[1:] {
		if m := fenceLine.FindStringSubmatch(line); m != nil && strings.HasPrefix(m[1], open) && strings.Trim(m[2], " \t\r") == "" {
			return i + 2
		}
	}
	p.never[open[0]] = len(open)
	return 0
}

// indentLen returns the length of a line's indentation in bytes.
func indentLen(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// indentOf returns the width of a line's indentation; a tab goes to the next
// multiple of four.
func indentOf(line string) int {
	n := 0
	for _, c := range line[:indentLen(line)] {
		if n++; c == '\t' {
			n = (n + 3) / 4 * 4
		}
	}
	return n
}

// add classifies a unit by its first characters and finds its scope.
func (p *parser) add(u *unit) {
	p.units = append(p.units, u)
	u.indent, u.cut = indentOf(u.raw), len(u.raw)
	if u.kind == fence {
		p.fence(u)
		return
	}
	if u.kind = kindOf(u.raw); u.kind == blank {
		return
	}
	u.key = keyOf(u.raw, u.kind)
	p.leave(u.indent)
	switch u.kind {
	case heading:
		p.heading(u)
	case task:
		u.tick = taskLine.FindStringSubmatch(u.raw)[1][0]
		u.id = taskID(u.key.text)
		p.task(u)
	case row:
		if list := cells(u.key.text); len(list) > 0 {
			u.id = list[0]
			if m := lastCode.FindStringSubmatch(list[0]); m != nil {
				u.id = m[1]
			}
		}
	}
	u.scope = p.scope()
	if p.m != nil && u.kind == paragraph && u.indent == 0 {
		p.kept(u)
	}
}

// fence makes the key of a block: its lines without trailing blanks and without
// the indentation of the first.
func (p *parser) fence(u *unit) {
	p.leave(u.indent)
	u.scope = p.scope()
	list := strings.Split(u.raw, "\n")
	indent := list[0][:indentLen(list[0])]
	for i, line := range list {
		list[i] = strings.TrimRight(strings.TrimPrefix(line, indent), " \t\r")
	}
	u.key = key{text: strings.Join(list, "\n")}
}

func kindOf(line string) kind {
	text := strings.TrimLeft(line, " \t\r")
	switch {
	case text == "":
		return blank
	case headingLine.MatchString(line):
		return heading
	case taskLine.MatchString(line):
		return task
	case bulletLine.MatchString(line):
		return bullet
	case stepLine.MatchString(line):
		return step
	case text[0] == '|':
		return row
	}
	return paragraph
}

// leave ends the items that a line of this indentation is not in.
func (p *parser) leave(indent int) {
	for n := len(p.items); n > 0 && indent <= p.items[n-1].indent; n-- {
		p.items = p.items[:n-1]
	}
}

func (p *parser) scope() string {
	if n := len(p.items); n > 0 {
		return itemPrefix + p.items[n-1].id
	}
	return p.section
}

// heading begins a section. What a person added behind a generated heading is
// not part of the section's name.
func (p *parser) heading(u *unit) {
	text := u.key.text
	if p.m != nil {
		if n := p.m.known.prefix(headingScope, text, false); n > 0 && !p.m.known.has(digestOf(headingScope, text)) {
			text = text[:n]
		}
	}
	p.items = nil
	p.begin(u, strings.TrimSpace(strings.TrimLeft(text, "#")))
}

// begin makes a unit the first of the section with this title.
func (p *parser) begin(u *unit, title string) {
	u.opens = true
	u.title = headingID.ReplaceAllString(title, "")
	if m := lastCode.FindStringSubmatch(u.title); m != nil {
		u.id = m[1]
	}
	p.section = u.section()
}

// task begins an item. A task below an item is part of that item, unless it is
// an item of the document that a person has moved there.
func (p *parser) task(u *unit) {
	if u.id != "" && (len(p.items) == 0 || p.m.knowsItem(u)) {
		p.items = append(p.items, u)
	}
}

// knowsItem reports whether a task line of the old text is an item that is, or
// was, generated.
func (m *merge) knowsItem(u *unit) bool {
	if m == nil {
		return false
	}
	scope := itemPrefix + u.id
	return m.items[scope] || m.known.has(digestOf(scope, u.key.text)) || m.known.prefix(scope, u.key.text, false) > 0
}

// taskID returns the identifier of an item: the first link of a code span, or
// the first code span behind the bold title, or the first one.
func taskID(text string) string {
	for _, pattern := range []*regexp.Regexp{linkedCode, boldThenCode, anyCode} {
		if m := pattern.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	return ""
}
