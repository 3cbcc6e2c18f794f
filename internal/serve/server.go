package serve

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
)

// server holds the site and tells pages of changes. It is an [http.Handler].
type server struct {
	options Options
	memory  memory

	mu      sync.Mutex
	site    map[string]file // of the last good build; nil if there was none
	status  status          // of the last build
	err     error
	changed chan struct{} // is closed after the next build
}

// status is what pages are told of a build.
type status struct {
	Good     bool    `json:"good"`     // this is the site that is served
	Summary  string  `json:"summary"`  // such as "1 error, 2 warnings"; may be empty
	Findings []shown `json:"findings"` // the worst first, and not all if they are many
	Left     int     `json:"left"`     // findings that are not among them
}

// shown is a finding as a page shows it.
type shown struct {
	Severity string `json:"severity"`
	Text     string `json:"text"` // as in a terminal: file, line, message, the line itself, hint
}

func newServer(o Options) *server {
	return &server{options: o, memory: memory{units: map[string]*unit{}}, status: status{Good: true}, changed: make(chan struct{})}
}

// build makes the site anew. The server goes on serving meanwhile.
func (s *server) build() {
	r := s.memory.begin()
	result, err := build.Site(s.options.Input(), r)
	update := Update{Result: result, Err: err, Rebuilt: r.made}
	site := r.end(update.Good())
	st := s.describe(update)

	s.mu.Lock()
	if site != nil {
		s.site = site
	}
	s.status, s.err = st, err
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
	s.options.Built(update)
}

// failed reports that the last build could not be done.
func (s *server) failed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err != nil
}

// mostShown is how many findings a page shows: more than anybody reads there.
const mostShown = 50

func (s *server) describe(u Update) status {
	st := status{Good: u.Good(), Findings: []shown{}}
	if u.Err != nil {
		st.Summary = "the build failed"
		st.Findings = append(st.Findings, shown{diag.Error.String(), u.Err.Error()})
		return st
	}
	st.Summary = diag.Summary(u.Result.Findings)
	for severity := diag.Error; severity >= diag.Advice; severity-- {
		for _, f := range u.Result.Findings {
			switch {
			case f.Severity != severity:
			case len(st.Findings) == mostShown:
				st.Left++
			default:
				var b strings.Builder
				// A strings.Builder takes everything.
				_ = diag.Text(&b, []diag.Finding{f}, s.options.Files, false)
				st.Findings = append(st.Findings, shown{severity.String(), b.String()})
			}
		}
	}
	return st
}

// now returns the site, what is to be said of it, and what is closed when
// that is no longer so.
func (s *server) now() (map[string]file, status, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.site, s.status, s.changed
}

// loaded finds the style sheets, scripts and images that a page loads.
var loaded = regexp.MustCompile(`<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"#?:]+)"`)

// digest returns a text that differs when a page, or what it loads, does.
func digest(site map[string]file, name string) string {
	page, ok := site[name]
	if !ok {
		return "none"
	}
	var b strings.Builder
	b.WriteString(page.digest)
	head, _, _ := bytes.Cut(page.data, []byte("</head>"))
	for _, m := range loaded.FindAllSubmatch(head, -1) {
		if f, ok := site[resolve(name, string(m[1]))]; ok {
			b.WriteString("." + f.digest)
		}
	}
	return b.String()
}
