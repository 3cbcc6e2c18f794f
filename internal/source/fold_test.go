package source

import (
	"slices"
	"testing"
)

func TestFold(t *testing.T) {
	same := [][]string{
		{"the user’s key", "the user's  key", " the\u00A0user's key\n"},
		{"a “good” copy", `a "good" copy`, "a „good“ copy", "a « good » copy", "a «\u202Fgood\u202F» copy"},
		{"les rôles du RACI :", "les rôles du RACI:", "les rôles du RACI\u00A0:"},
		{"nodes - all of them", "nodes — all of them", "nodes—all of them", "nodes – all of them", "nodes -- all of them"},
		{"days 1-3", "days 1–3", "days 1 – 3"},
		{"well\u00ADknown", "wellknown", "well\u200Bknown"},
		{"ready-to-use", "ready‑to‑use", "ready‐to‐use"},
		{"office", "o\uFB03ce"},
		{"and so on...", "and so on…"},
		{"e\u0301tat", "\u00E9tat"},
	}
	for _, group := range same {
		for _, s := range group[1:] {
			if fold(s) != fold(group[0]) {
				t.Errorf("%q is folded to %q, %q to %q", s, fold(s), group[0], fold(group[0]))
			}
		}
	}
	different := [][2]string{
		{"ready-to-use", "ready to use"}, {"10 nodes", "1 0 nodes"}, {"may", "May"}, {"not sure", "notsure"}, {"a.b", "a. b"}, {"1-3", "13"},
	}
	for _, pair := range different {
		if fold(pair[0]) == fold(pair[1]) {
			t.Errorf("%q and %q are both folded to %q", pair[0], pair[1], fold(pair[0]))
		}
	}
	if got := digest("Choose the size"); got != "f2431eb72c9df67d" {
		t.Errorf("the digest of a text has changed to %s: all locks are void", got)
	}
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"Security by design":         "security-by-design",
		" What's new? ":              "whats-new",
		"Mise en œuvre, à l’échelle": "mise-en-oeuvre-a-lechelle",
		"Größe & Straße":             "grosse-strasse",
		"C++ / C#":                   "c-c",
		"日本":                         "",
		"A heading that goes on and on and on, so that nobody can read its name": "a-heading-that-goes-on-and-on-and-on-so-that-nobody-can-read",
	} {
		if got := slug(text); got != want {
			t.Errorf("slug(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"One. Two! Three? Four": {"One.", "Two!", "Three?", "Four"},
		"Use workloads (e.g. pods, jobs. And more), etc. They are yours.": {"Use workloads (e.g. pods, jobs. And more), etc.", "They are yours."},
		"See e.g. the guide, i.e. this one. Dr. Smith wrote it.":          {"See e.g. the guide, i.e. this one.", "Dr. Smith wrote it."},
		"Version 1.27 is out. Get 1.28.":                                  {"Version 1.27 is out.", "Get 1.28."},
		"No. 5 is alive, no. 6 is not. No.":                               {"No. 5 is alive, no. 6 is not.", "No."},
		"It costs 5 EUR. 30 days are free.":                               {"It costs 5 EUR.", "30 days are free."},
		"He said “no.” Then he left.":                                     {"He said “no.”", "Then he left."},
		"Am 6. Juli 2023 z. B. im Haus. Das war es.":                      {"Am 6. Juli 2023 z. B. im Haus.", "Das war es."},
		"P. ex. ceci. Et cela.":                                           {"P. ex. ceci.", "Et cela."},
		"the small letter. after it begins none. But this does.":          {"the small letter. after it begins none.", "But this does."},
		"Wait... Then go. acme.com is down.":                              {"Wait...", "Then go. acme.com is down."},
		"Is it? (Yes.) It is.":                                            {"Is it?", "(Yes.) It is."},
		"An open ( bracket. Keeps all. Together.":                         {"An open ( bracket. Keeps all. Together."},
		"": nil,
	} {
		if got := sentences(text); !slices.Equal(got, want) {
			t.Errorf("sentences(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestInlineText(t *testing.T) {
	for markdown, want := range map[string]string{
		"plain":                                "plain",
		"**bold** and *thin* and __both__":     "bold and thin and both",
		"***all***":                            "all",
		"a*b*c and a_b_c":                      "abc and a_b_c",
		"RA*":                                  "RA*",
		"**RA***":                              "RA*",
		"*These can be delegated":              "*These can be delegated",
		"2 * 3 * 4":                            "2 * 3 * 4",
		"`a*b*` and ``c`d``":                   "a*b* and c`d",
		"`open":                                "`open",
		"[text](http://x.y/(z) \"title\") end": "text end",
		"[text][ref], [alone], ![alt](p.png)":  "text, [alone], alt",
		"[a [b](c) d](e)":                      "a b d",
		"<https://example.com> <b>x</b> <br>y": "https://example.com x y",
		"a < b and b > a":                      "a < b and b > a",
		`\*not\* \(it\)`:                       "*not* (it)",
		"a &amp; b &nbsp; c":                   "a & b c",
		"`&amp;`":                              "&amp;",
		"~~gone~~":                             "gone",
		"<!-- c -->seen":                       "seen",
		"__R__éalise":                          "__R__éalise",
		"[unclosed](target":                    "[unclosed](target",
	} {
		if got := inlineText(markdown); got != want {
			t.Errorf("inlineText(%q) = %q, want %q", markdown, got, want)
		}
	}
}
