// Package content holds the built-in models, topics and library.
package content

import "embed"

// FS is this folder: topics, the library, and a folder per provider.
//
//go:embed topics.* library creodias eumetsat ovhcloud scaleway
var FS embed.FS
