package wikis

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// giteaHome is where ./setup builds Gitea.
func giteaHome() string {
	cache := os.Getenv("XDG_CACHE_HOME")
	if cache == "" {
		cache = filepath.Join(os.Getenv("HOME"), ".cache")
	}
	return filepath.Join(cache, "demarc-test", "gitea-1.24.6")
}

// giteaConfig is that of a server for this machine only, whose data are in a
// folder. Gitea refuses to run as root, as tests in containers do, unless told.
const giteaConfig = `I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
WORK_PATH = %[1]s
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = %[2]d
ROOT_URL = http://127.0.0.1:%[2]d/
STATIC_ROOT_PATH = %[3]s
OFFLINE_MODE = true
DISABLE_SSH = true
[database]
DB_TYPE = sqlite3
PATH = %[1]s/gitea.db
[repository]
ROOT = %[1]s/repositories
[security]
INSTALL_LOCK = true
SECRET_KEY = none
INTERNAL_TOKEN = none
PASSWORD_HASH_ALGO = pbkdf2$1$50
[indexer]
ISSUE_INDEXER_TYPE = db
[cron]
ENABLED = false
[log]
LEVEL = Error
`

// gitea publishes with a push to the wiki of a repository, which has to have a
// first page before Gitea takes one.
func gitea(t *testing.T, dir string) *site {
	const user, password = "tester", "not-a-secret"
	work, port := t.TempDir(), freePort(t)
	config := filepath.Join(work, "app.ini")
	write(t, config, fmt.Sprintf(giteaConfig, work, port, filepath.Join(giteaHome(), "src")))
	program := filepath.Join(giteaHome(), "gitea")
	run(t, work, program, "--config", config, "migrate")
	run(t, work, program, "--config", config, "admin", "user", "create", "--username", user, "--password", password,
		"--email", "tester@example.com", "--admin", "--must-change-password=false")
	address := local(port)
	serve(t, address, work, nil, program, "--config", config, "web")

	post := func(path, body string) {
		req, err := http.NewRequest(http.MethodPost, address+"/api/v1"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.SetBasicAuth(user, password)
		req.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(req)
		answer(t, path, resp, err)
	}
	post("/user/repos", `{"name": "wiki", "auto_init": true, "default_branch": "main"}`)
	post("/repos/tester/wiki/wiki/new", `{"title": "Home", "content_base64": "`+base64.StdEncoding.EncodeToString([]byte("None\n"))+`"}`)
	commit(t, dir)
	run(t, dir, "git", "push", "--quiet", "--force", fmt.Sprintf("http://%s:%s@127.0.0.1:%d/tester/wiki.wiki.git", user, password, port), "main:main")

	var pages []*page
	for _, name := range files(t, dir, ".md") {
		if strings.HasPrefix(name, "_") {
			continue
		}
		at := address + "/tester/wiki/wiki/" + url.PathEscape(strings.TrimSuffix(name, ".md"))
		body := get(t, at)
		if bytes.Contains(body, []byte("ambiguous-code-point")) || bytes.Contains(body, []byte("unicode-escape-prompt")) {
			t.Errorf("%s: Gitea warns of its characters", name)
		}
		pages = append(pages, newPage(name, at, body, "wiki-content-main", "wiki-content-sidebar"))
	}
	for _, p := range pages { // the page around is Gitea's own
		p.whole = wrap(p.content)
		p.content = without(p.content, "wiki-content-toc")
	}
	s := newSite("Home.md", pages)
	s.key = func(u *url.URL) string {
		if strings.TrimSuffix(u.Path, "/") == "/tester/wiki/wiki" {
			return u.Path + "/Home"
		}
		return u.Path
	}
	return s
}
