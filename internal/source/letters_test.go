package source

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseLetters(t *testing.T) {
	for cell, want := range map[string]string{
		"RA": "RA", "AR": "AR", "R/A": "RA", "R, A": "RA", "R A": "RA", "**RA**": "RA", "__C, I__": "CI", "RA*": "RA*", "**RA***": "RA*",
		"R(1)": "R(1)", "(R)": "R", "R and A": "RA", "R & A": "RA", "R; I": "RI", "R+A": "RA", "I [2]": "I[2]", "A¹": "A¹", "*I*": "I",
		"Responsible": "R", "Accountable, informed": "AI", "R e I": "RI", "RA^[1]^": "RA^[1]^", "R-A": "RA",
	} {
		l, ok := parseLetters(cell)
		if !ok || l.String() != want {
			t.Errorf("parseLetters(%q) = %q, %t; want %q", cell, l, ok, want)
		}
	}
	for _, cell := range []string{"", "-", "X", "ra", "RR", "RASCI", "R: does it", "(R) Réalise", "Air", "R?", "RA 24/7", "A cluster", "1", "(1)", "Customer"} {
		if l, ok := parseLetters(cell); ok {
			t.Errorf("parseLetters(%q) = %q, want none", cell, l)
		}
	}
	for _, cell := range []string{"", " ", "-", "–", "—", "N/A", "none", "**-**", "."} {
		if !emptyCell(cell) {
			t.Errorf("%q is no empty cell", cell)
		}
	}
}

// TestDivide divides letters that stand without columns: the one way that is
// left, or how many come into question.
func TestDivide(t *testing.T) {
	tests := []struct {
		letters string
		parties int
		mixed   string // combinations that the table is known to have
		want    string
	}{
		{"AI", 2, "", "A|I"},
		{"RAI", 2, "", "RA|I"},
		{"IRA", 2, "", "I|RA"},
		{"CR", 2, "", "C|R"},
		{"RACI", 2, "", "RA|CI"},
		{"CIRA", 2, "", "CI|RA"},
		{"C, IRA", 2, "", "CI|RA"},
		{"RARA", 2, "", "RA|RA"},
		{"RA*I*", 2, "", "RA*|I*"},
		{"RA", 1, "", "RA"},
		{"I", 1, "", "I"},
		{"RAII", 3, "", "RA|I|I"},
		{"RA", 2, "", "3 ways"},
		{"R", 2, "", "2 ways"},
		{"I", 2, "", "2 ways"},
		{"CI", 2, "", "3 ways"},
		{"AIR", 2, "", "4 ways"},
		{"RIA", 2, "", "4 ways"},
		{"AIRC", 2, "", "5 ways"},
		{"RAI", 2, "IR", "RA|I"},
		{"RAI", 2, "AI", "4 ways"},
		{"IRA", 2, "RI", "4 ways"},
		{"AI", 2, "AI RI", "A|I"},
		{"RAI", 3, "", "10 ways"},
		{"RRR", 2, "", "0 ways"},
		{strings.Repeat("RACI", 8), 8, "", "0 ways"},
		{strings.Repeat("RACI", 9), 8, "", "0 ways"},
	}
	for _, tt := range tests {
		known := map[string]bool{}
		for _, set := range strings.Fields(tt.mixed) {
			known[scanLetters(set).set()] = true
		}
		only, ways := divide(scanLetters(tt.letters), tt.parties, known)
		got := fmt.Sprintf("%d ways", len(ways))
		if only != nil {
			var cells []string
			for _, l := range only {
				cells = append(cells, l.String())
			}
			got = strings.Join(cells, "|")
		}
		if got != tt.want {
			t.Errorf("divide(%q, %d parties, known %q) = %s, want %s", tt.letters, tt.parties, tt.mixed, got, tt.want)
		}
	}
}

// TestDivideNeverWrong hands letters out to two or three parties in every way
// that a table may, and checks that dividing them again gives the same way or
// none, as long as nobody both does the work and watches it.
func TestDivideNeverWrong(t *testing.T) {
	cells := []string{"", "R", "A", "RA", "AR", "C", "I", "CI", "IC"}
	var fill func(row []string, n int)
	fill = func(row []string, n int) {
		if len(row) < n {
			for _, c := range cells {
				fill(append(row[:len(row):len(row)], c), n)
			}
			return
		}
		joined := strings.Join(row, "")
		doers := 0
		for _, c := range row {
			if strings.ContainsAny(c, "RA") {
				doers++
			}
		}
		if joined == "" || doers == 0 {
			return // nobody whom the others could watch
		}
		if only, _ := divide(scanLetters(joined), n, nil); only != nil {
			for i, l := range only {
				if l.String() != row[i] {
					t.Fatalf("%q is divided into %v, and was %q", joined, only, row)
				}
			}
		}
	}
	fill(nil, 2)
	fill(nil, 3)
}

func TestEntryAgrees(t *testing.T) {
	known := Entry{Cells: []Cell{{Party: "Customer", Letters: "RA", Mark: "*"}, {Party: "Acme", Letters: "I"}}}
	glued := Entry{Glued: "AIR"}
	open := Entry{Glued: "RAI", Open: true}
	tests := []struct {
		e       Entry
		letters string
		want    bool
	}{
		{known, "RA|I", true}, {known, "AR|I", true}, {known, "RA|", false}, {known, "I|RA", false}, {known, "RA", false},
		{glued, "A|IR", true}, {glued, "A|RI", true}, {glued, "AI|R", true}, {glued, "R|AI", false}, {glued, "A|I", false}, {glued, "AIR|", true},
		{open, "A|I", true}, {open, "RA|I", true}, {open, "|I", true}, {open, "|", true}, {open, "I|A", false}, {open, "RA|IC", false},
	}
	for _, tt := range tests {
		if got := tt.e.Agrees(strings.Split(tt.letters, "|")); got != tt.want {
			t.Errorf("%s%s agrees with %s: %t", tt.e.roles(), tt.e.Glued, tt.letters, got)
		}
	}
}
