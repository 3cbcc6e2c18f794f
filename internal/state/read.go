package state

import (
	"slices"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// Read reads a state file, whose name appears in all positions and has to end
// in .yaml or .yml. The state is nil if there are findings, which are all
// errors.
//
// It takes more of YAML than the pages do, but no other keys: what [State.Bytes]
// makes of it is read anywhere.
func Read(file string, data []byte) (*State, []diag.Finding) {
	root, findings := syntax.Read(file, data)
	// Advice on bytes is for files that are kept in one way only.
	findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Severity != diag.Error })
	if root == nil {
		return nil, findings
	}
	r := reader{file: file, seen: map[string]bool{}}
	s := r.state(root)
	s.Comments = comments(string(data))
	if r.findings != nil {
		diag.Sort(r.findings)
		return nil, r.findings
	}
	return s, nil
}

type reader struct {
	file     string
	seen     map[string]bool // items
	findings []diag.Finding
}

func (r *reader) report(pos diag.Pos, rule, message, hint string) {
	r.findings = append(r.findings, diag.Finding{Rule: rule, Severity: diag.Error, Pos: pos, Message: message, Hint: hint})
}

func (r *reader) state(root *syntax.Node) *State {
	s := &State{}
	if v := root.Get("demarc-checklist"); v == nil {
		r.report(diag.Pos{File: r.file}, "state/format", "this is no state of a checklist: demarc-checklist is missing",
			"the format is described in docs/site.md")
		return s
	} else if v.Text != version {
		r.report(v.Pos, "state/version", "version \""+v.Text+"\" of the format is not known", "this program knows version "+version)
		return s
	}
	known := []string{"demarc-checklist"}
	for _, h := range head {
		known = append(known, h.key)
		if v := root.Get(h.key); v == nil || v.Kind != syntax.List && v.Kind != syntax.Map && v.Text == "" {
			r.report(diag.Pos{File: r.file}, "state/missing-key", h.key+" is missing", "")
		} else {
			*h.of(s) = r.text(h.key, v)
		}
	}
	known = append(known, "items")
	switch items := root.Get("items"); {
	case items == nil:
		r.report(diag.Pos{File: r.file}, "state/missing-key", "items is missing", "the file may have been cut off; write items: [] if there are none")
	case items.Kind == syntax.List:
		for _, n := range items.Items {
			if record, ok := r.record(n); ok {
				s.Items = append(s.Items, record)
			}
		}
	case items.Kind != syntax.Null:
		r.report(items.Pos, "state/wrong-type", "items has to be a list", "")
	}
	r.unknown(root, known)
	return s
}

// record reads an entry of items; ok tells that it is a mapping.
func (r *reader) record(n *syntax.Node) (record Record, ok bool) {
	if n.Kind != syntax.Map {
		r.report(n.Pos, "state/wrong-type", "an entry of items has to be a mapping, not "+n.Kind.String(), "begin it with item: and the item's identifier")
		return record, false
	}
	record.Pos = n.Pos
	pos := map[string]diag.Pos{}
	var known []string
	for _, f := range fields {
		known = append(known, f.key)
		pos[f.key] = n.Pos
		if v := n.Get(f.key); v != nil {
			*f.of(&record) = r.text(f.key, v)
			pos[f.key] = v.Pos
		}
	}
	record.Pos = pos["item"]
	r.unknown(n, known)
	for _, p := range record.Check() {
		r.report(pos[p.Field], p.Rule, p.Message, p.Hint)
	}
	if r.seen[record.Item] {
		r.report(record.Pos, "state/twice", "item \""+record.Item+"\" stands twice", "keep one of them")
	}
	r.seen[record.Item] = true
	return record, true
}

// text returns the text of a value as it is written: a date or a number is
// text, too.
func (r *reader) text(key string, v *syntax.Node) string {
	if v.Kind == syntax.List || v.Kind == syntax.Map {
		r.report(v.Pos, "state/wrong-type", key+" has to be text, not "+v.Kind.String(), "")
		return ""
	}
	return v.Text
}

func (r *reader) unknown(n *syntax.Node, known []string) {
	for _, e := range n.Entries {
		if !slices.Contains(known, e.Key) {
			r.report(e.Pos, "state/unknown-key", "unknown key \""+e.Key+"\"",
				diag.DidYouMean(e.Key, known, ""))
		}
	}
}
