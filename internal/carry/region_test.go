package carry_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/demarc/demarc/internal/carry"
)

// marked writes marks shortly: <a> begins the region a, </a> ends it.
var marked = strings.NewReplacer("</", "<!-- END demarc:", "<", "<!-- BEGIN demarc:", ">", " -->")

func TestRegions(t *testing.T) {
	tests := []struct {
		name, text string
		regions    []string // name=text
		findings   []string // line:col rule
	}{
		{"none", "text\n", nil, nil},
		{"two", "<acme/db:checklist>\na\n</acme/db:checklist>\nx\n<home>\n</home>", []string{"acme/db:checklist=a\n", "home="}, nil},
		{"blanks, carriage returns, byte order mark", "\ufeff<a:b>  \r\nx\r\n  </a:b>\t\r\n", []string{"a:b=x\r\n"}, nil},
		{"in code", "```\n<a:b>\n```\n    <a:b>\n\t<a:b>\n`<a:b>`\n~~~~ md\n</a:b>\n~~~\n~~~~\n", nil, nil},
		{"no end", "\n<a:b>\n", nil, []string{"2:1 inject/no-end"}},
		{"behind code in a list", "<a:b>\n- ```sh\n  x\n  ```\n1. ~~~\n   </a:b>\n   ~~~\n</a:b>\n", []string{"a:b=- ```sh\n  x\n  ```\n1. ~~~\n   " + marked.Replace("</a:b>") + "\n   ~~~\n"}, nil},
		{"end hidden in code", "<a:b>\n```\n</a:b>\n", nil, []string{"1:1 inject/no-end"}},
		{"no begin", "x\n  </a:b>\n", nil, []string{"2:3 inject/no-begin"}},
		{"twice", "<a:b>\n</a:b>\n<a:b>\n</a:b>\n", []string{"a:b=", "a:b="}, []string{"3:1 inject/doubled"}},
		{"nested", "<a:b>\n<c:d>\n</c:d>\n</a:b>\n", []string{"c:d=", "a:b=" + marked.Replace("<c:d>\n</c:d>\n")}, []string{"2:1 inject/nested"}},
		{"crossed", "<a:b>\n<c:d>\n</a:b>\n</c:d>\n", []string{"c:d=" + marked.Replace("</a:b>\n")}, []string{"2:1 inject/nested", "3:1 inject/crossed"}},
		{"other name", "<a:b>\n</a:c>\n", nil, []string{"2:1 inject/crossed"}},
		{"case", "<!-- begin demarc:a:b -->\n", nil, []string{"1:1 inject/malformed"}},
		{"text behind", "<a:b> text\n", nil, []string{"1:1 inject/malformed"}},
		{"blanks within", "<!--BEGIN demarc:a:b-->\n<!-- BEGIN demarc: a:b -->\n", nil, []string{"1:1 inject/malformed", "2:1 inject/malformed"}},
		{"no name", "<>\n", nil, []string{"1:1 inject/malformed"}},
		{"bad name", "<a:B>\n", nil, []string{"1:1 inject/malformed"}},
		{"newer", "<a:b>\n<!-- demarc:base v2 xx -->\n</a:b>\n", []string{"a:b=<!-- demarc:base v2 xx -->\n"}, []string{"2:1 inject/newer"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.text
			if !strings.Contains(text, "<!--") {
				text = marked.Replace(text)
			} else {
				text = strings.NewReplacer("<a:b>", marked.Replace("<a:b>"), "</a:b>", marked.Replace("</a:b>")).Replace(text)
			}
			found, findings := carry.Regions("page.md", []byte(text))
			var regions, problems []string
			for _, r := range found {
				regions = append(regions, r.Name+"="+text[r.Start:r.End])
			}
			for _, f := range findings {
				problems = append(problems, strings.TrimPrefix(f.Pos.String(), "page.md:")+" "+f.Rule)
				if f.Message == "" || f.Hint == "" {
					t.Errorf("%s says too little: %+v", f.Rule, f)
				}
			}
			if diff := cmp.Diff(tt.regions, regions); diff != "" {
				t.Errorf("regions (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, problems); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFill checks that only what has to change does.
func TestFill(t *testing.T) {
	const file = "\ufeff# Page \r\n<!-- BEGIN demarc:a:b -->\n<!-- END demarc:a:b -->\r\nlast line \t"
	regions, _ := carry.Regions("page.md", []byte(file))
	got, report := carry.Fill([]byte(file), regions[0], []byte("one\n\ntwo\n"))
	want := "\ufeff# Page \r\n<!-- BEGIN demarc:a:b -->\n\r\none\r\n\r\ntwo\r\n\r\n"
	if !strings.HasPrefix(string(got), want) || !strings.HasSuffix(string(got), " -->\r\n<!-- END demarc:a:b -->\r\nlast line \t") || !report.Changed {
		t.Errorf("%+v\n%q", report, got)
	}
	mixed := strings.Replace(string(got), "one\r\n", "one\n", 1)
	regions, _ = carry.Regions("page.md", []byte(mixed))
	if again, report := carry.Fill([]byte(mixed), regions[0], []byte("one\n\ntwo\n")); string(again) != mixed || report.Changed {
		t.Errorf("%+v\n%q", report, again)
	}
	wrapped := carry.Wrap("a:b", []byte("one\n"))
	if regions, findings := carry.Regions("page.md", wrapped); len(regions) != 1 || findings != nil {
		t.Errorf("%v %v", regions, findings)
	}
}
