package shell

import (
	"path"
	"slices"
	"strings"
)

// wrappers run the command that stands among their own arguments. Their options
// differ, so the command is taken to start at the first word that names a
// program we know, another wrapper or a shell.
var wrappers = map[string]bool{
	"command": true, "doas": true, "env": true, "exec": true, "nice": true, "nohup": true,
	"stdbuf": true, "sudo": true, "time": true, "timeout": true, "watch": true, "xargs": true,
}

// shells run the text that follows -c.
var shells = map[string]bool{"bash": true, "dash": true, "sh": true, "zsh": true}

// unwrap returns the commands that a call amounts to: itself, the one it wraps,
// or both. A wrapper around a program that nobody knows stays itself.
func unwrap(c Command, known func(string) bool) (Script, error) {
	switch {
	case shells[c.Name]:
		if text, ok := shellText(c.Args); ok {
			return nested(c, text, known)
		}
	case c.Name == "command" && len(c.Args) > 0 && strings.HasPrefix(c.Args[0], "-"):
		// `command -v kubectl` asks for the program, it does not call it.
	case c.Name == "watch" && isText(c.Args):
		return nested(c, c.Args[len(c.Args)-1], known)
	case wrappers[c.Name]:
		for i, arg := range c.Args {
			name := path.Base(arg)
			if known(name) || wrappers[name] || shells[name] {
				inner := Command{Line: c.Line, Name: name, Args: c.Args[i+1:], Unsure: c.Unsure || c.Name == "xargs"}
				return unwrap(inner, known)
			}
		}
	case c.Name == "kubectl":
		// What follows -- in `kubectl exec`, `run` and `debug` runs in a
		// container, and may well be one of our tools or a shell. An option
		// there is for the image's own program, which is not named.
		dash := slices.Index(c.Args, "--")
		if dash >= 0 && dash+1 < len(c.Args) && !strings.HasPrefix(c.Args[dash+1], "-") {
			rest := c.Args[dash+1:]
			inner, err := unwrap(Command{Line: c.Line, Name: path.Base(rest[0]), Args: rest[1:], Unsure: c.Unsure}, known)
			if err != nil {
				return Script{}, err
			}
			inner.Commands = append([]Command{c}, inner.Commands...)
			return inner, nil
		}
	}
	return Script{Commands: []Command{c}}, nil
}

// shellText finds the argument of -c among a shell's options (`sh -ec TEXT`).
func shellText(args []string) (string, bool) {
	for i, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return "", false
		}
		if !strings.HasPrefix(arg, "--") && strings.HasSuffix(arg, "c") && i+1 < len(args) {
			return args[i+1], true
		}
	}
	return "", false
}

// isText reports whether the last argument is a whole command line in quotes.
func isText(args []string) bool {
	return len(args) > 0 && strings.Contains(args[len(args)-1], " ")
}

// nested parses a text inside a command. Its lines are those of the command, as
// the text's own place in the file is lost with its quotes.
func nested(c Command, text string, known func(string) bool) (Script, error) {
	script, err := Parse(text, known)
	for i := range script.Commands {
		script.Commands[i].Line = c.Line
		script.Commands[i].Unsure = script.Commands[i].Unsure || c.Unsure
	}
	for i := range script.Documents {
		script.Documents[i].Line = c.Line
	}
	return script, err
}
