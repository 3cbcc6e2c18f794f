package model

// Schema is the part of JSON Schema (draft 2020-12) that the format needs.
type Schema struct {
	Schema               string             `json:"$schema,omitempty"`
	ID                   string             `json:"$id,omitempty"`
	Title                string             `json:"title,omitempty"`
	Description          string             `json:"description,omitempty"`
	Type                 any                `json:"type,omitempty"` // a name or a list of names
	Format               string             `json:"format,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	MinLength            int                `json:"minLength,omitempty"`
	Enum                 []string           `json:"enum,omitempty"`
	Properties           map[string]*Schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	PropertyNames        *Schema            `json:"propertyNames,omitempty"`
	AdditionalProperties any                `json:"additionalProperties,omitempty"` // a *Schema or false
	Items                *Schema            `json:"items,omitempty"`
	AnyOf                []*Schema          `json:"anyOf,omitempty"`
}

func textSchema() *Schema { return &Schema{Type: "string", MinLength: 1} }

// closed is the additionalProperties of a mapping that allows no others.
var closed any = false

func objectSchema[T any](title string, fields []field[T]) *Schema {
	s := &Schema{Title: title, Type: "object", Properties: map[string]*Schema{}, AdditionalProperties: closed}
	for _, f := range fields {
		p := f.schema()
		p.Description = f.doc
		s.Properties[f.key] = p
		if f.must {
			s.Required = append(s.Required, f.key)
		}
	}
	return s
}

// SchemaNames lists the kinds of file that [SchemaOf] knows.
var SchemaNames = []string{"model", "checklist", "library", "topics", "workspace"}

// SchemaOf returns the JSON Schema of a kind of file, or nil for a name that
// is not in [SchemaNames].
func SchemaOf(name string) *Schema {
	var s *Schema
	switch name {
	case "model":
		s = objectSchema("Demarc model", modelFields)
	case "checklist":
		s = objectSchema("Demarc checklist", checklistFields)
		s.Properties["items"].Items.AnyOf = []*Schema{
			{Title: "use of a library item", Required: []string{"use"}},
			{Title: "item", Required: itemKeys},
		}
	case "library":
		s = objectSchema("Demarc library", libraryFields)
		s.Properties["items"].Items.Required = itemKeys
	case "topics":
		s = objectSchema("Demarc topics", topicsFields)
	case "workspace":
		s = objectSchema("Demarc workspace", settingsFields)
	default:
		return nil
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.ID = "urn:demarc:schema:" + name
	return s
}
