package syntax

import (
	"errors"
	"testing"
)

// TestYAMLErrorWithoutPlaces reports errors of a library that keeps no places
// where we look for them: the line of the message is used, and what has no
// line is reported at the start.
func TestYAMLErrorWithoutPlaces(t *testing.T) {
	tests := []struct{ err, pos, message, rule string }{
		{"yaml: line 2: did not find expected key", "a.yaml:2:1", "did not find expected key", "syntax/yaml"},
		{"yaml: mapping values are not allowed in this context", "a.yaml:1:1", `":" is not expected here`, "syntax/yaml"},
		{"yaml: line 99999999999999999999: new words", "a.yaml:3:4", "new words", "syntax/yaml"},
		{"yaml: found invalid Unicode character escape code", "a.yaml:1:1", "unknown escape in quoted text", "syntax/yaml"},
		{"yaml: unknown anchor 'x' referenced", "a.yaml:1:1", `alias "*x" is not supported`, "syntax/alias"},
	}
	for _, test := range tests {
		rep := &report{file: "a.yaml"}
		src := newSource("a.yaml", []byte("a: 1\nb: 2\nc: \n"))
		reportYAML(rep, src, nil, errors.New(test.err))
		if f := rep.findings[0]; f.Pos.String() != test.pos || f.Message != test.message || f.Rule != test.rule {
			t.Errorf("%s: got %v: %s [%s], want %s: %s [%s]", test.err, f.Pos, f.Message, f.Rule, test.pos, test.message, test.rule)
		}
	}
}

func TestGuard(t *testing.T) {
	err := guard(func() error { panic("out of range") })
	if err == nil || err.Error() != "the parser failed: out of range" {
		t.Errorf("got %v", err)
	}
	if err := guard(func() error { return nil }); err != nil {
		t.Errorf("got %v", err)
	}
}
