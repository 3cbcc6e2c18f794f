// Package check holds the rules.
//
// A model goes in; out come findings about it, each under the name of the rule
// that made it. Rules that look at one model are run by [Model], those that
// compare models by [Workspace]; rules about a file's form are found while it
// is read, and only documented here. [Apply] then gives each finding the
// severity that the workspace wants and drops what it suppresses.
//
// Every rule has an archive rules/group/name.txtar: what it is about and why,
// an example that breaks it with the findings to expect, and one that passes.
// The archive is what demarc explain prints, what the site shows, and the test
// of the rule.
//
// To add a rule: write the archive, write the function in a file of its own,
// and add a line to the list in rules.go.
package check

import (
	"fmt"

	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// Rule is one thing that is checked.
type Rule struct {
	Name     string        // path of the rule, such as "trace/unmapped-activity"
	Severity diag.Severity // unless the workspace says otherwise
	Fixed    bool          // the workspace can neither re-level nor suppress it

	whole bool // looks for what is missing, so it needs the whole model
	model func(m *model.Model, r *reporter)
}

// reporter collects the findings of one rule in one model.
type reporter struct {
	rule     *Rule
	model    string
	locks    coverage.Locks
	coverage []coverage.Source
	findings []diag.Finding
}

// report adds a finding about the thing of the model that has this id.
func (r *reporter) report(id string, pos diag.Pos, hint, format string, args ...any) *diag.Finding {
	subject := r.model
	if id != "" {
		subject += "#" + id
	}
	r.findings = append(r.findings, diag.Finding{
		Rule: r.rule.Name, Severity: r.rule.Severity, Pos: pos, Subject: subject,
		Message: fmt.Sprintf(format, args...), Hint: hint,
	})
	return &r.findings[len(r.findings)-1]
}

// Model runs the rules that look at one model, with the locks of its sources.
func Model(m *model.Model, locks coverage.Locks) []diag.Finding {
	r := reporter{model: m.ID, locks: locks, coverage: coverage.Of(m, locks)}
	for _, r.rule = range rules {
		if r.rule.model != nil && (m.Complete || !r.rule.whole) {
			r.rule.model(m, &r)
		}
	}
	return r.findings
}
