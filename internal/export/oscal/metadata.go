package oscal

import (
	"strings"

	"github.com/demarc/demarc/internal/model"
)

// roleIDs gives the OSCAL role for each letter.
var roleIDs = map[rune]string{'R': "responsible", 'A': "accountable", 'C': "consulted", 'I': "informed"}

// provider is the role that OSCAL has for who provides a component.
const provider = "provider"

// metadataOf returns the metadata of a document: it is as recent as the model
// that was reviewed last.
func metadataOf(title string, models []*model.Model, remarks string) metadata {
	var reviewed model.Date
	titles := make([]string, len(models))
	for i, m := range models {
		titles[i] = m.Title.String()
		reviewed = max(reviewed, m.Reviewed)
	}
	return metadata{
		Title: title + ": " + strings.Join(titles, ", "), Version: string(reviewed), OSCALVersion: Version,
		LastModified: string(reviewed) + "T00:00:00Z", Remarks: remarks,
	}
}

// rolesOf returns the roles that documents with assignments refer to.
func rolesOf() []role {
	var roles []role
	for _, letter := range model.RoleLetters {
		roles = append(roles, role{roleIDs[letter], model.RoleNames[letter]})
	}
	return append(roles, role{provider, "Provider of the service"})
}

// partiesOf returns the parties of each model. Those of two models are never
// the same to us, even if they have the same name.
func partiesOf(models []*model.Model) []party {
	var parties []party
	for _, m := range models {
		for _, p := range m.Parties {
			var props properties
			props.add("model", m.ID, "")
			props.add("side", string(p.Side), "")
			parties = append(parties, party{partyID(m, p), "organization", line(p.Name.Value), props, p.Contact.Value})
		}
	}
	return parties
}

func partyID(m *model.Model, p *model.Party) string { return id("party", m.ID, p.ID) }

// responsible returns who holds what in an activity, by role: only the given
// parties, or all if there are none.
func responsible(m *model.Model, a *model.Activity, only ...*model.Party) []responsibleRole {
	var roles []responsibleRole
	for _, letter := range model.RoleLetters {
		r := responsibleRole{RoleID: roleIDs[letter]}
		for _, as := range a.Assignments {
			if as.Roles.Has(string(letter)) && (len(only) == 0 || as.Party == only[0]) {
				r.PartyUUIDs = append(r.PartyUUIDs, partyID(m, as.Party))
			}
		}
		if r.PartyUUIDs != nil {
			roles = append(roles, r)
		}
	}
	return roles
}

// holds returns what a party holds in an activity as a sentence of Markdown,
// such as "OVHcloud is informed and responsible.".
func holds(as model.Assignment) string {
	var words []string
	for _, letter := range as.Roles {
		words = append(words, strings.ToLower(model.RoleNames[letter]))
	}
	last := len(words) - 1
	list := words[last]
	if last > 0 {
		list = strings.Join(words[:last], ", ") + " and " + list
	}
	return as.Party.Name.String() + " is " + list + "."
}

// backMatterOf returns the sources of the models, nil if there are none.
func backMatterOf(models []*model.Model) *backMatter {
	var resources []resource
	for _, m := range models {
		for _, s := range m.Sources {
			var props properties
			props.add("model", m.ID, "")
			props.add("source", s.ID, "")
			props.add("published", string(s.Published), "")
			props.add("retrieved", string(s.Retrieved), "")
			props.add("language", s.Language.Value, "")
			resources = append(resources, resource{
				UUID: resourceID(m, s), Title: s.Title.String(), Description: s.Note.Value, Props: props,
				RLinks: []rlink{{uri(s.URL.Value)}},
			})
		}
	}
	if resources == nil {
		return nil
	}
	return &backMatter{resources}
}

func resourceID(m *model.Model, s *model.Source) string { return id("resource", m.ID, s.ID) }

// properties is a list of properties under construction.
type properties []property

// add appends a property of ours, unless its value is empty.
func (p *properties) add(name, value, class string) {
	if value = line(value); value != "" {
		*p = append(*p, property{Name: name, NS: NamespaceURI, Value: value, Class: class})
	}
}

// label appends OSCAL's property for the id that people know.
func (p *properties) label(value string) {
	*p = append(*p, property{Name: "label", Value: value})
}

// line returns text as OSCAL's datatype string has it: no blanks at its ends
// and no line breaks.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }
