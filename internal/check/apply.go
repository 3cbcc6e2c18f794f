package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// Apply gives findings the severities that the settings want, drops those
// that are switched off or suppressed, and adds findings about suppressions
// that are expired on the date asOf or that silence nothing. Without a date,
// nothing expires.
func Apply(s *model.Settings, findings []diag.Finding, asOf model.Date) []diag.Finding {
	used := make([]bool, len(s.Suppress))
	var kept []diag.Finding
	add := func(f diag.Finding) {
		if rule := Lookup(f.Rule); rule != nil && !rule.Fixed {
			if f.Severity = level(s, f); f.Severity == 0 || suppressed(s, f, asOf, used) {
				return
			}
		}
		kept = append(kept, f)
	}
	for _, f := range findings {
		add(f)
	}
	unread := unreadable(findings)
	for i, sup := range s.Suppress {
		if rule := Lookup(sup.Rule.Value); rule == nil || rule.Fixed || sup.On.Value == "" {
			continue // reported already
		}
		switch {
		case expired(sup, asOf):
			add(about(sup, "suppress/expired", "mend what it silenced, or decide anew and set a later date",
				"the suppression of %q on %q ended on %s", sup.Rule.Value, sup.On.Value, sup.Until))
		case !used[i] && !unread[""] && !unread[modelOf(sup.On.Value)]:
			add(about(sup, "suppress/unused", "remove it, or correct what it is on",
				"the suppression of %q on %q silences nothing", sup.Rule.Value, sup.On.Value))
		}
	}
	diag.Sort(kept)
	// A fault that several models run into is one finding.
	return slices.CompactFunc(kept, func(f, g diag.Finding) bool { return f.Compare(g) == 0 })
}

// unreadable returns the models that could not be read whole, "" for the files
// that they share. What the rules would find there is not known.
func unreadable(findings []diag.Finding) map[string]bool {
	models := map[string]bool{}
	for _, f := range findings {
		if rule := Lookup(f.Rule); rule != nil && rule.Fixed {
			models[modelOf(f.Subject)] = true
		}
	}
	return models
}

// modelOf returns the model of a subject, such as model#item.
func modelOf(subject string) string {
	id, _, _ := strings.Cut(subject, "#")
	return id
}

// expired reports whether the last day of a suppression is past.
func expired(sup model.Suppression, asOf model.Date) bool { return sup.Until != "" && sup.Until < asOf }

// about makes a finding about a suppression.
func about(sup model.Suppression, rule, hint, format string, args ...any) diag.Finding {
	return diag.Finding{Rule: rule, Severity: Lookup(rule).Severity, Pos: sup.Rule.Pos, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

// level returns the severity of a finding under the settings, 0 for off.
func level(s *model.Settings, f diag.Finding) diag.Severity {
	for _, l := range s.Levels {
		if l.Rule.Value == f.Rule {
			return l.Severity
		}
	}
	return f.Severity
}

// suppressed reports whether the settings silence a finding, and marks the
// suppressions that do.
func suppressed(s *model.Settings, f diag.Finding, asOf model.Date, used []bool) bool {
	silenced := false
	for i, sup := range s.Suppress {
		on := sup.On.Value
		if on != "" && sup.Rule.Value == f.Rule && (f.Subject == on || strings.HasPrefix(f.Subject, on+"#")) {
			used[i] = true
			silenced = silenced || !expired(sup, asOf)
		}
	}
	return silenced
}
