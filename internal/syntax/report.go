package syntax

import (
	"fmt"
	"strconv"

	"github.com/demarc/demarc/internal/diag"
)

// report collects what there is to say about one file.
type report struct {
	file     string
	findings []diag.Finding
	failed   bool // an error was among them
}

func (r *report) error(rule string, pos diag.Pos, message, hint string, related ...diag.Related) {
	r.failed = true
	r.add(diag.Finding{
		Rule: rule, Severity: diag.Error, Pos: pos, Message: message, Hint: hint, Related: related,
	})
}

func (r *report) advise(rule string, pos diag.Pos, message, hint string) {
	r.add(diag.Finding{Rule: rule, Severity: diag.Advice, Pos: pos, Message: message, Hint: hint})
}

func (r *report) add(f diag.Finding) {
	if len(r.findings) < maxFindings {
		r.findings = append(r.findings, f)
	}
}

func (r *report) duplicateKey(key string, pos, first diag.Pos) {
	r.error("syntax/duplicate-key", pos, "key "+quote(key)+" stands twice in this mapping", "keep one of them",
		diag.Related{Pos: first, Message: "first defined here"})
}

func (r *report) tooDeep(pos diag.Pos) {
	r.error("syntax/too-deep", pos, "nested more than "+strconv.Itoa(MaxDepth)+" levels deep",
		"close the brackets that were left open, or use fewer levels")
}

// maxQuoted is how much of somebody's text a message repeats, in bytes.
const maxQuoted = 60

// quote puts text in quotes for a message, shortened if it is long.
func quote(text string) string {
	if len(text) <= maxQuoted {
		return strconv.Quote(text)
	}
	cut := maxQuoted
	for cut > 0 && text[cut]&0xC0 == 0x80 { // not within a character
		cut--
	}
	return strconv.Quote(text[:cut] + "…")
}

// guard runs a parser of a library and turns a panic into an error: a mistake
// of the library should cost the author one file, not the run.
func guard(parse func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the parser failed: %v", r)
		}
	}()
	return parse()
}
