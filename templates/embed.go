// Package templates holds the built-in templates. A workspace lays its own
// over them, file by file.
package templates

import "embed"

// FS is this folder: markdown/ makes the documents, html/ frames the pages.
//
//go:embed markdown html
var FS embed.FS
