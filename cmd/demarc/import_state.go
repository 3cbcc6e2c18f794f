package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/state"
)

type importStateCmd struct {
	File string `arg:"" help:"A workbook (.xlsx) or CSV of demarc export that was filled in."`
	workspaceFlags
	Out         string `help:"The state file, or the folder of state files, each named MODEL-ENVIRONMENT.checklist.yaml." default:"." placeholder:"PATH"`
	Model       string `help:"The model of rows that do not name one." placeholder:"MODEL"`
	Environment string `help:"The environment of rows that do not name one." default:"production" placeholder:"NAME"`
}

// Help is the long help.
func (*importStateCmd) Help() string {
	return `Reads what was filled into the columns State, Owner, Date, Evidence link, Reason and Note, and lays it over the state files of the checklists: what a row says replaces what is there, an empty cell says nothing, and everything else stays. The checklist pages load the same files.

Items that changed since, or that the checklist has no more, are reported and kept. If something filled in cannot be understood, everything that is wrong is said, nothing is written, and the exit code is 1.

Examples:

  $ demarc import state kubernetes.xlsx
  $ demarc import state items.csv --out state/`
}

// stateFile is a state file that is written.
type stateFile struct {
	name     string
	old, new []byte // old is nil if it is not there yet
	changed  int
}

// Run implements the command.
func (c *importStateCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	models, _, _, err := build.Load(w.Input)
	if err != nil {
		return err
	}
	if c.Model != "" {
		if _, err := modelNamed(models, c.Model); err != nil {
			return err
		}
	} else if len(models) == 1 {
		c.Model = models[0].ID
	}
	lines, findings := sheet.Read(filepath.ToSlash(c.File), data)
	parts, more := sheet.Split(lines, c.Model, c.Environment)
	findings = append(findings, more...)
	if c.isFile() && len(parts) > 1 {
		return usageError{fmt.Errorf("%s holds the state of %d checklists; name a folder with --out", c.File, len(parts))}
	}
	title, err := w.title()
	if err != nil {
		return err
	}
	var files []stateFile
	for _, part := range parts {
		file, more, err := c.lay(part, models, title)
		if err != nil {
			return err
		}
		files, findings = append(files, file), append(findings, more...)
	}
	sortByLine(findings, filepath.ToSlash(c.File))
	failed := diag.Worst(findings) == diag.Error
	if failed || !s.quiet {
		if err := diag.Text(s.err, findings, nil, s.color); err != nil {
			return err
		}
	}
	if failed {
		s.notef("nothing was written; clear or correct what is wrong, and import it again")
		return errFindings
	}
	return s.writeStates(c.File, files)
}

// sortByLine puts findings on a file of lines in their order, and those on
// other files behind. Cells of a workbook stay in the order of sheets and rows.
func sortByLine(findings []diag.Finding, file string) {
	place := func(f diag.Finding) int32 {
		if f.Pos.File != file {
			return math.MaxInt32
		}
		return f.Pos.Line
	}
	slices.SortStableFunc(findings, func(a, b diag.Finding) int { return cmp.Compare(place(a), place(b)) })
}

// isFile reports that one state file is asked for, not a folder of them.
func (c *importStateCmd) isFile() bool {
	ext := filepath.Ext(c.Out)
	return ext == ".yaml" || ext == ".yml"
}

// lay lays what the file says about a checklist over its state file.
func (c *importStateCmd) lay(part sheet.Part, models []*model.Model, title string) (stateFile, []diag.Finding, error) {
	file := stateFile{name: c.Out}
	if !c.isFile() {
		file.name = filepath.Join(c.Out, state.FileName(part.Model, part.Environment))
	}
	m, err := modelNamed(models, part.Model)
	if err != nil {
		return file, stateError("sheet/unknown-model", part.Lines[0].At("model"), err.Error()), nil
	}
	st := &state.State{Workspace: title, Model: part.Model, Environment: part.Environment}
	file.old, err = os.ReadFile(file.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return file, nil, err
	default:
		there, findings := state.Read(filepath.ToSlash(file.name), file.old)
		if there == nil {
			return file, findings, nil
		}
		if there.Model != st.Model || there.Environment != st.Environment {
			return file, stateError("state/other", diag.Pos{File: filepath.ToSlash(file.name)}, fmt.Sprintf(
				"this is the state of %s in %s, and not of %s in %s", there.Model, there.Environment, st.Model, st.Environment)), nil
		}
		st = there
	}
	var findings []diag.Finding
	file.changed, findings = part.Lay(st, m)
	file.new = st.Bytes()
	return file, findings, nil
}

func stateError(rule string, pos diag.Pos, message string) []diag.Finding {
	return []diag.Finding{{Rule: rule, Severity: diag.Error, Pos: pos, Message: message}}
}

// writeStates writes state files that changed, and says so.
func (s *streams) writeStates(from string, files []stateFile) error {
	if len(files) == 0 {
		s.notef("%s: nothing is filled in", from)
	}
	for i, file := range files {
		if slices.ContainsFunc(files[:i], func(other stateFile) bool { return other.name == file.name }) {
			return fmt.Errorf("%s would be the file of two checklists; import them one by one, with --out", file.name)
		}
	}
	for _, file := range files {
		if file.changed == 0 && file.old != nil || bytes.Equal(file.old, file.new) {
			s.notef("%s: as it is", file.name)
			continue
		}
		if err := replaceFile(file.name, file.new); err != nil {
			return err
		}
		s.notef("%s: %s changed", file.name, counted(file.changed, "item"))
	}
	return nil
}

// counted returns "1 item" or "3 items".
func counted(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
