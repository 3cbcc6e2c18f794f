package paper

import (
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/model"
)

const checklist = `# Acme: Checklist

3 items.

## Before production

### Choose

- [ ] **One** [` + "`one`" + `](runbook.md#one) *required · do*

### Go live

- [ ] **Two** [` + "`two`" + `](runbook.md#two) *required · do*
    - Evidence: a table

## In production

### Operate

- [ ] **Three** [` + "`three`" + `](runbook.md#three) *required · do*

## Sign-off

| Role | Name |
| --- | --- |
`

const runbook = `# Acme: Runbook

How.

## Who to contact

Us.

## Choose

### Go live ` + "`one`" + `

` + "````sh" + `
## Operate
` + "```" + `
# not a heading
` + "````" + `

## Go live

### Two ` + "`two`" + `

Steps.
`

const raci = `# Acme: RACI

Letters.

## 1 First

Words on 1.

### 1.1 First of first

| a |

### 1.10 Tenth \& last

| b |

#### 1.10.1 Deep

| c |

## 2 Second

| d |
`

func TestSelect(t *testing.T) {
	for _, test := range []struct {
		name, document string
		choice         Choice
		want           []string // in the result, in this order
		gone           []string
	}{
		{"all", checklist, Choice{}, []string{checklist}, []string{"Extract"}},
		{"one phase", checklist, Choice{Phases: []model.Phase{model.GoLive}},
			[]string{"# Acme: Checklist\n\n**Extract:** Go live only; 1 of 3 items.\n\n3 items.", "## Before production\n\n### Go live\n", "**Two**", "Evidence: a table", "## Sign-off", "| Role |"},
			[]string{"Choose", "**One**", "In production", "Operate", "**Three**"}},
		{"two phases in any order", checklist, Choice{Phases: []model.Phase{model.Operate, model.Choose}},
			[]string{"**Extract:** Choose, Operate only; 2 of 3 items.", "## Before production", "### Choose", "## In production", "### Operate", "## Sign-off"},
			[]string{"Go live", "**Two**"}},
		{"runbook", runbook, Choice{Phases: []model.Phase{model.Choose}},
			[]string{"**Extract:** Choose only.\n", "How.", "## Who to contact", "Us.", "## Choose", "### Go live `one`", "## Operate\n```\n# not a heading"},
			[]string{"### Two", "\n## Go live"}},
		{"section", raci, Choice{Section: "1.1"},
			[]string{"**Extract:** section 1.1 First of first only.\n\nLetters.", "## 1 First\n\n### 1.1 First of first\n\n| a |"},
			[]string{"Words on 1", "1.10", "| b |", "## 2"}},
		{"section with sections", raci, Choice{Section: "1.10"},
			[]string{`section 1.10 Tenth & last only`, "## 1 First", "### 1.10 Tenth", "| b |", "#### 1.10.1 Deep", "| c |"},
			[]string{"| a |", "| d |", "Words"}},
		{"whole chapter", raci, Choice{Section: "1"}, []string{"Words on 1", "| a |", "| b |", "| c |"}, []string{"Second", "| d |"}},
		{"by title", raci, Choice{Section: "2 second"}, []string{"## 2 Second\n\n| d |"}, []string{"First"}},
		{"deep", raci, Choice{Section: "1.10.1"}, []string{"## 1 First\n\n### 1.10 Tenth", "#### 1.10.1 Deep\n\n| c |"}, []string{"| b |", "| a |"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			data, err := Select([]byte(test.document), test.choice)
			if err != nil {
				t.Fatal(err)
			}
			rest := string(data)
			for _, part := range test.want {
				_, after, found := strings.Cut(rest, part)
				if !found {
					t.Fatalf("%q is not in what follows:\n%s", part, rest)
				}
				rest = after
			}
			for _, part := range test.gone {
				if strings.Contains(string(data), part) {
					t.Errorf("%q is still there:\n%s", part, data)
				}
			}
		})
	}
}

func TestSelectNothing(t *testing.T) {
	for _, test := range []struct {
		document string
		choice   Choice
		want     string
	}{
		{checklist, Choice{Phases: []model.Phase{model.Exit}}, "phase exit; it has choose, go-live, operate"},
		{raci, Choice{Section: "1.11"}, `no section "1.11"`},
		{raci, Choice{Section: "Acme: RACI"}, "no section"},
	} {
		if data, err := Select([]byte(test.document), test.choice); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q\n%s", test.choice, err, test.want, data)
		}
	}
}
