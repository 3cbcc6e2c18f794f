package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// browserVariable names the browser to print with in the environment: a path
// or the name of a program.
const browserVariable = "DEMARC_BROWSER"

// ErrNoBrowser is the error of [FindBrowser] when none is installed.
var ErrNoBrowser = errors.New("found no Chromium, Chrome or Edge to print with: install one, or name it in " + browserVariable + "; checklists also print with --engine builtin")

// programs are the names of the browsers, on the systems that have a PATH of
// them.
var programs = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
	"microsoft-edge", "microsoft-edge-stable", "msedge",
}

// FindBrowser returns the browser to print with: what the environment variable
// DEMARC_BROWSER names, or the first of Chromium, Chrome and Edge that is
// installed where the system keeps its programs.
func FindBrowser() (string, error) {
	if name := os.Getenv(browserVariable); name != "" {
		found, err := exec.LookPath(name)
		if err != nil {
			return "", fmt.Errorf("%s: %w", browserVariable, err)
		}
		return found, nil
	}
	for _, name := range append(programs, installed()...) {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", ErrNoBrowser
}

// installed returns where the browsers are on systems that keep programs out
// of the PATH.
func installed() []string {
	var names []string
	switch runtime.GOOS {
	case "darwin":
		for _, app := range []string{"Google Chrome", "Chromium", "Microsoft Edge"} {
			names = append(names, "/Applications/"+app+".app/Contents/MacOS/"+app)
		}
	case "windows":
		for _, root := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
			if dir := os.Getenv(root); dir != "" {
				names = append(names, filepath.Join(dir, `Google\Chrome\Application\chrome.exe`), filepath.Join(dir, `Microsoft\Edge\Application\msedge.exe`))
			}
		}
	}
	return names
}

// browserTime is how long a browser may take. Printing takes about a second;
// a first start on a busy machine, several.
const browserTime = 2 * time.Minute

// printInBrowser prints a page with a browser. Everything that the page needs
// is in the assets; the frame's policy, and the name resolver that the browser
// is given, let it fetch nothing else.
func printInBrowser(ctx context.Context, browser string, p *page, assets map[string][]byte, size Size) (pdf []byte, err error) {
	dir, err := os.MkdirTemp("", "demarc-pdf-")
	if err != nil {
		return nil, err
	}
	// The browser's helpers may still be at work in the folder for a moment.
	// What is left of it then is the system's to clear, as of any program.
	defer func() {
		if os.RemoveAll(dir) != nil {
			time.Sleep(200 * time.Millisecond)
			_ = os.RemoveAll(dir)
		}
	}()
	data, err := p.html()
	if err != nil {
		return nil, err
	}
	site := filepath.Join(dir, "site")
	if err := os.Mkdir(site, 0o700); err != nil {
		return nil, err
	}
	for name, asset := range assets {
		if err := writeAsset(site, name, asset); err != nil {
			return nil, err
		}
	}
	if err := writeAsset(site, "demarc-paper.css", fmt.Appendf(nil, "@page { size: %s }\n", size)); err != nil {
		return nil, err
	}
	if err := writeAsset(site, "demarc-paper.html", data); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, browserTime)
	defer cancel()
	// Root may not have a sandbox at all, and some systems give it to nobody.
	// The page is our own and runs no script, so it is no loss.
	for _, sandbox := range []bool{os.Geteuid() != 0, false} {
		var said string
		if pdf, said, err = runBrowser(ctx, browser, dir, sandbox); err == nil {
			return pdf, nil
		}
		if !sandbox || !strings.Contains(strings.ToLower(said), "sandbox") {
			break
		}
	}
	return nil, err
}

func writeAsset(dir, name string, data []byte) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}

// runBrowser has a browser print the page in dir, and returns the PDF or what
// the browser said.
func runBrowser(ctx context.Context, browser, dir string, sandbox bool) (pdf []byte, said string, err error) {
	source := &url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "site", "demarc-paper.html"))}
	if !strings.HasPrefix(source.Path, "/") { // C:/...
		source.Path = "/" + source.Path
	}
	target := filepath.Join(dir, "paper.pdf")
	args := []string{
		"--headless", "--disable-gpu", "--disable-extensions",
		// Nothing for the browser's own account, and nobody to ask for a name.
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--disable-quic", "--disable-default-apps", "--host-resolver-rules=MAP * ~NOTFOUND",
		"--user-data-dir=" + filepath.Join(dir, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + target,
	}
	if !sandbox {
		args = append(args, "--no-sandbox")
	}
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, browser, append(args, source.String())...)
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.WaitDelay = 2 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return nil, "", fmt.Errorf("%s did not finish printing: %w", browser, context.Cause(ctx))
	}
	pdf, readErr := os.ReadFile(target)
	if err == nil && readErr == nil && bytes.HasPrefix(pdf, []byte("%PDF-")) {
		return pdf, "", nil
	}
	said = strings.TrimSpace(output.String())
	if err == nil {
		err = errors.New("it wrote no PDF; a browser that is confined, such as a snap, cannot read the temporary folder: set TMPDIR to a folder below your home")
	}
	return nil, said, fmt.Errorf("%s could not print: %w\n%s", browser, err, lastLines(said, 5))
}

// lastLines returns the last n lines of a text.
func lastLines(text string, n int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
