package check

import (
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
)

// duplicateTitle looks for things that a reader cannot tell apart.
func duplicateTitle(m *model.Model, r *reporter) {
	activities := titles{r: r, what: "activity", first: map[string]model.Text{}}
	for _, a := range m.Activities {
		activities.add(a.ID, a.Title)
	}
	items := titles{r: r, what: "item", first: map[string]model.Text{}}
	for _, it := range m.Items {
		items.add(it.ID, it.Title)
	}
}

type titles struct {
	r     *reporter
	what  string
	first map[string]model.Text
}

func (t *titles) add(id string, title model.Text) {
	key := strings.ToLower(title.Value)
	if key == "" {
		return
	}
	first, taken := t.first[key]
	if !taken {
		t.first[key] = title
		return
	}
	f := t.r.report(id, title.Pos, "say what is different about it", "another %s has the title %q", t.what, title.Value)
	f.Related = []diag.Related{{Pos: first.Pos, Message: "first used here"}}
}
