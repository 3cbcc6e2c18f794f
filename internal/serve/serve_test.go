package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/check"
	"github.com/demarc/demarc/internal/paper"
	"github.com/demarc/demarc/internal/serve"
	"github.com/demarc/demarc/site"
	"github.com/demarc/demarc/templates"
)

var workspaceDir = flag.String("workspace", "", "benchmark the workspace in this `folder`, which is edited")

const modelFile = "content/acme/database/model.yaml"

// preview is a running server over a workspace on disk.
type preview struct {
	t       testing.TB
	dir     string
	base    string
	updates chan serve.Update
	warned  chan string
	stop    func() error // ends the server
}

// start serves a copy of the small workspace of the rules' examples, or dir.
func start(t testing.TB, dir string) *preview {
	t.Helper()
	p := &preview{t: t, dir: dir, updates: make(chan serve.Update, 1000), warned: make(chan string, 10)}
	if dir == "" {
		p.dir = t.TempDir()
		for _, f := range check.Base() {
			p.write(f.Name, f.Data)
		}
	}
	ready := make(chan net.Addr, 1)
	o := serve.Options{
		Addr: "127.0.0.1:0", Root: p.dir, Files: os.DirFS(p.dir),
		Input: func() build.Input {
			return build.Input{
				Root: os.DirFS(p.dir), Content: os.DirFS(filepath.Join(p.dir, "content")), ContentDir: "content", AsOf: "2026-11-20",
				Builtin: build.Builtin{Templates: templates.FS, Site: site.FS, Version: "test"},
			}
		},
		Ready: func(addr net.Addr) { ready <- addr },
		Built: func(u serve.Update) { p.updates <- u },
		Warn:  func(message string) { p.warned <- message },
	}
	for _, tree := range []string{"content", "templates", "site"} {
		o.Trees = append(o.Trees, filepath.Join(p.dir, tree))
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- serve.Run(ctx, o) }()
	stopped := false
	p.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(10 * time.Second):
			t.Fatal("the server does not end")
			return nil
		}
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	})
	select {
	case addr := <-ready:
		p.base = "http://" + addr.String()
	case err := <-done:
		stopped = true
		t.Fatal(err)
	}
	p.update()
	return p
}

// write writes a file at once, as good editors do, so that no build of a busy
// machine sees it empty.
func (p *preview) write(name, data string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		p.t.Fatal(err)
	}
	temp := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".tmp")
	if err := os.WriteFile(temp, []byte(data), 0o666); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(temp, file); err != nil {
		p.t.Fatal(err)
	}
}

func (p *preview) read(name string) string {
	p.t.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

// edit replaces the one occurrence of a text in a file.
func (p *preview) edit(name, old, new string) {
	p.t.Helper()
	text := p.read(name)
	if strings.Count(text, old) != 1 {
		p.t.Fatalf("%s has %q %d times", name, old, strings.Count(text, old))
	}
	p.write(name, strings.Replace(text, old, new, 1))
}

// update waits for the next build.
func (p *preview) update() serve.Update {
	p.t.Helper()
	select {
	case u := <-p.updates:
		if u.Err != nil {
			p.t.Fatal(u.Err)
		}
		return u
	case <-time.After(20 * time.Second):
		p.t.Fatal("nothing is built")
		return serve.Update{}
	}
}

func (p *preview) get(path string) (status int, body string) {
	p.t.Helper()
	response, err := http.Get(p.base + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// message is what a page is told.
type message struct {
	Stale, Good bool
	Summary     string
	Findings    []struct{ Severity, Text string }
}

var attached = regexp.MustCompile(`<script src="/.demarc/live.js" data-page="([^"]*)" data-digest="([^"]*)" defer>`)

// open loads a page as a browser does, and returns what it is told.
func (p *preview) open(path string) (next func() message) {
	p.t.Helper()
	_, body := p.get(path)
	m := attached.FindStringSubmatch(body)
	if m == nil {
		p.t.Fatalf("%s does not listen:\n%s", path, body)
	}
	response, err := http.Get(p.base + "/.demarc/events?" + url.Values{"page": {m[1]}, "digest": {m[2]}}.Encode())
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { response.Body.Close() })
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(response.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return func() message {
		p.t.Helper()
		for {
			select {
			case line, ok := <-lines:
				if !ok {
					p.t.Fatal("the stream has ended")
				}
				if data, ok := strings.CutPrefix(line, "data: "); ok {
					var m message
					if err := json.Unmarshal([]byte(data), &m); err != nil {
						p.t.Fatal(err)
					}
					return m
				}
			case <-time.After(20 * time.Second):
				p.t.Fatal("the page is told nothing")
			}
		}
	}
}

// TestChange edits a model: its open pages learn of it, those of others do
// not, and only that model is made anew.
func TestChange(t *testing.T) {
	p := start(t, "")
	p.write("content/acme/other/model.yaml", p.read(modelFile))
	p.write("content/acme/other/checklist.yaml", p.read("content/acme/database/checklist.yaml"))
	for p.update().Result.Models != 2 {
	}
	mine, other := p.open("/acme/database/"), p.open("/acme/other/raci.html")
	for _, next := range []func() message{mine, other} {
		if m := next(); m.Stale || !m.Good {
			t.Fatalf("a page just loaded is told %+v", m)
		}
	}
	p.edit(modelFile, "Acme Database", "Another Title")
	if u := p.update(); u.Rebuilt != 1 || u.Result.Models != 2 {
		t.Errorf("%d of %d models were made anew", u.Rebuilt, u.Result.Models)
	}
	if m := mine(); !m.Stale {
		t.Errorf("the changed page is told %+v", m)
	}
	if m := other(); m.Stale {
		t.Errorf("a page that did not change is told %+v", m)
	}
	if _, body := p.get("/acme/database/"); !strings.Contains(body, "Another Title") {
		t.Error("the page shows the old title")
	}
}

// TestError breaks a model and mends it again.
func TestError(t *testing.T) {
	p := start(t, "")
	next := p.open("/acme/database/raci.html")
	next()
	before := p.read(modelFile)
	p.edit(modelFile, "acme: RA", "acme: R")
	m := next()
	if m.Good || m.Stale || len(m.Findings) == 0 {
		t.Fatalf("of an error the page is told %+v", m)
	}
	if f := m.Findings[0]; f.Severity != "error" || !regexp.MustCompile(`(?m)^content/acme/database/model\.yaml:\d+:\d+: error: [\s\S]*^ *\d+ \| .*acme: R`).MatchString(f.Text) {
		t.Errorf("the finding lacks its file, line or excerpt:\n%s", f.Text)
	}
	if status, _ := p.get("/acme/database/raci.html"); status != http.StatusOK {
		t.Errorf("the last good page: status %d", status)
	}
	if m := p.open("/index.html")(); m.Good {
		t.Error("a page loaded meanwhile is not told")
	}
	p.write(modelFile, before)
	if m := next(); !m.Good || m.Stale || len(m.Findings) != 0 {
		t.Errorf("of the mended model the page is told %+v", m)
	}
}

// TestHalfSaved saves a file in two parts: close together, and with a pause in
// which the half has to be taken for the file.
func TestHalfSaved(t *testing.T) {
	p := start(t, "")
	next := p.open("/acme/database/raci.html")
	next()
	before := p.read(modelFile)
	half := before[:strings.LastIndex(before, "raci:")+len("raci: {")]
	after := strings.Replace(before, "Acme Database", "Acme Store", 1)

	begin := time.Now()
	p.write(modelFile, half)
	time.Sleep(5 * time.Millisecond)
	p.write(modelFile, after)
	together := time.Since(begin) < 20*time.Millisecond // else the machine is too busy to tell
	m := next()
	for !together && !m.Stale {
		m = next()
	}
	if !m.Good || !m.Stale {
		t.Errorf("of a file saved in two steps the page is told %+v", m)
	}
	p.write(modelFile, half)
	if m := next(); m.Good {
		t.Errorf("of half a file the page is told %+v", m)
	}
	if _, body := p.get("/acme/database/raci.html"); !strings.Contains(body, "Acme Store") {
		t.Error("the last good page is gone")
	}
	p.write(modelFile, after)
	if m := next(); !m.Good {
		t.Errorf("of the whole file the page is told %+v", m)
	}
}

// TestFiles changes files in the ways that editors and tools do.
func TestFiles(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(p *preview)
		page   string
		want   string // on the page afterwards; "": the page is gone
	}{
		{"written in place", func(p *preview) {
			text := strings.Replace(p.read(modelFile), "Acme Database", "In Place", 1)
			if err := os.WriteFile(filepath.Join(p.dir, filepath.FromSlash(modelFile)), []byte(text), 0o666); err != nil {
				p.t.Fatal(err)
			}
		}, "/acme/database/", "In Place"},
		{"new folders", func(p *preview) {
			p.write("content/new/deep/model.yaml", strings.Replace(p.read(modelFile), "Acme Database", "Brand New", 1))
			p.write("content/new/deep/checklist.yaml", p.read("content/acme/database/checklist.yaml"))
		}, "/new/deep/", "Brand New"},
		{"first settings", func(p *preview) { p.write("demarc.yaml", "title: Named at Last\n") }, "/", "Named at Last"},
		{"first template", func(p *preview) { p.write("templates/markdown/legend.md.tmpl", "# Our Own Legend\n") }, "/legend.html", "Our Own Legend"},
		{"first asset", func(p *preview) { p.write("site/notes/hello.txt", "well met") }, "/notes/hello.txt", "well met"},
		{"folder removed", func(p *preview) {
			p.write("content/acme/other/model.yaml", p.read(modelFile))
			p.write("content/acme/other/checklist.yaml", p.read("content/acme/database/checklist.yaml"))
			for p.update().Result.Models != 2 {
			}
			if err := os.RemoveAll(filepath.Join(p.dir, "content/acme/other")); err != nil {
				p.t.Fatal(err)
			}
		}, "/acme/other/", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := start(t, "")
			test.change(p)
			for {
				p.update() // there may be a build between two of the files
				status, body := p.get(test.page)
				if test.want == "" && status == http.StatusNotFound || test.want != "" && status == http.StatusOK && strings.Contains(body, test.want) {
					return
				}
			}
		})
	}
}

// TestStyle changes a style sheet, which pages that load it have to show.
func TestStyle(t *testing.T) {
	p := start(t, "")
	next := p.open("/legend.html")
	next()
	p.write("site/demarc.css", "body { color: teal }")
	if m := next(); !m.Stale {
		t.Errorf("of a changed style sheet the page is told %+v", m)
	}
}

// TestUnrelated writes files that make no difference.
func TestUnrelated(t *testing.T) {
	p := start(t, "")
	p.write("public/index.html", "x")
	p.write("content/acme/database/.model.yaml.swp", "x")
	p.write("content/acme/database/model.yaml~", "x")
	select {
	case u := <-p.updates:
		t.Errorf("built again: %+v", u)
	case <-time.After(300 * time.Millisecond):
	}
}

// TestNoSite starts with a workspace that has an error.
func TestNoSite(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o777); err != nil {
		t.Fatal(err)
	}
	p := start(t, dir)
	next := p.open("/")
	if m := next(); m.Good || len(m.Findings) == 0 {
		t.Errorf("the page is told %+v", m)
	}
	for _, f := range check.Base() {
		p.write(f.Name, f.Data)
	}
	for m := next(); !m.Stale; m = next() {
	}
	if status, _ := p.get("/"); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}

// TestEnd ends the server while a page listens.
func TestEnd(t *testing.T) {
	p := start(t, "")
	p.open("/")()
	begin := time.Now()
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("it took %s", took)
	}
	if _, err := http.Get(p.base); err == nil {
		t.Error("it still answers")
	}
}

// TestBrowser opens a page in a browser, through a proxy that counts what it
// asks for: its policy lets it listen, and it loads again when it changed.
func TestBrowser(t *testing.T) {
	browser, err := paper.FindBrowser()
	if err != nil {
		t.Skip(err)
	}
	p := start(t, "")
	target, err := url.Parse(p.base)
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan string, 1000)
	proxy := httputil.NewSingleHostReverseProxy(target)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		proxy.ServeHTTP(w, r)
	}))
	defer front.CloseClientConnections()
	profile, err := os.MkdirTemp("", "demarc-test-")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--remote-debugging-port=0", "--user-data-dir="+profile, front.URL+"/acme/database/")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cancel()
		_ = cmd.Wait() // it was killed
		// Its helpers may still write there; that is no failure.
		_ = os.RemoveAll(profile)
	}()
	await := func(path string) {
		t.Helper()
		for {
			select {
			case got := <-asked:
				if got == path {
					return
				}
			case <-time.After(30 * time.Second):
				t.Fatalf("the browser does not ask for %s", path)
			}
		}
	}
	await("/acme/database/")
	await("/.demarc/events")
	p.edit(modelFile, "Acme Database", "Another Title")
	await("/acme/database/")
	await("/.demarc/events")
}

// BenchmarkEdit measures from the write of a model's file to the event that
// makes the page reload, over the workspace that -workspace names.
func BenchmarkEdit(b *testing.B) {
	p := start(b, *workspaceDir)
	var file, text string
	err := fs.WalkDir(os.DirFS(filepath.Join(p.dir, "content")), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && file == "" && e.Name() == "model.yaml" {
			file = "content/" + name
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	text = p.read(file)
	page := "/" + strings.TrimSuffix(strings.TrimPrefix(file, "content/"), "model.yaml")
	title := regexp.MustCompile(`(?m)^title: .*`)
	n := 0
	var waited time.Duration
	for b.Loop() {
		n++
		next := p.open(page)
		next()
		begin := time.Now()
		p.write(file, title.ReplaceAllString(text, "title: Edited "+strings.Repeat("again ", n%7)))
		for m := next(); !m.Stale; m = next() {
		}
		waited += time.Since(begin)
	}
	b.ReportMetric(float64(waited.Milliseconds())/float64(n), "ms/edit")
	p.write(file, text)
}
