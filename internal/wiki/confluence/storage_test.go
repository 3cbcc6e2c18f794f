package confluence_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/render"
	"github.com/demarc/demarc/internal/tree"
	"github.com/demarc/demarc/internal/wiki"
	"github.com/demarc/demarc/internal/wiki/confluence"
)

// elements are those of the storage format that pages may have, with the
// attributes of each.
var elements = map[string]string{
	"h1": "", "h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "p": "", "ul": "", "ol": "start", "li": "", "blockquote": "", "hr": "", "br": "",
	"table": "", "tbody": "", "tr": "", "th": "", "td": "", "strong": "", "em": "", "code": "", "span": "style", "a": "href",
	"ac:structured-macro": "ac:name ac:schema-version", "ac:parameter": "ac:name", "ac:rich-text-body": "", "ac:plain-text-body": "",
	"ac:link": "ac:anchor", "ri:page": "ri:content-title", "ac:plain-text-link-body": "", "ac:link-body": "",
	"ac:task-list": "", "ac:task": "", "ac:task-id": "", "ac:task-status": "", "ac:task-body": "",
}

// macros are those that pages may have, with their parameters.
var macros = map[string]string{
	"anchor": "", "code": "language", "status": "colour title", "toc": "maxLevel", "details": "id", "detailssummary": "id firstcolumn headings sortBy cql",
}

// phrasing is what may be in text; in the body of a link even less.
var phrasing = []string{"strong", "em", "code", "span", "br", "a", "ac:link", "ac:structured-macro"}

// storagePage is what a page says.
type storagePage struct {
	anchors  map[string]bool
	links    [][2]string // titles and anchors
	tasks    []string    // ids
	complete int
	rows     int // with an anchor
	headings []string
	text     string // what a reader sees, squeezed
	problems []string
}

// readStorage reads a page as strictly as it can.
func readStorage(data []byte) *storagePage {
	p := &storagePage{anchors: map[string]bool{}}
	report := func(format string, args ...any) { p.problems = append(p.problems, fmt.Sprintf(format, args...)) }
	wrapped := `<page xmlns:ac="http://atlassian.com/content" xmlns:ri="http://atlassian.com/resource/identifier">` + string(data) + "</page>"
	d := xml.NewDecoder(strings.NewReader(wrapped))
	d.Entity = xml.HTMLEntity
	var path, macro []string
	var parameter, parameterText, heading string
	var text strings.Builder
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			report("%v", err)
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := qualified(token.Name)
			parent := ""
			if len(path) > 0 {
				parent = path[len(path)-1]
			}
			path = append(path, name)
			if name == "page" {
				continue
			}
			p.check(report, name, parent, token.Attr)
			attr := map[string]string{}
			for _, a := range token.Attr {
				attr[qualified(a.Name)] = a.Value
			}
			switch name {
			case "ac:structured-macro":
				macro = append(macro, attr["ac:name"])
				if _, ok := macros[attr["ac:name"]]; !ok {
					report("macro %s", attr["ac:name"])
				}
			case "ac:parameter":
				parameter, parameterText = attr["ac:name"], ""
				if !slices.Contains(strings.Split(macros[macro[len(macro)-1]], " "), parameter) {
					report("parameter %s of macro %s", parameter, macro[len(macro)-1])
				}
			case "ac:link":
				p.links = append(p.links, [2]string{"", attr["ac:anchor"]})
			case "ri:page":
				p.links[len(p.links)-1][0] = attr["ri:content-title"]
			case "h1", "h2", "h3", "h4", "h5", "h6":
				heading = ""
			}
		case xml.EndElement:
			name := qualified(token.Name)
			if len(path) == 0 || path[len(path)-1] != name {
				report("<%s> ends in <%s>", name, strings.Join(path, "><"))
				return p
			}
			path = path[:len(path)-1]
			switch name {
			case "ac:structured-macro":
				macro = macro[:len(macro)-1]
			case "ac:parameter":
				switch where := macro[len(macro)-1] + " " + parameter; where {
				case "anchor ":
					if p.anchors[parameterText] {
						report("anchor %s twice", parameterText)
					}
					p.anchors[parameterText] = true
					if path[len(path)-2] == "th" {
						p.rows++
					}
				case "status title":
					text.WriteString(parameterText)
				case "status colour":
					if !slices.Contains([]string{"Grey", "Red", "Yellow", "Green", "Blue"}, parameterText) {
						report("colour %s", parameterText)
					}
				}
			case "h1", "h2", "h3", "h4", "h5", "h6":
				p.headings = append(p.headings, heading)
			}
		case xml.CharData:
			s := string(token)
			switch path[len(path)-1] {
			case "ac:parameter":
				parameterText += s
			case "ac:task-id":
				if slices.Contains(p.tasks, s) {
					report("task id %s twice", s)
				}
				p.tasks = append(p.tasks, s)
			case "ac:task-status":
				if s == "complete" {
					p.complete++
				} else if s != "incomplete" {
					report("task status %s", s)
				}
			case "page", "ul", "ol", "tbody", "tr", "table", "blockquote", "ac:task-list", "ac:task", "ac:link", "ac:structured-macro":
				if strings.TrimSpace(s) != "" {
					report("%q directly in %s", s, path[len(path)-1])
				}
			default:
				heading += s
				text.WriteString(s)
			}
		default:
			report("%T", token)
		}
	}
	if len(path) > 0 {
		report("<%s> does not end", path[len(path)-1])
	}
	p.text = squeeze(text.String())
	return p
}

// check checks an element against what is allowed, and where.
func (p *storagePage) check(report func(string, ...any), name, parent string, attrs []xml.Attr) {
	allowed, ok := elements[name]
	if !ok {
		report("element %s", name)
	}
	for _, a := range attrs {
		if !slices.Contains(strings.Fields(allowed), qualified(a.Name)) {
			report("attribute %s of %s", qualified(a.Name), name)
		}
	}
	switch parent {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "strong", "em", "code", "span", "a", "ac:task-body":
		if !slices.Contains(phrasing, name) {
			report("%s in %s", name, parent)
		}
	case "ac:link-body":
		if !slices.Contains([]string{"strong", "em", "code", "span", "br"}, name) {
			report("%s in the body of a link", name)
		}
	case "ul", "ol":
		if name != "li" {
			report("%s in %s", name, parent)
		}
	case "ac:task-list":
		if name != "ac:task" {
			report("%s in a task list", name)
		}
	}
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func TestStorage(t *testing.T) {
	for name, s := range sites(t) {
		for _, limit := range []int{0, 40 << 10} {
			t.Run(fmt.Sprint(name, "/", limit), func(t *testing.T) { testStorage(t, s, limit, name == "large") })
		}
	}
}

func testStorage(t *testing.T, s *wiki.Site, limit int, long bool) {
	m, files := filesOf(t, s, confluence.Options{Limit: limit})
	pages, titles := map[string]*storagePage{}, map[string]*storagePage{}
	tasks, rows := 0, map[string]int{}
	headings, text := map[string][]string{}, map[string]string{}
	for _, p := range m.Pages {
		page := readStorage(files[p.File])
		for _, problem := range page.problems {
			t.Errorf("%s: %s", p.Key, problem)
		}
		pages[p.Key], titles[p.Title] = page, page
		tasks += len(page.tasks)
		doc, _, _ := strings.Cut(p.Key, "~")
		rows[doc] += page.rows
		headings[doc] = append(headings[doc], page.headings...)
		text[doc] += page.text
		if limit > 0 && p.Bytes > limit {
			t.Errorf("%s has %d bytes", p.Key, p.Bytes)
		}
	}
	for key, page := range pages {
		for _, l := range page.links {
			to := page
			if l[0] != "" {
				to = titles[l[0]]
			}
			if to == nil || l[1] != "" && !to.anchors[l[1]] {
				t.Errorf("%s links to %q, which is not there", key, l)
			}
		}
	}
	if long && (titles["Service of a large model: Runbook"] == nil || pages["p/s:runbook~2"] == nil || pages["p/s:runbook~2"].headings[0] == "") {
		t.Error("the long runbook is not divided")
	}
	if want := tasksOf(s); tasks != want || want == 0 {
		t.Errorf("there are %d tasks, want %d", tasks, want)
	}
	for _, d := range s.Documents() {
		key := wiki.RegionName(d)
		if d.Model == nil {
			continue
		}
		if d.Kind == render.RACI && rows[key] != d.Model.Activities {
			t.Errorf("%s has %d rows, want %d", key, rows[key], d.Model.Activities)
		}
		for _, h := range d.Headings() {
			if title := tree.Plain(h.Text); !slices.Contains(headings[key], title) {
				t.Errorf("%s has no heading %q", key, title)
			}
		}
		if pages[key+"~2"] == nil && !strings.Contains(text[key], textOf(d.Blocks)) {
			t.Errorf("%s says\n%s\nnot\n%s", key, text[key], textOf(d.Blocks))
		}
	}
}

// TestReadStorage shows that the reader of this test finds what is wrong.
func TestReadStorage(t *testing.T) {
	for body, want := range map[string]string{
		"<p>a & b</p>": "invalid character entity", "<p>a": "ends in", "<p>a</b></p>": "ends in", "<script>x</script>": "element script",
		`<p style="x">a</p>`: "attribute style of p", "text": `"text" directly in page`, "<p><ul><li>x</li></ul></p>": "ul in p",
		`<ac:structured-macro ac:name="html"></ac:structured-macro>`:                                                              "macro html",
		`<ac:structured-macro ac:name="toc"><ac:parameter ac:name="x">1</ac:parameter></ac:structured-macro>`:                     "parameter x of macro toc",
		"<ac:task-list><li>x</li></ac:task-list>":                                                                                 "li in a task list",
		"<ac:task-list><ac:task><ac:task-id>1</ac:task-id></ac:task><ac:task><ac:task-id>1</ac:task-id></ac:task></ac:task-list>": "task id 1 twice",
		`<ac:link><ac:link-body><a href="x">x</a></ac:link-body></ac:link>`:                                                       "a in the body of a link",
		"<!-- comment -->": "xml.Comment",
	} {
		if got := strings.Join(readStorage([]byte(body)).problems, "\n"); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
}
