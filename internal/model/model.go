// Package model turns positioned trees into the typed catalogue.
//
// A workspace's files go in: its settings, topics, library and models, in YAML
// or TOML. Out comes a [Workspace] and, one at a time, each [Model] with every
// name resolved to what it names, plus a finding for each thing that is wrong
// with a file. A model is self-contained, so that it can be let go of once it
// has been used.
//
// The tables of fields in this package are the one definition of the format:
// the strict reader and the JSON Schema ([Schema]) are both made from them.
package model

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/markdown"
)

// Text is one line of plain text.
type Text struct {
	Value string
	Pos   diag.Pos
}

// String returns the text as Markdown that shows exactly this text, so that a
// template cannot forget to escape it. Use Value for the text itself.
func (t Text) String() string { return markdown.Escape(t.Value) }

// Prose is an author's Markdown: paragraphs of inline Markdown.
type Prose struct {
	Value string
	Pos   diag.Pos
}

// String returns the Markdown.
func (p Prose) String() string { return p.Value }

// At returns the position of a part of the prose, which begins at an offset.
// That is known if the prose stands on one line as it was read, maybe in
// quotes; else it is that of the prose.
func (p Prose) At(offset int, part string) diag.Pos {
	pos := p.Pos
	quotes := pos.Len - int32(utf8.RuneCountInString(p.Value))
	if strings.Contains(p.Value, "\n") || quotes != 0 && quotes != 2 {
		return pos
	}
	pos.Col += quotes/2 + int32(utf8.RuneCountInString(p.Value[:offset]))
	pos.Len = int32(utf8.RuneCountInString(part))
	return pos
}

// Date is a calendar date, as YYYY-MM-DD; "" if not given.
type Date string

// Time returns midnight UTC of the date, or the zero time.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Model is one provider's service: who does what, and what the customer does
// about it.
type Model struct {
	ID         string // folder below content/, such as "ovhcloud/managed-kubernetes"
	Pos        diag.Pos
	Title      Text
	Provider   Text
	Summary    Prose
	Reviewed   Date // when a person last compared the model with its sources
	Parties    []*Party
	Sources    []*Source
	Sections   []*Section
	Parameters []*Parameter
	Activities []*Activity
	Items      []*Item

	// Complete reports that every file of the model could be read. Rules that
	// look for what is missing say nothing about a model that is not.
	Complete bool
}

// Party is somebody who can hold a role.
type Party struct {
	ID      string
	Pos     diag.Pos
	Name    Text
	Side    Side
	Contact Prose // how the customer reaches the party
}

// Side tells on which side of the contract a party stands.
type Side string

// The sides.
const (
	Customer   Side = "customer"
	Provider   Side = "provider"
	ThirdParty Side = "third-party"
)

// Sides lists the sides.
var Sides = []Side{Customer, Provider, ThirdParty}

// Source is a document that the provider published.
type Source struct {
	ID        string
	Pos       diag.Pos
	Title     Text
	URL       Text
	Published Date
	Retrieved Date
	Language  Text  // BCP 47 tag
	Note      Prose // what a reader must know about the document
	Lock      Text  // file beside the model that lists the document's statements
	Excluded  []Exclusion
}

// Exclusion sets statements of a source aside: no activity claims them.
type Exclusion struct {
	Pos        diag.Pos
	Statements []Text // ids, without the source
	Reason     Reason
	Note       Prose // what is to be said beyond the reason
}

// Reason is why a statement obliges nobody.
type Reason string

// Reasons lists the reasons there are for setting a statement aside.
var Reasons = []Reason{
	"navigation",   // a link, a menu, a pointer to other pages
	"legend",       // explains letters or signs
	"introduction", // leads to the statements that follow, or sums them up
	"definition",   // says what something is
	"promotion",    // praises the service
	"example",      // illustrates a statement that is claimed
	"repetition",   // says again what a claimed statement says
	"elsewhere",    // belongs to another service or model
}

// Section is a part of a source, numbered as there.
type Section struct {
	ID     string
	Pos    diag.Pos
	Title  Text
	Parent *Section // nil at the top
}

// Depth returns how many sections the section stands in.
func (s *Section) Depth() int {
	depth := 0
	for p := s.Parent; p != nil; p = p.Parent {
		depth++
	}
	return depth
}

// Heading returns the section's title, with its number if it has one.
func (s *Section) Heading() string {
	if s.ID[0] >= '0' && s.ID[0] <= '9' {
		return s.ID + " " + s.Title.Value
	}
	return s.Title.Value
}

// Activity is something that somebody has to do.
type Activity struct {
	ID          string
	Pos         diag.Pos
	Section     *Section
	Title       Text
	Assignments []Assignment // in the order of the model's parties
	RolesPos    diag.Pos     // of the value of raci
	Partial     bool         // part of raci could not be read, so what is missing says nothing
	Basis       Basis
	Rationale   Prose // why it was concluded, if inferred
	Topic       *Topic
	Statements  []Statement
	Caveat      Prose   // what the reader must know: a contradiction, a gap
	Ask         Prose   // the question to send to the provider
	Review      Text    // why a person has to look at it again; "" if nobody has to
	Items       []*Item // those that cover it, in checklist order
}

// Assignment gives roles in an activity to a party.
type Assignment struct {
	Party *Party
	Roles Roles
	Pos   diag.Pos
}

// Roles is a set of role letters in the order in which the source prints them.
type Roles string

// RoleLetters lists the letters of RACI in their usual order.
const RoleLetters = "RACI"

// RoleNames gives the word for each role letter.
var RoleNames = map[rune]string{'R': "Responsible", 'A': "Accountable", 'C': "Consulted", 'I': "Informed"}

// Has reports whether the roles include any of the letters.
func (r Roles) Has(letters string) bool { return strings.ContainsAny(string(r), letters) }

// String returns the letters apart, such as "R, A".
func (r Roles) String() string { return strings.Join(strings.Split(string(r), ""), ", ") }

// Of returns the roles that the party holds in the activity, "" for none.
func (a *Activity) Of(p *Party) Roles {
	for _, as := range a.Assignments {
		if as.Party == p {
			return as.Roles
		}
	}
	return ""
}

// Holders returns who holds what, such as "Customer A; OVHcloud I, R", as
// plain text.
func (a *Activity) Holders() string {
	holders := make([]string, len(a.Assignments))
	for i, as := range a.Assignments {
		holders[i] = as.Party.Name.Value + " " + as.Roles.String()
	}
	return strings.Join(holders, "; ")
}

// Action returns what the activity means for the customer.
func (a *Activity) Action() Action {
	action := Verify
	for _, as := range a.Assignments {
		if as.Party.Side != Customer {
			continue
		}
		switch {
		case as.Roles.Has("RA"):
			return Do
		case as.Roles.Has("C"):
			action = Advise
		case as.Roles.Has("I") && action == Verify:
			action = Watch
		}
	}
	return action
}

// Basis tells how a model knows who holds a role.
type Basis string

// The bases.
const (
	Stated   Basis = "stated"   // the source names the party
	Inferred Basis = "inferred" // we concluded it, with a rationale
)

// Bases lists the bases.
var Bases = []Basis{Stated, Inferred}

// Statement is a reference to the smallest unit of a source that can oblige
// somebody, written source#statement.
type Statement struct {
	Source *Source
	ID     string
	Pos    diag.Pos
}

// String returns the reference as it is written.
func (s Statement) String() string { return s.Source.ID + "#" + s.ID }

// Topic is a neutral subject that makes providers comparable.
type Topic struct {
	ID         string
	Pos        diag.Pos
	Title      Text
	Definition Prose
	Controls   []Control
}

// Control names the matching entries of a public control catalogue.
type Control struct {
	Catalogue Catalogue
	IDs       []string
}

// Catalogue is a public control catalogue that topics may cite.
type Catalogue struct {
	ID, Title string
}

// Catalogues lists the control catalogues.
var Catalogues = []Catalogue{
	{"ccm", "CSA Cloud Controls Matrix v4"},
	{"iso27017", "ISO/IEC 27017"},
	{"nist80053", "NIST SP 800-53 Rev. 5"},
	{"ccc", "FINOS Common Cloud Controls"},
}

// Item is what the customer does about one or more activities: the
// checklist's line and the runbook's procedure.
type Item struct {
	ID         string
	Pos        diag.Pos
	Use        string // the library item it was made from, such as "kubernetes/restore-test"; "" if its own
	Title      Text
	Phase      Phase
	Level      Level
	Covers     []Cover
	Partial    bool // part of covers could not be read, so what is missing says nothing
	Own        bool // the team's own: no source asks for it
	Teams      []Team
	Why        Prose
	Steps      []Step
	Evidence   Prose
	Repeat     Text
	References []Reference
	Draft      bool // nobody has worked on it yet
	Review     Text // why a person has to look at it again; "" if nobody has to
}

// Cover is an activity that an item covers.
type Cover struct {
	Activity *Activity
	Pos      diag.Pos
}

// Covering reports whether the item covers the activity.
func (it *Item) Covering(a *Activity) bool {
	return slices.ContainsFunc(it.Covers, func(c Cover) bool { return c.Activity == a })
}

// Action returns the kind of doing, derived from the customer's roles in the
// activities it covers: the strongest of theirs. The team's own items are done.
func (it *Item) Action() Action {
	if len(it.Covers) == 0 {
		return Do
	}
	strongest := len(Actions) - 1
	for _, c := range it.Covers {
		strongest = min(strongest, slices.Index(Actions, c.Activity.Action()))
	}
	return Actions[strongest]
}

// Action is what kind of doing an activity or item means for the customer.
type Action string

// The actions.
const (
	Do     Action = "do"     // the customer is responsible or accountable
	Advise Action = "advise" // the customer is consulted
	Watch  Action = "watch"  // the customer is informed
	Verify Action = "verify" // the customer holds nothing: ask for proof
)

// Actions lists the actions, the strongest first.
var Actions = []Action{Do, Advise, Watch, Verify}

// Phase is when an item is worked on.
type Phase string

// The phases.
const (
	Choose   Phase = "choose"
	SetUp    Phase = "set-up"
	GoLive   Phase = "go-live"
	Operate  Phase = "operate"
	Incident Phase = "incident"
	Exit     Phase = "exit"
)

// Phases lists the phases in order. The first three make up the
// pre-production checklist.
var Phases = []Phase{Choose, SetUp, GoLive, Operate, Incident, Exit}

// PreProduction reports whether the phase comes before production.
func (p Phase) PreProduction() bool { return p == Choose || p == SetUp || p == GoLive }

// Level tells whether an item may be left out.
type Level string

// The levels.
const (
	Required    Level = "required"
	Recommended Level = "recommended"
)

// Levels lists the levels.
var Levels = []Level{Required, Recommended}

// Team is who does an item on the customer's side.
type Team string

// Teams lists the teams.
var Teams = []Team{"platform", "application", "security", "service-owner"}

// Step is one step of an item's procedure.
type Step struct {
	Pos      diag.Pos
	Text     Prose
	Caution  Prose  // what can break or be lost
	Run      Script // command lines for a POSIX shell
	Manifest Script // a file to save or apply
	Expect   Prose  // what is seen when it worked
	Undo     Prose  // the way back
}

var yamlKey = regexp.MustCompile(`^(?:- )?[A-Za-z0-9_.-]+:(?: |$)`)

// Language returns the language of the step's manifest as fences name it:
// "yaml", or "" for anything else.
func (s Step) Language() string {
	for line := range strings.Lines(s.Manifest.Value) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line == "---" || strings.HasPrefix(line, "#") {
			continue
		}
		if yamlKey.MatchString(line) {
			return "yaml"
		}
		return ""
	}
	return ""
}

// Script is text to paste, kept to the letter.
type Script struct {
	Value string
	Pos   diag.Pos
}

// Reference is primary documentation.
type Reference struct {
	Pos   diag.Pos
	Title Text
	URL   Text
}

// Parameter is a value that differs from cluster to cluster. It is written
// {{name}} where it is used.
type Parameter struct {
	Name        string
	Pos         diag.Pos
	Description Text
	Default     Text
	Value       string // as the workspace sets it, or the default; "" if unset
}
