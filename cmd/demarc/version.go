package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
)

type versionCmd struct{}

// Run implements the command.
func (*versionCmd) Run(s *streams) error {
	_, err := fmt.Fprintln(s.out, "demarc", version())
	return err
}

// version returns what the Go toolchain recorded: the module's version, or the
// commit that was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+changes"
		}
	}
	if revision == "" {
		return "devel"
	}
	return "devel-" + revision + dirty
}

// fingerprint returns a text that differs between programs that may make
// different output of the same input: the version of a release, else a digest
// of the program itself.
func fingerprint() string {
	if v := version(); strings.HasPrefix(v, "v") && !strings.ContainsAny(v, "+") {
		return v
	}
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
