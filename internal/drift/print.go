package drift

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/source"
)

// headings names the kinds of change in a report.
var headings = map[source.ChangeKind]string{
	source.MovedToYou:   "Moved to you",
	source.MovedAway:    "Moved away from you",
	source.RolesChanged: "Roles changed",
	source.New:          "New",
	source.Gone:         "Gone",
	source.Reworded:     "Reworded",
	source.Softened:     "Softened",
	source.Hardened:     "Hardened",
	source.Moved:        "Stands elsewhere",
}

// JSON writes the report as one document.
func JSON(w io.Writer, r Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// Text writes the report for a terminal.
func Text(w io.Writer, r Report) error {
	var b strings.Builder
	r.byKind(func(kind source.ChangeKind, changes []Change) {
		fmt.Fprintf(&b, "%s: %d\n", headings[kind], len(changes))
		for _, c := range changes {
			fmt.Fprintf(&b, "  %s (%s%s)\n", c.Statement, c.Is, c.lines())
			for _, line := range c.details() {
				fmt.Fprintf(&b, "    %s\n", line)
			}
		}
		b.WriteString("\n")
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown writes the report as a document for a ticket or a wiki.
func Markdown(w io.Writer, r Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Changes of %s\n", markdown.Escape(r.Source))
	if len(r.Changes) == 0 {
		b.WriteString("\nNothing changed.\n")
	}
	r.byKind(func(kind source.ChangeKind, changes []Change) {
		fmt.Fprintf(&b, "\n## %s\n\n", headings[kind])
		for _, c := range changes {
			fmt.Fprintf(&b, "- [ ] %s (%s%s)\n", markdown.Code(c.Statement), c.Is, c.lines())
			for _, line := range c.details() {
				fmt.Fprintf(&b, "    - %s\n", markdown.Escape(line))
			}
		}
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// byKind calls f for each kind that there is a change of, the most important
// first.
func (r Report) byKind(f func(kind source.ChangeKind, changes []Change)) {
	for _, kind := range source.ChangeKinds {
		var changes []Change
		for _, c := range r.Changes {
			if c.Kind == kind {
				changes = append(changes, c)
			}
		}
		if changes != nil {
			f(kind, changes)
		}
	}
}

// lines returns where the statement stands in the two documents.
func (c Change) lines() string {
	switch {
	case c.OldLine == 0:
		return fmt.Sprintf(", line %d", c.NewLine)
	case c.NewLine == 0:
		return fmt.Sprintf(", was line %d", c.OldLine)
	}
	return fmt.Sprintf(", line %d, was %d", c.NewLine, c.OldLine)
}

// details returns what there is to say about a change, a line each.
func (c Change) details() []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, also := range c.Also {
		add("also %s", phrases[also])
	}
	if c.OldRoles != c.NewRoles {
		add("roles: %s, was %s", orNone(c.NewRoles), orNone(c.OldRoles))
	}
	if c.OldModal != c.NewModal {
		add("%q, was %q", c.NewModal, c.OldModal)
	}
	if c.OldSection != c.NewSection && c.OldSection != "" && c.NewSection != "" {
		add("in %s, was in %s", c.NewSection, c.OldSection)
	}
	if c.OldText != c.NewText {
		if c.OldText != "" {
			add("was: %s", c.OldText)
		}
		if c.NewText != "" {
			add("now: %s", c.NewText)
		}
	}
	if len(c.Activities) > 0 {
		add("activities: %s", strings.Join(c.Activities, ", "))
	}
	if len(c.Items) > 0 {
		add("items: %s", strings.Join(c.Items, ", "))
	}
	return lines
}

func orNone(roles string) string {
	if roles == "" {
		return "none"
	}
	return roles
}
