package source

import (
	"cmp"
	"slices"
)

// ChangeKind tells how a statement differs from what the lock says.
type ChangeKind string

// The kinds of change, the most important first.
const (
	MovedToYou   ChangeKind = "moved-to-you"  // roles went over to the customer
	MovedAway    ChangeKind = "moved-away"    // roles left the customer
	RolesChanged ChangeKind = "roles-changed" // roles changed in another way, or it is not certain in which
	New          ChangeKind = "new"
	Gone         ChangeKind = "gone"
	Reworded     ChangeKind = "reworded"
	Softened     ChangeKind = "softened" // reworded, and binding less: "will" became "may"
	Hardened     ChangeKind = "hardened" // reworded, and binding more
	Moved        ChangeKind = "moved"    // stands in another section
)

// ChangeKinds lists the kinds of change, the most important first.
var ChangeKinds = []ChangeKind{MovedToYou, MovedAway, RolesChanged, New, Gone, Reworded, Softened, Hardened, Moved}

// Change is a difference between a lock and a newer copy of its document.
type Change struct {
	Kind ChangeKind
	Also []ChangeKind // what else happened to the statement, in order of importance
	ID   string       // in the lock; of a new statement, the id that locking will give it
	Is   Kind         // what the statement is

	OldLine, NewLine       int    // in the two copies; 0 if it is not there
	OldSection, NewSection string // ids as in the lock, or as it will have them
	OldText, NewText       string // old if a copy of the locked document was given, else ""
	Old, New               Entry  // roles as locked and as printed now
	OldModal, NewModal     string // if softened or hardened, the words that make the difference
}

// Drift compares a lock with a newer copy of its document, and returns what
// changed, the most important first and then in the order of the document.
// Navigation does not count, nor do white space and typography.
//
// With a copy of the document as it was locked, what was reworded is found by
// how alike the texts are, and softened and hardened are told apart; without,
// pass nil: then it is found by its place between unchanged neighbours only.
// The function customer says whether a party, as printed, is on the customer's
// side; nil goes by the usual words.
func Drift(lock *Lock, before, now *Document, customer func(party string) bool) []Change {
	if customer == nil {
		customer = IsCustomer
	}
	texts := map[string]string{}
	if before != nil {
		texts = lock.texts(before)
	}
	entries := map[string]*Entry{}
	for i := range lock.Statements {
		entries[lock.Statements[i].ID] = &lock.Statements[i]
	}
	old := lock.items(texts)
	m := match(old, now.items())
	adopted := lock.adopt(now, m)
	var changes []Change
	n := -1
	for i := range adopted.Statements {
		s := &adopted.Statements[i]
		if s.Kind == KindNavigation {
			continue
		}
		n++
		if o := m.toOld[n]; o >= 0 {
			if c := compare(entries[old[o].id], old[o].text, s, customer); c != nil {
				changes = append(changes, *c)
			}
			continue
		}
		changes = append(changes, Change{
			Kind: New, ID: s.ID, Is: s.Kind, NewLine: s.Line, NewSection: s.Section, NewText: s.whole(), New: s.entry(),
		})
	}
	for o := range old {
		if m.toNew[o] < 0 {
			e := entries[old[o].id]
			changes = append(changes, Change{
				Kind: Gone, ID: e.ID, Is: e.Kind, OldLine: e.Line, OldSection: e.Section, OldText: old[o].text, Old: *e,
			})
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(
			slices.Index(ChangeKinds, a.Kind)-slices.Index(ChangeKinds, b.Kind),
			obliging(b.Is)-obliging(a.Is),
		)
	})
	return changes
}

func obliging(k Kind) int {
	if k.Obliges() {
		return 1
	}
	return 0
}

// texts returns the texts of the lock's statements from the document that it
// was made of, by id. Those that are not in it are left out.
func (l *Lock) texts(doc *Document) map[string]string {
	byDigest := map[string]string{}
	for i := range doc.Statements {
		byDigest[doc.Statements[i].Digest] = doc.Statements[i].whole()
	}
	texts := map[string]string{}
	for i := range l.Statements {
		if text, ok := byDigest[l.Statements[i].Digest]; ok {
			texts[l.Statements[i].ID] = text
		}
	}
	return texts
}

// compare returns what changed in a statement, or nil.
func compare(e *Entry, text string, s *Statement, customer func(string) bool) *Change {
	c := &Change{
		ID: e.ID, Is: s.Kind, OldLine: e.Line, NewLine: s.Line, OldSection: e.Section, NewSection: s.Section,
		OldText: text, NewText: s.whole(), Old: *e, New: s.entry(),
	}
	var kinds []ChangeKind
	if kind := compareRoles(e, &c.New, customer); kind != "" {
		kinds = append(kinds, kind)
	}
	if e.Digest != s.Digest && !slices.Contains(s.otherDigests(), e.Digest) {
		kind := Reworded
		if text != "" {
			kind, c.OldModal, c.NewModal = compareModals(text, c.NewText)
		}
		kinds = append(kinds, kind)
	}
	if c.NewSection != c.OldSection {
		kinds = append(kinds, Moved)
	}
	if len(kinds) == 0 {
		return nil
	}
	slices.SortFunc(kinds, func(a, b ChangeKind) int { return slices.Index(ChangeKinds, a) - slices.Index(ChangeKinds, b) })
	c.Kind, c.Also = kinds[0], kinds[1:]
	return c
}
