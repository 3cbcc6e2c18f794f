package check

import (
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
)

// rules lists every rule, by name.
var rules = []*Rule{
	{Name: "item/draft", Severity: diag.Warning, model: draft},
	{Name: "item/no-evidence", Severity: diag.Error, model: noEvidence},
	{Name: "item/no-steps", Severity: diag.Error, model: noSteps},
	{Name: "link/unsafe-scheme", Severity: diag.Error, model: unsafeScheme},
	{Name: "raci/differs-from-source", Severity: diag.Error, model: differsFromSource},
	{Name: "raci/inferred-needs-rationale", Severity: diag.Error, model: inferredNeedsRationale},
	{Name: "raci/no-accountable", Severity: diag.Error, model: noAccountable},
	{Name: "raci/no-responsible", Severity: diag.Advice, model: noResponsible},
	{Name: "raci/two-accountables", Severity: diag.Error, model: twoAccountables},
	whileReading("raci/unknown-role"),
	whileReading("ref/duplicate-id"),
	whileReading("ref/fixed-rule"),
	whileReading("ref/no-model"),
	whileReading("ref/taken-name"),
	whileReading("ref/two-files"),
	whileReading("ref/unknown-activity"),
	whileReading("ref/unknown-file"),
	whileReading("ref/unknown-item"),
	whileReading("ref/unknown-model"),
	whileReading("ref/unknown-parameter"),
	whileReading("ref/unknown-party"),
	whileReading("ref/unknown-rule"),
	whileReading("ref/unknown-section"),
	whileReading("ref/unknown-source"),
	whileReading("ref/unknown-topic"),
	{Name: "source/no-lock", Severity: diag.Off, model: noLock},
	{Name: "source/stale", Severity: diag.Warning},
	{Name: "source/unknown-lock", Severity: diag.Error, model: unknownLock},
	{Name: "suppress/expired", Severity: diag.Error},
	{Name: "suppress/unused", Severity: diag.Warning},
	whileReading("syntax/alias"),
	whileReading("syntax/bad-date"),
	whileReading("syntax/bad-id"),
	whileReading("syntax/bad-url"),
	whileReading("syntax/control-character"),
	whileReading("syntax/duplicate-key"),
	whileReading("syntax/empty"),
	whileReading("syntax/encoding"),
	whileReading("syntax/key"),
	whileReading("syntax/many-documents"),
	whileReading("syntax/many-lines"),
	whileReading("syntax/merge-key"),
	whileReading("syntax/missing-key"),
	whileReading("syntax/not-a-mapping"),
	whileReading("syntax/tag"),
	whileReading("syntax/toml"),
	whileReading("syntax/too-deep"),
	whileReading("syntax/too-large"),
	whileReading("syntax/unknown-key"),
	whileReading("syntax/unknown-value"),
	whileReading("syntax/wrong-type"),
	whileReading("syntax/yaml"),
	whileReading("template/error"),
	{Name: "text/byte-order-mark", Severity: diag.Advice},
	{Name: "text/carriage-return", Severity: diag.Advice},
	{Name: "text/duplicate-title", Severity: diag.Warning, model: duplicateTitle},
	{Name: "text/heading", Severity: diag.Error, model: heading},
	{Name: "text/raw-html", Severity: diag.Error, model: rawHTML},
	{Name: "text/stray-parameter", Severity: diag.Error, model: strayParameter},
	{Name: "trace/claimed-and-excluded", Severity: diag.Warning, model: claimedAndExcluded},
	{Name: "trace/orphan-item", Severity: diag.Error, model: orphanItem},
	{Name: "trace/review-pending", Severity: diag.Warning, model: reviewPending},
	{Name: "trace/unclaimed-statement", Severity: diag.Error, whole: true, model: unclaimedStatement},
	{Name: "trace/unknown-statement", Severity: diag.Error, model: unknownStatement},
	{Name: "trace/unmapped-activity", Severity: diag.Error, whole: true, model: unmappedActivity},
}

// whileReading is a rule about what a file has to be like for the model to
// mean anything. Its findings are made where the file is read.
func whileReading(name string) *Rule {
	return &Rule{Name: name, Severity: diag.Error, Fixed: true}
}

// Rules returns every rule, by name.
func Rules() []*Rule { return slices.Clone(rules) }

// Lookup returns the rule of that name, or nil.
func Lookup(name string) *Rule {
	i, ok := slices.BinarySearchFunc(rules, name, func(r *Rule, name string) int { return strings.Compare(r.Name, name) })
	if !ok {
		return nil
	}
	return rules[i]
}

// Names returns the name of every rule.
func Names() []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	return names
}
