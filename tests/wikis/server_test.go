package wikis

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// freePort returns a port of this machine that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// serve runs a program that answers at an address, until the test is over, and
// waits for its first answer.
func serve(t *testing.T, address, dir string, env []string, name string, args ...string) {
	t.Helper()
	var out output
	c := exec.Command(name, args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = dir, append(os.Environ(), env...), &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		<-ended
	})
	for deadline := time.Now().Add(time.Minute); ; {
		if resp, err := http.Get(address); err == nil {
			resp.Body.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- nil
			t.Fatalf("%s ended: %v\n%s", name, err, tail(out.bytes()))
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not answer at %s\n%s", name, address, tail(out.bytes()))
		}
	}
}

// output is what a program prints while it runs.
type output struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.buffer.Write(p)
}

func (o *output) bytes() []byte {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return bytes.Clone(o.buffer.Bytes())
}

// get returns what is at an address, which has to be there.
func get(t *testing.T, address string) []byte {
	t.Helper()
	resp, err := http.Get(address)
	return answer(t, address, resp, err)
}

func answer(t *testing.T, address string, resp *http.Response, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode >= http.StatusBadRequest {
		t.Errorf("%s: %s", address, resp.Status)
	}
	return body
}

func local(port int) string { return fmt.Sprintf("http://127.0.0.1:%d", port) }
