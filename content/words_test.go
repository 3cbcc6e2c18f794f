package content_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// tooLong is how many words in sequence are no coincidence.
const tooLong = 8

// TestOwnWords holds that no sentence of a provider's document stands in the
// content or in the documentation: most may not be redistributed.
func TestOwnWords(t *testing.T) {
	sources := "../../shared/seeds"
	documents, err := filepath.Glob(sources + "/*")
	if err != nil || len(documents) == 0 {
		t.Skipf("no documents in %s to compare with", sources)
	}
	published := map[string]string{}
	for _, name := range documents {
		for _, sequence := range sequences(t, name) {
			published[sequence.words] = filepath.Base(name)
		}
	}
	compared := 0
	for _, root := range []string{".", "../docs", "../templates", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			for _, sequence := range sequences(t, name) {
				compared++
				if in := published[sequence.words]; in != "" {
					t.Errorf("%s:%d: %q stands in %s", name, sequence.line, sequence.words, in)
				}
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

type sequence struct {
	words string
	line  int
}

// sequences returns every run of words in a file, across lines.
func sequences(t *testing.T, name string) []sequence {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var words []sequence
	for i, line := range strings.Split(string(data), "\n") {
		for _, w := range strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words = append(words, sequence{w, i + 1})
		}
	}
	var runs []sequence
	for i := 0; i+tooLong <= len(words); i++ {
		run := make([]string, tooLong)
		for j := range run {
			run[j] = words[i+j].words
		}
		runs = append(runs, sequence{strings.Join(run, " "), words[i].line})
	}
	return runs
}
