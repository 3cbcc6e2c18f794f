package cmdcheck

import (
	"errors"
	"strings"

	"github.com/demarc/demarc/tools/cmdcheck/hole"
	"github.com/demarc/demarc/tools/cmdcheck/shell"
)

// A Tool checks the command lines of one program.
type Tool interface {
	// Name is the word that calls the program.
	Name() string
	// Check says what the program would refuse in args, the words after its
	// name; nil means nothing. unsure says that args may lack words or have
	// some too many. [ErrOutside] means that the tool cannot tell.
	Check(args []string, unsure bool) error
}

// ErrOutside is returned for a command that exists but is not compiled in.
var ErrOutside = errors.New("not compiled into this check")

// Checker checks steps.
type Checker struct {
	tools   map[string]Tool
	objects *objects
}

// NewChecker returns a checker that knows the given tools. [Tools] has them all.
func NewChecker(tools ...Tool) *Checker {
	c := &Checker{tools: map[string]Tool{}, objects: newObjects()}
	for _, tool := range tools {
		c.tools[tool.Name()] = tool
	}
	return c
}

// Steps checks all steps.
func (c *Checker) Steps(steps []Step) *Report {
	report := NewReport()
	for _, step := range steps {
		if step.Run != "" {
			c.Run(step.Place, step.Run, report)
		}
		if step.Manifest != "" {
			c.objects.check(step.Place, 1, hole.Mark(step.Manifest), report)
		}
	}
	return report
}

// Run checks the shell text of one step and adds to the report.
func (c *Checker) Run(place, text string, report *Report) {
	script, err := shell.Parse(text, func(name string) bool { return c.tools[name] != nil })
	if err != nil {
		report.Problems = append(report.Problems, Problem{Place: place, Line: 1, What: firstLine(text), Err: err})
		return
	}
	for _, command := range script.Commands {
		tool := c.tools[command.Name]
		if tool == nil {
			report.Unparsed[command.Name]++
			continue
		}
		err := checkFilled(tool, command)
		if errors.Is(err, ErrOutside) {
			report.Unparsed[command.Name+" "+command.Args[0]]++
			continue
		}
		report.Parsed[command.Name]++
		if err != nil {
			what := hole.Show(command.Name + " " + strings.Join(command.Args, " "))
			report.Problems = append(report.Problems, Problem{Place: place, Line: command.Line, What: what, Err: err})
		}
	}
	for _, document := range script.Documents {
		if isObject(document.Text) {
			c.objects.check(place, document.Line, document.Text, report)
		}
	}
}

// checkFilled checks a command whose holes are filled with one stand-in after
// the other, until the tool accepts one. Where the shell may drop words, leaving
// out those that are nothing but a hole is one more way. If the tool accepts
// none, the error is that of the first, a plain word.
func checkFilled(tool Tool, command shell.Command) error {
	if len(hole.Names(command.Args...)) == 0 {
		return tool.Check(command.Args, command.Unsure)
	}
	standIns := []string{hole.Word, hole.Number, hole.Pair}
	if command.Unsure {
		standIns = append(standIns, "")
	}
	var first error
	for _, standIn := range standIns {
		var args []string
		for _, arg := range command.Args {
			filled := hole.Fill(arg, func(string) string { return standIn })
			if filled != "" || arg == "" {
				args = append(args, filled)
			}
		}
		err := tool.Check(args, command.Unsure)
		if err == nil || errors.Is(err, ErrOutside) {
			return err
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// firstLine is enough of a text to recognise it by.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
