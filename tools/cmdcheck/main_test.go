package cmdcheck

import (
	"os"
	"testing"
)

// TestMain keeps the helm plugins of whoever runs the tests out of helm's
// commands. HOME stays as it is: the content is exported with `go run`, which
// has its caches there.
func TestMain(m *testing.M) {
	os.Setenv("HELM_NO_PLUGINS", "1")
	os.Exit(m.Run())
}
