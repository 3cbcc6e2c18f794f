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
