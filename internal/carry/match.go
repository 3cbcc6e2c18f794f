package carry

import (
	"regexp"
	"strings"
)

var (
	label      = regexp.MustCompile(`^(?:- )?(?:\*\*)?(\pL[\pL\pN' -]{0,40}):(?:\*\*)?(?: |$)`)
	stepNumber = regexp.MustCompile(`^[0-9]+`)
)

// role says what a unit is to its scope, such as the task line of an item or its
// line Evidence, so that another wording takes its place. It is "" where only
// the wording tells.
func (u *unit) role() string {
	switch {
	case u.opens:
		return "heading " + u.section()
	case u.isTask():
		return u.scope
	case u.kind == row && strings.Contains(u.key.text, "`"+u.id+"` |"):
		return "row " + u.id // ids are unique, the row may be in another section now
	case u.kind == row && u.id != "":
		return u.scope + " row " + u.id
	case u.kind == step:
		return u.scope + " step " + stepNumber.FindString(u.key.text)
	case u.kind == bullet || u.kind == paragraph:
		if m := label.FindStringSubmatch(u.key.text); m != nil {
			return u.scope + " label " + m[1]
		}
	}
	return ""
}

// match finds for each old unit the one that takes its place.
func (m *merge) match() {
	same := map[digest][]*unit{}
	for _, u := range m.next {
		if u.kind != blank {
			same[u.digest()] = append(same[u.digest()], u)
		}
	}
	taken := map[*unit]bool{}
	for _, u := range m.prev {
		if list := same[u.sum]; u.generated && len(list) > 0 {
			u.to, same[u.sum] = list[0], list[1:]
			taken[u.to] = true
		}
	}
	free := map[string][]*unit{}
	for _, u := range m.next {
		if role := u.role(); role != "" && !taken[u] {
			free[role] = append(free[role], u)
		}
	}
	succeed := func(u *unit) bool {
		role := u.role()
		list := free[role]
		if role == "" || len(list) == 0 {
			return false
		}
		u.to, free[role] = list[0], list[1:]
		return true
	}
	for _, u := range m.prev {
		if u.generated && u.to == nil {
			succeed(u)
		}
	}
	m.rewritten(succeed)
}

// rewritten finds the lines that a person wrote in place of generated ones: the
// role is free and, unless an identifier tells, a generated line is missing
// just there.
func (m *merge) rewritten(succeed func(u *unit) bool) {
	owned, headed := m.ownedItems()
	gaps := m.gaps()
	for i, u := range m.prev {
		if u.generated || u.kind == blank || u.kind == fence {
			continue
		}
		if u.isTask() || u.kind == heading && u.id != "" || gaps[i] {
			u.reworded = succeed(u)
		}
		if u.isTask() && !u.reworded && owned[u.scope] && !headed[u.scope] && !m.items[u.scope] {
			u.reworded = true // of an item that is gone
			headed[u.scope] = true
		}
	}
}

// ownedItems returns the items of which generated lines stand in the old text,
// and those of which the task line does.
func (m *merge) ownedItems() (owned, headed map[string]bool) {
	owned, headed = map[string]bool{}, map[string]bool{}
	for _, u := range m.prev {
		if u.generated && isItem(u.scope) {
			owned[u.scope] = true
			if u.isTask() {
				headed[u.scope] = true
			}
		}
	}
	return owned, headed
}

// gaps tells for each old unit whether generated lines are missing between the
// generated ones around it.
func (m *merge) gaps() []bool {
	after := make([]int, len(m.prev)) // place of the next generated unit
	next := len(m.known.last)
	for i := len(m.prev) - 1; i >= 0; i-- {
		after[i] = next
		if u := m.prev[i]; u.generated && u.place != noPlace {
			next = u.place
		}
	}
	gaps := make([]bool, len(m.prev))
	before := -1
	for i, u := range m.prev {
		gaps[i] = after[i] != before+1
		if u.generated && u.place != noPlace {
			before = u.place
		}
	}
	return gaps
}
