package sheet

import "errors"

// Limits of a file that is read.
const (
	maxUnpacked = 64 << 20 // bytes, of a workbook's parts together
	maxFilled   = 50_000   // rows of a table that say something
	maxRows     = 1 << 20  // of a sheet, as many as programs have
)

var errTooLarge = errors.New("it is too large to be a checklist")
