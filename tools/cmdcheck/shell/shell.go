// Package shell finds the command lines in the shell text of a step.
//
// In goes the text of a `run`; out come its simple commands, wherever they
// stand: behind a pipe, in a substitution, in a loop, behind xargs or sudo, in
// the text given to `sh -c`, or after the -- of `kubectl exec`; and its
// here-documents, which may be manifests. Nothing is expanded or run: what the
// shell would fill in becomes a hole (see the package hole).
package shell

import (
	"fmt"
	"path"
	"strings"

	"github.com/demarc/demarc/tools/cmdcheck/hole"
	"mvdan.cc/sh/v3/syntax"
)

// Command is one call of a program.
type Command struct {
	// Line is the line of the text on which the command starts, from 1.
	Line int
	// Name is the program without its folder. It is empty where only the shell
	// would know it ("$TOOL get").
	Name string
	// Args are the words after the name, unquoted. They may contain holes.
	Args []string
	// Unsure says that the shell or xargs may add words to Args or drop some,
	// so that their number proves nothing.
	Unsure bool
}

// Document is a here-document.
type Document struct {
	// Line is the line of the text on which the document's first line stands.
	Line int
	// Text may contain holes.
	Text string
}

// Script is what a shell text contains, in the order of the text.
type Script struct {
	Commands  []Command
	Documents []Document
}

// Parse reads text as bash. known tells which program names the caller can
// check: it decides where the command behind a wrapper like `timeout 60` starts.
// Calls of functions that the text itself declares are left out. The error is
// the parser's, with line and column.
func Parse(text string, known func(name string) bool) (Script, error) {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(hole.Mark(text)), "")
	if err != nil {
		return Script{}, fmt.Errorf("not a shell text: %w", err)
	}
	var script Script
	var simple []Command
	functions := map[string]bool{}
	syntax.Walk(file, func(node syntax.Node) bool {
		switch node := node.(type) {
		case *syntax.FuncDecl:
			if node.Name != nil {
				functions[node.Name.Value] = true
			}
		case *syntax.CallExpr:
			if len(node.Args) > 0 {
				simple = append(simple, call(node))
			}
		case *syntax.Redirect:
			if node.Hdoc != nil {
				script.Documents = append(script.Documents, document(node))
			}
		}
		return true
	})
	for _, command := range simple {
		if functions[command.Name] {
			continue
		}
		inner, err := unwrap(command, known)
		if err != nil {
			return Script{}, fmt.Errorf("line %d, in the text given to %s: %w", command.Line, command.Name, err)
		}
		script.Commands = append(script.Commands, inner.Commands...)
		script.Documents = append(script.Documents, inner.Documents...)
	}
	return script, nil
}

// call turns the parser's command into ours.
func call(node *syntax.CallExpr) Command {
	name, _ := unquote(node.Args[0])
	command := Command{Line: int(node.Pos().Line())}
	if len(hole.Names(name)) == 0 {
		command.Name = path.Base(name)
	}
	for _, arg := range node.Args[1:] {
		text, splits := unquote(arg)
		command.Args = append(command.Args, text)
		command.Unsure = command.Unsure || splits
	}
	return command
}
