// Package renew puts generated pages over those that are there, without losing
// what people wrote on them.
//
// A file of a wiki and the page that is there in its place go in; out comes the
// page with its region renewed. What stands around the region stays to the
// byte.
package renew

import (
	"bytes"
	"strings"

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

// Human reports whether a page that would be removed holds anything that a
// person wrote: in a region, or around it beyond what a new page has there.
func Human(path string, page []byte) bool {
	regions, findings := carry.Regions(path, page)
	if findings != nil {
		return true
	}
	from, around := 0, ""
	for _, r := range regions {
		if carry.HasHuman(page[r.Start:r.End]) {
			return true
		}
		around += string(page[from:r.Start])
		from = r.End
	}
	if len(regions) == 0 {
		return false // no page, but a file such as an order of pages
	}
	return hasText(around + string(page[from:]))
}

// hasText reports whether there is more in a text than front matter, a title,
// and marks of regions.
func hasText(text string) bool {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		if _, after, ok := strings.Cut(rest, "\n---\n"); ok {
			text = after
		}
	}
	title := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", strings.HasPrefix(line, "<!-- BEGIN demarc:"), strings.HasPrefix(line, "<!-- END demarc:"):
		case strings.HasPrefix(line, "# ") && !title:
			title = true
		default:
			return true
		}
	}
	return false
}
