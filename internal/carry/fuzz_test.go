package carry_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/carry"
)

// FuzzFill fills a region of any text with any document, twice.
func FuzzFill(f *testing.F) {
	const document = "## Choose\n\n- [ ] **Pin** [`pin`](r.md#pin) *required*\n    - Evidence: The version.\n\n```sh\nls\n```\n\n| A | B |\n| --- | --- |\n| x `y` | |\n"
	merged, _ := carry.Merge([]byte("- [x] **Pin** `pin`\nmine\n"), []byte(document))
	for _, old := range []string{"", document, strings.Replace(document, "[ ]", "[x]", 1) + "mine\n", string(merged),
		strings.ReplaceAll(string(merged), "\n", "\r\n"), "```\nnever closed", "| x `y` | filled | more", "**No longer in the model**: kept because they were ticked or annotated.\n- [x] a `b`"} {
		f.Add(old, document, "before\r\n", "after")
		f.Add(old, "text\n", "", "")
	}
	f.Fuzz(func(t *testing.T, old, generated, before, after string) {
		text := before + "\n<!-- BEGIN demarc:a:b -->\n" + old + "\n<!-- END demarc:a:b -->\n" + after
		regions, _ := carry.Regions("f.md", []byte(text))
		for _, r := range regions {
			if r.Start > r.End || r.End > len(text) {
				t.Fatalf("region %+v of %d bytes", r, len(text))
			}
			merged, _ := carry.Fill([]byte(text), r, []byte(generated))
			if !strings.HasPrefix(string(merged), text[:r.Start]) || !strings.HasSuffix(string(merged), text[r.End:]) {
				t.Fatalf("text around the region changed:\n%q\n%q", text, merged)
			}
		}
		first, _ := carry.Merge([]byte(old), []byte(generated))
		second, report := carry.Merge(first, []byte(generated))
		if !bytes.Equal(first, second) || report.Changed {
			t.Fatalf("a second merge of %q changes %q\nto %q", generated, first, second)
		}
	})
}
