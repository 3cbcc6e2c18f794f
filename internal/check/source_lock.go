package check

import (
	"github.com/demarc/demarc/internal/model"
)

// noLock is off unless the settings switch it on: a model without locks is of
// use, and whoever begins one has no use for being told so.
func noLock(m *model.Model, r *reporter) {
	for _, s := range m.Sources {
		if s.Lock.Value == "" {
			r.report("", s.Pos, "run demarc lock "+m.ID+"#"+s.ID+" --document FILE, with a copy of the document", "source %q has no lock", s.ID)
		}
	}
}

func unknownLock(m *model.Model, r *reporter) {
	for _, s := range m.Sources {
		if _, found := r.locks[s.Lock.Value]; s.Lock.Value != "" && !found {
			r.report("", s.Lock.Pos, "run demarc lock "+m.ID+"#"+s.ID+" --document FILE, with a copy of the document", "there is no lock %q beside the model", s.Lock.Value)
		}
	}
}

// maxAge is after how many years somebody should look at a source again.
const maxAge = 1

// stale is run on facts: its findings change with the date, not with the model.
func (r *reporter) stale(f Facts, asOf model.Date) {
	r.rule = Lookup("source/stale")
	r.model = f.ID
	for _, s := range f.Sources {
		if retrieved := s.Retrieved.Time(); !retrieved.IsZero() && retrieved.AddDate(maxAge, 0, 0).Before(asOf.Time()) {
			r.report("", s.Pos, "fetch the document anew and run demarc drift "+f.ID+"#"+s.ID+" --document FILE",
				"source %q was retrieved on %s, more than a year ago", s.ID, s.Retrieved)
		}
	}
}
