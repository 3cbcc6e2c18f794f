package output

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// BenchmarkPut builds a site of 1,000 files of 30 KB, from two goroutines:
// into an empty folder, again with nothing changed (by Put and by Reuse), and
// again with every file changed.
func BenchmarkPut(b *testing.B) {
	const files, size, units = 1000, 30 << 10, 100
	var versions [2][]byte
	for v := range versions {
		versions[v] = make([]byte, size)
		for i := range versions[v] {
			versions[v][i] = byte(i * (v + 7) >> 3)
		}
	}
	// build puts files from two goroutines, as the program does.
	build := func(b *testing.B, dir string, reuse bool, version int) Result {
		w, err := Open(dir, "bench")
		if err != nil {
			b.Fatal(err)
		}
		var group sync.WaitGroup
		for half := range 2 {
			data := append([]byte(nil), versions[version]...)
			group.Go(func() {
				for u := half; u < units; u += 2 {
					unit := fmt.Sprintf("model-%03d", u)
					if reuse {
						if _, ok := w.Reuse(unit, "key"); !ok {
							b.Error("not reused")
						}
						continue
					}
					for i := range files / units {
						copy(data, fmt.Sprintf("%06d %06d", u, i))
						if err := w.Put(unit, fmt.Sprintf("%s/page-%d.html", unit, i), data); err != nil {
							b.Error(err)
						}
					}
					w.Done(unit, "key", data[:100])
				}
			})
		}
		group.Wait()
		result, err := w.Commit()
		if err != nil {
			b.Fatal(err)
		}
		return result
	}
	b.Run("new", func(b *testing.B) {
		parent := b.TempDir()
		for i := 0; b.Loop(); i++ {
			dir := filepath.Join(parent, fmt.Sprint(i))
			build(b, dir, false, 0)
			b.StopTimer()
			if err := os.RemoveAll(dir); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
		b.SetBytes(files * size)
	})
	for _, reuse := range []bool{false, true} {
		b.Run(map[bool]string{false: "unchanged", true: "reused"}[reuse], func(b *testing.B) {
			dir := b.TempDir()
			build(b, dir, false, 0)
			for b.Loop() {
				if r := build(b, dir, reuse, 0); r.Unchanged != files {
					b.Fatal(r)
				}
			}
			b.SetBytes(files * size)
		})
	}
	b.Run("changed", func(b *testing.B) {
		dir := b.TempDir()
		build(b, dir, false, 0)
		for i := 0; b.Loop(); i++ {
			if r := build(b, dir, false, 1-i%2); r.Written != files {
				b.Fatal(r)
			}
		}
		b.SetBytes(files * size)
	})
}
