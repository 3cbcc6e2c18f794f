package model

import (
	"regexp"
	"slices"
	"strings"

	"github.com/demarc/demarc/internal/diag"
)

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
