package diag_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/demarc/demarc/internal/diag"
)

// TestSARIFSchema holds what SARIF writes to the schema of the standard.
func TestSARIFSchema(t *testing.T) {
	schema := sarifSchema(t)
	golden, err := txtar.ParseFile(filepath.Join("testdata", "model.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	twice := diag.Related{Pos: diag.Pos{File: "f", Line: 1, Col: 1, Len: 1}, Message: "the same"}
	tests := map[string]struct {
		findings []diag.Finding
		tool     diag.Tool
	}{
		"golden":  {readFindings(t, golden.Files[0].Data), testTool},
		"nothing": {nil, diag.Tool{Name: "demarc"}},
		"bare":    {[]diag.Finding{{}}, diag.Tool{Name: "demarc", Rules: []diag.RuleInfo{{ID: "a/b"}}}},
		"hostile": {[]diag.Finding{{
			Rule: "a/b", Severity: 99, Message: "\xff\x00\u2028{0}[x](1)",
			Pos:     diag.Pos{File: "../a:b\\c%20?#\n\xff", Line: -1, Col: -1, Len: -1},
			Related: []diag.Related{twice, twice, {}},
		}, {
			Pos: diag.Pos{File: "1:2", Line: 1, Col: -1, Len: 3},
		}}, testTool},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := diag.SARIF(&b, test.findings, test.tool); err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSARIFSchemaFindsMistakes shows that the schema test can fail.
func TestSARIFSchemaFindsMistakes(t *testing.T) {
	schema := sarifSchema(t)
	for _, log := range []string{
		`{"version":"2.1.0"}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"d"}},"columnKind":"bytes"}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"d"}},"results":[{"message":{"text":"m"},"level":"advice"}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"d"}},"results":[{"message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"%zz"}}}]}]}]}`,
	} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(log)))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(doc) == nil {
			t.Errorf("the schema accepts %s", log)
		}
	}
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	const file = "testdata/sarif-schema-2.1.0.json"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(file, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSARIFFingerprints shows what changes a fingerprint and what does not.
func TestSARIFFingerprints(t *testing.T) {
	at := func(file string, line, col int32) diag.Pos { return diag.Pos{File: file, Line: line, Col: col} }
	finding := func(pos diag.Pos, message string) diag.Finding {
		return diag.Finding{Rule: "a/b", Severity: diag.Error, Pos: pos, Message: message}
	}
	before := fingerprints(t, []diag.Finding{finding(at("f", 1, 1), "m"), finding(at("f", 9, 1), "m"), finding(at("f", 9, 1), "n"), finding(at("g", 1, 1), "m")})
	sorted := slices.Sorted(slices.Values(before))
	if unique := slices.Compact(sorted); len(unique) != 4 {
		t.Fatalf("fingerprints are not unique: %q", before)
	}
	moved := fingerprints(t, []diag.Finding{finding(at("f", 5, 3), "m"), finding(at("f", 90, 3), "m"), finding(at("f", 90, 5), "n"), finding(at("g", 2, 1), "m")})
	if !slices.Equal(before, moved) {
		t.Errorf("fingerprints moved with the lines:\n%q\n%q", before, moved)
	}
}

func fingerprints(t *testing.T, findings []diag.Finding) []string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.SARIF(&b, findings, testTool); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct{ PartialFingerprints map[string]string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, r := range log.Runs[0].Results {
		values = append(values, r.PartialFingerprints["demarcFinding/v1"])
	}
	return values
}
