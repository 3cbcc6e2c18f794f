// Package carry renews the generated part of a page that people also write on,
// and loses nothing that they wrote.
//
// Text goes in and text comes out. A file and its marks go in; the [Regions]
// between the marks come out, or findings where the marks do not pair. A
// region as it stands and what is generated for it now go in; out of [Merge]
// comes the region with both. Nothing here touches the disk.
//
// # How a merge works
//
// A merge needs three versions: what was generated last time, what stands in
// the page, what is generated now. The first one is not kept anywhere. In its
// place the region ends in a comment with six bytes of a digest for each line
// that was generated (base.go). They say of every line whether we wrote it.
//
//  1. Both texts become units (parse.go): a line, or a whole fenced code block.
//     A unit has a scope, which is the checklist item or the section that it
//     stands in, so that equal lines of two items are not taken for each other.
//  2. If all that is generated now stands there already, in order, and nothing
//     else ever was, the region is up to date and stays to the byte (fresh.go).
//  3. Each old unit is classified (claim.go): generated, by its digest;
//     generated with a person's text behind it, if a prefix of it has a known
//     digest; or written by a person. Ticks and filled cells do not count.
//  4. Each generated unit is matched with the unit that takes its place now
//     (match.go): the same text in the same scope, or the same role in it, such
//     as the task line of an item or its line Evidence. A line whose wording a
//     person changed is matched as well; the wording becomes a note.
//  5. What people wrote is put behind the successor of what it stood behind
//     (place.go). What has no place any more goes to a list at the end of the
//     region (kept.go), from where it comes back once its item does.
//  6. The new units are written, with ticks and human text (write.go), and the
//     comment with the new digests.
//
// A region without digests, filled by hand or by another tool, is taken as if
// what is generated now had been generated then: lines that are exactly that
// are ours, and all others are kept as a person's.
package carry

import (
	"bytes"
	"strings"
)

// Report says what a merge carried over.
type Report struct {
	Changed  bool     // the region is not as it was
	Ticks    int      // boxes of items that stay ticked or marked as not applicable
	Notes    int      // lines, and parts of lines, that people wrote
	Kept     []string // ids of items that are gone from the document, newly kept in the list at the end
	Reworded []string // ids of items that are ticked and whose text is another now
}

// Merge returns the region that takes the place of old: the generated document
// with the ticks and texts of people that old holds, and the digests that the
// next merge needs. Both are what stands between the marks; generated has line
// endings LF, and so has the result, unless it is old itself because there is
// nothing to change.
//
// Merging the same document again changes nothing.
func Merge(old, generated []byte) ([]byte, Report) {
	next := parse(string(generated), nil)
	text, base, sound := splitBase(string(old))
	now := digests(next)
	if sound && upToDate(text, base, next, now) {
		return old, Report{}
	}
	m := merge{next: next, base: base, known: newLedger(base, now), items: itemScopes(next)}
	m.prev = parse(text, &m)
	m.claim()
	m.match()
	m.place()
	merged := m.write()
	m.report.Changed = !bytes.Equal(merged, old)
	return merged, m.report
}

// Wrap returns a region with its marks, as it first stands in a page: generated
// is a document with line endings LF.
func Wrap(name string, generated []byte) []byte {
	body, _ := Merge(nil, generated)
	var b bytes.Buffer
	b.WriteString(beginMark + name + markEnd + "\n")
	b.Write(body)
	b.WriteString(endMark + name + markEnd + "\n")
	return b.Bytes()
}

// Fill returns the file with the region renewed by [Merge], in the line endings
// of the file. All bytes outside of the region stay, and all of the file if
// nothing is to be changed. Of several regions of a file, fill the last first:
// the others keep their offsets.
func Fill(file []byte, r Region, generated []byte) ([]byte, Report) {
	body, report := Merge(file[r.Start:r.End], generated)
	if !report.Changed {
		return file, report
	}
	if crlf := bytes.Count(file, []byte("\r\n")); 2*crlf > bytes.Count(file, []byte("\n")) {
		body = bytes.ReplaceAll(body, []byte("\n"), []byte("\r\n"))
	}
	out := make([]byte, 0, len(file)+len(body))
	out = append(out, file[:r.Start]...)
	out = append(out, body...)
	return append(out, file[r.End:]...), report
}

// merge is the work on one region.
type merge struct {
	next, prev []*unit  // the generated text; the region as it stands
	base       []digest // of what was generated last time; nil if that is not known
	known      *ledger
	items      map[string]bool // scopes of the items in next
	report     Report

	behind  map[*unit]*places // what follows units of next
	atStart []piece           // what stands before all of them
	groups  []*group          // the list at the end
}

// lines cuts text at its line endings, LF or CRLF, which are left out.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	list := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range list {
		list[i] = strings.TrimSuffix(line, "\r")
	}
	return list
}
