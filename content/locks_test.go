package content_test

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/demarc/demarc/content"
	"github.com/demarc/demarc/internal/buildtest"
	"github.com/demarc/demarc/internal/coverage"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/source"
)

// documents are the copies that the locks were made of.
var documents = map[string]string{
	"creodias/managed-kubernetes/guide.lock":       "creodias-managed-kubernetes.txt",
	"eumetsat/managed-kubernetes/guide.lock":       "eumetsat-managed-kubernetes.txt",
	"ovhcloud/managed-kubernetes/guide.lock":       "ovhcloud-managed-kubernetes.flattened.txt",
	"ovhcloud/managed-private-registry/copy.lock":  "ovhcloud-spliced-kubernetes-and-private-registry.md",
	"scaleway/kubernetes/definition.lock":          "scaleway-managed-kubernetes.txt",
	"ovhcloud/managed-private-registry/guide.lock": "", // made of the published tables, of which there is no copy here
}

// TestLocks holds that every source of every built-in model has a lock, and
// that all its statements are claimed or set aside.
func TestLocks(t *testing.T) {
	models := buildtest.Models(t, buildtest.Input())
	locks := 0
	for _, m := range models {
		for _, s := range coverage.Of(m, locksOf(t, m)) {
			if s.Lock == nil {
				t.Errorf("%s: source %s has no lock", m.ID, s.ID)
				continue
			}
			locks++
			if _, known := documents[m.ID+"/"+s.Source.Lock.Value]; !known {
				t.Errorf("%s: %s is of no document that is known here", m.ID, s.Source.Lock.Value)
			}
			total, claimed, excluded := s.Count()
			if total == 0 || claimed+excluded != total {
				t.Errorf("%s#%s: of %d statements %d are claimed and %d set aside", m.ID, s.ID, total, claimed, excluded)
			}
			t.Logf("%s#%s: %d statements, %d claimed, %d set aside", m.ID, s.ID, total, claimed, excluded)
		}
	}
	if locks != len(documents) {
		t.Errorf("%d locks, want %d", locks, len(documents))
	}
}

func locksOf(t *testing.T, m *model.Model) coverage.Locks {
	t.Helper()
	var files []model.File
	for _, s := range m.Sources {
		name := path.Join(m.ID, s.Lock.Value)
		data, err := content.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, model.File{Name: name, Data: data})
	}
	locks, findings := coverage.ReadLocks(files)
	if findings != nil {
		t.Fatal(findings)
	}
	return locks
}

// TestLocksAreOfTheDocuments holds that locking the documents again would
// change nothing.
func TestLocksAreOfTheDocuments(t *testing.T) {
	const sources = "../../shared/seeds/"
	if _, err := os.Stat(sources); err != nil {
		t.Skipf("no documents in %s", sources)
	}
	for name, document := range documents {
		if document == "" {
			continue
		}
		data, err := content.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lock, findings := source.ReadLock(name, data)
		if lock == nil {
			t.Fatal(findings)
		}
		text, err := os.ReadFile(sources + document)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := source.Parse(document, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range source.Drift(lock, nil, doc, nil) {
			t.Errorf("%s: %s %s", name, c.Kind, c.ID)
		}
		if got := string(lock.Update(doc).Bytes()); got != strings.TrimPrefix(string(data), "\uFEFF") {
			t.Errorf("%s: locking %s again changes the file", name, document)
		}
	}
}
