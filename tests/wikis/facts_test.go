package wikis

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"gopkg.in/yaml.v3"
)

// catalogue is what `demarc export json` says of a workspace, as far as it has
// to be seen in a wiki.
type catalogue struct {
	Settings settings
	Models   []model `json:"models"`
}

// settings are those of the workspace, which are in its demarc.yaml only.
type settings struct {
	Title   string `yaml:"title"`
	Summary string `yaml:"summary"`
}

type model struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Provider   string     `json:"provider"`
	Summary    string     `json:"summary"`
	Parties    []party    `json:"parties"`
	Sources    []source   `json:"sources"`
	Sections   []section  `json:"sections"`
	Parameters []param    `json:"parameters"`
	Activities []activity `json:"activities"`
	Items      []item     `json:"items"`
}

type party struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Contact string `json:"contact"`
}

type source struct {
	Title string `json:"title"`
	Note  string `json:"note"`
}

type section struct {
	Title string `json:"title"`
}

type param struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Value       string `json:"value"`
}

type activity struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	RACI      map[string]string `json:"raci"`
	Rationale string            `json:"rationale"`
	Caveat    string            `json:"caveat"`
	Ask       string            `json:"ask"`
}

type item struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Why        string      `json:"why"`
	Steps      []step      `json:"steps"`
	Evidence   string      `json:"evidence"`
	Repeat     string      `json:"repeat"`
	References []reference `json:"references"`
}

type step struct {
	Text     string `json:"text"`
	Caution  string `json:"caution"`
	Manifest string `json:"manifest"`
	Run      string `json:"run"`
	Expect   string `json:"expect"`
	Undo     string `json:"undo"`
}

type reference struct {
	Title string `json:"title"`
}

// load returns the catalogue of the workspace in a folder.
func load(t *testing.T, workspace string) catalogue {
	t.Helper()
	var c catalogue
	if err := json.Unmarshal(run(t, workspace, bin, "export", "json", "--quiet"), &c); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(workspace, "demarc.yaml")); err == nil {
		if err := yaml.Unmarshal(data, &c.Settings); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// prose returns the prose that the item is made of.
func (i *item) prose() []string {
	list := []string{i.Why, i.Evidence}
	for _, s := range i.Steps {
		list = append(list, s.Text, s.Caution, s.Expect, s.Undo)
	}
	return given(list)
}

// scripts returns what readers of the item copy.
func (i *item) scripts() []string {
	var list []string
	for _, s := range i.Steps {
		list = append(list, s.Manifest, s.Run)
	}
	return given(list)
}

func (a *activity) prose() []string { return given([]string{a.Rationale, a.Caveat, a.Ask}) }

func (m *model) prose() []string {
	list := []string{m.Summary}
	for _, p := range m.Parties {
		list = append(list, p.Contact)
	}
	for _, s := range m.Sources {
		list = append(list, s.Note)
	}
	return given(list)
}

func given(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// words returns all texts of the catalogue as lines of a page would show them:
// what looks like markup in them is none.
func (c catalogue) words() []string {
	list := append([]string{c.Settings.Title}, shown(c.Settings.Summary)...)
	addProse := func(prose []string) {
		for _, p := range prose {
			list = append(list, shown(p)...)
		}
	}
	for _, m := range c.Models {
		list = append(list, m.Title, m.Provider)
		for _, p := range m.Parties {
			list = append(list, p.Name)
		}
		for _, s := range m.Sources {
			list = append(list, s.Title)
		}
		for _, s := range m.Sections {
			list = append(list, s.Title)
		}
		for _, p := range m.Parameters {
			list = append(list, p.Description, p.Value)
		}
		addProse(m.prose())
		for _, a := range m.Activities {
			list = append(list, a.Title)
			addProse(a.prose())
		}
		for _, i := range m.Items {
			list = append(list, i.Title, i.Repeat)
			for _, r := range i.References {
				list = append(list, r.Title)
			}
			addProse(i.prose())
		}
	}
	for i, s := range list {
		list[i] = collapse(s)
	}
	list = slices.DeleteFunc(list, func(s string) bool { return len(s) < 3 })
	// The longest first: a text may hold another.
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(list)
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

// shown returns the lines that an author's Markdown shows, with a sign in the
// place of code.
func shown(prose string) []string { return lines(parse(rendered(prose)), true) }

// plain returns all that an author's Markdown shows, code too.
func plain(prose string) string { return strings.Join(lines(parse(rendered(prose)), false), " ") }

func rendered(prose string) []byte {
	var b bytes.Buffer
	if err := gfm.Convert([]byte(prose), &b); err != nil {
		panic(err) // goldmark fails where writing does, and a buffer takes everything
	}
	return b.Bytes()
}
