package output

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// From the documentation of CreateFile; package syscall has no names for them.
const (
	fileFlagDeleteOnClose = 0x04000000
	errorSharingViolation = syscall.Errno(32)
)

// lockFolder opens a file in the folder that nobody else can open meanwhile.
// Windows deletes it when it is closed, or when the process ends.
func lockFolder(_ *os.Root, dir string) (io.Closer, error) {
	name := filepath.Join(dir, reserved+"lock")
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(p, syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_HIDDEN|fileFlagDeleteOnClose, 0)
	if err == errorSharingViolation {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(h), name), nil
}
