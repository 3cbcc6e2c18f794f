package wikis

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// of returns the pages of a model's document.
func (c *checker) of(m *model, kind string) []*page {
	var list []*page
	for _, p := range c.site.pages {
		if c.kinds[p] == m.ID+":"+kind {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		c.problemIn(m, "there is no page for the %s", kind)
	}
	return list
}

// contentOf returns what is on the pages of a model's document.
func (c *checker) contentOf(m *model, kind string) []*html.Node {
	var list []*html.Node
	for _, p := range c.of(m, kind) {
		list = append(list, p.content...)
	}
	return list
}

// checklist: there is one entry with a mark for each item, and it says what the
// item says.
func (c *checker) checklist(m *model) {
	var entries []string
	for _, n := range elements(c.contentOf(m, "checklist"), atom.Li, atom.Tr) {
		if c.marked(n) {
			entries = append(entries, text(n))
		}
	}
	c.figures.entries += len(entries)
	if len(entries) != len(m.Items) {
		c.problemIn(m, "the checklist has %d entries for %d items", len(entries), len(m.Items))
	}
	for _, i := range m.Items {
		n := 0
		for _, e := range entries {
			if !hasWord(e, i.ID) || !strings.Contains(e, collapse(i.Title)) {
				continue
			}
			n++
			for _, want := range []string{plain(i.Evidence), i.Repeat} {
				if !strings.Contains(squash(e), squash(want)) {
					c.problemIn(m, "the checklist's entry of %s does not show %q: %s", i.ID, want, e)
				}
			}
		}
		if n != 1 {
			c.problemIn(m, "the checklist has %d entries that show %s %q", n, i.ID, i.Title)
		}
	}
}

// marked reports whether a list's entry or a table's row begins with a box to
// tick, or a sign for one.
func (c *checker) marked(n *html.Node) bool {
	for e := range n.Descendants() {
		if e.DataAtom != atom.Input || slices.ContainsFunc(parents(e, n), isEntry) {
			continue
		}
		if kind, _ := attr(e, "type"); kind == "checkbox" {
			return true
		}
	}
	signs := append([]string{"☐", "☑", "☒"}, c.marks...)
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.HasPrefix(text(n), sign) })
}

func isEntry(n *html.Node) bool { return n.DataAtom == atom.Li || n.DataAtom == atom.Tr }

// raci: there is one row for each activity, with the letters of each party in
// the party's column.
func (c *checker) raci(m *model) {
	content := c.contentOf(m, "raci")
	rows := map[string]int{}
	total := 0
	for _, table := range elements(content, atom.Table) {
		columns, body := cells(table)
		if len(columns) == 0 || !slices.ContainsFunc(m.Parties, func(p party) bool { return slices.Contains(columns, collapse(p.Name)) }) {
			continue
		}
		for _, row := range body {
			total++
			if len(row) != len(columns) {
				continue // and reported
			}
			for _, a := range m.Activities {
				if hasWord(row[0], a.ID) && strings.Contains(row[0], collapse(a.Title)) {
					rows[a.ID]++
					c.letters(m, &a, columns, row)
				}
			}
		}
	}
	c.figures.rows += total
	if total != len(m.Activities) {
		c.problemIn(m, "the RACI has %d rows for %d activities", total, len(m.Activities))
	}
	for _, a := range m.Activities {
		if rows[a.ID] != 1 {
			c.problemIn(m, "the RACI has %d rows that show %s %q", rows[a.ID], a.ID, a.Title)
		}
	}
	shows(c, m.ID, "raci", content, m.Sections, func(s section) []string { return []string{s.Title} })
}

func (c *checker) letters(m *model, a *activity, columns, row []string) {
	for _, p := range m.Parties {
		column := slices.Index(columns, collapse(p.Name))
		if column < 0 {
			c.problemIn(m, "the RACI has no column for %q: %q", p.Name, columns)
			continue
		}
		want := slices.Sorted(slices.Values([]rune(a.RACI[p.ID])))
		got := slices.Sorted(slices.Values([]rune(strings.Map(letter, row[column]))))
		if !slices.Equal(got, want) {
			c.problemIn(m, "the RACI shows %q for %s of %q, not %s", row[column], p.Name, a.ID, a.RACI[p.ID])
		}
	}
}

// letter drops what stands between letters, and for none.
func letter(r rune) rune {
	if strings.ContainsRune(" ,·-–", r) {
		return -1
	}
	return r
}

// cells returns the texts of a table's head and of its other rows.
func cells(table *html.Node) (head []string, body [][]string) {
	for _, tr := range elements([]*html.Node{table}, atom.Tr) {
		var row []string
		data := false
		for _, cell := range elements([]*html.Node{tr}, atom.Td, atom.Th) {
			row = append(row, text(cell))
			data = data || cell.DataAtom == atom.Td
		}
		if data {
			body = append(body, row)
		} else {
			head = row
		}
	}
	return head, body
}

// runbook: there is a heading for each item, and all that is said of how it is
// done; what is to be copied is there to the letter.
func (c *checker) runbook(m *model) {
	content := c.contentOf(m, "runbook")
	var titles []string
	for _, h := range elements(content, headings...) {
		titles = append(titles, text(h))
	}
	scripts := map[string]bool{}
	for _, pre := range elements(content, atom.Pre) {
		scripts[c.tabs(script(pre))] = true
	}
	for _, i := range m.Items {
		n := 0
		for _, title := range titles {
			if strings.Contains(title, collapse(i.Title)) && hasWord(title, i.ID) {
				n++
			}
		}
		c.figures.procedures += min(n, 1)
		if n != 1 {
			c.problemIn(m, "the runbook has %d headings that show %s %q", n, i.ID, i.Title)
		}
		for _, s := range i.scripts() {
			c.figures.scripts++
			if !scripts[c.tabs(trimLines(s))] {
				c.problemIn(m, "the runbook's procedure of %s does not hold the script\n%s", i.ID, s)
			}
		}
	}
	shows(c, m.ID, "runbook", content, m.Items, func(i item) []string {
		list := []string{i.Repeat}
		for _, r := range i.References {
			list = append(list, r.Title)
		}
		for _, p := range i.prose() {
			list = append(list, plain(p))
		}
		return list
	})
}

// tabs returns a script as a wiki shows it that knows no tabs: to which column
// one leads is not looked at.
func (c *checker) tabs(script string) string {
	if !c.noTabs {
		return script
	}
	return blanks.ReplaceAllString(script, " ")
}

var blanks = regexp.MustCompile(`[ \t]+`)

// rest: what else the model says is on one of its pages.
func (c *checker) rest(m *model) {
	overview := c.contentOf(m, "overview")
	shows(c, m.ID, "overview", overview, []model{*m}, func(m model) []string {
		list := []string{}
		for _, p := range m.prose() {
			list = append(list, plain(p))
		}
		for _, p := range m.Parties {
			list = append(list, p.Name)
		}
		for _, s := range m.Sources {
			list = append(list, s.Title)
		}
		for _, p := range m.Parameters {
			list = append(list, p.Name, p.Description, p.Value)
		}
		return list
	})
	all := slices.Concat(c.contentOf(m, "raci"), c.contentOf(m, "traceability"))
	shows(c, m.ID, "raci or traceability", all, m.Activities, func(a activity) []string {
		list := []string{}
		for _, p := range a.prose() {
			list = append(list, plain(p))
		}
		return list
	})
}
