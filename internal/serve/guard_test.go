package serve

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestGuard asks as pages of this machine do, and as pages of the web may.
func TestGuard(t *testing.T) {
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	for _, test := range []struct {
		method, host, name string
		want               int
	}{
		{"GET", "127.0.0.1:8080", "127.0.0.1", 200},
		{"GET", "localhost:8080", "127.0.0.1", 200},
		{"GET", "LOCALHOST", "127.0.0.1", 200},
		{"GET", "preview.localhost:8080", "127.0.0.1", 200},
		{"GET", "[::1]:8080", "::1", 200},
		{"GET", "[::1]", "::1", 200},
		{"GET", "192.168.1.7:8080", "0.0.0.0", 200},
		{"HEAD", "localhost", "127.0.0.1", 200},
		{"GET", "desk.example:8080", "desk.example", 200},
		{"GET", "desk.example.", "Desk.Example", 200},
		{"GET", "desk.example:8080", "127.0.0.1", 403},
		{"GET", "evil.example:8080", "127.0.0.1", 403},
		{"GET", "127.0.0.1.evil.example:8080", "127.0.0.1", 403},
		{"GET", "localhost.evil.example", "127.0.0.1", 403},
		{"GET", "evil-localhost", "127.0.0.1", 403},
		{"GET", "evil.example", "", 403},
		{"POST", "localhost", "127.0.0.1", 405},
		{"POST", "evil.example", "127.0.0.1", 403},
	} {
		r := httptest.NewRequest(test.method, "/", nil)
		r.Host = test.host
		w := httptest.NewRecorder()
		guard(test.name, inner).ServeHTTP(w, r)
		if w.Code != test.want {
			t.Errorf("%s of %s, listening to %q: status %d, want %d", test.method, test.host, test.name, w.Code, test.want)
		}
		if h := w.Header(); w.Code == 200 && (h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("headers %v", h)
		}
	}
}

// TestListen takes a port and asks for it again.
func TestListen(t *testing.T) {
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !loopback(l.Addr()) {
		t.Errorf("%s is this machine's own", l.Addr())
	}
	if loopback(&net.TCPAddr{IP: net.IPv4zero}) || loopback(&net.TCPAddr{}) || loopback(&net.TCPAddr{IP: net.IPv4(192, 168, 1, 7)}) {
		t.Error("addresses that others reach count as this machine's own")
	}
	if other, err := listen(l.Addr().String()); err == nil {
		other.Close()
		t.Error("a port is taken twice")
	} else if text := err.Error(); !strings.Contains(text, "; --addr 127.0.0.1:") || !strings.Contains(text, " is free") {
		t.Errorf("the message names no free port: %s", text)
	}
	if _, err := listen("8080"); err == nil || !strings.Contains(err.Error(), "127.0.0.1:8080") {
		t.Errorf("an address without a host: %v", err)
	}
}

// TestServeFiles asks for files of a site in the ways that browsers do.
func TestServeFiles(t *testing.T) {
	s := newServer(Options{})
	page := `<html><head><meta http-equiv="Content-Security-Policy" content="connect-src 'none'"><link rel="stylesheet" href="../a.css"></head><body>connect-src 'none'</body></html>`
	s.site = map[string]file{}
	for name, data := range map[string]string{"index.html": page, "a b/index.html": page, "a.css": "x", "a.js": "x", "a.md": "x", "a.unknown": "x"} {
		s.site[name] = file{[]byte(data), "digest-of-" + name}
	}
	for _, test := range []struct {
		path   string
		status int
		header string // Content-Type or Location
		body   string
	}{
		{"/", 200, "text/html; charset=utf-8", `data-page="index.html"`},
		{"/index.html", 200, "text/html; charset=utf-8", `content="connect-src 'self'"`},
		{"/a%20b/", 200, "text/html; charset=utf-8", `data-page="a b/index.html" data-digest="digest-of-a b/index.html.digest-of-a.css"`},
		{"/a%20b/index.html", 200, "text/html; charset=utf-8", `<body>connect-src 'none'</body>`},
		{"/a%20b", 302, "/a%20b/", ""},
		{"//a%20b", 302, "/a%20b/", ""},
		{"/a.css", 200, "text/css; charset=utf-8", "x"},
		{"/a.js", 200, "text/javascript; charset=utf-8", "x"},
		{"/a.md", 200, "text/plain; charset=utf-8", "x"},
		{"/a.unknown", 200, "application/octet-stream", "x"},
		{"/../a.css", 200, "text/css; charset=utf-8", "x"},
		{"/none%22%3E%3Cscript%3E", 404, "", `data-page="none&#34;&gt;&lt;script&gt;" data-digest="none"`},
		{"/.demarc/live.js", 200, "text/javascript; charset=utf-8", "EventSource"},
		{"/.demarc/live.css", 200, "text/css; charset=utf-8", "#demarc-live"},
		{"/.demarc/none", 404, "", ""},
	} {
		r := httptest.NewRequest("GET", "http://localhost"+test.path, nil)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		header := w.Header().Get("Content-Type")
		if test.status == 302 {
			header = w.Header().Get("Location")
		}
		if w.Code != test.status || test.header != "" && header != test.header || !strings.Contains(w.Body.String(), test.body) {
			t.Errorf("%s: status %d, %q\n%s", test.path, w.Code, header, w.Body)
		}
	}
}
