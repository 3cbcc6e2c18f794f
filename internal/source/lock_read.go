package source

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/syntax"
)

// ReadLock reads a lock's file. It returns nil, and at least one error among
// the findings, if the file cannot be relied on. The rules are those of
// package syntax and syntax/missing-key, syntax/unknown-key,
// syntax/wrong-type, syntax/unknown-value, ref/duplicate-id.
func ReadLock(file string, data []byte) (*Lock, []diag.Finding) {
	// The name decides the format, and ".lock" is none.
	root, findings := syntax.Read(file+".yaml", data)
	for i := range findings {
		findings[i].Pos.File = file
		for j := range findings[i].Related {
			findings[i].Related[j].Pos.File = file
		}
	}
	if root == nil {
		return nil, findings
	}
	r := &lockReader{file: file, findings: findings}
	lock := r.lock(root)
	diag.Sort(r.findings)
	if r.failed {
		return nil, r.findings
	}
	return lock, r.findings
}

// lockReader turns the tree of a lock's file into a lock.
type lockReader struct {
	file     string
	findings []diag.Finding
	failed   bool
}

func (r *lockReader) report(rule string, pos diag.Pos, hint, format string, args ...any) {
	r.failed = true
	pos.File = r.file
	if len(r.findings) < maxFindings {
		r.findings = append(r.findings, diag.Finding{
			Rule: rule, Severity: diag.Error, Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint,
		})
	}
}

const relock = "write the lock anew with demarc lock"

// keys checks the keys of a mapping: those that must be there, and all that
// may.
func (r *lockReader) keys(n *syntax.Node, what string, must, may []string) bool {
	if n.Kind != syntax.Map {
		r.report("syntax/wrong-type", n.Pos, relock, "%s is %s; it should be a mapping", what, n.Kind)
		return false
	}
	ok := true
	for _, k := range must {
		if n.Get(k) == nil {
			r.report("syntax/missing-key", n.Pos, relock, "%s has no %s", what, k)
			ok = false
		}
	}
	for _, e := range n.Entries {
		if all := slices.Concat(must, may); !slices.Contains(all, e.Key) {
			r.report("syntax/unknown-key", e.Pos, diag.DidYouMean(e.Key, all, ""), "unknown key %q in %s", e.Key, what)
		}
	}
	return ok
}

func (r *lockReader) text(n *syntax.Node, what string) string {
	if n != nil && n.Kind != syntax.String {
		r.report("syntax/wrong-type", n.Pos, "put it in quotes", "%s is %s; it should be text", what, n.Kind)
	}
	if n == nil {
		return ""
	}
	return n.Text
}

func (r *lockReader) texts(n *syntax.Node, what string) []string {
	if n == nil {
		return nil
	}
	if n.Kind != syntax.List {
		r.report("syntax/wrong-type", n.Pos, relock, "%s is %s; it should be a list", what, n.Kind)
		return nil
	}
	var out []string
	for _, item := range n.Items {
		out = append(out, r.text(item, "an entry of "+what))
	}
	return out
}

func (r *lockReader) lock(root *syntax.Node) *Lock {
	if !r.keys(root, "the lock", []string{"version", "source", "document", "statements"}, []string{"sections", "retired"}) {
		return nil
	}
	if v := root.Get("version"); v.Text != strconv.Itoa(lockVersion) {
		r.report("syntax/unknown-value", v.Pos, "use a version of demarc that knows it, or lock the document again",
			"the lock's version is %s; this demarc reads version %d", v.Text, lockVersion)
		return nil
	}
	lock := &Lock{
		Source:   r.text(root.Get("source"), "source"),
		Document: r.text(root.Get("document"), "document"),
		Retired:  r.texts(root.Get("retired"), "retired"),
	}
	if n := root.Get("sections"); n != nil && r.keys(n, "sections", nil, entryKeys(n)) {
		for _, e := range n.Entries {
			lock.Sections = append(lock.Sections, Alias{ID: e.Key, Heading: r.text(e.Value, "the digest of a heading")})
		}
	}
	list := root.Get("statements")
	if list.Kind != syntax.List {
		r.report("syntax/wrong-type", list.Pos, relock, "statements is %s; it should be a list", list.Kind)
		return nil
	}
	first := map[string]diag.Pos{}
	for _, n := range list.Items {
		e, ok := r.entry(n)
		if !ok {
			continue
		}
		if pos, twice := first[e.ID]; twice {
			r.report("ref/duplicate-id", e.Pos, relock, "statement %q stands twice in the lock", e.ID)
			r.findings[len(r.findings)-1].Related = []diag.Related{{Pos: pos, Message: "first defined here"}}
		}
		first[e.ID] = e.Pos
		lock.Statements = append(lock.Statements, e)
	}
	return lock
}

func entryKeys(n *syntax.Node) []string {
	var keys []string
	for _, e := range n.Entries {
		keys = append(keys, e.Key)
	}
	return keys
}

func (r *lockReader) entry(n *syntax.Node) (Entry, bool) {
	if !r.keys(n, "a statement", []string{"id", "line", "kind", "digest"}, []string{"section", "letters", "named", "glued", "open", "parties"}) {
		return Entry{}, false
	}
	id := n.Get("id")
	e := Entry{ID: r.text(id, "id"), Pos: id.Pos, Kind: Kind(r.text(n.Get("kind"), "kind")), Digest: r.text(n.Get("digest"), "digest")}
	e.Pos.File = r.file
	line, err := strconv.Atoi(n.Get("line").Text)
	if err != nil || line < 0 {
		r.report("syntax/wrong-type", n.Get("line").Pos, relock, "line %q is no line number", n.Get("line").Text)
	}
	e.Line = line
	if !slices.Contains(Kinds, e.Kind) {
		r.report("syntax/unknown-value", n.Get("kind").Pos, relock, "unknown kind %q", e.Kind)
	}
	if at := strings.LastIndexByte(e.ID, '-'); at < 1 || strings.Trim(e.ID[at+1:], "0123456789") != "" || at+1 == len(e.ID) {
		r.report("syntax/bad-id", id.Pos, "use the section's id, a hyphen and a number, such as 3.1.2-3", "statement id %q has no number", e.ID)
	}
	e.Section = cmp.Or(r.text(n.Get("section"), "section"), sectionOf(e.ID))
	r.cells(n, &e)
	return e, true
}

// cells reads who does what in a row.
func (r *lockReader) cells(n *syntax.Node, e *Entry) {
	e.Glued = r.text(n.Get("glued"), "glued")
	e.Parties = r.texts(n.Get("parties"), "parties")
	if open := n.Get("open"); open != nil {
		e.Open = open.Text == "true"
	}
	if letters := n.Get("letters"); letters != nil && r.keys(letters, "letters", nil, entryKeys(letters)) {
		e.Cells = []Cell{}
		for _, x := range letters.Entries {
			printed := r.text(x.Value, "letters")
			end := strings.IndexFunc(printed, func(c rune) bool { return !strings.ContainsRune(roleLetters, c) })
			if end < 0 {
				end = len(printed)
			}
			e.Cells = append(e.Cells, Cell{Party: x.Key, Letters: printed[:end], Mark: printed[end:]})
			e.Parties = append(e.Parties, x.Key)
		}
	}
	if named := n.Get("named"); named != nil && r.keys(named, "named", nil, entryKeys(named)) {
		e.Cells = []Cell{}
		for _, x := range named.Entries {
			for _, name := range r.texts(x.Value, "named") {
				name, mark := cutMark(name)
				e.Cells = append(e.Cells, Cell{Party: name, Mark: mark, Aspect: x.Key})
			}
		}
	}
}
