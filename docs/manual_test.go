package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/export"
	"github.com/demarc/demarc/internal/markdown"
	"github.com/demarc/demarc/internal/model"
)

// read returns a file below docs as text.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// pages returns the Markdown files of the documentation.
func pages(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"../*.md", "*.md", "design/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil || found == nil {
			t.Fatalf("no %s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	return names
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]*)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	fenced  = regexp.MustCompile("(?ms)^ *```[a-z]*\n(.*?)^ *```$")
)

// TestLinks checks that links lead to files and headings that are there.
func TestLinks(t *testing.T) {
	for _, name := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(read(t, name), ""), -1) {
			file, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(file, ":") {
				continue
			}
			target := name
			if file != "" {
				target = filepath.Join(filepath.Dir(name), file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %v", name, err)
			} else if anchor != "" && !hasHeading(read(t, target), anchor) {
				t.Errorf("%s: %s has no heading #%s", name, target, anchor)
			}
		}
	}
}

func hasHeading(page, anchor string) bool {
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		if markdown.Slug(m[1]) == anchor {
			return true
		}
	}
	return false
}

// TestFormatNamesEveryKey compares the manual of the format with the schemas.
func TestFormatNamesEveryKey(t *testing.T) {
	page := read(t, "format.md")
	for _, name := range model.SchemaNames {
		keys := map[string]bool{}
		collectKeys(model.SchemaOf(name), keys)
		if len(keys) < 5 {
			t.Errorf("%s has only these keys: %v", name, keys)
		}
		for key := range keys {
			if !strings.Contains(page, "| `"+key+"` |") {
				t.Errorf("format.md has no row for the key %s of a %s file", key, name)
			}
		}
	}
}

func collectKeys(s *model.Schema, keys map[string]bool) {
	if s == nil {
		return
	}
	for key, value := range s.Properties {
		keys[key] = true
		collectKeys(value, keys)
	}
	collectKeys(s.Items, keys)
	if more, ok := s.AdditionalProperties.(*model.Schema); ok {
		collectKeys(more, keys)
	}
}

// TestFormatExamples holds the examples of the manual against the schemas. The
// YAML and the TOML of a model are the same.
func TestFormatExamples(t *testing.T) {
	schemas := compile(t)
	page := read(t, "format.md")
	example := func(file, language string) any {
		_, section, _ := strings.Cut(page, "\n## "+file+"\n")
		_, text, found := strings.Cut(section, "```"+language+"\n")
		text, _, _ = strings.Cut(text, "\n```\n")
		value, err := decode("a."+language, []byte(text))
		if err != nil || !found {
			t.Fatalf("%s in %s: found: %t, error: %v", file, language, found, err)
		}
		return value
	}
	for file, kind := range map[string]string{"model.yaml": "model", "checklist.yaml": "checklist", "demarc.yaml": "workspace"} {
		if err := schemas[kind].Validate(example(file, "yaml")); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if diff := cmp.Diff(example("model.yaml", "yaml"), example("model.yaml", "toml")); diff != "" {
		t.Errorf("the model in YAML and in TOML differ (-yaml +toml)\n%s", diff)
	}
}

// TestExportNamesEveryField compares the manual of the JSON document with its
// type.
func TestExportNamesEveryField(t *testing.T) {
	page := read(t, "export-json.md")
	seen := 0
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return
		}
		for _, f := range reflect.VisibleFields(typ) {
			seen++
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !strings.Contains(page, "`"+name+"`") {
				t.Errorf("export-json.md does not say what %s of %s is", name, typ)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[export.Document]())
	if seen < 30 {
		t.Errorf("only %d fields seen", seen)
	}
}

// TestTemplatesNamesWhatIsUsed compares the manual of templates with what the
// built-in ones use.
func TestTemplatesNamesWhatIsUsed(t *testing.T) {
	page := read(t, "templates.md")
	templates, err := filepath.Glob("../templates/*/*.tmpl")
	if err != nil || len(templates) < 10 {
		t.Fatal(templates, err)
	}
	action := regexp.MustCompile(`\{\{.*?\}\}`)
	field := regexp.MustCompile(`\.[A-Z][A-Za-z]*`)
	for _, name := range templates {
		text := read(t, name)
		for _, use := range field.FindAllString(strings.Join(action.FindAllString(text, -1), " "), -1) {
			if !regexp.MustCompile("`[^`]*" + regexp.QuoteMeta(use) + `\b[^` + "`]*`").MatchString(page) {
				t.Errorf("templates.md does not say what %s is, which %s uses", use, filepath.Base(name))
			}
		}
		if base := filepath.Base(name); !strings.Contains(page, "`"+base+"`") {
			t.Errorf("templates.md does not say what %s makes", base)
		}
	}
}

// TestArchitectureNamesCode checks that the functions and types that
// architecture.md follows are there, and in the file it links them to.
func TestArchitectureNamesCode(t *testing.T) {
	declared := declarations(t)
	text := strings.Join(strings.Fields(fenced.ReplaceAllString(read(t, "architecture.md"), "")), " ")
	named := regexp.MustCompile("`(?:[A-Za-z]+\\.)?([a-z]+[A-Z][A-Za-z]*|[A-Z][a-z]+[A-Za-z]*)`(?: \\(\\[[^\\]]*\\]\\(../([^)]*\\.go)\\))?")
	found := named.FindAllStringSubmatch(text, -1)
	if len(found) < 40 {
		t.Errorf("only %d names of code", len(found))
	}
	for _, m := range found {
		name, file := m[1], m[2]
		if files := declared[name]; len(files) == 0 && m[0] != "`time.Now`" {
			t.Errorf("nothing is called %s", m[0])
		} else if file != "" && !slices.Contains(files, file) {
			t.Errorf("%s is not in %s but in %v", name, file, files)
		}
	}
}

// declarations returns the files of the product that declare a function, a
// method, a type or a variable, by its name.
func declarations(t *testing.T) map[string][]string {
	t.Helper()
	declared := map[string][]string{}
	for _, pattern := range []string{"../internal/*/*.go", "../cmd/*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			add := func(id *ast.Ident) {
				declared[id.Name] = append(declared[id.Name], strings.TrimPrefix(filepath.ToSlash(name), "../"))
			}
			for _, decl := range file.Decls {
				switch decl := decl.(type) {
				case *ast.FuncDecl:
					add(decl.Name)
				case *ast.GenDecl:
					for _, spec := range decl.Specs {
						switch spec := spec.(type) {
						case *ast.TypeSpec:
							add(spec.Name)
						case *ast.ValueSpec:
							for _, id := range spec.Names {
								add(id)
							}
						}
					}
				}
			}
		}
	}
	return declared
}
