package source

// sectionList is a section with the digests in it.
type sectionList struct {
	id, heading string
	digests     []string
}

func listSections(items []item) []sectionList {
	var list []sectionList
	at := map[string]int{}
	for i := range items {
		it := &items[i]
		k, ok := at[it.section]
		if !ok {
			k = len(list)
			at[it.section] = k
			list = append(list, sectionList{id: it.section})
		}
		if it.heading() {
			list[k].heading = it.digest
		} else {
			list[k].digests = append(list[k].digests, it.digest)
		}
	}
	return list
}

// sectionMatch pairs the sections of two inventories.
type sectionMatch struct {
	old, new     []sectionList
	toOld, toNew []int // index of the other, or -1
}

// matchSections finds out which section of the old inventory became which of
// the new: by heading and id, by heading, by what stands in them, by id.
func (m *matching) matchSections() {
	s := &sectionMatch{old: listSections(m.old), new: listSections(m.new)}
	s.toOld, s.toNew = make([]int, len(s.new)), make([]int, len(s.old))
	for i := range s.toOld {
		s.toOld[i] = -1
	}
	for i := range s.toNew {
		s.toNew[i] = -1
	}
	s.equal(func(l *sectionList) string {
		if l.id == introSection {
			return l.id
		}
		return ""
	})
	s.equal(func(l *sectionList) string {
		if l.heading == "" {
			return ""
		}
		return l.id + " " + l.heading
	})
	s.equal(func(l *sectionList) string { return l.heading })
	s.byContent()
	s.equal(func(l *sectionList) string { return l.id })
	for n, o := range s.toOld {
		if o >= 0 {
			m.sections[s.new[n].id] = s.old[o].id
		}
	}
}

func (s *sectionMatch) pair(o, n int) { s.toOld[n], s.toNew[o] = o, n }

// equal pairs the sections that are left and have the same key, in order. An
// empty key is none.
func (s *sectionMatch) equal(key func(*sectionList) string) {
	waiting := map[string][]int{}
	for o := range s.old {
		if k := key(&s.old[o]); s.toNew[o] < 0 && k != "" {
			waiting[k] = append(waiting[k], o)
		}
	}
	for n := range s.new {
		k := key(&s.new[n])
		if list := waiting[k]; s.toOld[n] < 0 && len(list) > 0 {
			s.pair(list[0], n)
			waiting[k] = list[1:]
		}
	}
}

// byContent pairs sections of which at least half the statements are the same,
// or one, if they stand in the same place between others.
func (s *sectionMatch) byContent() {
	home := map[string]int{}
	for o := range s.old {
		if s.toNew[o] < 0 {
			for _, d := range s.old[o].digests {
				home[d] = o
			}
		}
	}
	for n := range s.new {
		if s.toOld[n] >= 0 {
			continue
		}
		votes, best := map[int]int{}, -1
		for _, d := range s.new[n].digests {
			o, known := home[d]
			if !known || s.toNew[o] >= 0 {
				continue
			}
			if votes[o]++; best < 0 || votes[o] > votes[best] {
				best = o
			}
		}
		if best < 0 {
			continue
		}
		most := min(len(s.new[n].digests), len(s.old[best].digests))
		if votes[best]*2 >= most || s.sameGap(best, n) {
			s.pair(best, n)
		}
	}
}

// sameGap reports whether the nearest sections before two that are paired are
// paired with each other.
func (s *sectionMatch) sameGap(o, n int) bool {
	for o--; o >= 0 && s.toNew[o] < 0; o-- {
	}
	for n--; n >= 0 && s.toOld[n] < 0; n-- {
	}
	return o >= 0 && n >= 0 && s.toNew[o] == n
}
