//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"io"
	"os"
	"syscall"
)

// lockFolder locks the folder itself, so that no lock file is left in a site.
// The lock ends when the result is closed or the process ends. Where the file
// system cannot lock a folder (NFS), the build goes on without.
func lockFolder(root *os.Root, _ string) (io.Closer, error) {
	f, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == syscall.EWOULDBLOCK {
		f.Close()
		return nil, ErrBusy
	}
	return f, nil
}
