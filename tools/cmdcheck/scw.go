package cmdcheck

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/demarc/demarc/tools/cmdcheck/hole"
	"github.com/scaleway/scaleway-cli/v2/commands"
	"github.com/scaleway/scaleway-cli/v2/core"
	"github.com/spf13/cobra"
)

// scwSpecs are the Scaleway CLI's descriptions of its commands, which do not
// change.
var scwSpecs = sync.OnceValue(func() []*core.Command { return commands.GetCommands().GetAll() })

// scwTree makes a cobra tree of the Scaleway CLI's own descriptions of its
// commands: namespace, resource, verb. The CLI does the same inside, but keeps
// it to itself. A description's arguments (name=value) become the command's
// argument validator.
func scwTree([]string) (*cobra.Command, error) {
	root := &cobra.Command{Use: "scw"}
	flags := root.PersistentFlags()
	flags.StringP("config", "c", "", "")
	flags.StringP("output", "o", "", "")
	flags.StringP("profile", "p", "", "")
	flags.BoolP("debug", "D", false, "")
	flags.Bool("list-sub-commands", false, "")

	nodes := map[string]*cobra.Command{"": root}
	for _, spec := range scwSpecs() {
		parent, path := root, ""
		for _, word := range []string{spec.Namespace, spec.Resource, spec.Verb} {
			if word == "" {
				break
			}
			path += " " + word
			if nodes[path] == nil {
				nodes[path] = &cobra.Command{Use: word}
				parent.AddCommand(nodes[path])
			}
			parent = nodes[path]
		}
		fillScw(parent, spec)
	}
	return root, nil
}

// fillScw gives a command what its description says of it.
func fillScw(command *cobra.Command, spec *core.Command) {
	command.Aliases = spec.Aliases
	if spec.Deprecated {
		command.Deprecated = spec.Short
	}
	if spec.WaitFunc != nil {
		command.PersistentFlags().BoolP("wait", "w", false, "")
	}
	if spec.WebURL != "" {
		command.PersistentFlags().Bool("web", false, "")
	}
	if spec.Run == nil {
		return
	}
	command.Run = func(*cobra.Command, []string) {} // cobra hides what cannot run
	command.Args = func(_ *cobra.Command, args []string) error { return checkScwArgs(spec, args) }
}

// checkScwArgs checks the words after a command: positional ones, where the
// command takes one, and name=value.
func checkScwArgs(spec *core.Command, args []string) error {
	positional := spec.ArgSpecs.GetPositionalArg()
	given := map[*core.ArgSpec]bool{}
	for _, arg := range args {
		name, value, named := strings.Cut(arg, "=")
		if !named {
			if positional == nil {
				return fmt.Errorf("%q: arguments are written name=value", arg)
			}
			given[positional] = true
			continue
		}
		i := slices.IndexFunc(spec.ArgSpecs, func(s *core.ArgSpec) bool { return matchesScw(s.Name, name) })
		if i < 0 {
			return fmt.Errorf("unknown argument %q; there are: %s", name, scwNames(spec))
		}
		argument := spec.ArgSpecs[i]
		if err := checkScwValue(argument, name, value); err != nil {
			return err
		}
		given[argument] = true
	}
	var errs []error
	for _, argument := range spec.ArgSpecs {
		required := argument.Positional || argument.Required && argument.OneOfGroup == ""
		// What is required of an element of a list is only so if the list has
		// elements, and then the API tells.
		if required && !given[argument] && argument.Default == nil && !argument.IsPartOfMapOrSlice() {
			errs = append(errs, fmt.Errorf("argument %q is required", argument.Name))
		}
	}
	return errors.Join(errs...)
}

// checkScwValue checks what can be told of a value without the API.
func checkScwValue(argument *core.ArgSpec, name, value string) error {
	switch {
	case argument.Positional:
		return fmt.Errorf("argument %q is written without its name", name)
	case argument.Deprecated:
		return fmt.Errorf("argument %q is deprecated: %s", name, argument.Short)
	case len(argument.EnumValues) == 0 || argument.ValidateFunc != nil || strings.Contains(value, hole.Word):
		return nil
	case !slices.Contains(argument.EnumValues, value):
		return fmt.Errorf("argument %q is %q; it can be %s", name, value, strings.Join(argument.EnumValues, ", "))
	}
	return nil
}

// matchesScw reports whether name is an instance of a pattern like
// pools.{index}.labels.{key}. A key may itself have dots, at the end.
func matchesScw(pattern, name string) bool {
	want, got := strings.Split(pattern, "."), strings.Split(name, ".")
	for i, part := range want {
		switch {
		case i >= len(got):
			return false
		case part == "{key}" && i == len(want)-1:
			return got[i] != ""
		case part == "{key}":
		case part == "{index}":
			if strings.Trim(got[i], "0123456789") != "" && !strings.Contains(got[i], hole.Word) {
				return false
			}
		case part != got[i]:
			return false
		}
	}
	return len(got) == len(want)
}

// scwNames lists a command's arguments for a message.
func scwNames(spec *core.Command) string {
	var names []string
	for _, argument := range spec.ArgSpecs {
		if !argument.Deprecated {
			names = append(names, argument.Name)
		}
	}
	return strings.Join(names, ", ")
}
