package output

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestManifest shows the form of the manifest.
func TestManifest(t *testing.T) {
	dir := t.TempDir()
	site{"a/mine": "m"}.write(t, dir)
	w := open(t, dir)
	for _, f := range [][3]string{{"b", "b/c/z", ""}, {"a", "a/y<&>", "y"}, {"a", "a/x", "x"}, {"", "top", ""}} {
		if err := w.Put(f[0], f[1], []byte(f[2])); err != nil {
			t.Fatal(err)
		}
	}
	w.Done("a", "key", []byte("note"))
	w.Done("no files", "key", nil)
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	const want = `{
 "format": 1,
 "tool": "test 1",
 "folders": [
  "b",
  "b/c"
 ],
 "units": {
  "": {
   "key": "",
   "note": null,
   "files": {
    "top": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
   }
  },
  "a": {
   "key": "key",
   "note": "bm90ZQ==",
   "files": {
    "a/x": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    "a/y<&>": "a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa"
   }
  },
  "b": {
   "key": "",
   "note": null,
   "files": {
    "b/c/z": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
   }
  },
  "no files": {
   "key": "key",
   "note": null,
   "files": {}
  }
 }
}
`
	if diff := cmp.Diff(want, readFile(t, filepath.Join(dir, ManifestName))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDamagedManifest(t *testing.T) {
	sum := strings.Repeat("0", 64)
	file := func(path, sum string) string {
		return `{"format":1,"units":{"u":{"files":{"` + path + `":"` + sum + `"}}}}`
	}
	tests := map[string]string{
		"empty":         ``,
		"cut off":       `{"format":1,"units":{"u":{"fi`,
		"not ours":      `{"name":"my-app","version":"1.0.0"}`,
		"a list":        `[]`,
		"newer":         `{"format":2}`,
		"escaping":      file("../../etc/passwd", sum),
		"absolute":      file("/etc/passwd", sum),
		"the manifest":  file(ManifestName, sum),
		"short sum":     file("x", sum[2:]),
		"long sum":      file("x", sum+"00"),
		"odd sum":       file("x", sum+"0"),
		"not a sum":     file("x", strings.Repeat("z", 64)),
		"folder":        `{"format":1,"folders":["../x"]}`,
		"folder itself": `{"format":1,"folders":["."]}`,
	}
	for name, data := range tests {
		for _, file := range []string{ManifestName, nextName} {
			t.Run(name+" "+file, func(t *testing.T) {
				dir := t.TempDir()
				site{file: data, "x": "mine"}.write(t, dir)
				_, err := Open(dir, "test 1")
				if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "then run it again") {
					t.Errorf("got error %v", err)
				}
				if err := os.Remove(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
				if _, err := (site{"y": "y"}).build(t, dir); err != nil {
					t.Errorf("without the manifest: %v", err)
				}
			})
		}
	}
}

// FuzzManifest checks that no manifest names a path that a build could not
// have written, and that what is read is written the same.
func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"format":1,"tool":"t","folders":["a"],"units":{"u":{"key":"k","note":"bm90ZQ==","files":{"a/x":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}}}}`))
	f.Add([]byte(`{"format":1,"units":{"u":{"files":{"../x":""}}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			return
		}
		for name := range m.files {
			if err := checkPath(name); err != nil {
				t.Error(err)
			}
		}
		for _, name := range m.folders {
			if err := checkPath(name); err != nil {
				t.Error(err)
			}
		}
		if err := m.encode(); err != nil {
			t.Fatal(err)
		}
		again, err := parseManifest(m.data)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.encode(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(m.data, again.data) {
			t.Errorf("got\n%s\nthen\n%s", m.data, again.data)
		}
	})
}
