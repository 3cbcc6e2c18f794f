package interop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defenseunicorns/go-oscal/src/pkg/validation"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var (
	// versions are the versions of OSCAL whose schemas the documents must meet:
	// the one they name, and the earlier one that has the same models.
	versions  = []string{"1.2.1", "1.2.2"}
	documents = []string{"catalog", "component-definition", "mapping-collection"}
)

// TestOSCAL validates the documents of the built-in models, together and each
// alone, and those of the hostile ones.
func TestOSCAL(t *testing.T) {
	selections := map[string][][]string{root: {nil}, hostile: {nil, {"--model", "9.Weird_Folder_/a.b"}}}
	models := builtin(t)
	if len(models) < 5 {
		t.Errorf("only these models are built in: %v", models)
	}
	for _, id := range models {
		selections[root] = append(selections[root], []string{"--model", id})
	}
	for dir, list := range selections {
		for _, selection := range list {
			for _, d := range documents {
				data := demarc(t, dir, append([]string{"export", "oscal", "--document", d}, selection...)...)
				for _, v := range versions {
					if err := validate(t, v, data); err != nil {
						t.Errorf("%s %v in %s, OSCAL %s: %v", d, selection, dir, v, err)
					}
				}
			}
		}
	}
	// Without items there is nothing to map, but still who does what.
	for _, d := range documents[:2] {
		data := demarc(t, hostile, "export", "oscal", "--document", d, "--model", "plain/bare")
		if err := validate(t, "1.2.2", data); err != nil {
			t.Errorf("%s: %v", d, err)
		}
	}
}

// TestOSCALCanFail breaks one value of a sound document at a time. The schema
// has to say so, also where it only asks for a format.
func TestOSCALCanFail(t *testing.T) {
	for _, tt := range []struct {
		document, old, replacement string
	}{
		{"catalog", `"oscal-version": "1.2.2"`, `"oscal-version": " "`},
		{"catalog", `T00:00:00Z"`, ` 00:00:00"`},
		{"catalog", `"id": "activity.`, `"id": "activity/`},
		{"catalog", `"id": "activity.`, `"id": "9`},
		{"catalog", `"ns": "https:`, `"ns": "`},
		{"catalog", `"href": "#`, `"href": "%#`},
		{"catalog", `"prose": `, `"prosa": `},
		{"catalog", `"groups": [`, `"controls": [], "groups": [`},
		{"component-definition", `"party-uuids": [`, `"party-uuids": ["none",`},
		{"component-definition", `"source": "catalog.json"`, `"source": 1`},
		{"component-definition", `"type": "organization"`, `"type": "org"`},
		{"component-definition", `"control-id": "`, `"control-id": " `},
		{"component-definition", `"statement-id"`, `"statement"`},
		{"mapping-collection", `"method": "human"`, `"method": "hands"`},
		{"mapping-collection", `"relationship"`, `"relation"`},
		{"mapping-collection", `"type": "control"`, `"type": "item"`},
		{"mapping-collection", `"uuid": "`, `"uuid": "x`},
	} {
		data := demarc(t, hostile, "export", "oscal", "--document", tt.document)
		broken := bytes.Replace(data, []byte(tt.old), []byte(tt.replacement), 1)
		if bytes.Equal(broken, data) {
			t.Errorf("%s has no %s", tt.document, tt.old)
		}
		if validate(t, "1.2.2", broken) == nil {
			t.Errorf("%s with %s instead of %s passes", tt.document, tt.replacement, tt.old)
		}
	}
}

// TestOSCALFiles has go-oscal's own validator read the files.
func TestOSCALFiles(t *testing.T) {
	out := t.TempDir()
	demarc(t, root, "export", "oscal", "--out", out)
	for _, d := range documents {
		name := filepath.Join(out, d+".json")
		response, err := validation.ValidationCommand(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !response.Result.Valid || len(response.Warnings) > 0 {
			t.Errorf("%s: %v %v", name, response.Warnings, response.Result.Errors)
		}
	}
}

// builtin returns the ids of the built-in models.
func builtin(t *testing.T) []string {
	t.Helper()
	var catalogue struct {
		Models []struct {
			ID string `json:"id"`
		} `json:"models"`
	}
	if err := json.Unmarshal(demarc(t, root, "export", "json"), &catalogue); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, m := range catalogue.Models {
		ids = append(ids, m.ID)
	}
	return ids
}

var schemas = map[string]*jsonschema.Schema{}

// validate checks a document against the official schema of a version, formats
// included. It compiles each schema once: go-oscal's validator does so for each
// document.
func validate(t *testing.T, version string, data []byte) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	if schemas[version] == nil {
		v, err := validation.NewValidatorDesiredVersion(data, version)
		if err != nil {
			t.Fatal(err)
		}
		params, err := v.GetValidationParams()
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(params.SchemaPath, params.SchemaData); err != nil {
			t.Fatal(err)
		}
		if schemas[version], err = c.Compile(params.SchemaPath); err != nil {
			t.Fatal(err)
		}
	}
	if err := schemas[version].Validate(document); err != nil {
		return fmt.Errorf("%s", excerpt(err.Error()))
	}
	return nil
}

// excerpt returns the first lines of an error: it tells of every kind of
// document that this one is not.
func excerpt(text string) string {
	lines := strings.SplitN(text, "\n", 41)
	if len(lines) > 40 {
		lines[40] = "..."
	}
	return strings.Join(lines, "\n")
}
