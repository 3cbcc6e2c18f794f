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

// Check returns an error if nothing can be committed in the folder: if it is not
// in the work tree of a clone, if a merge or the like is under way there, during
// which git takes all or nothing, or if there is no git.
func Check(dir string) error {
	if _, err := exec.LookPath("git"); err != nil {
		return errors.New("git is not installed")
	}
	if out, err := run(dir, "rev-parse", "--is-inside-work-tree"); err != nil || strings.TrimSpace(out) != "true" {
		return fmt.Errorf("%s is not the work tree of a git clone", dir)
	}
	for _, work := range []string{"MERGE", "CHERRY_PICK", "REVERT", "REBASE"} {
		if _, err := run(dir, "rev-parse", "--quiet", "--verify", work+"_HEAD"); err == nil {
			return fmt.Errorf("a %s is under way in %s; finish it, or give it up", strings.ToLower(strings.ReplaceAll(work, "_", "-")), dir)
		}
	}
	return nil
}

// Committed returns a file of the folder as it is in the latest commit, nil if it
// is not there.
func Committed(dir, name string) []byte {
	out, err := run(dir, "show", "HEAD:./"+name)
	if err != nil {
		return nil
	}
	return []byte(out)
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
	var changed, add []string // status names files from the top of the work tree
	for entry := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		if len(entry) <= 3 {
			continue
		}
		name := strings.TrimSuffix(top, "\n") + entry[3:]
		changed = append(changed, name)
		if !strings.HasPrefix(entry, "D ") { // its removal is staged, git does not find it any more
			add = append(add, name)
		}
	}
	if changed == nil {
		return false, nil
	}
	if add != nil {
		if _, err := run(dir, append([]string{"--literal-pathspecs", "add", "-A", "--"}, add...)...); err != nil {
			return false, err
		}
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
