// Package draft writes the first version of a model.
//
// What an importer could read of a provider's document goes in: parties,
// sections, statements with the letters that are certain. Out come the text of
// a model and of a checklist, in YAML or TOML, for a person to work on. Titles
// are placeholders, items are drafts; what could not be told is left empty and
// never guessed, so that demarc check reports it.
package draft

import (
	"fmt"
	"slices"
	"strings"
)

// Model is what is known of a model.
type Model struct {
	Title      string
	Provider   string
	Source     Source
	Parties    []Party
	Sections   []Section
	Statements []Statement // those that become activities, in document order
}

// Source is the document the model is drafted from.
type Source struct {
	ID        string
	Title     string
	URL       string
	Retrieved string // YYYY-MM-DD
	Language  string // "" if not known
	Lock      string // file name of the lock
	Excluded  []Exclusion
}

// Exclusion sets statements aside.
type Exclusion struct {
	Statements []string
	Reason     string
}

// Party is a column of the document's tables.
type Party struct {
	ID, Name, Side string
}

// Section is a part of the document.
type Section struct {
	ID, Title, Parent string
}

// Statement becomes an activity.
type Statement struct {
	ID      string // of the statement, such as 1.1-4
	Section string
	Line    int
	Text    string            // shown only if the user asked for it; used to guess the topic
	Roles   map[string]string // letters by party; empty if they are not certain
	Remark  string            // why they are not; "" if they are
}

// Options say how a draft is written.
type Options struct {
	TOML     bool
	WithText bool     // put a short extract of the statement into the title
	Topics   []string // ids of the workspace's topics, at least one
}

// Files returns the text of the model and of the checklist.
func Files(m Model, o Options) (model, checklist string) {
	w := &writer{toml: o.TOML}
	topics := writeModel(w, m, o)
	model = w.String()
	w = &writer{toml: o.TOML}
	writeChecklist(w, m, o, topics)
	return model, w.String()
}

func writeModel(w *writer, m Model, o Options) (topics []string) {
	w.comment("A draft made by demarc import. Titles are placeholders: put what each statement asks for into your own words.")
	w.scalar("title", m.Title)
	w.scalar("provider", m.Provider)
	w.scalar("summary", "A draft: say in two or three sentences what the service is and what this model covers.")
	w.scalar("reviewed", m.Source.Retrieved)
	w.list("sections", each(m.Sections, func(s Section) []field {
		f := []field{{"id", s.ID}, {"title", s.Title}}
		if s.Parent != "" {
			f = append(f, field{"parent", s.Parent})
		}
		return f
	}))
	w.mapping("parties", each(m.Parties, func(p Party) entry {
		return entry{p.ID, []field{{"name", p.Name}, {"side", p.Side}}}
	}))
	w.mapping("sources", []entry{{m.Source.ID, sourceFields(m.Source)}})
	topics = make([]string, len(m.Statements))
	w.list("activities", eachIndex(m.Statements, func(i int, s Statement) []field {
		topic, sure := guessTopic(s.Text, o.Topics)
		topics[i] = topic
		f := []field{{"id", activityID(s)}, {"section", s.Section}, {"title", activityTitle(s, o)}, {"raci", roles(m, s)}, {"topic", topic}, {"source", m.Source.ID + "#" + s.ID}}
		if !sure {
			f = append(f, field{"", "The topic is a guess."})
		}
		if s.Remark != "" {
			f = append(f, field{"", fmt.Sprintf("Line %d of the document: %s.", s.Line, s.Remark)})
		}
		return f
	}))
	return topics
}

func sourceFields(s Source) []field {
	f := []field{{"title", s.Title}, {"url", s.URL}, {"retrieved", s.Retrieved}}
	if s.Language != "" {
		f = append(f, field{"language", s.Language})
	}
	f = append(f, field{"lock", s.Lock})
	if s.Excluded != nil {
		f = append(f, field{"excluded", each(s.Excluded, func(e Exclusion) []field {
			return []field{{"statements", e.Statements}, {"reason", e.Reason}}
		})})
	}
	return f
}

// roles returns the letters by party, in the model's order.
func roles(m Model, s Statement) []field {
	held := []field{}
	for _, p := range m.Parties {
		if letters := s.Roles[p.ID]; letters != "" {
			held = append(held, field{p.ID, letters})
		}
	}
	return held
}

// activityID makes an identifier of a statement's, such as statement-1-1-4.
func activityID(s Statement) string {
	id := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(s.ID))
	return "statement-" + strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' }), "-")
}

// extract is how many words of a statement a title shows where the user asked
// for it.
const extract = 7

func activityTitle(s Statement, o Options) string {
	title := "Statement " + s.ID
	if words := strings.Fields(s.Text); o.WithText && len(words) > 0 {
		title += ": " + strings.Join(words[:min(extract, len(words))], " ")
		if len(words) > extract {
			title += " ..."
		}
	}
	return title
}

// writeChecklist writes one item for each topic, in the order of the
// workspace's list.
func writeChecklist(w *writer, m Model, o Options, topics []string) {
	w.comment("A draft made by demarc import: one item for each topic. Split them, write them, then remove draft.")
	var items [][]field
	for _, topic := range o.Topics {
		var covers []string
		for i, s := range m.Statements {
			if topics[i] == topic {
				covers = append(covers, activityID(s))
			}
		}
		if covers == nil {
			continue
		}
		items = append(items, []field{
			{"id", "settle-" + topic}, {"title", "Settle what the source says about " + topic},
			{"phase", "choose"}, {"level", "required"}, {"team", []string{"platform"}}, {"covers", covers}, {"draft", true},
			{"why", "To be written."}, {"evidence", "To be written."}, {"repeat", "to be decided"},
			{"steps", [][]field{{{"text", "To be written."}}}},
		})
	}
	w.list("items", items)
}

func each[S, T any](list []S, f func(S) T) []T {
	return eachIndex(list, func(_ int, s S) T { return f(s) })
}

func eachIndex[S, T any](list []S, f func(int, S) T) []T {
	out := make([]T, len(list))
	for i, s := range list {
		out[i] = f(i, s)
	}
	return out
}

// fallback is the topic of what no word speaks of, if the workspace has it.
const fallback = "changes"

// guessTopic returns the topic whose words stand in a text, and whether one
// does.
func guessTopic(text string, topics []string) (topic string, sure bool) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' && r != '-' || r > 'z' && r < 0x80 })
	for _, hint := range hints {
		if !slices.Contains(topics, hint.topic) {
			continue
		}
		for _, stem := range hint.stems {
			if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, stem) }) {
				return hint.topic, true
			}
		}
	}
	if slices.Contains(topics, fallback) {
		return fallback, false
	}
	return topics[0], false
}

// hints gives beginnings of words, in English, French, German, Spanish and
// Italian, that speak of a topic. The first that fits counts, so the special
// ones stand before the general ones.
var hints = []struct {
	topic string
	stems []string
}{
	{"restore", []string{"restor", "restaur", "wiederherstell", "ripristin"}},
	{"backup", []string{"backup", "sauvegard", "sicherung", "copia", "respaldo"}},
	{"encryption", []string{"encrypt", "chiffr", "verschlüss", "cifra", "crittograf"}},
	{"logging", []string{"log", "journ", "protokoll", "registro"}},
	{"monitoring", []string{"monitor", "supervis", "surveill", "überwach", "sorvegl"}},
	{"versions", []string{"upgrade", "version", "update", "patch", "mise", "aktualis", "actualiz", "aggiorn"}},
	{"identity", []string{"access", "accès", "iam", "rbac", "authenti", "zugang", "zugriff", "acceso", "accesso", "identi"}},
	{"secrets", []string{"secret", "credential", "password", "geheim", "segret"}},
	{"images", []string{"image", "registry", "registre", "immagin"}},
	{"deletion", []string{"delet", "destr", "supprim", "lösch", "elimin", "cancell"}},
	{"exit", []string{"exit", "revers", "réversib", "terminat", "sortie"}},
	{"continuity", []string{"continu", "disaster", "pra", "pca", "notfall", "desastre"}},
	{"incident", []string{"incident", "störung", "incidente", "vorfall"}},
	{"support", []string{"support", "ticket", "assist"}},
	{"network", []string{"network", "réseau", "netz", "red", "rete", "firewall", "routing", "dns"}},
	{"ingress", []string{"ingress", "load", "balanc"}},
	{"storage", []string{"storage", "volume", "stockage", "speicher", "almacen", "archiv"}},
	{"nodes", []string{"node", "nœud", "knoten", "nodo", "worker"}},
	{"control-plane", []string{"control", "api", "etcd", "plan"}},
	{"location", []string{"region", "région", "location", "datacent", "standort", "zone"}},
	{"sizing", []string{"capacit", "kapaz", "siz", "scal", "dimension", "quota"}},
	{"risk", []string{"risk", "risque", "risik", "riesgo", "rischi", "audit", "complian"}},
	{"workloads", []string{"application", "workload", "deploy", "déploi", "anwend", "aplicac", "applicaz", "pod", "container"}},
}
