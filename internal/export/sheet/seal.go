package sheet

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// properties is the part of a workbook that holds its properties, and with them
// the seal: in its identifier, the SHA-256 of all other parts.
const (
	properties = "docProps/core.xml"
	sealMark   = "demarc-sha256-"
)

// sealed returns the workbook's bytes, with a seal by which [Untouched] knows
// them.
func (w *writer) sealed() ([]byte, error) {
	if _, err := w.WriteToBuffer(); err != nil {
		return nil, err
	}
	w.freeRows()
	plain, err := w.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	sum, _, err := parts(plain.Bytes())
	if err != nil {
		return nil, err
	}
	if err := w.SetDocProps(&excelize.DocProperties{
		Creator: w.book.Tool, LastModifiedBy: w.book.Tool, Title: w.book.Workspace, Language: "en", Identifier: sealMark + sum,
	}); err != nil {
		return nil, err
	}
	done, err := w.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return done.Bytes(), nil
}

// freeRows takes the mark off rows that says that a person set their height:
// programs are to fit it to what is typed. The library has no other way.
func (w *writer) freeRows() {
	w.Sheet.Clear() // what was written counts
	w.Pkg.Range(func(name, part any) bool {
		if strings.HasPrefix(name.(string), "xl/worksheets/sheet") {
			w.Pkg.Store(name, bytes.ReplaceAll(part.([]byte), []byte(` customHeight="true"`), nil))
		}
		return true
	})
}

// Untouched reports that data is a workbook that [Workbook] made and that
// nobody has saved since: a spreadsheet program writes all parts anew.
func Untouched(data []byte) bool {
	sum, props, err := parts(data)
	return err == nil && strings.Contains(props, ">"+sealMark+sum+"<")
}

// parts returns the digest of a workbook's parts and its properties.
func parts(data []byte) (sum, props string, err error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", "", err
	}
	files := slices.Clone(archive.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	h := sha256.New()
	left := int64(maxUnpacked)
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			return "", "", err
		}
		part, err := io.ReadAll(io.LimitReader(r, left+1))
		if err != nil {
			return "", "", err
		}
		if left -= int64(len(part)); left < 0 {
			return "", "", errTooLarge
		}
		if f.Name == properties {
			props = string(part)
			continue
		}
		fmt.Fprintf(h, "%q %d ", f.Name, len(part))
		h.Write(part)
	}
	return fmt.Sprintf("%x", h.Sum(nil)), props, nil
}
