package tracker

import (
	"bytes"
	"strconv"

	"github.com/demarc/demarc/internal/export/sheet"
)

// csvFiles returns rows as one file, or as several of which none is longer than
// the tracker reads, each with the head. Cells are as they are: a tracker runs
// no formula, and would show what guards a spreadsheet from one.
func csvFiles(p Profile, head []string, rows [][]string) Export {
	first := csvOf([][]string{head})
	var files []File
	data, n := bytes.Clone(first), 0
	for _, row := range rows {
		line := csvOf([][]string{row})
		if n > 0 && (n == p.rows || p.bytes > 0 && len(data)+len(line) > p.bytes) {
			files = append(files, File{Data: data})
			data, n = bytes.Clone(first), 0
		}
		data = append(data, line...)
		n++
	}
	files = append(files, File{Data: data})
	for i := range files {
		files[i].Path = "issues.csv"
		if len(files) > 1 {
			files[i].Path = "issues-" + strconv.Itoa(i+1) + ".csv"
		}
	}
	return Export{Issues: files}
}

func csvOf(rows [][]string) []byte {
	var b bytes.Buffer
	_ = sheet.WriteCSV(&b, rows, sheet.CSV{Raw: true}) // a buffer takes everything
	return b.Bytes()
}
