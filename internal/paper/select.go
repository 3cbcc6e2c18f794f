package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// Choice is the part of a document to print. The zero Choice is all of it.
type Choice struct {
	Phases  []model.Phase // of a checklist or runbook
	Section string        // of a RACI: the number or the title of a section
}

// fits returns an error if documents of this kind have no such parts.
func (c Choice) fits(kind render.Kind) error {
	if c.Phases != nil && kind == render.RACI {
		return jobErrorf("a RACI has no phases; choose one of its sections with --section")
	}
	if c.Section != "" && kind != render.RACI {
		return jobErrorf("a %s has no sections of the source; choose phases with --phase", strings.ToLower(kind.Name()))
	}
	for _, p := range c.Phases {
		if !slices.Contains(model.Phases, p) {
			names := make([]string, len(model.Phases))
			for i, known := range model.Phases {
				names[i] = string(known)
			}
			return jobErrorf("there is no phase %q; %s", p, diag.DidYouMean(string(p), names, "the phases are "+strings.Join(names, ", ")))
		}
	}
	return nil
}

// part is a heading of a document with the text below it, up to the next
// heading.
type part struct {
	level int    // 0 for what stands before the first heading
	title string // plain
	text  []byte // the heading's line included
}

// Select returns a Markdown document reduced to a choice of its sections, each
// with the sections in it and the headings above it. What belongs to no phase,
// such as the sign-off, stays with a choice of phases. A line under the title
// says what the reduced document holds, so that nobody signs a part for the
// whole.
func Select(document []byte, c Choice) ([]byte, error) {
	if c.Section == "" && c.Phases == nil {
		return document, nil
	}
	parts := split(document)
	choose := c.section
	if c.Phases != nil {
		choose = c.phases
	}
	chosen, err := choose(parts)
	if err != nil {
		return nil, err
	}
	var kept []part
	for i, p := range parts {
		switch {
		case p.level < 2, within(parts, i, chosen):
			kept = append(kept, p)
		case above(parts, i, chosen): // its heading alone
			heading, _, _ := bytes.Cut(p.text, []byte("\n"))
			p.text = append(bytes.Clone(heading), "\n\n"...)
			kept = append(kept, p)
		}
	}
	var b bytes.Buffer
	for _, p := range kept {
		heading, rest, _ := bytes.Cut(p.text, []byte("\n"))
		if p.level == 1 {
			fmt.Fprintf(&b, "%s\n\n%s%s", heading, c.note(parts, kept), rest)
		} else {
			b.Write(p.text)
		}
	}
	return b.Bytes(), nil
}

// within reports that a part is chosen, or below one that is.
func within(parts []part, i int, chosen []bool) bool {
	level := parts[i].level + 1
	for ; i >= 0; i-- {
		if parts[i].level >= level {
			continue
		}
		if chosen[i] {
			return true
		}
		level = parts[i].level
	}
	return false
}

// above reports that a chosen part is below this one.
func above(parts []part, i int, chosen []bool) bool {
	for j := i + 1; j < len(parts) && parts[j].level > parts[i].level; j++ {
		if chosen[j] {
			return true
		}
	}
	return false
}

// phaseOf returns the phase that a part is, or "".
func phaseOf(p part) model.Phase {
	for _, phase := range model.Phases {
		if p.level >= 2 && p.title == (render.Phase{Phase: phase}).Title() {
			return phase
		}
	}
	return ""
}

// phases chooses the parts of the choice's phases, and those on which phases
// have no bearing.
func (c Choice) phases(parts []part) ([]bool, error) {
	chosen, phased := make([]bool, len(parts)), make([]bool, len(parts))
	var there []string
	for i, p := range parts {
		phase := phaseOf(p)
		phased[i] = phase != ""
		if phased[i] {
			there = append(there, string(phase))
			chosen[i] = slices.Contains(c.Phases, phase)
		}
	}
	for _, phase := range c.Phases {
		if !slices.Contains(there, string(phase)) {
			return nil, jobErrorf("nothing in this document is of the phase %s; it has %s", phase, strings.Join(there, ", "))
		}
	}
	for i, p := range parts {
		if p.level == 2 && !phased[i] && !above(parts, i, phased) {
			chosen[i] = true
		}
	}
	return chosen, nil
}

// section chooses the parts of the choice's section.
func (c Choice) section(parts []part) ([]bool, error) {
	chosen := make([]bool, len(parts))
	var there []string
	found := false
	for i, p := range parts {
		if p.level < 2 {
			continue
		}
		number, _, _ := strings.Cut(p.title, " ")
		there = append(there, number)
		if number == c.Section || strings.EqualFold(p.title, c.Section) {
			chosen[i], found = true, true
		}
	}
	if !found {
		return nil, jobErrorf("there is no section %q; %s", c.Section, diag.DidYouMean(c.Section, there, "the RACI page lists them"))
	}
	return chosen, nil
}

var task = regexp.MustCompile(`(?m)^- \[[ xX]\] `)

// note returns the line that says what a document was reduced to.
func (c Choice) note(all, kept []part) string {
	if c.Section != "" {
		for _, p := range kept {
			if number, _, _ := strings.Cut(p.title, " "); number == c.Section || strings.EqualFold(p.title, c.Section) {
				return "**Extract:** section " + markdown.Escape(p.title) + " only.\n"
			}
		}
	}
	count := func(parts []part) (items int) {
		for _, p := range parts {
			items += len(task.FindAll(p.text, -1))
		}
		return items
	}
	var names []string
	for _, p := range kept {
		if phaseOf(p) != "" {
			names = append(names, p.title)
		}
	}
	note := "**Extract:** " + strings.Join(names, ", ") + " only"
	if total := count(all); total > 0 {
		note += fmt.Sprintf("; %d of %d items", count(kept), total)
	}
	return note + ".\n"
}

// split cuts a document before each of its headings. Headings in it begin with
// number signs at the start of a line; in a code block they are text.
func split(document []byte) []part {
	parts := []part{{}}
	fence := ""
	for line := range bytes.Lines(document) {
		if mark := fenceOf(line); fence == "" {
			fence = mark
		} else if mark != "" && len(mark) >= len(fence) && len(bytes.TrimSpace(line)) == len(mark) {
			fence = ""
		}
		level := len(line) - len(bytes.TrimLeft(line, "#"))
		if fence == "" && level >= 1 && level <= 6 && level < len(line) && line[level] == ' ' {
			title := string(markdown.Unescape(bytes.TrimSpace(line[level:])))
			parts = append(parts, part{level: level, title: title})
		}
		last := &parts[len(parts)-1]
		last.text = append(last.text, line...)
	}
	return parts
}

// fenceOf returns the backquotes that begin a line, if they make a fence.
func fenceOf(line []byte) string {
	line = bytes.TrimSpace(line)
	mark := line[:len(line)-len(bytes.TrimLeft(line, "`"))]
	if len(mark) < 3 {
		return ""
	}
	return string(mark)
}
