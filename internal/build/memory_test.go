package build_test

import "sync"

// memory is a sink that keeps files by name.
type memory map[string][]byte

var memoryLock sync.Mutex

func (memory) Reuse(string, string) ([]byte, bool) { return nil, false }

func (memory) Done(string, string, []byte) {}

func (m memory) Put(_, path string, data []byte) error {
	memoryLock.Lock()
	defer memoryLock.Unlock()
	m[path] = data
	return nil
}
