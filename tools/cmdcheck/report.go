package cmdcheck

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Problem is something in a step that a tool or an API server would refuse.
type Problem struct {
	// Place is the step's, Line the line in its run or manifest, from 1. A
	// manifest's problem has the line on which the manifest's document starts.
	Place string
	Line  int
	// What is the command line or the kind of object that is wrong.
	What string
	// Err says what is wrong with it.
	Err error
}

func (p Problem) String() string {
	return fmt.Sprintf("%s, line %d: %s\n\t%v", p.Place, p.Line, p.What, p.Err)
}

// Report is what a check found and how much it looked at.
type Report struct {
	Problems []Problem
	// Parsed counts command lines by the tool that parsed them, right or wrong.
	Parsed map[string]int
	// Unparsed counts calls of programs that no tool here parses, by name. The
	// empty name is that of a program only the shell knows.
	Unparsed map[string]int
	// Decoded counts Kubernetes objects that were decoded, right or wrong, by
	// apiVersion and kind; Undecoded those of kinds that have no type here.
	Decoded, Undecoded map[string]int
	// Files counts manifests that are no Kubernetes objects: values, settings.
	Files int
}

// NewReport returns a report of nothing.
func NewReport() *Report {
	return &Report{
		Parsed: map[string]int{}, Unparsed: map[string]int{},
		Decoded: map[string]int{}, Undecoded: map[string]int{},
	}
}

// Counts writes what was looked at, a line a subject.
func (r *Report) Counts() string {
	var b strings.Builder
	line := func(subject string, counts map[string]int) {
		fmt.Fprintf(&b, "%s:", subject)
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			shown := name
			if shown == "" {
				shown = "(from a variable)"
			}
			fmt.Fprintf(&b, " %s %d", shown, counts[name])
		}
		if len(counts) == 0 {
			b.WriteString(" none")
		}
		b.WriteString("\n")
	}
	line("command lines parsed", r.Parsed)
	line("command lines not checked", r.Unparsed)
	line("objects decoded", r.Decoded)
	line("objects not checked", r.Undecoded)
	fmt.Fprintf(&b, "other files: %d\n", r.Files)
	return b.String()
}
