package serve

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// own is the folder of the server's own files, which no site has.
const own = "/.demarc/"

//go:embed live
var live embed.FS

// guard answers only requests for this machine: for its addresses, for
// localhost, and for the name that the server was told to listen to.
func guard(name string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !forUs(r.Host, name) {
			http.Error(w, "this server answers for localhost and for addresses, not for other names", http.StatusForbidden)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "this server is for reading", http.StatusMethodNotAllowed)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// forUs reports that a request's Host names this machine. An address cannot
// have been rebound: it is names that change what they stand for.
func forUs(host, name string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") ||
		name != "" && host == strings.ToLower(name) ||
		net.ParseIP(strings.Trim(host, "[]")) != nil
}

// ServeHTTP implements [http.Handler].
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, own); ok {
		if rest == "events" {
			s.events(w, r)
			return
		}
		data, err := live.ReadFile("live/" + rest)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		send(w, rest, data)
		return
	}
	site, _, _ := s.now()
	name := fileOf(r.URL.Path)
	if f, ok := site[name]; ok {
		data := f.data
		if path.Ext(name) == ".html" {
			data = attach(data, name, digest(site, name))
		}
		send(w, name, data)
		return
	}
	if _, ok := site[path.Join(name, "index.html")]; ok {
		http.Redirect(w, r, (&url.URL{Path: "/" + name + "/"}).EscapedPath(), http.StatusFound)
		return
	}
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(attach(missing(name, site == nil), name, digest(site, name)))
}

// fileOf returns the file that a request's path asks for.
func fileOf(p string) string {
	name := strings.TrimPrefix(path.Clean("/"+p), "/")
	if name == "" || strings.HasSuffix(p, "/") {
		name = path.Join(name, "index.html")
	}
	return name
}

// resolve returns the file that a relative link on a page leads to.
func resolve(page, link string) string { return path.Join(path.Dir(page), link) }

// missing is the page where there is none.
func missing(name string, nothing bool) []byte {
	text := "There is no page " + name + "."
	if nothing {
		text = "There is no site yet."
	}
	return fmt.Appendf(nil, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Not found</title>\n</head>\n<body>\n<p>%s</p>\n<p><a href=\"/\">Home</a></p>\n</body>\n</html>\n", html.EscapeString(text))
}

// attach adds to a page what listens to the server, with the page's file and
// digest for it to ask about, and lets the page's policy allow it.
func attach(page []byte, name, digest string) []byte {
	page = bytes.Replace(page, []byte("connect-src 'none'"), []byte("connect-src 'self'"), 1)
	tags := fmt.Appendf(nil, "<link rel=\"stylesheet\" href=\"%slive.css\">\n<script src=\"%slive.js\" data-page=\"%s\" data-digest=\"%s\" defer></script>\n",
		own, own, html.EscapeString(name), digest)
	at := bytes.Index(page, []byte("</head>"))
	if at < 0 {
		at = len(page)
	}
	return bytes.Join([][]byte{page[:at], tags, page[at:]}, nil)
}

// send sends a file under a type that does not depend on the machine, as far
// as sites have such files. Markdown is shown rather than downloaded.
func send(w http.ResponseWriter, name string, data []byte) {
	ext := path.Ext(name)
	kind := map[string]string{
		".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
		".md": "text/plain", ".txt": "text/plain", ".json": "application/json",
	}[ext]
	switch {
	case kind != "":
		kind += "; charset=utf-8"
	default:
		if kind = mime.TypeByExtension(ext); kind == "" {
			kind = "application/octet-stream"
		}
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(data) // the reader may have left
}

// message is what a page is told: at once, and after each build.
type message struct {
	Stale bool `json:"stale"` // the page is not what it was when it was loaded
	status
}

// beat is how often a silent stream says that it is alive, so that a reader
// that left is noticed.
const beat = 20 * time.Second

// events streams messages about the page that the query names, which had the
// digest that it names. A page that was away learns on return what it missed.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streams here", http.StatusInternalServerError)
		return
	}
	name, had := r.URL.Query().Get("page"), r.URL.Query().Get("digest")
	w.Header().Set("Content-Type", "text/event-stream")
	timer := time.NewTicker(beat)
	defer timer.Stop()
	for {
		site, st, changed := s.now()
		data, err := json.Marshal(message{digest(site, name) != had, st})
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
			return
		}
		flusher.Flush()
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-changed:
				waiting = false
			case <-timer.C:
				if _, err := fmt.Fprint(w, ": alive\n\n"); err != nil {
					return
				}
				flusher.Flush()
			}
		}
	}
}
