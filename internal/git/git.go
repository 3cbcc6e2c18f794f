// Package git makes commits in a clone.
//
// A folder and the paths of files in it go in; out comes a commit of what
// changed in them, and of nothing else. It runs the git that is installed, which
// asks no server for that.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Check returns an error if the folder is not in the work tree of a clone, or
// there is no git.
func Check(dir string) error {
	if _, err := exec.LookPath("git"); err != nil {
		return errors.New("git is not installed")
	}
	if out, err := run(dir, "rev-parse", "--is-inside-work-tree"); err != nil || strings.TrimSpace(out) != "true" {
		return fmt.Errorf("%s is not the work tree of a git clone", dir)
	}
	return nil
}

// Commit commits what changed in the files of these paths, relative to dir, and
// reports whether anything did. What else is changed or staged stays as it is.
func Commit(dir, message string, paths []string) (bool, error) {
	// Pathspecs are literal: a page's name may hold what git takes for a pattern.
	args := append([]string{"--literal-pathspecs", "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"}, paths...)
	out, err := run(dir, args...)
	if err != nil {
		return false, err
	}
	top, err := run(dir, "rev-parse", "--show-cdup")
	if err != nil {
		return false, err
	}
	var changed []string // status names files from the top of the work tree
	for entry := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		if len(entry) > 3 {
			changed = append(changed, strings.TrimSuffix(top, "\n")+entry[3:])
		}
	}
	if changed == nil {
		return false, nil
	}
	if _, err := run(dir, append([]string{"--literal-pathspecs", "add", "-A", "--"}, changed...)...); err != nil {
		return false, err
	}
	_, err = run(dir, append([]string{"--literal-pathspecs", "commit", "-q", "-m", message, "--"}, changed...)...)
	return err == nil, err
}

// run runs git in a folder and returns what it prints.
func run(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		if text := strings.TrimSpace(said.String()); text != "" {
			err = errors.New(text)
		}
		return "", fmt.Errorf("git in %s: %w", dir, err)
	}
	return out.String(), nil
}
