package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/export/sheet"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/state"
)

type exportCSVCmd struct {
	checklistFlags
	Table string `help:"What to print: ${enum}." enum:"items,activities" default:"items"`
	csvFlags
}

// csvFlags say for which program a table is.
type csvFlags struct {
	Excel     bool   `help:"Begin with a byte order mark, so that Excel reads UTF-8."`
	Separator string `help:"Between cells: a comma, a semicolon, a bar or tab. Excel wants a semicolon where the comma is for decimals." default:"," placeholder:"CHARACTER"`
	Raw       bool   `help:"Leave cells as they are that a spreadsheet would take for formulas."`
}

// Help is the long help.
func (*exportCSVCmd) Help() string {
	return `A line for each checklist item, with columns for its state to fill in, or for each activity with the roles of each party. A workbook for people is demarc export xlsx; either comes back with demarc import state.

A cell that a spreadsheet would take for a formula gets an apostrophe before it. Programs that do no such thing want --raw.

Examples:

  demarc export csv > items.csv
  demarc export csv --table activities --model scaleway/kubernetes --excel --separator ';' > raci.csv`
}

// Run implements the command.
func (c *exportCSVCmd) Run(s *streams) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	var rows [][]string
	if c.Table == "activities" {
		if c.State != nil || c.Environment != "" {
			return usageError{errors.New("--state and --environment are for the table of items")}
		}
		models, err := c.load(s)
		if err != nil {
			return err
		}
		rows = sheet.Activities(models)
	} else {
		lists, err := c.lists(s)
		if err != nil {
			return err
		}
		rows = sheet.Items(lists)
	}
	return sheet.WriteCSV(s.out, rows, options)
}

func (f *csvFlags) options() (sheet.CSV, error) {
	options := sheet.CSV{Comma: '\t', BOM: f.Excel, Raw: f.Raw}
	if f.Separator == "tab" {
		return options, nil
	}
	if r, size := utf8.DecodeRuneInString(f.Separator); size == len(f.Separator) && strings.ContainsRune(",;|\t", r) {
		options.Comma = r
		return options, nil
	}
	return options, usageError{fmt.Errorf("--separator %q is none of , ; | tab", f.Separator)}
}

// checklistFlags say which checklists to export, and how they stand.
type checklistFlags struct {
	modelsFlag
	State       []string `help:"State files to fill in, each of one of the models and all of the same environment." placeholder:"FILE"`
	Environment string   `help:"The environment that is worked on: that of the state files, or production." placeholder:"NAME"`
}

// lists returns the checklists with their states.
func (f *checklistFlags) lists(s *streams) ([]sheet.Checklist, error) {
	models, err := f.load(s)
	if err != nil {
		return nil, err
	}
	states := map[string]*state.State{}
	for _, name := range f.State {
		st, err := s.readState(name)
		if err != nil {
			return nil, err
		}
		switch {
		case !slices.ContainsFunc(models, func(m *model.Model) bool { return m.ID == st.Model }):
			return nil, usageError{fmt.Errorf("--state %s is of the model %s, which is not exported", name, st.Model)}
		case states[st.Model] != nil:
			return nil, usageError{fmt.Errorf("--state %s: there is a state of %s already", name, st.Model)}
		case f.Environment != "" && f.Environment != st.Environment:
			return nil, usageError{fmt.Errorf("--state %s is of the environment %s, not %s", name, st.Environment, f.Environment)}
		}
		f.Environment = st.Environment
		states[st.Model] = st
	}
	if f.Environment == "" {
		f.Environment = state.Environment
	}
	lists := make([]sheet.Checklist, len(models))
	for i, m := range models {
		lists[i] = sheet.Checklist{Model: m, Environment: f.Environment, State: states[m.ID]}
	}
	return lists, nil
}

// readState reads a state file, and prints what is wrong with it.
func (s *streams) readState(name string) (*state.State, error) {
	if ext := filepath.Ext(name); ext != ".yaml" && ext != ".yml" {
		return nil, usageError{fmt.Errorf("%s is no state of a checklist; its name would end in %s", name, state.Ext)}
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{err}
	}
	if err != nil {
		return nil, err
	}
	st, findings := state.Read(filepath.ToSlash(name), data)
	if st == nil {
		if err := diag.Text(s.err, findings, documentFS{filepath.ToSlash(name), data}, s.color); err != nil {
			return nil, err
		}
		return nil, errFindings
	}
	return st, nil
}
