package carry

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
)

// The comment that ends a region holds the digests of its generated units, in
// order: base64 of six bytes each, which is eight characters without padding,
// and never two hyphens, which would end the comment.
const (
	basePrefix = "<!-- demarc:base "
	baseStart  = basePrefix + "v1"
)

var baseLine = regexp.MustCompile(`^[ \t]*<!-- demarc:base v1((?: [A-Za-z0-9+/]*)?) -->[ \t]*$`)

// digest tells a generated unit by its scope and its key. With six bytes, one of
// a million lines that a person writes is taken for one of a thousand of ours
// with a chance of one to 280 000.
type digest [6]byte

func digestOf(scope, text string) digest {
	sum := sha256.Sum256([]byte(scope + "\x00" + text))
	return digest(sum[:len(digest{})])
}

// digests returns the digests of the units that are not blank.
func digests(units []*unit) []digest {
	var list []digest
	for _, u := range units {
		if u.kind != blank {
			list = append(list, u.digest())
		}
	}
	return list
}

// formatBase returns the comment that holds digests.
func formatBase(list []digest) string {
	if len(list) == 0 {
		return baseStart + " -->"
	}
	data := make([]byte, 0, len(list)*len(digest{}))
	for _, d := range list {
		data = append(data, d[:]...)
	}
	return baseStart + " " + base64.StdEncoding.EncodeToString(data) + " -->"
}

var digestsIn = regexp.MustCompile(`(?m)^([ \t]*` + baseStart + `) [A-Za-z0-9+/]* -->`)

// WithoutDigests returns a page with its digests left out, to show to people
// what is different in another.
func WithoutDigests(page []byte) []byte {
	return digestsIn.ReplaceAll(page, []byte("$1 -->"))
}

// splitBase takes the comment off a region. Base is nil if there is none. After a
// conflict there may be two: the digests of both count, and the region is not
// sound.
func splitBase(text string) (rest string, base []digest, sound bool) {
	if !strings.Contains(text, basePrefix) {
		return text, nil, false
	}
	var kept []string
	found := 0
	for _, line := range lines(text) {
		m := baseLine.FindStringSubmatch(line)
		if m == nil {
			kept = append(kept, line)
			continue
		}
		base = append(base, parseBase(strings.TrimSpace(m[1]))...)
		found++
	}
	if found > 0 && base == nil {
		base = []digest{}
	}
	return strings.Join(kept, "\n"), base, found == 1
}

// parseBase reads digests; what is damaged is left out, so that the lines it
// stood for count as a person's.
func parseBase(text string) []digest {
	data, _ := base64.StdEncoding.DecodeString(text)
	var list []digest
	for size := len(digest{}); len(data) >= size; data = data[size:] {
		list = append(list, digest(data[:size]))
	}
	return list
}

// ledger says which lines were generated, and counts them off as they are found:
// a second copy of a line is a person's.
type ledger struct {
	last []digest         // what was generated last time, in order
	left map[digest]int   // how often the line may still be claimed
	at   map[digest][]int // its places in last
}

// newLedger counts what was generated last time and what is now: a line is
// expected as often as in the one of them that has it more often.
func newLedger(base, now []digest) *ledger {
	l := &ledger{last: base, left: map[digest]int{}, at: map[digest][]int{}}
	if base == nil {
		l.last = now
	}
	for i, d := range l.last {
		l.left[d]++
		l.at[d] = append(l.at[d], i)
	}
	count := map[digest]int{}
	for _, d := range now {
		count[d]++
		l.left[d] = max(l.left[d], count[d])
	}
	return l
}

// has reports whether the line was ever generated.
func (l *ledger) has(d digest) bool {
	_, ok := l.left[d]
	return ok
}

// noPlace is the place of a line that was not generated last time.
const noPlace = -1

// take claims a line and returns its place in the order of generated lines.
func (l *ledger) take(d digest) (place int, ok bool) {
	if l.left[d] == 0 {
		return noPlace, false
	}
	l.left[d]--
	if at := l.at[d]; len(at) > 0 {
		l.at[d] = at[1:]
		return at[0], true
	}
	return noPlace, true
}

// prefix returns the offset at which the longest prefix of text ends that was
// generated in scope and can still be claimed, 0 for none. The digest grows with
// the prefix, so that a long line costs no more than its length.
func (l *ledger) prefix(scope, text string, free bool) int {
	h := sha256.New()
	h.Write([]byte(scope + "\x00"))
	longest := 0
	var sum [sha256.Size]byte
	for i := range len(text) - 1 {
		h.Write([]byte{text[i]})
		if !cutAt(text, i+1) {
			continue
		}
		d := digest(h.Sum(sum[:0])[:len(digest{})])
		if l.has(d) && (!free || l.left[d] > 0) {
			longest = i + 1
		}
	}
	return longest
}
