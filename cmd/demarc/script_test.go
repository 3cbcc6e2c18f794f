package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/check"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"demarc": main})
}

// TestScripts runs the command line. Beside the commands of testscript, its
// scripts have those of [commands].
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds:                commands,
		Setup: func(env *testscript.Env) error {
			env.Values[savedTreesKey{}] = savedTrees{}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" { // whom permissions do not bind
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// commands are those of the scripts. None can be negated.
//
//	exitcode N command [args...]   run it; it must exit with exactly this code
//	base                           write the workspace of the rules' examples, content/acme/database
//	builtin [model...]             write these built-in models, or all, with topics and library to content/
//	sub FILE REGEXP REPLACEMENT    replace what matches, which must be in one place
//	position FILE REGEXP           set $POS to line:column of the first group, which must be in one place
//	uncover MODEL                  take away the only cover of an activity, $ACTIVITY, by an item that covers others too
//	jsonpart FILE KEY...           print a part of a JSON document
//	save DIR                       remember a tree
//	changes DIR                    print how a tree differs from the one remembered, a path a line
//	sametree [-pages] DIR DIR      the same files with the same bytes; -pages: but for the manifest
var commands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exitcode": command(exitcode),
	"base":     command(base),
	"builtin":  command(builtin),
	"sub":      command(substitute),
	"position": command(position),
	"uncover":  command(uncover),
	"jsonpart": command(jsonPart),
	"save":     command(save),
	"changes":  command(changes),
	"sametree": command(sameTree),
}

func command(run func(ts *testscript.TestScript, args []string) error) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg {
			ts.Fatalf("this command cannot be negated")
		}
		ts.Check(run(ts, args))
	}
}

func exitcode(ts *testscript.TestScript, args []string) error {
	want, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("exit code %d, want %d", got, want)
	}
	return nil
}

func base(ts *testscript.TestScript, _ []string) error {
	for _, f := range check.Base() {
		if err := writeFile(ts.MkAbs(f.Name), []byte(f.Data)); err != nil {
			return err
		}
	}
	return nil
}

func builtin(ts *testscript.TestScript, models []string) error {
	return fs.WalkDir(content.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		shared := !strings.Contains(name, "/") || path.Dir(name) == "library"
		if !shared && len(models) > 0 && !slices.Contains(models, path.Dir(name)) {
			return nil
		}
		data, err := fs.ReadFile(content.FS, name)
		if err != nil {
			return err
		}
		return writeFile(ts.MkAbs(path.Join("content", name)), data)
	})
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o666)
}

// once returns the one match of a pattern in a file.
func once(ts *testscript.TestScript, file, pattern string) (text string, match []int, err error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return "", nil, err
	}
	text = ts.ReadFile(file)
	matches := re.FindAllStringSubmatchIndex(text, -1)
	if len(matches) != 1 {
		return "", nil, fmt.Errorf("%s matches %q in %d places", file, pattern, len(matches))
	}
	return text, matches[0], nil
}

func substitute(ts *testscript.TestScript, args []string) error {
	file, pattern, replacement := args[0], args[1], args[2]
	text, match, err := once(ts, file, pattern)
	if err != nil {
		return err
	}
	replaced := regexp.MustCompile(pattern).ExpandString(nil, replacement, text, match)
	return os.WriteFile(ts.MkAbs(file), slices.Concat([]byte(text[:match[0]]), replaced, []byte(text[match[1]:])), 0o666)
}

func position(ts *testscript.TestScript, args []string) error {
	text, match, err := once(ts, args[0], args[1])
	if err != nil {
		return err
	}
	before := text[:match[2]]
	start := strings.LastIndexByte(before, '\n') + 1
	ts.Setenv("POS", fmt.Sprintf("%d:%d", 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[start:])))
	return nil
}

func uncover(ts *testscript.TestScript, args []string) error {
	files, err := filepath.Glob(ts.MkAbs("content/" + args[0] + "/checklist.*"))
	if err != nil || len(files) != 1 {
		return fmt.Errorf("%d checklists: %w", len(files), err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		return err
	}
	covers, err := readCovers(files[0], data)
	if err != nil {
		return err
	}
	for _, c := range covers {
		if c.ofItem > 1 && c.ofActivity == 1 {
			ts.Setenv("ACTIVITY", c.activity)
			return os.WriteFile(files[0], c.cut(data), 0o666)
		}
	}
	return errors.New("there is no such activity")
}

func jsonPart(ts *testscript.TestScript, args []string) error {
	part := json.RawMessage(ts.ReadFile(args[0]))
	for _, key := range args[1:] {
		if i, err := strconv.Atoi(key); err == nil {
			var list []json.RawMessage
			if err := json.Unmarshal(part, &list); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			if i >= len(list) {
				return fmt.Errorf("%s: the list has %d entries", key, len(list))
			}
			part = list[i]
			continue
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(part, &object); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if part = object[key]; part == nil {
			return fmt.Errorf("there is no key %q", key)
		}
	}
	var b bytes.Buffer
	if err := json.Indent(&b, part, "", "  "); err != nil {
		return err
	}
	_, err := fmt.Fprintln(ts.Stdout(), b.String())
	return err
}
