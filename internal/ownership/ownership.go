// Package ownership says whose an activity is, in our words and in those of
// others.
//
// An activity goes in. Out comes its [Owner], read off one table of who holds R
// or A on which side, and for each owner the words that a FedRAMP Customer
// Responsibility Matrix and the CSA's CAIQ have for it. Who is only consulted or
// informed owns nothing, which [Notices] says, as it says what else the bare
// word would hide.
//
// docs/ownership.md explains the tables; a test holds it to them.
package ownership

import (
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// Owner is whose an activity is: the sides that do it or answer for it.
type Owner string

// The owners.
const (
	Customer           Owner = "customer"
	Provider           Owner = "provider"
	Shared             Owner = "shared" // customer and provider, whoever else
	Outsourced         Owner = "outsourced"
	ProviderThirdParty Owner = "provider and third party"
	CustomerThirdParty Owner = "customer and third party"
	ThirdParty         Owner = "third party"
	None               Owner = "not stated"
)

// Owners lists the owners.
var Owners = []Owner{Customer, Shared, CustomerThirdParty, Provider, ProviderThirdParty, Outsourced, ThirdParty, None}

// hold is a set of what the parties of one side may hold together.
type hold uint8

const (
	neither hold = 1 << iota // no R and no A
	onlyA                    // answers for it, and does not do it
	does                     // R, with or without A
	acts    = onlyA | does
	anyhow  = neither | acts
)

// table gives the owner for what each side holds. Its lines exclude each other
// and leave nothing out.
var table = []struct {
	customer, provider, thirdParty hold
	owner                          Owner
}{
	{acts, neither, neither, Customer},
	{acts, acts, anyhow, Shared},
	{acts, neither, acts, CustomerThirdParty},
	{neither, acts, neither, Provider},
	{neither, does, acts, ProviderThirdParty},
	{neither, onlyA, onlyA, ProviderThirdParty},
	{neither, onlyA, does, Outsourced},
	{neither, neither, acts, ThirdParty},
	{neither, neither, neither, None},
}

// Of returns whose the activity is.
func Of(a *model.Activity) Owner {
	customer, provider, thirdParty := holdOf(a, model.Customer), holdOf(a, model.Provider), holdOf(a, model.ThirdParty)
	for _, line := range table {
		if line.customer&customer != 0 && line.provider&provider != 0 && line.thirdParty&thirdParty != 0 {
			return line.owner
		}
	}
	return None
}

// holdOf returns what all parties of a side hold together.
func holdOf(a *model.Activity, side model.Side) hold {
	held := neither
	for _, as := range a.Assignments {
		switch {
		case as.Party.Side != side:
		case as.Roles.Has("R"):
			return does
		case as.Roles.Has("A"):
			held = onlyA
		}
	}
	return held
}

// Split is how an owner counts where there are only three answers.
type Split string

// The splits.
const (
	Yours  Split = "yours"  // only the customer's side
	Both   Split = "shared" // the customer's side and another
	Others Split = "others"
)

// words are what others call an owner; "" if they have no word that would be
// true.
type words struct {
	split Split
	crm   string
	caiq  string
}

var vocabulary = map[Owner]words{
	Customer:           {Yours, "No", "CSC-owned"},
	Shared:             {Both, "Partial", "Shared CSP and CSC"},
	CustomerThirdParty: {Both, "No", "CSC-owned"},
	Provider:           {Others, "Yes", "CSP-owned"},
	ProviderThirdParty: {Others, "Yes", "Shared CSP and 3rd-party"},
	Outsourced:         {Others, "Yes", "3rd-party outsourced"},
	ThirdParty:         {Others, "No", ""},
	None:               {Others, "", ""},
}

// Split returns how the owner counts in a split by topic.
func (o Owner) Split() Split { return vocabulary[o].split }

// CRM returns what the column "Can Be Inherited from CSP" of FedRAMP's Customer
// Responsibility Matrix worksheet says: Yes, Partial or No, "" if nobody is
// named.
func (o Owner) CRM() string { return vocabulary[o].crm }

// CAIQ returns the value of the column "SSRM Control Ownership" of the CSA's
// CAIQ v4, "" if none of its five would be true.
func (o Owner) CAIQ() string { return vocabulary[o].caiq }

// Notices returns, as sentences of plain text, what the word for the activity's
// owner hides: that the customer is asked or told, that the source names nobody,
// that the roles are inferred, the caveat, and the question to the provider.
func Notices(a *model.Activity) []string {
	var notices []string
	switch Of(a) {
	case None:
		notices = append(notices, "The source names nobody who does this or answers for it.")
	case ThirdParty, CustomerThirdParty:
		notices = append(notices, "The provider has no part in this. With a third party: "+named(a, model.ThirdParty, "RA")+".")
	case Outsourced:
		notices = append(notices, "The provider answers for this. Done by "+named(a, model.ThirdParty, "R")+".")
	}
	if holdOf(a, model.Customer) == neither {
		if who := named(a, model.Customer, "C"); who != "" {
			notices = append(notices, "Consulted before: "+who+".")
		}
		if who := named(a, model.Customer, "I"); who != "" {
			notices = append(notices, "Informed: "+who+".")
		}
	}
	if a.Basis == model.Inferred {
		notices = append(notices, "Inferred, not stated by the source: "+markdown.Plain(a.Rationale.Value))
	}
	if a.Caveat.Value != "" {
		notices = append(notices, markdown.Plain(a.Caveat.Value))
	}
	if a.Ask.Value != "" {
		notices = append(notices, "To ask the provider: "+markdown.Plain(a.Ask.Value))
	}
	return notices
}

// named returns the names of the parties of a side that hold one of the letters.
func named(a *model.Activity, side model.Side, letters string) string {
	var names []string
	for _, as := range a.Assignments {
		if as.Party.Side == side && as.Roles.Has(letters) {
			names = append(names, as.Party.Name.Value)
		}
	}
	return strings.Join(names, " and ")
}
