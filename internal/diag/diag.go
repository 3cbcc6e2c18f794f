// Package diag holds what a check says about somebody's file.
//
// In go findings: a rule's name, a severity, a position, what is wrong and
// what to do. Out come the same findings sorted, and printed for a person at
// a terminal ([Text]), for a program ([JSON]), for a code-scanning service
// ([SARIF]) or for a GitHub workflow log ([GitHub]).
//
// A finding speaks of the author's files. A failure of the tool itself (a
// folder that cannot be read, say) is an ordinary error and never a finding.
package diag

import (
	"cmp"
	"slices"
	"strconv"
)

// Severity says how much a finding matters.
type Severity uint8

// Off is the severity of a rule that says nothing unless the settings switch
// it on. No finding that is printed has it.
const Off Severity = 0

// Severities, from the least to the most.
const (
	Advice  Severity = iota + 1 // worth knowing; the output is right without it
	Warning                     // probably a mistake
	Error                       // the model cannot be trusted as it stands
)

// Severities lists the names of the severities, from the least to the most.
var Severities = []string{"advice", "warning", "error"}

// String returns the name used in output and settings.
func (s Severity) String() string {
	if s == Off {
		return "off"
	}
	if s > Error {
		return "severity(" + strconv.Itoa(int(s)) + ")"
	}
	return Severities[s-1]
}

// ParseSeverity is the inverse of [Severity.String]. It reports whether name
// is a severity.
func ParseSeverity(name string) (Severity, bool) {
	i := slices.Index(Severities, name)
	return Severity(i + 1), i >= 0
}

// Pos is a place in a file of the workspace.
type Pos struct {
	File string // slash-separated, relative to the workspace; "" for none
	Line int32  // from 1; 0 speaks of the file as a whole
	Col  int32  // from 1, in code points
	Len  int32  // code points on that line; 0 if not known
}

// IsZero reports whether p names no place.
func (p Pos) IsZero() bool { return p == Pos{} }

// String returns file:line:col, or less where less is known.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(int(p.Line)) + ":" + strconv.Itoa(int(p.Col))
}

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Finding is one thing that is wrong or worth knowing in a file.
type Finding struct {
	Rule     string   // path of the rule, such as "trace/unmapped-activity"
	Severity Severity // how much it matters
	Pos      Pos      // the smallest span that shows it
	Message  string   // what is wrong: lower case, no full stop
	Hint     string   // what to do; may be empty
	Related  []Related
	Subject  string // what it is about: a model, or model#activity or model#item; may be empty
}

// Related is a second place that helps to understand a finding.
type Related struct {
	Pos     Pos
	Message string // such as "first defined here"
}

// Compare orders findings by position, then rule, then message.
func (f Finding) Compare(g Finding) int {
	return cmp.Or(f.Pos.Compare(g.Pos), cmp.Compare(f.Rule, g.Rule), cmp.Compare(f.Message, g.Message))
}

// Sort puts findings in the order in which they are printed.
func Sort(findings []Finding) { slices.SortStableFunc(findings, Finding.Compare) }

// Worst returns the highest severity among findings, or 0 if there are none.
func Worst(findings []Finding) Severity {
	var worst Severity
	for _, f := range findings {
		worst = max(worst, f.Severity)
	}
	return worst
}
