package source

import "testing"

func TestReadAsciiDoc(t *testing.T) { eachReaderArchive(t, "asciidoc", readAsciiDoc) }

func FuzzReadAsciiDoc(f *testing.F) { fuzzReader(f, "asciidoc", readAsciiDoc) }
