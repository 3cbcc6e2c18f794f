package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/demarc/demarc/internal/model"
)

// sealMark begins the last line of our PDFs, a comment: behind it is the
// SHA-256 of everything before the line, in hex.
const sealMark = "%demarc sha256 "

var (
	creator = regexp.MustCompile(`/Creator \((?:[^\\)]|\\.)*\)`)
	date    = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:(\d{14})[^)]*\)`)
)

// seal says in a PDF what made it and on which day, and marks it as ours. The
// properties that the engine wrote are replaced in place, as the offsets in a
// PDF must not move: a name that is longer than the engine's is cut.
func seal(pdf []byte, tool string, day model.Date) []byte {
	pdf = bytes.Clone(pdf)
	if at := creator.FindIndex(pdf); at != nil {
		room := at[1] - at[0] - len("/Creator ()")
		name := strings.NewReplacer(`\`, "", "(", "", ")", "").Replace(tool)
		name = name[:min(len(name), room)]
		copy(pdf[at[0]:at[1]], fmt.Sprintf("/Creator (%s)%s", name, strings.Repeat(" ", room-len(name))))
	}
	for _, at := range date.FindAllSubmatchIndex(pdf, -1) {
		text := strings.ReplaceAll(string(day), "-", "") + "000000"
		if len(text) == at[3]-at[2] {
			copy(pdf[at[2]:at[3]], text)
		}
	}
	pdf = append(bytes.TrimRight(pdf, "\r\n"), '\n')
	sum := sha256.Sum256(pdf)
	return fmt.Appendf(pdf, "%s%x\n", sealMark, sum)
}

// sealed reports that data is a PDF that this package made and that nobody has
// changed since, say by signing it.
func sealed(data []byte) bool {
	at := bytes.LastIndex(data, []byte("\n"+sealMark)) + 1
	if at == 0 || !bytes.HasPrefix(data, []byte("%PDF-")) {
		return false
	}
	sum := sha256.Sum256(data[:at])
	return string(data[at:]) == sealMark+hex.EncodeToString(sum[:])+"\n"
}

// Write writes a PDF to a file, whole or not at all. A file that is there is
// replaced only if it is a PDF of ours as we wrote it, or if force says so.
func Write(name string, pdf []byte, force bool) error {
	old, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !force && !sealed(old):
		return jobErrorf("%s is there, and not as demarc would have written it; choose another --out, or --force to lose it", name)
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".demarc-pdf-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(pdf)
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = errors.Join(os.Chmod(temp.Name(), 0o644), os.Rename(temp.Name(), name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}
