package source

// LegendNote is the note of a statement that explains the role letters.
const LegendNote = legendNote

// IsCustomer reports whether the head of a column, or the name in a cell, is
// one of the usual words for the customer, in the languages that are read.
func IsCustomer(name string) bool { return isCustomer(name) }
