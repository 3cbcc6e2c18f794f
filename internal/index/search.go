package index

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// SearchFile is the name of a part of the search index: in the folder of each
// model ([Search]), and in that of the site ([SearchSite]).
const SearchFile = "search-index.js"

// modelPart is a model's part of the search index.
type modelPart struct {
	Model      string     `json:"model"`
	Activities [][]string `json:"activities"` // id, title, topic
	Items      [][]string `json:"items"`      // id, title, phase, then the text of each step
}

// sitePart is what the search index begins with.
type sitePart struct {
	Models [][2]string `json:"models"` // id, title
	Topics [][3]string `json:"topics"` // title, anchor in the legend, definition
}

// Search returns a model's part of the search index: a call of the function
// that the search script waits with.
func Search(m *model.Model) []byte {
	part := modelPart{m.ID, make([][]string, len(m.Activities)), make([][]string, len(m.Items))}
	for i, a := range m.Activities {
		part.Activities[i] = []string{a.ID, a.Title.Value, a.Topic.Title.Value}
	}
	for i, it := range m.Items {
		row := append(make([]string, 0, 3+len(it.Steps)), it.ID, it.Title.Value, string(it.Phase))
		for _, s := range it.Steps {
			row = append(row, stepText(s))
		}
		part.Items[i] = row
	}
	return script("model", part)
}

// SearchSite returns the part of the search index that names the models, given
// as pairs of identifier and title, and holds the topics.
func SearchSite(models [][2]string, topics []*model.Topic) []byte {
	part := sitePart{models, make([][3]string, len(topics))}
	for i, t := range topics {
		part.Topics[i] = [3]string{t.Title.Value, markdown.Slug(t.Title.Value), plain(t.Definition.Value)}
	}
	return script("site", part)
}

// script returns the call that hands a part over.
func script(function string, part any) []byte {
	var b bytes.Buffer
	b.WriteString("demarcSearch." + function + "(")
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // it is a file of its own, and < is frequent in commands
	if err := e.Encode(part); err != nil {
		panic("index: " + err.Error()) // strings and lists of them can be encoded
	}
	b.Truncate(b.Len() - 1)
	b.WriteString(");\n")
	return b.Bytes()
}

// stepText returns what a step can be found by: its text and its commands.
func stepText(s model.Step) string {
	text := plain(s.Text.Value)
	if s.Run.Value != "" {
		text += " " + strings.Join(strings.Fields(s.Run.Value), " ")
	}
	return text
}

// plain returns prose without its marks: near enough for a search, which shows
// it as a line of text, and far quicker than parsing it.
func plain(prose string) string {
	var b strings.Builder
	b.Grow(len(prose))
	code := false
	for i := 0; i < len(prose); i++ {
		c := prose[i]
		switch {
		case c == '`':
			code = !code
		case c == '\n':
			b.WriteByte(' ')
		case code:
			b.WriteByte(c)
		case c == '\\' && i+1 < len(prose) && strings.IndexByte("\\`*_[]<>|~$&#+-.()!", prose[i+1]) >= 0:
			i++
			b.WriteByte(prose[i])
		case c == '*' || c == '[':
		case c == ']':
			if rest := prose[i+1:]; strings.HasPrefix(rest, "(") {
				if end := strings.IndexByte(rest, ')'); end > 0 {
					i += end + 1
				}
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
