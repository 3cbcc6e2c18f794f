// Package site holds what every generated site carries as it is: style sheets,
// scripts and icon. A workspace lays its own files over them, or adds to them.
package site

import "embed"

// FS is this folder's assets.
//
//go:embed *.css *.js *.svg
var FS embed.FS
