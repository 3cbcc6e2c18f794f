package cmdcheck

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// cobraTool checks command lines against a tree of cobra commands.
type cobraTool struct {
	name string
	// tree returns a new tree: parsing leaves values in the flags of the old
	// one. args are the words of the command line, for tools whose constructor
	// wants to see them.
	tree func(args []string) (*cobra.Command, error)
	// alone lists the commands that have sub commands and yet do something when
	// called with nothing behind them (`kubectl cluster-info`).
	alone []string
	// outside lists the sub commands of the root that exist but are missing
	// from the tree.
	outside []string
}

func (t cobraTool) Name() string { return t.name }

// Check follows cobra's own Execute as far as it goes without running anything:
// find the command, parse its flags, validate its arguments. It is stricter in
// two things that the tools leave to their run functions or do not mind: a group
// of commands needs one of them, and what is deprecated is refused.
func (t cobraTool) Check(args []string, unsure bool) error {
	if len(args) > 0 && slices.Contains(t.outside, args[0]) {
		return ErrOutside
	}
	root, err := t.tree(args)
	if err != nil {
		return oneLine(err)
	}
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd(args...)

	find := root.Find
	if root.TraverseChildren {
		find = root.Traverse
	}
	command, rest, err := find(args)
	if err != nil {
		return oneLine(err)
	}
	command.InitDefaultHelpFlag()
	command.InitDefaultVersionFlag()
	if err := command.ParseFlags(rest); err != nil {
		return oneLine(fmt.Errorf("%s: %w", command.CommandPath(), err))
	}
	if help := command.Flags().Lookup("help"); help != nil && help.Changed {
		return nil
	}
	if err := deprecated(command); err != nil {
		return err
	}
	if unsure {
		return nil
	}
	if err := t.checkGroup(command); err != nil {
		return err
	}
	return oneLine(errors.Join(
		command.ValidateArgs(command.Flags().Args()),
		command.ValidateRequiredFlags(),
		command.ValidateFlagGroups(),
	))
}

// checkGroup refuses a command line that stops at a group of commands, or goes on
// with a word that is none of them. Cobra itself only does so at the root.
func (t cobraTool) checkGroup(command *cobra.Command) error {
	if !command.HasAvailableSubCommands() {
		return nil
	}
	path := command.CommandPath()
	if args := command.Flags().Args(); len(args) > 0 {
		err := fmt.Errorf("unknown command %q for %q", args[0], path)
		command.SuggestionsMinimumDistance = 2 // letters; cobra's own choice
		if similar := command.SuggestionsFor(args[0]); len(similar) > 0 {
			err = fmt.Errorf("%w; did you mean %s?", err, strings.Join(similar, ", "))
		}
		return err
	}
	if command.Flags().NFlag() == 0 && !slices.Contains(t.alone, path) {
		return fmt.Errorf("%q needs a sub command", path)
	}
	return nil
}

// deprecated reports a command or a flag that its tool is about to drop: the
// content is to be current.
func deprecated(command *cobra.Command) error {
	for c := command; c != nil; c = c.Parent() {
		if c.Deprecated != "" {
			return fmt.Errorf("%q is deprecated: %s", c.CommandPath(), c.Deprecated)
		}
	}
	var err error
	command.Flags().Visit(func(flag *pflag.Flag) {
		if flag.Deprecated != "" {
			err = errors.Join(err, fmt.Errorf("%s: flag --%s is deprecated: %s", command.CommandPath(), flag.Name, flag.Deprecated))
		}
	})
	return err
}

// oneLine folds the help that tools put below their errors into one line, and
// leaves out the pointer to --help.
func oneLine(err error) error {
	if err == nil {
		return nil
	}
	var kept []string
	for _, line := range strings.Split(err.Error(), "\n") {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "Run '") && !strings.HasPrefix(line, "See '") && !strings.HasPrefix(line, "Usage:") {
			kept = append(kept, line)
		}
	}
	return errors.New(strings.Join(kept, " "))
}
