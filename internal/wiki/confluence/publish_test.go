package confluence_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/confluence"
)

// server answers the requests of docs/wiki-confluence.md.
type server struct {
	t     *testing.T
	pages map[string]*served
}

type served struct {
	ID, SpaceID, Title, ParentID, Status string
	Body                                 struct{ Representation, Value string }
	Version                              struct{ Number int }
	labels                               []string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	refuse := func(status int, why string) {
		s.t.Errorf("%s %s: %s", r.Method, r.URL, why)
		http.Error(w, why, status)
	}
	if user, password, _ := r.BasicAuth(); user != "me@example.com" || password != "secret" {
		refuse(http.StatusUnauthorized, "who are you?")
		return
	}
	id := filepath.Base(r.URL.Path)
	reply := func(v any) {
		if err := json.NewEncoder(w).Encode(v); err != nil {
			s.t.Error(err)
		}
	}
	switch route := r.Method + " " + strings.Replace(r.URL.Path, id, "ID", 1); {
	case r.Method == "GET" && r.URL.Path == "/wiki/api/v2/spaces" && r.FormValue("keys") == "OPS":
		reply(map[string]any{"results": []any{map[string]string{"id": "77"}}})
	case r.Method == "GET" && r.URL.Path == "/wiki/api/v2/pages" && r.FormValue("space-id") == "77" && r.FormValue("status") == "current":
		found := []any{}
		for _, p := range s.pages {
			if p.Title == r.FormValue("title") {
				found = append(found, map[string]string{"id": p.ID})
			}
		}
		reply(map[string]any{"results": found})
	case r.Method == "POST" && r.URL.Path == "/wiki/api/v2/pages":
		p := &served{ID: fmt.Sprint(1000 + len(s.pages))}
		if err := json.NewDecoder(r.Body).Decode(p); err != nil || p.SpaceID != "77" || p.Status != "current" || p.Title == "" {
			refuse(http.StatusBadRequest, fmt.Sprint("no page: ", p, err))
			return
		}
		if p.ParentID != "1" && s.pages[p.ParentID] == nil {
			refuse(http.StatusNotFound, "no parent "+p.ParentID)
			return
		}
		p.Version.Number = 1
		s.pages[p.ID] = p
		reply(map[string]string{"id": p.ID})
	case route == "GET /wiki/api/v2/pages/ID" && s.pages[id] != nil:
		p := s.pages[id]
		reply(map[string]any{"id": id, "version": map[string]int{"number": p.Version.Number},
			"body": map[string]any{r.FormValue("body-format"): map[string]string{"value": p.Body.Value}}})
	case route == "PUT /wiki/api/v2/pages/ID" && s.pages[id] != nil:
		old, p := s.pages[id], &served{ParentID: s.pages[id].ParentID, labels: s.pages[id].labels}
		if err := json.NewDecoder(r.Body).Decode(p); err != nil || p.ID != id || p.Title == "" || p.Version.Number != old.Version.Number+1 {
			refuse(http.StatusConflict, fmt.Sprint("no update of ", old.Title, err))
			return
		}
		s.pages[id] = p
		reply(map[string]string{"id": id})
	case r.Method == "POST" && strings.HasPrefix(r.URL.Path, "/wiki/rest/api/content/") && id == "label":
		var labels []struct{ Prefix, Name string }
		p := s.pages[filepath.Base(filepath.Dir(r.URL.Path))]
		if err := json.NewDecoder(r.Body).Decode(&labels); err != nil || p == nil {
			refuse(http.StatusBadRequest, fmt.Sprint("no labels: ", err))
			return
		}
		p.labels = nil
		for _, l := range labels {
			p.labels = append(p.labels, l.Name)
		}
		reply(labels)
	default:
		refuse(http.StatusNotFound, "no such request")
	}
}

// commands returns the commands of a section of the page about Confluence.
func commands(t *testing.T, section string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash("../../../docs/wiki-confluence.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(data), "\n## "+section+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	var list []string
	for _, part := range strings.Split(text, "```sh\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		list = append(list, block)
	}
	return list
}

// TestPublish runs the commands of docs/wiki-confluence.md, ticks a box on the
// page that they made, and publishes again.
func TestPublish(t *testing.T) {
	if testing.Short() {
		t.Skip("starts some hundred processes")
	}
	t.Parallel()
	for _, tool := range []string{"bash", "curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	steps := commands(t, "Publish to Cloud")
	fetch := commands(t, "Ticks and comments")
	if len(steps) != 5 || len(fetch) != 1 {
		t.Fatalf("%d and %d commands", len(steps), len(fetch))
	}
	connect, create, put, fillIn := steps[1], steps[2], steps[3], steps[4] // the first sets the variables
	for _, format := range []confluence.Format{confluence.Storage, confluence.ADF} {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			put := put
			fake := &server{t, map[string]*served{}}
			listener := httptest.NewServer(fake)
			defer listener.Close()
			dir := t.TempDir()
			run := func(script ...string) {
				t.Helper()
				cmd := exec.Command("bash", "-euo", "pipefail", "-c", strings.Join(script, "\n"))
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "SITE="+listener.URL, "AUTH=me@example.com:secret", "SPACE=OPS", "ROOT=1")
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			if format == confluence.ADF {
				_, after, _ := strings.Cut(put, "\n")
				put = fillIn + after
			}
			s := siteOf(t, large(4, hostile))
			m := writePages(t, dir, s, confluence.Options{Format: format})
			run(connect, create, put)
			checkServed(t, fake, m, dir, format)

			was := versions(fake)
			run(connect, create, put)
			if got := versions(fake); !maps.Equal(got, was) || len(was) != len(m.Pages) {
				t.Errorf("pages that did not change were published: %v, before %v", got, was)
			}

			open, ticked := "<ac:task-status>incomplete<", "<ac:task-status>complete<"
			if format == confluence.ADF {
				open, ticked = `"state": "TODO"`, `"state": "DONE"`
			}
			for _, p := range fake.pages {
				if strings.HasSuffix(p.Title, ": Checklist") {
					p.Body.Value = strings.Replace(p.Body.Value, open, ticked, 1)
				}
			}
			run(connect, fetch[0])
			writePages(t, dir, s, confluence.Options{Format: format, Previous: os.DirFS(filepath.Join(dir, "now"))})
			was = versions(fake)
			run(connect, create, put)
			if got := versions(fake); !maps.Equal(got, was) {
				t.Errorf("pages were published for what is ticked on them: %v, before %v", got, was)
			}
			m = writePages(t, dir, s, confluence.Options{Format: format, TitlePrefix: "New: ", Previous: os.DirFS(filepath.Join(dir, "now"))})
			run(connect, create, put)
			checkServed(t, fake, m, dir, format)
			if len(fake.pages) != len(m.Pages) {
				t.Errorf("there are %d pages of %d: with a new title comes no new page", len(fake.pages), len(m.Pages))
			}
			n := 0
			for _, p := range fake.pages {
				n += strings.Count(p.Body.Value, ticked)
			}
			if n != 1 {
				t.Errorf("%d boxes are ticked, want 1", n)
			}
		})
	}
}

// writePages writes the files of a wiki to pages in a folder.
func writePages(t *testing.T, dir string, s *wiki.Site, o confluence.Options) manifest {
	t.Helper()
	m, files := filesOf(t, s, o)
	for name, data := range files {
		name = filepath.Join(dir, "pages", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func versions(s *server) map[string]int {
	v := map[string]int{}
	for id, p := range s.pages {
		v[id] = p.Version.Number
	}
	return v
}

// checkServed compares what was published with the files.
func checkServed(t *testing.T, s *server, m manifest, dir string, format confluence.Format) {
	t.Helper()
	byTitle, byKey := map[string]*served{}, map[string]*served{}
	for _, p := range s.pages {
		byTitle[p.Title] = p
	}
	for _, want := range m.Pages {
		got := byTitle[want.Title]
		if got == nil {
			t.Errorf("%s was not published", want.Key)
			continue
		}
		byKey[want.Key] = got
		parent := "1"
		if above := byKey[want.Parent]; above != nil {
			parent = above.ID
		}
		data, err := os.ReadFile(filepath.Join(dir, "pages", filepath.FromSlash(want.File)))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case got.ParentID != parent || !slices.Equal(got.labels, want.Labels) || got.Body.Representation != m.Representation:
			t.Errorf("%s is below %s, has labels %q and is %s", want.Key, got.ParentID, got.labels, got.Body.Representation)
		case format == confluence.Storage && got.Body.Value != string(data):
			t.Errorf("%s has another body", want.Key)
		case format == confluence.ADF && (strings.Contains(got.Body.Value, "urn:demarc:") || !json.Valid([]byte(got.Body.Value))):
			t.Errorf("%s has links to nowhere:\n%s", want.Key, got.Body.Value)
		}
	}
	if format == confluence.ADF && !strings.Contains(byKey["home"].Body.Value, `/wiki/spaces/OPS/pages/`+byKey["p/s:overview"].ID+`"`) {
		t.Errorf("home does not link to the overview:\n%s", byKey["home"].Body.Value)
	}
}
