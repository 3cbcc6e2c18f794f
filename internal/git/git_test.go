package git_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/demarc/demarc/internal/git"
)

// clone returns a folder with a repository in it.
func clone(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "Test")
		t.Setenv("GIT_"+who+"_EMAIL", "test@example.com")
	}
	output(t, dir, "init", "-q")
	return dir
}

func output(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestCommit(t *testing.T) {
	dir := clone(t)
	wiki := filepath.Join(dir, "docs")
	write(t, filepath.Join(wiki, "[a] b*.md"), "one")
	write(t, filepath.Join(wiki, "gone.md"), "one")
	write(t, filepath.Join(wiki, "theirs.md"), "not ours")
	paths := []string{"[a] b*.md", "gone.md", "never.md"}
	if done, err := git.Commit(wiki, "First", paths); !done || err != nil {
		t.Fatal(done, err)
	}
	if got := output(t, dir, "show", "--name-only", "--format=%s", "HEAD"); got != "First\n\ndocs/[a] b*.md\ndocs/gone.md\n" {
		t.Errorf("the first commit: %q", got)
	}
	if done, err := git.Commit(wiki, "Nothing", paths); done || err != nil {
		t.Error("nothing changed:", done, err)
	}
	if err := os.Remove(filepath.Join(wiki, "gone.md")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(wiki, "[a] b*.md"), "two")
	output(t, wiki, "add", "theirs.md")
	if done, err := git.Commit(wiki, "Second", paths); !done || err != nil {
		t.Fatal(done, err)
	}
	if got := output(t, dir, "show", "--name-status", "--format=%s", "HEAD"); got != "Second\n\nM\tdocs/[a] b*.md\nD\tdocs/gone.md\n" {
		t.Errorf("the second commit: %q", got)
	}
	if got := output(t, dir, "status", "--porcelain"); !strings.HasPrefix(got, "A  docs/theirs.md") {
		t.Errorf("what a person staged is now %q", got)
	}
}

// TestCommitAgain commits what an earlier try could only stage.
func TestCommitAgain(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the hook is a shell script")
	}
	dir := clone(t)
	write(t, filepath.Join(dir, "gone.md"), "one")
	write(t, filepath.Join(dir, "page.md"), "one")
	paths := []string{"gone.md", "page.md", "new.md"}
	if done, err := git.Commit(dir, "First", paths); !done || err != nil {
		t.Fatal(done, err)
	}
	hook := filepath.Join(dir, ".git", "hooks", "pre-commit")
	write(t, hook, "#!/bin/sh\necho not today >&2\nexit 1\n")
	if err := os.Chmod(hook, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "gone.md")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "new.md"), "another")
	if done, err := git.Commit(dir, "Second", paths); done || err == nil || !strings.Contains(err.Error(), "not today") {
		t.Fatal(done, err)
	}
	if err := os.Remove(hook); err != nil {
		t.Fatal(err)
	}
	if done, err := git.Commit(dir, "Second", paths); !done || err != nil {
		t.Fatal(done, err)
	}
	if got := output(t, dir, "show", "--name-status", "--format=%s", "HEAD"); got != "Second\n\nD\tgone.md\nA\tnew.md\n" {
		t.Errorf("the second commit: %q", got)
	}
	if got := git.Committed(dir, "page.md"); string(got) != "one" {
		t.Errorf("Committed: %q", got)
	}
	if got := git.Committed(dir, "gone.md"); got != nil {
		t.Errorf("Committed, of a file that is gone: %q", got)
	}
}

func TestCheck(t *testing.T) {
	dir := clone(t)
	if err := git.Check(dir); err != nil {
		t.Error(err)
	}
	if err := git.Check(t.TempDir()); err == nil {
		t.Error("a folder without a repository passes")
	}
	page := filepath.Join(dir, "page.md")
	write(t, page, "one")
	output(t, dir, "add", ".")
	output(t, dir, "commit", "-q", "-m", "First")
	output(t, dir, "checkout", "-q", "-b", "theirs")
	write(t, page, "two")
	output(t, dir, "commit", "-q", "-a", "-m", "Theirs")
	output(t, dir, "checkout", "-q", "-b", "ours", "HEAD^")
	write(t, page, "three")
	output(t, dir, "commit", "-q", "-a", "-m", "Ours")
	if err := exec.Command("git", "-C", dir, "merge", "-q", "theirs").Run(); err == nil {
		t.Fatal("no conflict")
	}
	if err := git.Check(dir); err == nil || !strings.Contains(err.Error(), "a merge is under way") {
		t.Errorf("during a merge: %v", err)
	}
}
