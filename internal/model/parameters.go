package model

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/markdown"
)

// A parameter is used as {{name}}. Names that Go templates own are left alone:
// kubectl and docker take such templates on their command lines.
var parameterUse = regexp.MustCompile(`\{\{([a-z0-9]+(?:-[a-z0-9]+)*)\}\}`)

// ParameterUses returns the uses of parameters in a text, braces included. The
// reader fills them in where values belong: in the why, steps and evidence of
// items.
func ParameterUses(text string) []string {
	if !strings.Contains(text, "{{") {
		return nil
	}
	return slices.DeleteFunc(parameterUse.FindAllString(text, -1), func(use string) bool {
		return reservedParameter(strings.Trim(use, "{}"))
	})
}

// Placeholder returns what stands where a parameter has no value.
func Placeholder(name string) string { return "<" + name + ">" }

// expand puts the values of parameters into an item's prose and scripts: those
// that the model declares, then those of the library it was made from. The
// steps are copied first: those of the library belong to all models.
func (d *decoder) expand(it *Item, l *library) {
	if d.index.parameters == nil && d.model != nil {
		return // the file that declares them could not be read
	}
	if l != nil {
		own := d.index.parameters
		d.index.parameters = maps.Clone(l.parameters)
		maps.Copy(d.index.parameters, own)
		defer func() { d.index.parameters = own }()
	}
	it.Why = d.expandProse(it.Why)
	it.Evidence = d.expandProse(it.Evidence)
	it.Steps = slices.Clone(it.Steps)
	for i := range it.Steps {
		s := &it.Steps[i]
		for _, p := range []*Prose{&s.Text, &s.Caution, &s.Expect, &s.Undo} {
			*p = d.expandProse(*p)
		}
		s.Run = d.expandScript(s.Run)
		s.Manifest = d.expandScript(s.Manifest)
	}
}

func (d *decoder) expandScript(s Script) Script {
	at := func(int, string) diag.Pos { return s.Pos }
	s.Value = d.substitute(s.Value, at, func(value, name string) string { return cmp.Or(value, Placeholder(name)) })
	return s
}

// expandProse escapes what it puts in, except inside code spans, where
// Markdown takes everything to the letter.
func (d *decoder) expandProse(p Prose) Prose {
	if !strings.Contains(p.Value, "{{") {
		return p
	}
	var b strings.Builder
	for from := 0; from < len(p.Value); {
		before, span, after := cutCodeSpan(p.Value[from:])
		at := func(offset int, use string) diag.Pos { return p.At(from+offset, use) }
		b.WriteString(d.substitute(before, at, func(value, name string) string {
			return markdown.Escape(cmp.Or(value, Placeholder(name)))
		}))
		from += len(before)
		b.WriteString(d.substitute(span, at, func(value, name string) string { return cmp.Or(value, Placeholder(name)) }))
		from = len(p.Value) - len(after)
	}
	p.Value = b.String()
	return p
}

// cutCodeSpan cuts prose around its first code span, fences included.
func cutCodeSpan(prose string) (before, span, after string) {
	for from := 0; ; {
		i := strings.IndexByte(prose[from:], '`')
		if i < 0 {
			return prose, "", ""
		}
		start := from + i
		fence := prose[start : start+len(prose[start:])-len(strings.TrimLeft(prose[start:], "`"))]
		body := start + len(fence)
		for end := body; ; {
			j := strings.Index(prose[end:], fence)
			if j < 0 {
				from = body
				break
			}
			end += j
			run := len(prose[end:]) - len(strings.TrimLeft(prose[end:], "`"))
			if run == len(fence) {
				return prose[:start], prose[start : end+run], prose[end+run:]
			}
			end += run
		}
	}
}

// substitute replaces each use of a parameter by what put makes of its value.
// At tells where a use that begins at an offset stands.
func (d *decoder) substitute(text string, at func(offset int, use string) diag.Pos, put func(value, name string) string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	var b strings.Builder
	from := 0
	for _, found := range parameterUse.FindAllStringIndex(text, -1) {
		use := text[found[0]:found[1]]
		b.WriteString(text[from:found[0]])
		from = found[1]
		name := strings.Trim(use, "{}")
		if reservedParameter(name) {
			b.WriteString(use)
			continue
		}
		if p := resolve(d, d.index.parameters, Text{name, at(found[0], use)}, "ref/unknown-parameter", "parameter"); p != nil {
			use = put(d.value(p), name)
		}
		b.WriteString(use)
	}
	return b.String() + text[from:]
}

// value returns what the workspace gives a parameter in the model being read,
// and notes that the model uses it.
func (d *decoder) value(p *Parameter) string {
	if d.model == nil {
		return ""
	}
	value := d.ws.Settings.value(d.model.ID, p)
	if !slices.ContainsFunc(d.model.Parameters, func(q *Parameter) bool { return q.Name == p.Name }) {
		used := *p
		used.Value = value
		d.model.Parameters = append(d.model.Parameters, &used)
	}
	return value
}
