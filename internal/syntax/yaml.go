package syntax

import (
	"bytes"
	"errors"
	"io"

	"gopkg.in/yaml.v3"
)

// readYAML reads a YAML document. The library parses it into its own tree,
// never into maps: there it would expand aliases and take time in the square
// of a mapping's size.
func readYAML(rep *report, src *source) *Node {
	dec := yaml.NewDecoder(bytes.NewReader(src.text))
	var doc, next yaml.Node
	if err := guard(func() error { return dec.Decode(&doc) }); err != nil {
		if errors.Is(err, io.EOF) {
			return emptyMap(rep.file)
		}
		reportYAML(rep, src, dec, err)
		return nil
	}
	switch err := guard(func() error { return dec.Decode(&next) }); {
	case err == nil:
		at := src.offset(next.Line-1, next.Column-1)
		rep.error("syntax/many-documents", src.span(at, src.wordEnd(at)),
			"a second document begins here", "keep one document to a file")
	case !errors.Is(err, io.EOF):
		reportYAML(rep, src, dec, err)
	}
	root := convertYAML(rep, src, doc.Content[0])
	switch {
	case root.Kind == Null && root.Text == "":
		return emptyMap(rep.file)
	case root.Kind != Map:
		rep.error("syntax/not-a-mapping", root.Pos, "the document is "+root.Kind.String()+", not a mapping",
			"begin it with a key, such as title:")
	}
	return root
}
