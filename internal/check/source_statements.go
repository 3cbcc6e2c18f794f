package check

import (
	"strings"

	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// unclaimedStatement is the other half of the promise: nothing that the source
// says is left out of the model without a reason.
func unclaimedStatement(m *model.Model, r *reporter) {
	for _, s := range r.coverage {
		for _, st := range s.Statements {
			if st.State() != coverage.Unclaimed {
				continue
			}
			f := r.report("", s.Pos, "name it in the source of an activity, or set it aside under excluded",
				"statement %q of the document (line %d there) is claimed by no activity", s.ID+"#"+st.ID, st.Line)
			f.Related = []diag.Related{{Pos: st.Pos, Message: "in the lock"}}
		}
	}
}

func unknownStatement(m *model.Model, r *reporter) {
	for _, s := range r.coverage {
		if s.Lock == nil {
			continue
		}
		var ids []string
		known := map[string]bool{}
		for _, st := range s.Statements {
			known[st.ID] = true
			if st.Kind.Obliges() {
				ids = append(ids, s.ID+"#"+st.ID)
			}
		}
		const hint = "look its id up in the lock; demarc lock makes a new one if the document has changed"
		for _, a := range m.Activities {
			for _, ref := range a.Statements {
				if ref.Source == s.Source && !known[ref.ID] {
					r.report(a.ID, ref.Pos, didYouMean(ref.String(), ids, hint), "the document has no statement %q", ref.String())
				}
			}
		}
		for _, e := range s.Excluded {
			for _, id := range e.Statements {
				if !known[id.Value] {
					r.report("", id.Pos, hint, "the document has no statement %q", s.ID+"#"+id.Value)
				}
			}
		}
	}
}

// didYouMean suggests one of many candidates and never lists them all.
func didYouMean(name string, candidates []string, otherwise string) string {
	if s := diag.Suggest(name, candidates); s != "" {
		return "did you mean \"" + s + "\"?"
	}
	return otherwise
}

func claimedAndExcluded(_ *model.Model, r *reporter) {
	for _, s := range r.coverage {
		for _, st := range s.Statements {
			if st.Exclusion != nil && len(st.Activities) > 0 {
				r.report("", st.Exclusion.Pos, "keep one of the two", "statement %q is set aside here and claimed by activity %q",
					s.ID+"#"+st.ID, st.Activities[0].ID)
			}
		}
	}
}

// differsFromSource compares the letters of a model with those that the
// document prints. What we inferred is not printed anywhere.
func differsFromSource(m *model.Model, r *reporter) {
	for _, s := range r.coverage {
		for _, st := range s.Statements {
			if len(st.Parties) == 0 {
				continue
			}
			for _, a := range st.Activities {
				if a.Basis == model.Stated && !a.Partial {
					compareLetters(m, r, a, st)
				}
			}
		}
	}
}

func compareLetters(m *model.Model, r *reporter, a *model.Activity, st coverage.Statement) {
	letters := make([]string, len(st.Parties))
	printed := make([]string, len(st.Parties))
	for i, head := range st.Parties {
		p := partyOf(m, head)
		if p == nil {
			r.report(a.ID, a.RolesPos, "give a party the name of the column", "the source has a column %q, and the model no party of that name", head)
			return
		}
		letters[i] = string(a.Of(p))
		printed[i] = p.ID + " nothing"
		if i < len(st.Cells) && st.Cells[i].Letters != "" {
			printed[i] = p.ID + " " + st.Cells[i].Letters
		}
	}
	if st.Agrees(letters) {
		return
	}
	says := strings.Join(printed, ", ")
	if st.Cells == nil {
		says = st.Glued + ", party after party"
	}
	f := r.report(a.ID, a.RolesPos, "transcribe the letters as they are printed; what you make of them belongs into a caveat",
		"activity %q has other letters than the source prints: %s", a.ID, says)
	f.Related = []diag.Related{{Pos: st.Pos, Message: "in the lock"}}
}

// partyOf returns the party that the head of a column names, or nil.
func partyOf(m *model.Model, head string) *model.Party {
	for _, p := range m.Parties {
		if strings.EqualFold(p.Name.Value, head) || strings.EqualFold(p.ID, head) {
			return p
		}
	}
	return nil
}
