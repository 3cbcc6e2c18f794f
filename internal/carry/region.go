package carry

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
)

// The marks around a region. Each stands on a line of its own, indented by three
// blanks at most: further in, or in a fenced code block, it is an example.
const (
	beginMark = "<!-- BEGIN demarc:"
	endMark   = "<!-- END demarc:"
	markEnd   = " -->"
)

var (
	mark     = regexp.MustCompile(`^ {0,3}<!-- (BEGIN|END) demarc:(\S*) -->[ \t]*$`)
	nearMark = regexp.MustCompile(`(?i)^ {0,3}<!--\s*(BEGIN|END)\s+demarc\b`)
	goodName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]*(:[a-z]+)?$`)
	newBase  = regexp.MustCompile(`^[ \t]*` + basePrefix + `v[0-9]+`)
)

// Region is what stands between two marks of a file.
type Region struct {
	Name       string   // what the marks name, such as ovhcloud/managed-kubernetes:checklist
	Pos        diag.Pos // of the mark that begins it
	Start, End int      // offsets of the text between the lines of the marks
}

// Regions returns the regions of a file, which are disjoint and in order, and
// what is wrong with its marks. If anything is, the file is best left alone: the
// regions are those whose marks pair all the same.
func Regions(file string, text []byte) ([]Region, []diag.Finding) {
	s := scanner{file: file, byName: map[string]diag.Pos{}}
	s.scan(string(text))
	for _, r := range s.open {
		hint := "add " + endMark + r.Name + markEnd + " where the generated part ends"
		if s.fence != "" {
			hint = "a code block that begins after it is not closed, and hides what follows; close it"
		}
		s.report("inject/no-end", r.Pos, "the region "+r.Name+" begins here and never ends", hint)
	}
	diag.Sort(s.findings)
	return s.regions, s.findings
}

type scanner struct {
	file     string
	regions  []Region
	findings []diag.Finding
	open     []Region // those that have begun and not ended; more than one is wrong
	fence    string   // the fence that opened the code block around the line
	byName   map[string]diag.Pos
}

func (s *scanner) report(rule string, pos diag.Pos, message, hint string) {
	s.findings = append(s.findings, diag.Finding{Rule: rule, Severity: diag.Error, Pos: pos, Message: message, Hint: hint})
}

func (s *scanner) scan(text string) {
	offset := 0
	for n := int32(1); offset < len(text); n++ {
		end := len(text)
		if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
			end = offset + i + 1
		}
		line := strings.TrimRight(text[offset:end], "\r\n")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if !s.inFence(line) {
			s.line(line, n, offset, end)
		}
		offset = end
	}
}

// inFence reports whether a line is part of a fenced code block.
func (s *scanner) inFence(line string) bool {
	if s.fence == "" {
		m := fenceOpen.FindStringSubmatch(line)
		if m == nil || !opens(m[1], m[2]) {
			return false
		}
		s.fence = m[1]
	} else if m := fenceLine.FindStringSubmatch(line); m != nil && strings.HasPrefix(m[1], s.fence) && strings.Trim(m[2], " \t") == "" {
		s.fence = ""
	}
	return true
}

// line looks at a line outside of code blocks, which goes from start to end.
func (s *scanner) line(line string, n int32, start, end int) {
	col := indentLen(line)
	pos := diag.Pos{File: s.file, Line: n, Col: int32(col) + 1, Len: int32(utf8.RuneCountInString(strings.TrimSpace(line)))}
	m := mark.FindStringSubmatch(line)
	switch {
	case m == nil && nearMark.MatchString(line):
		s.report("inject/malformed", pos, "this is almost a mark",
			"write "+beginMark+"NAME"+markEnd+" or "+endMark+"NAME"+markEnd+", with one blank where there is one here, alone on the line")
	case m == nil && len(s.open) > 0 && newBase.MatchString(line) && !strings.Contains(line, baseStart+" "):
		s.report("inject/newer", pos, "a newer Demarc wrote this region", "use that version, or a later one")
	case m == nil:
	case !goodName.MatchString(m[2]):
		s.report("inject/malformed", pos, "the mark names nothing that can be a document", "name it as model:document, such as ovhcloud/managed-kubernetes:checklist")
	case m[1] == "BEGIN":
		s.begin(m[2], pos, end)
	default:
		s.end(m[2], pos, start)
	}
}

func (s *scanner) begin(name string, pos diag.Pos, at int) {
	if n := len(s.open); n > 0 {
		around := s.open[n-1]
		s.report("inject/nested", pos, "the region "+name+" begins within the region "+around.Name,
			"end "+around.Name+" before, or take one of the two away")
		s.related(around.Pos, around.Name+" begins here")
	}
	if first, ok := s.byName[name]; ok {
		s.report("inject/doubled", pos, "the region "+name+" is in this file twice", "take one of the two away")
		s.related(first, "the first is here")
	} else {
		s.byName[name] = pos
	}
	s.open = append(s.open, Region{Name: name, Pos: pos, Start: at})
}

func (s *scanner) end(name string, pos diag.Pos, at int) {
	n := len(s.open)
	i := slices.IndexFunc(s.open, func(r Region) bool { return r.Name == name })
	switch {
	case n == 0:
		s.report("inject/no-begin", pos, "the region "+name+" ends here and never began",
			"add "+beginMark+name+markEnd+" where the generated part begins, or take this line away")
		return
	case i == n-1:
		r := s.open[i]
		r.End = at
		s.regions = append(s.regions, r)
	default:
		top := s.open[n-1]
		s.report("inject/crossed", pos, "the region "+name+" ends within the region "+top.Name,
			"end "+top.Name+" before, or give the marks around a region the same name")
		s.related(top.Pos, top.Name+" begins here")
		if i < 0 {
			i = n - 1
		}
	}
	s.open = slices.Delete(s.open, i, i+1)
}

// related adds a second place to the latest finding.
func (s *scanner) related(pos diag.Pos, message string) {
	f := &s.findings[len(s.findings)-1]
	f.Related = append(f.Related, diag.Related{Pos: pos, Message: message})
}
