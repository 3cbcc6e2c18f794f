package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/source"
	"github.com/demarc/demarc/internal/wiki/confluence"
)

// Exit codes.
const (
	exitClean    = 0
	exitFindings = 1 // findings at or above --fail-on
	exitUsage    = 2
	exitFailed   = 3 // the tool could not do its work
)

// cli is the command line.
type cli struct {
	Color string `help:"Colour messages: ${enum}. NO_COLOR switches colours off too." enum:"auto,always,never" default:"auto"`
	Quiet bool   `short:"q" help:"Print results and errors, nothing else."`

	Build   buildCmd   `cmd:"" help:"Check the models and write the site."`
	Check   checkCmd   `cmd:"" help:"Check the models and write nothing."`
	Compare compareCmd `cmd:"" help:"Say what sets two models apart."`
	Drift   driftCmd   `cmd:"" help:"Say what changed in a provider's document, and what it touches."`
	Explain explainCmd `cmd:"" help:"Say what a rule is about, with examples."`
	Export  exportCmd  `cmd:"" help:"Print the models in another format."`
	Import  importCmd  `cmd:"" help:"Draft a model of a provider's document, or bring in the state of checklists."`
	Init    initCmd    `cmd:"" help:"Start a workspace with a small example."`
	Inject  injectCmd  `cmd:"" help:"Keep generated parts of your own pages up to date."`
	Lock    lockCmd    `cmd:"" help:"Write the inventory of a provider's document."`
	PDF     pdfCmd     `cmd:"" name:"pdf" help:"Print a checklist, RACI or runbook of a model as a PDF."`
	Schema  schemaCmd  `cmd:"" help:"Print the JSON Schema of a kind of file, for editors."`
	Serve   serveCmd   `cmd:"" help:"Preview the site while you write it."`
	Version versionCmd `cmd:"" help:"Print the version."`
	Wiki    wikiCmd    `cmd:"" help:"Write the pages of a wiki."`
}

const description = `Who does what on a managed service, what is yours, and what is still open: Demarc turns models of shared responsibility into RACI tables, checklists and runbooks, and checks that every activity maps to a checklist item.

It works on the folder it is run in: models below content/, settings in demarc.yaml or demarc.toml, both optional. Without content/ it uses the built-in models.

Examples:

  demarc build                    write the site to public/
  demarc check --format sarif     findings for a code-scanning service
  demarc explain trace/unmapped-activity
  demarc compare creodias/managed-kubernetes scaleway/kubernetes
  demarc init my-models           a workspace to start from

Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 the tool failed.`

// streams is where a command prints: results to out, everything else to err.
type streams struct {
	out, err io.Writer
	color    bool // of err
	outColor bool
	quiet    bool
}

// notef prints a remark that --quiet silences.
func (s *streams) notef(format string, args ...any) {
	if !s.quiet {
		fmt.Fprintf(s.err, format+"\n", args...)
	}
}

// errFindings makes the command exit with exitFindings. The findings have
// been printed.
var errFindings = errors.New("findings")

// usageError makes the command exit with exitUsage.
type usageError struct{ error }

// run is the whole program and returns its exit code.
func run(args []string, stdout, stderr io.Writer) (code int) {
	tuneMemory()
	var c cli
	parser, err := kong.New(&c, kong.Name("demarc"), kong.Description(description), kong.Writers(stdout, stderr),
		kong.Vars{"extensions": strings.Join(source.Extensions(), ", "), "confluenceLimit": strconv.Itoa(confluence.DefaultLimit)},
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Exit(func(status int) { panic(exit(status)) }))
	if err != nil {
		fmt.Fprintln(stderr, "demarc:", err)
		return exitFailed
	}
	defer func() { // --help ends the program from within the parser
		if status, ok := recover().(exit); ok {
			code = int(status)
		}
	}()
	ctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "demarc: %v\nRun demarc --help, or demarc COMMAND --help.\n", unknownCommand(err))
		return exitUsage
	}
	s := &streams{out: stdout, err: stderr, color: colored(c.Color, stderr), outColor: colored(c.Color, stdout), quiet: c.Quiet}
	err = ctx.Run(s)
	var usage usageError
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &usage):
		fmt.Fprintln(stderr, "demarc:", err)
		return exitUsage
	}
	fmt.Fprintln(stderr, "demarc:", err)
	return exitFailed
}

// unknownCommand returns an error that lists what there is, if err is that of a
// command or format that there is not, or is missing; else err.
func unknownCommand(err error) error {
	var parse *kong.ParseError
	if !errors.As(err, &parse) {
		return err
	}
	node := parse.Context.Model.Node
	for _, step := range parse.Context.Path {
		if step.Command != nil {
			node = step.Command
		}
	}
	var names, quoted []string
	for _, child := range node.Children {
		names = append(names, child.Name)
		quoted = append(quoted, strconv.Quote(child.Name))
	}
	word, unknown := strings.CutPrefix(err.Error(), "unexpected argument ")
	switch {
	case len(names) == 0:
		return err
	case strings.HasPrefix(err.Error(), "expected one of "): // kong names the first five
		return fmt.Errorf("expected one of %s", strings.Join(quoted, ", "))
	case !unknown:
		return err
	}
	word, _, _ = strings.Cut(word, ",")
	hint := "there are " + strings.Join(names, ", ")
	if s := diag.Suggest(word, names); s != "" {
		hint = fmt.Sprintf("did you mean %q? %s", s, hint)
	}
	return fmt.Errorf("there is no %q; %s", strings.TrimSpace(node.FullPath()[len("demarc"):]+" "+word), hint)
}

// exit carries an exit code out of the parser.
type exit int

// tuneMemory trades memory for time, as fits a process that lives for a
// moment: the heap may grow to five times what is in use, but not far beyond
// a gigabyte. GOGC and GOMEMLIMIT in the environment win.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
}

// colored reports whether to colour what is written to w: see no-color.org.
func colored(mode string, w io.Writer) bool {
	if mode != "auto" {
		return mode == "always"
	}
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// today is the default of --as-of.
func today() string { return time.Now().Format(time.DateOnly) }
