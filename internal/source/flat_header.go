package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// flatHeader is the header line of a table whose columns were lost.
type flatHeader struct {
	parties []string // heads of the columns after the activity, as printed
	glued   bool     // nothing stands between the columns; else a space
	sure    bool     // it is certain how many parties there are
}

const maxHeader = 200 // bytes

// readFlatHeader reads such a header: a word for activity, then the parties.
// It reports whether the line can be one.
func readFlatHeader(line string, ev *evidence) (flatHeader, bool) {
	if len(line) > maxHeader || strings.ContainsAny(line, "().:;,!?0123456789") || strings.Contains(line, " - ") {
		return flatHeader{}, false
	}
	h := flatHeader{}
	rest, found := cutPhrase(activityWords, line)
	switch {
	case !found:
		h.glued, h.parties = otherHeader(line)
		h.parties = mergeNames(h.parties, ev)
	case rest == "":
		return h, false
	case rest[0] != ' ':
		h.glued, h.parties = true, mergeNames(cutGluedHeads(rest), ev)
	default:
		h.parties = cutSpacedHeads(strings.Fields(rest))
	}
	h.sure = len(h.parties) > 0 && len(h.parties) <= 8
	for _, p := range h.parties {
		h.sure = h.sure && h.oneParty(p, ev)
	}
	h.parties = distinctHeads(h.parties)
	return h, len(h.parties) > 0
}

// otherHeader reads a header that has no word for activity but at least two
// heads from the first with the word for role or a name of the customer.
func otherHeader(line string) (glued bool, parties []string) {
	heads := cutGluedHeads(line)
	if i := slices.IndexFunc(heads, namesRole); i > 0 && i+1 < len(heads) {
		return true, heads[i:]
	}
	words := strings.Fields(line)
	for i := 1; i < len(words); i++ {
		if isRoleWord(words[i]) || customerLength(words[i:]) > 0 {
			if heads := cutSpacedHeads(words[i:]); len(heads) > 1 && !slices.ContainsFunc(heads, startsLower) {
				return false, heads
			}
			break
		}
	}
	return false, nil
}

func startsLower(s string) bool { return !startsUpper(s) }

// oneParty reports whether it is certain that a head is one and not two that
// run into each other: it is a known name, the document uses it as a name, or
// it has no place where two could meet.
func (h flatHeader) oneParty(head string, ev *evidence) bool {
	name := partyName(head)
	if IsCustomer(head) || isPhrase(providerNames, name) || ev.has(name) {
		return true
	}
	if !h.glued {
		return !strings.Contains(name, " ")
	}
	run := 0 // capital letters in a row; SAPAzure is two names, Azure is one
	for _, r := range name {
		if unicode.IsUpper(r) {
			run++
		} else {
			run = 0
		}
		if run > 1 && utf8.RuneCountInString(name) > 4 {
			return false
		}
	}
	return true
}

// cutGluedHeads cuts heads that are printed without anything between: before a
// capital letter that follows a small one.
func cutGluedHeads(s string) []string {
	var heads []string
	from, before := 0, ' '
	for i, r := range s {
		if unicode.IsUpper(r) && (unicode.IsLower(before) || before == ')') {
			heads = append(heads, s[from:i])
			from = i
		}
		before = r
	}
	heads = append(heads, s[from:])
	for i := 0; i < len(heads); i++ { // IBMCustomer
		for _, w := range customerWords {
			at := len(heads[i]) - len(w)
			if len(w) >= 4 && at > 0 && strings.EqualFold(heads[i][at:], w) && isUpperAt(heads[i], at) && heads[i][at-1] != ' ' {
				heads = slices.Insert(heads, i+1, heads[i][at:])
				heads[i] = heads[i][:at]
				break
			}
		}
	}
	return heads
}

func isUpperAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsUpper(r)
}

// mergeNames joins parts of names that are written with a capital letter
// within, such as DigitalOcean.
func mergeNames(heads []string, ev *evidence) []string {
	for i := 0; i+1 < len(heads); i++ {
		merged := heads[i] + heads[i+1]
		if name := partyName(merged); isPhrase(providerNames, name) || ev.has(name) {
			heads = slices.Replace(heads, i, i+2, merged)
			i--
		}
	}
	return heads
}

// cutSpacedHeads cuts heads with single spaces between: at words for role, or
// else around words for the customer.
func cutSpacedHeads(words []string) []string {
	last := words[len(words)-1]
	roleEnds := isRoleWord(last) || isCompoundRole(last)
	var heads []string
	var name []string
	flush := func() {
		if len(name) > 0 {
			heads = append(heads, strings.Join(name, " "))
		}
		name = nil
	}
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch n := customerLength(words[i:]); {
		case isRoleWord(w) && !roleEnds:
			flush()
			name = append(name, w)
		case isRoleWord(w) || isCompoundRole(w):
			name = append(name, w)
			flush()
		case n > 0 && !roleEnds && !startsWithRole(name):
			flush()
			name = append(name, words[i:i+n]...)
			flush()
			i += n - 1
		default:
			name = append(name, w)
		}
	}
	flush()
	return heads
}

func isRoleWord(w string) bool          { return isPhrase(roleWords, w) }
func isCompoundRole(w string) bool      { return !isRoleWord(w) && partyName(w) != w }
func startsWithRole(name []string) bool { return len(name) > 0 && isRoleWord(name[0]) }
func customerLength(words []string) int {
	for n := min(3, len(words)); n > 0; n-- {
		if isPhrase(customerWords, strings.Join(words[:n], " ")) {
			return n
		}
	}
	return 0
}

// providerNames are names of providers that are written so that they could be
// taken for two.
var providerNames = phrases(`ovhcloud, ovh cloud, cloud temple, red hat, google cloud, oracle cloud, ibm cloud, alibaba cloud, open telekom cloud,
	tencent cloud, digitalocean, upcloud, cloudferro, openstack, openshift, vmware, netapp, ionos, ionos cloud, stackit, github, gitlab,
	leafcloud, scaleway, hetzner, exoscale, infomaniak, outscale, clever cloud, numspot, service provider, cloud provider, cloud service provider,
	cdn provider, hosting provider, managed service provider`)
