package check

import (
	"fmt"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Prose goes into pages, where a tag, a script address or a heading of its own
// would break the page or harm its reader.

func rawHTML(m *model.Model, r *reporter) {
	inProse(m, r, markdown.RawHTML, "write it in Markdown, or put it in backquotes to show it", func(tag string) string {
		return "raw HTML " + tag + " in prose"
	})
}

func unsafeScheme(m *model.Model, r *reporter) {
	hint := "link to " + strings.Join(markdown.Schemes, ", ") + " or a relative address"
	inProse(m, r, markdown.UnsafeLink, hint, func(url string) string {
		return "link to " + url + ", which is not safe to follow"
	})
}

func heading(m *model.Model, r *reporter) {
	inProse(m, r, markdown.Heading, "write a paragraph; the page has its own headings", func(text string) string {
		if text == "---" {
			return "horizontal line in prose"
		}
		return fmt.Sprintf("heading %q in prose", text)
	})
}

func inProse(m *model.Model, r *reporter, kind markdown.ProblemKind, hint string, message func(text string) string) {
	eachProse(m, func(id string, p model.Prose) {
		from := 0
		for _, problem := range markdown.Inspect(p.Value) {
			if problem.Kind != kind {
				continue
			}
			pos := p.Pos
			if i := strings.Index(p.Value[from:], problem.Text); i >= 0 {
				pos = p.At(from+i, problem.Text)
				from += i + len(problem.Text)
			}
			r.report(id, pos, hint, "%s", message(problem.Text))
		}
	})
}

// eachProse calls f for all prose of a model with the id of what it is about.
func eachProse(m *model.Model, f func(id string, p model.Prose)) {
	f("", m.Summary)
	for _, p := range m.Parties {
		f("", p.Contact)
	}
	for _, s := range m.Sources {
		f("", s.Note)
	}
	for _, a := range m.Activities {
		f(a.ID, a.Rationale)
		f(a.ID, a.Caveat)
		f(a.ID, a.Ask)
	}
	for _, it := range m.Items {
		f(it.ID, it.Why)
		f(it.ID, it.Evidence)
		for _, s := range it.Steps {
			f(it.ID, s.Text)
			f(it.ID, s.Caution)
			f(it.ID, s.Expect)
			f(it.ID, s.Undo)
		}
	}
}
