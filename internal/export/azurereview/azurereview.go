// Package azurereview writes a model's checklist as a checklist of
// https://github.com/Azure/review-checklists, to be loaded into the spreadsheet
// of that project.
//
// A model goes in; out comes a JSON document. What the document has to hold is
// what that project's tools read: the macro of the spreadsheet
// (spreadsheet/Sheet1.cls), scripts/update_excel_openpyxl.py and
// scripts/verify_checklist.py. docs/export-azure-review-checklist.md says which
// of our fields goes where.
package azurereview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/google/uuid"

	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// MaxItems is how many items the spreadsheet takes: its macro writes the first
// to row 10 and minds no row from 2000 on.
const MaxItems = 1990

// Namespace is the namespace of the items' guids, which are UUIDs of version 5
// of the model's id, a slash and the item's id. A spreadsheet keeps status and
// comments by guid when a newer checklist is loaded.
var Namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/demarc/demarc/ns/azure-review-checklist"))

type checklist struct {
	Items      []item   `json:"items"`
	Categories []value  `json:"categories"`
	WAF        []value  `json:"waf"`
	YesNo      []value  `json:"yesno"`
	Status     []value  `json:"status"`
	Severities []value  `json:"severities"`
	Metadata   metadata `json:"metadata"`
}

type item struct {
	Category    string `json:"category"`
	Subcategory string `json:"subcategory"`
	Text        string `json:"text"`
	Description string `json:"description"`
	WAF         string `json:"waf"`
	Service     string `json:"service"`
	GUID        string `json:"guid"`
	ID          string `json:"id"`
	Severity    string `json:"severity"`
	Link        string `json:"link"`
}

// value is one of the values that a column may have.
type value struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

type metadata struct {
	Name      string `json:"name"`
	State     string `json:"state"`
	WAF       string `json:"waf"`
	Timestamp string `json:"timestamp"`
}

// The values of the columns are those of the lists that the project publishes.
// The first status is what each item has when it is loaded; the drop-down has
// room for five.
var (
	pillars    = values("Reliability", "Security", "Cost", "Operations", "Performance")
	yesNo      = values("Yes", "No")
	severities = values("High", "Medium", "Low")
	statuses   = []value{
		{"Not verified", "Nobody has looked at it yet"},
		{"Open", "It is still to be done"},
		{"Fulfilled", "It is done, and there is evidence"},
		{"N/A", "It does not apply, for a reason given in the comment"},
		{"Not required", "It may be left out here"},
	}
)

// pillar is that of every item: models know no pillars, and who does what is a
// matter of operations.
const pillar = "Operations"

// severityOf gives the severity for a level.
var severityOf = map[model.Level]string{model.Required: "High", model.Recommended: "Medium"}

// Write writes the model's checklist. The error is that of w, or tells of more
// than [MaxItems] items.
func Write(w io.Writer, m *model.Model) error {
	if len(m.Items) > MaxItems {
		return fmt.Errorf("%s has %d items; the spreadsheet takes %d", m.ID, len(m.Items), MaxItems)
	}
	list := checklist{
		Items: []item{}, Categories: []value{}, WAF: pillars, YesNo: yesNo, Status: statuses, Severities: severities,
		Metadata: metadata{cell(m.Title.Value), "GA", "all", m.Reviewed.Time().Format("January 2, 2006")},
	}
	for _, phase := range model.Phases {
		category := value{Name: render.Phase{Phase: phase}.Title()}
		list.Categories = append(list.Categories, category)
		for _, it := range m.Items {
			if it.Phase == phase {
				list.Items = append(list.Items, itemOf(m, it, category.Name))
			}
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(list); err != nil {
		return err
	}
	_, err := w.Write(ascii(b.String()))
	return err
}

func itemOf(m *model.Model, it *model.Item, category string) item {
	return item{
		Category: category, Subcategory: cell(subcategory(it)), Text: cell(it.Title.Value), Description: cell(description(it)),
		WAF: pillar, Service: cell(m.Title.Value), ID: it.ID, Severity: severityOf[it.Level], Link: link(m, it),
		GUID: uuid.NewSHA1(Namespace, []byte(m.ID+"/"+it.ID)).String(),
	}
}

// subcategory returns the topic of the first activity that the item covers.
func subcategory(it *model.Item) string {
	if len(it.Covers) == 0 {
		return "Own"
	}
	return it.Covers[0].Activity.Topic.Title.Value
}

// description returns, as plain text, why the item is done, its steps, its
// evidence and what it covers. Commands and files are left to the runbook: a
// cell is no place to copy them from.
func description(it *model.Item) string {
	var paragraphs []string
	add := func(label, text string) {
		if text != "" {
			paragraphs = append(paragraphs, label+text)
		}
	}
	add("", markdown.Plain(it.Why.Value))
	for i, s := range it.Steps {
		add(fmt.Sprintf("Step %d: ", i+1), markdown.Plain(s.Text.Value))
		add("Caution: ", markdown.Plain(s.Caution.Value))
	}
	add("Evidence: ", markdown.Plain(it.Evidence.Value))
	add("Repeat: ", it.Repeat.Value)
	add("Covers: ", covers(it))
	return strings.Join(paragraphs, "\n\n")
}

// covers returns the activities that the item covers, with who holds what.
func covers(it *model.Item) string {
	lines := make([]string, len(it.Covers))
	for i, c := range it.Covers {
		lines[i] = fmt.Sprintf("%s (%s)", c.Activity.Title.Value, c.Activity.Holders())
	}
	return strings.Join(lines, "; ")
}

// link returns the documentation to go to: the item's first reference, or else
// a source of the model.
func link(m *model.Model, it *model.Item) string {
	for _, r := range it.References {
		return r.URL.Value
	}
	for _, c := range it.Covers {
		for _, s := range c.Activity.Statements {
			return s.Source.URL.Value
		}
	}
	for _, s := range m.Sources {
		return s.URL.Value
	}
	return ""
}

// cell returns text that the spreadsheet shows as it is: text that may begin a
// formula is guarded, for the macro and the script assign it to a cell as it
// is; as the macro takes text that ends in "nbsp" for none, a blank ends such
// text; and what a cell has no room for is cut off.
func cell(text string) string {
	const most = 32767 // Excel's limit, in UTF-16 units
	const mark = " ..."
	text = sheet.Guard(text)
	if strings.HasSuffix(text, "nbsp") {
		text += " "
	}
	if units := utf16.Encode([]rune(text)); len(units) > most {
		text = strings.TrimRight(string(utf16.Decode(units[:most-len(mark)])), "\uFFFD") + mark
	}
	return text
}

// ascii escapes what is not ASCII in a JSON document, as the project's check
// takes no other characters.
func ascii(document string) []byte {
	var b bytes.Buffer
	for _, r := range document {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, "\\u%04x", unit)
		}
	}
	return b.Bytes()
}

func values(names ...string) []value {
	out := make([]value, len(names))
	for i, n := range names {
		out[i].Name = n
	}
	return out
}
