// Package tracker makes issues of checklist items, as files that issue trackers
// import.
//
// Models go in; out come the files of one [Profile]: one issue an item, with
// what it is for, its steps, the evidence wanted, labels, and an identifier that
// stays the same from one export to the next, so that a second import can be
// matched with the first. The body of an issue is made once, as a tree, and
// written in the markup of each tracker.
//
// Nothing is lost at a tracker's limits: a title that is too long is cut and
// stands whole in the description; steps that do not fit are pointed to; what
// still does not fit is a [SizeError]; files are split.
package tracker

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/tree"
)

// Profile is a tracker: what it reads, and how much of it.
type Profile struct {
	Name     string
	title    int // longest title, in UTF-16 units
	body     int // longest description, in UTF-16 units
	label    int // longest label, in UTF-16 units
	rows     int // most issues in a file; 0 for any number
	bytes    int // longest file; 0 for any length
	markup   func([]tree.Block) string
	oneLine  func(string) string // what a title needs
	files    func(Profile, []issue, Options) Export
	typeless bool // it has no types of issues
}

// Profiles lists the trackers. Their limits are from:
//
//   - Jira: the setting jira.text.field.character.limit as it comes, and
//     "Create issues using the CSV importer" for the rows of users who are no
//     administrators (support.atlassian.com);
//   - GitLab: doc/development/issuable-like-models.md, less room for the labels,
//     and doc/user/project/issues/csv_import.md;
//   - GitHub: what its API answers to what is longer;
//   - Azure Boards: "Work tracking, process, and project limits" and "Import
//     work items" (learn.microsoft.com/azure/devops).
var Profiles = []Profile{
	{Name: "jira", title: 255, body: 32767, label: 255, rows: 250, markup: jiraMarkup, oneLine: asIs, files: jiraFiles},
	{Name: "gitlab", title: 255, body: 1<<20 - 1024, label: 255, bytes: 10_000_000, markup: gitlabMarkup, oneLine: inertTitle, files: gitlabFiles, typeless: true},
	{Name: "github", title: 256, body: 65536, label: 50, markup: githubMarkup, oneLine: asIs, files: githubFiles, typeless: true},
	{Name: "azure-boards", title: 255, body: 1_000_000, label: 400, rows: 1000, markup: htmlMarkup, oneLine: asIs, files: azureFiles},
}

// Names returns the names of the profiles.
func Names() []string {
	names := make([]string, len(Profiles))
	for i, p := range Profiles {
		names[i] = p.Name
	}
	return names
}

// Named returns the profile of a name.
func Named(name string) (Profile, bool) {
	if i := slices.Index(Names(), name); i >= 0 {
		return Profiles[i], true
	}
	return Profile{}, false
}

// Typed reports whether the tracker knows types of issues.
func (p Profile) Typed() bool { return !p.typeless }

// Options are what a user decides.
type Options struct {
	Environment string // one that the checklist is worked on for, such as production; "" for none
	Address     string // of the published site, for links to its runbooks; "" if there is none
	Type        string // of the issues, in trackers that have types
}

// Export is what a tracker reads.
type Export struct {
	Issues []File // all issues; more than one file if it reads no more at once
	Others []File // what helps with them
}

// File is a file of an [Export].
type File struct {
	Path string // slash-separated
	Data []byte
}

// SizeError says that an item does not fit into an issue.
type SizeError struct {
	ID      string // of the issue
	Profile string
	Length  int // of the description without steps, in UTF-16 units
	Limit   int
}

// Error says which item it is, and what to do.
func (e *SizeError) Error() string {
	return fmt.Sprintf("item %s does not fit into an issue of %s: its description has %d characters even without the steps, and may have %d; shorten its why or evidence",
		e.ID, e.Profile, e.Length, e.Limit)
}

// issue is an item in the markup of a tracker.
type issue struct {
	id     string
	title  string
	body   string
	labels []string
	model  *model.Model
	item   *model.Item
}

// Export returns the items of models as the tracker reads them. The error is a
// [SizeError].
func (p Profile) Export(models []*model.Model, o Options) (Export, error) {
	var issues []issue
	for _, m := range models {
		for _, it := range m.Items {
			i, err := p.issue(m, it, o)
			if err != nil {
				return Export{}, err
			}
			issues = append(issues, i)
		}
	}
	return p.files(p, issues, o), nil
}

func (p Profile) issue(m *model.Model, it *model.Item, o Options) (issue, error) {
	b := body{model: m, item: it, options: o, id: m.ID + "#" + it.ID}
	title := it.Title.Value
	if o.Environment != "" {
		b.id += "@" + o.Environment
		title = "[" + o.Environment + "] " + title
	}
	title = p.oneLine(title)
	short, cut := shorten(title, p.title)
	b.titled = cut
	text := p.markup(b.blocks())
	if units(text) > p.body {
		b.brief = true
		text = p.markup(b.blocks())
	}
	if n := units(text); n > p.body {
		return issue{}, &SizeError{b.id, p.Name, n, p.body}
	}
	return issue{b.id, short, text, p.labels(m, it, o), m, it}, nil
}

// MarkLabel is the label of every issue, by which they are found again.
const MarkLabel = "demarc"

// labels returns an issue's labels. None holds a blank, which Jira does not
// allow, or a separator. One that is too long is cut: the description names the
// model, too.
func (p Profile) labels(m *model.Model, it *model.Item, o Options) []string {
	list := []string{MarkLabel, "phase:" + string(it.Phase), "level:" + string(it.Level)}
	for _, t := range it.Teams {
		list = append(list, "team:"+string(t))
	}
	if o.Environment != "" {
		list = append(list, "environment:"+o.Environment)
	}
	list = append(list, "model:"+m.ID)
	for i := range list {
		list[i], _ = shorten(list[i], p.label)
	}
	return list
}

// shorten cuts text that is longer than n UTF-16 units, and says so.
func shorten(text string, n int) (short string, cut bool) {
	if units(text) <= n {
		return text, false
	}
	length := 1 // of the dots at the end
	for i, r := range text {
		if length += utf16.RuneLen(r); length > n {
			return strings.TrimSpace(text[:i]) + "…", true
		}
	}
	return text, false
}

// units returns the length of text as trackers count it that are not written in
// a language of bytes or code points; it is never less than the latter.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

func asIs(text string) string { return text }
