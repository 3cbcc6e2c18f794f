package wikis

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// sample is a wiki in which nothing is wrong.
var sample = map[string]string{
	"home": `<h1>Home</h1><ul><li><a href="overview">The | database</a></li></ul>`,
	"overview": `<h1>The | database</h1><p>A <b>database</b>.</p><p>You, Them</p>
		<p><a href="raci">RACI</a> <a href="checklist">Checklist</a> <a href="runbook">Runbook</a> <a href="traceability">Traceability</a></p>`,
	"raci": `<h2>1 Use</h2><table><tr><th>Activity</th><th>You</th><th>Them</th></tr>
		<tr><td>Choose a | b <code>choose</code></td><td>R, A</td><td>-</td></tr></table>`,
	"checklist": `<ul><li><input type="checkbox" disabled> <b>Pin {{it}}</b> <a href="runbook#pin-it"><code>pin</code></a>
		<ul><li>Evidence: a <code>file</code></li><li>Repeat: once</li></ul></li></ul>`,
	"runbook": `<h2 id="pin-it">Pin {{it}} <code>pin</code></h2><p>It moves.</p><ol><li>Look.<pre><code>ls
  -l</code></pre></li></ol><p>a <code>file</code>, once</p>`,
	"traceability": `<p>Nothing <a name="here"></a></p>`,
}

var sampleFacts = catalogue{Models: []model{{
	ID: "db", Title: "The | database", Summary: "A **database**.",
	Parties:    []party{{ID: "you", Name: "You"}, {ID: "them", Name: "Them"}},
	Sections:   []section{{Title: "Use"}},
	Activities: []activity{{ID: "choose", Title: "Choose a | b", RACI: map[string]string{"you": "AR"}}},
	Items: []item{{
		ID: "pin", Title: "Pin {{it}}", Why: "It moves.", Evidence: "a `file`", Repeat: "once",
		Steps: []step{{Text: "Look.", Run: "ls\n  -l\n"}},
	}},
}}}

// TestCheck puts one fault after the other into a wiki and expects to be told.
func TestCheck(t *testing.T) {
	for _, test := range []struct{ page, old, new, want string }{
		{"home", "", "", ""},
		{"home", "<h1>Home</h1>", "<h1> </h1>", "empty heading"},
		{"home", `<a href="overview">The | database</a>`, "The | database", "no link on the first page is named after it"},
		{"overview", `<a href="traceability">Traceability</a>`, "", "traceability: no link leads to it"},
		{"home", "Home", `Home <img src="https://example.com/x.png">`, "fetches https://example.com/x.png"},
		{"home", "Home", `Home <a href="https://example.com/">x</a> <a href="mailto:a@example.com">y</a>`, ""},
		{"home", "Home", `Home <a href="javascript:x()">x</a>`, "of an unknown kind"},
		{"home", "Home", `Home <b id="a">a</b> <b id="a">b</b>`, `id "a" twice`},
		{"overview", `href="raci"`, `href="RACI"`, `the link "RACI" (RACI) leads nowhere`},
		{"overview", `href="raci"`, `href="raci#%%x%"`, "leads to a place that is not in raci"},
		{"overview", `href="raci"`, `href="raci#1-use"`, "leads to a place that is not in raci"},
		{"overview", `href="traceability"`, `href="traceability#here"`, ""},
		{"overview", "A <b>database</b>.", "", `the overview does not show "A database."`},
		{"overview", "A <b>database</b>.", "A <b>database</b>. **x**", `shows "**"`},
		{"overview", "A <b>database</b>.", `A <b>database</b>. x\|y`, `shows "\\|"`},
		{"overview", "A <b>database</b>.", "A <b>database</b>. &lt;span class=x&gt;", `shows "<span class=x>"`},
		{"overview", "A <b>database</b>.", "A <b>database</b>. x&amp;nbsp;y", `shows "&nbsp;"`},
		{"overview", "A <b>database</b>.", "<p>A <b>database</b>.</p><p>| a | b |</p>", `shows "|"`},
		{"overview", "A <b>database</b>.", "A <b>database</b>. <code>{{x}} ** [[y]]</code>", ""},
		{"overview", "A <b>database</b>.", "A <b>database</b>. {{x}}", `shows "{{"`},
		{"overview", "A <b>database</b>.", "A <b>database</b>. a&#8203;b", `shows "\u200b"`},
		{"overview", "You, Them", "You", `does not show "Them"`},
		{"raci", "R, A", "A R", ""},
		{"raci", "R, A", "A", `shows "A" for You of "choose", not AR`},
		{"raci", "a | b", "a", "0 rows that show choose"},
		{"raci", "<td>-</td>", "<td>-</td><td>b</td>", "a row of 4 cells below 3 heads"},
		{"raci", "</table>", "<tr><td>x</td><td></td><td></td></tr></table>", "2 rows for 1 activities"},
		{"raci", "1 Use", "1", `the raci does not show "Use"`},
		{"checklist", `<input type="checkbox" disabled>`, "☐", ""},
		{"checklist", `<input type="checkbox" disabled>`, "[ ]", "0 entries for 1 items"},
		{"checklist", "<li>Evidence", "<li>☐ Evidence", "2 entries for 1 items"},
		{"checklist", "Pin {{it}}", "Pin", "0 entries that show pin"},
		{"checklist", "Evidence: a", "Evidence:", "the checklist's entry of pin does not show"},
		{"checklist", "runbook#pin-it", "runbook#it", "leads to a place that is not in runbook"},
		{"runbook", `<h2 id="pin-it">`, `<h2 id="pin-it">Unpin</h2><h2>`, `leads to "Unpin" instead of pin`},
		{"runbook", "  -l", " -l", "does not hold the script"},
		{"runbook", "It moves.", "", `the runbook does not show "It moves."`},
		{"runbook", "<h2", "<p", "0 headings that show pin"},
	} {
		t.Run(test.page+" "+test.new, func(t *testing.T) {
			pages := maps.Clone(sample)
			if !strings.Contains(pages[test.page], test.old) {
				t.Fatalf("%q is not on the page", test.old)
			}
			pages[test.page] = strings.Replace(pages[test.page], test.old, test.new, 1)
			var list []*page
			for _, name := range slices.Sorted(maps.Keys(pages)) {
				list = append(list, newPage(name, "https://wiki.test/"+name, []byte(pages[name])))
			}
			_, problems := check(&target{}, newSite("home", list), sampleFacts)
			switch {
			case test.want == "" && len(problems) > 0:
				t.Errorf("problems in a wiki that has none:\n%s", strings.Join(problems, "\n"))
			case test.want != "" && !strings.Contains(strings.Join(problems, "\n"), test.want):
				t.Errorf("problems:\n%s\nnot among them: %s", strings.Join(problems, "\n"), test.want)
			}
		})
	}
}
