// Package renew puts generated pages over those that are there, without losing
// what people wrote on them.
//
// A file of a wiki and the page that is there in its place go in; out comes the
// page with its region renewed. What stands around the region stays to the
// byte.
package renew

import (
	"bytes"

	"github.com/demarc/demarc/internal/carry"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/wiki"
)

// New returns a file as it is written where there is none yet.
func New(f wiki.File) []byte {
	if f.Region == "" {
		return f.Data
	}
	return append(bytes.Clone(f.Head), carry.Wrap(f.Region, f.Data)...)
}

// Page returns the page that takes the place of the one that is there. It is nil
// if that is a person's, without a region of ours. Findings say what is wrong
// with its marks; then it has to be left alone.
func Page(f wiki.File, there []byte) ([]byte, carry.Report, []diag.Finding) {
	regions, findings := carry.Regions(f.Path, there)
	if findings != nil {
		return nil, carry.Report{}, findings
	}
	for _, r := range regions {
		if r.Name == f.Region && f.Region != "" {
			page, report := carry.Fill(there, r, f.Data)
			return page, report, nil
		}
	}
	return nil, carry.Report{}, nil
}

// Region returns the name of the only region of a page, "" if there is none, or
// more than one, or anything wrong with its marks.
func Region(path string, page []byte) string {
	regions, findings := carry.Regions(path, page)
	if len(regions) != 1 || findings != nil {
		return ""
	}
	return regions[0].Name
}
