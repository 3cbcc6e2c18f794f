package carry_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/carry"
)

// item is an entry of a made-up checklist.
type item struct {
	id, title, evidence, repeat string
	phase                       int
}

// randomText returns words, of few letters so that lines begin alike.
func randomText(r *rand.Rand) string {
	words := make([]string, 1+r.IntN(5))
	for i := range words {
		words[i] = []string{"keep", "the", "list", "für ein Jahr", "`kubectl get`", "with \\<x\\>", "of"}[r.IntN(7)]
	}
	return strings.Join(words, " ")
}

func randomItem(r *rand.Rand, id string) item {
	return item{id: id, title: randomText(r), evidence: randomText(r) + ".", repeat: randomText(r), phase: r.IntN(3)}
}

// document writes a checklist as the templates do.
func document(items []item) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "Model of %d items.\n\n", len(items))
	for phase := range 3 {
		fmt.Fprintf(&b, "## Phase %d\n\n", phase)
		for _, it := range items {
			if it.phase == phase {
				fmt.Fprintf(&b, "- [ ] **%s** [`%s`](runbook.md#%s) *required · do*\n", it.title, it.id, it.id)
				if it.evidence != "" {
					fmt.Fprintf(&b, "    - Evidence: %s\n", it.evidence)
				}
				fmt.Fprintf(&b, "    - Repeat: %s\n", it.repeat)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("## Run\n\n    ```sh\n    kubectl get nodes\n\n    ls\n    ```\n\n## Sign-off\n\n| Role | Name | Date |\n| --- | --- | --- |\n| Platform | | |\n| Security | | |\n")
	return []byte(b.String())
}

// newer returns what becomes of a model: items are added, removed, reworded and
// reordered.
func newer(r *rand.Rand, items []item) []item {
	items = slices.Clone(items)
	for range r.IntN(6) {
		i := r.IntN(len(items))
		switch r.IntN(6) {
		case 0:
			if len(items) > 2 {
				items = slices.Delete(items, i, i+1)
			}
		case 1:
			items = slices.Insert(items, i, randomItem(r, fmt.Sprintf("new-%d", r.Uint32())))
		case 2:
			items[i].title = randomText(r)
		case 3:
			items[i].evidence = randomText(r)
		case 4:
			items[i].phase = r.IntN(3)
		case 5:
			items[i].evidence = ""
		}
	}
	return items
}

// person edits a region line by line, and remembers what must stay.
type person struct {
	*rand.Rand
	lines  []string
	tokens []string
	ticked map[string]bool // by item
}

func (p *person) token() string {
	t := fmt.Sprintf("humän%dtext", len(p.tokens))
	p.tokens = append(p.tokens, t)
	return t
}

var (
	taskOf   = regexp.MustCompile("^ *- \\[(.)\\] .*?`((?:item|new)-[0-9]+)`")
	baseOf   = regexp.MustCompile(`^<!-- demarc:base`)
	tokenOf  = regexp.MustCompile(`humän\d+text`)
	untick   = strings.NewReplacer("[x]", "[]", "[X]", "[]", "[~]", "[]", " ", "")
	evidence = regexp.MustCompile(`^    - (Evidence|Repeat): `)
)

// edit makes one change at a random line.
func (p *person) edit() {
	i := p.IntN(len(p.lines))
	line := p.lines[i]
	if baseOf.MatchString(line) || strings.Contains(line, "```") {
		return
	}
	insert := func(more ...string) { p.lines = slices.Insert(p.lines, i, more...) }
	fenced := strings.Count(strings.Join(p.lines[:i], "\n"), "```")%2 == 1
	m := taskOf.FindStringSubmatch(line)
	switch op := p.IntN(13); {
	case m != nil && op < 4:
		p.lines[i] = strings.Replace(line, "[ ]", []string{"[x]", "[X]", "[~]"}[p.IntN(3)], 1)
		p.ticked[m[2]] = true
	case m != nil && op == 4:
		p.lines[i] = line + " " + p.token()
	case m != nil && op == 5: // inside
		p.lines[i] = strings.Replace(line, "**", "**"+p.token()+" ", 1)
	case m != nil && op == 6: // move an item down
		end := i + 1
		for end < len(p.lines) && strings.HasPrefix(p.lines[end], "    ") {
			end++
		}
		moved := slices.Clone(p.lines[i:end])
		p.lines = slices.Delete(p.lines, i, end)
		p.lines = slices.Insert(p.lines, p.line(), moved...)
	case m != nil && op == 7 && !p.ticked[m[2]]: // remove an item of which nothing is a person's
		end := i + 1
		for end < len(p.lines) && evidence.MatchString(p.lines[end]) {
			end++
		}
		if !tokenOf.MatchString(strings.Join(p.lines[i:end], "")) {
			p.lines = slices.Delete(p.lines, i, end)
		}
	case m != nil && op == 8 && !fenced:
		i++
		insert("    - [x] check `this` "+p.token(), "    "+p.token())
	case evidence.MatchString(line) && op < 8:
		p.lines[i] = line + []string{" ", ": ", "; see https://example.org/"}[p.IntN(3)] + p.token()
	case evidence.MatchString(line) && op < 9:
		p.lines[i] = strings.Replace(line, ": ", ": "+p.token()+" ", 1)
	case line == "| Platform | | |":
		p.lines[i] = "| Platform | " + p.token() + " | |"
	case line == "| Security | | |":
		p.lines[i] = "|Security|" + p.token() + "|" + p.token() + "|"
	case strings.HasPrefix(line, "|") && op < 6:
		i++
		insert("| " + p.token() + " | a | |")
	case fenced || line == "" && op < 6:
		p.lines[i] = line + p.token()
	case op == 9:
		insert("", p.token(), "", "> quoted "+p.token(), "")
	case op == 10:
		insert("- [ ] mine "+p.token(), "    - below "+p.token())
	case op == 11:
		insert("", "```", p.token(), "", "```")
	case op == 12:
		insert("## " + p.token())
	case strings.HasPrefix(line, "#"):
		p.lines[i] = line + " " + p.token()
	}
}

// line returns a line at which something can be put that is no code.
func (p *person) line() int {
	for {
		i := p.IntN(len(p.lines) + 1)
		if strings.Count(strings.Join(p.lines[:i], "\n"), "```")%2 == 0 {
			return i
		}
	}
}

// TestNothingIsLost has people edit regions at random and models change between.
func TestNothingIsLost(t *testing.T) {
	for seed := range uint64(1000) {
		if !tryOut(t, seed) {
			break
		}
	}
}

func tryOut(t *testing.T, seed uint64) bool {
	r := rand.New(rand.NewPCG(seed, 7))
	var items []item
	for i := range 2 + r.IntN(8) {
		items = append(items, randomItem(r, fmt.Sprintf("item-%d", i)))
	}
	before, after := "\ufeff# Title \r\n\n", "\ntext around \t\n```\nnever closed"
	eol := []string{"\n", "\r\n"}[r.IntN(2)]
	before, after = strings.ReplaceAll(before, "\n", eol), strings.ReplaceAll(after, "\n", eol)
	file := before + strings.ReplaceAll(string(carry.Wrap("acme/db:checklist", document(items))), "\n", eol) + after
	p := &person{Rand: r, ticked: map[string]bool{}}
	for round := range 3 {
		regions, findings := carry.Regions("page.md", []byte(file))
		if len(regions) != 1 || findings != nil {
			t.Errorf("seed %d, round %d: %d regions, findings %v\n%s", seed, round, len(regions), findings, file)
			return false
		}
		region := regions[0]
		p.lines = strings.Split(strings.TrimSuffix(strings.ReplaceAll(file[region.Start:region.End], "\r\n", "\n"), "\n"), "\n")
		for range r.IntN(12) {
			p.edit()
		}
		edited := file[:region.Start] + strings.Join(p.lines, eol) + eol + file[region.End:]
		regions, _ = carry.Regions("page.md", []byte(edited))
		items = newer(r, items)
		merged, _ := carry.Fill([]byte(edited), regions[0], document(items))
		if problem := p.check(string(merged), items, before, after); problem != "" {
			t.Errorf("seed %d, round %d: %s\n--- edited\n%s\n--- generated\n%s\n--- merged\n%s", seed, round, problem, edited, document(items), merged)
			return false
		}
		regions, findings = carry.Regions("page.md", merged)
		if len(regions) != 1 || findings != nil {
			t.Errorf("seed %d, round %d: findings after the merge: %v\n%s", seed, round, findings, merged)
			return false
		}
		again, second := carry.Fill(merged, regions[0], document(items))
		if string(again) != string(merged) || second.Changed {
			t.Errorf("seed %d, round %d: the second run changes the file\n--- edited\n%s\n--- merged\n%s\n--- again\n%s", seed, round, edited, merged, again)
			return false
		}
		file = string(merged)
	}
	return true
}

// check says what was lost on the way, or "".
func (p *person) check(merged string, items []item, before, after string) string {
	if !strings.HasPrefix(merged, before) || !strings.HasSuffix(merged, after) {
		return "text around the region changed"
	}
	crlf, lf := strings.Count(merged, "\r\n"), strings.Count(merged, "\n")
	if crlf > 1 && crlf != lf { // the title of a file with LF has one
		return fmt.Sprintf("%d of %d line endings are CRLF", crlf, lf)
	}
	for _, token := range p.tokens {
		if n := strings.Count(merged, token); n != 1 {
			return fmt.Sprintf("%s is there %d times", token, n)
		}
	}
	lines := strings.Split(strings.ReplaceAll(merged, "\r\n", "\n"), "\n")
	next := 0
	generated := strings.Split(string(document(items)), "\n")
	ticks := map[string]string{}
	for _, line := range lines {
		if m := taskOf.FindStringSubmatch(line); m != nil {
			if _, ok := ticks[m[2]]; ok {
				return m[2] + " is there twice"
			}
			ticks[m[2]] = m[1]
		}
	}
	for id := range p.ticked {
		if ticks[id] == "" || ticks[id] == " " {
			return id + " was ticked and is not any more"
		}
	}
	for _, line := range lines {
		for next < len(generated) && generated[next] == "" {
			next++
		}
		if next < len(generated) && isStill(line, generated[next]) {
			next++
		}
	}
	if next < len(generated) {
		return "the document is not there in order; lacking: " + generated[next]
	}
	return ""
}

// isStill reports whether a line is a generated one, but for ticks, additions
// and cells that were empty.
func isStill(line, generated string) bool {
	if strings.HasPrefix(generated, "|") {
		generated = strings.TrimRight(generated, "| ")
	}
	return strings.HasPrefix(untick.Replace(line), untick.Replace(generated))
}
