package main

import (
	"context"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/serve"
)

type serveCmd struct {
	workspaceFlags
	Addr string `help:"Address and port to listen to; port 0 is any that is free." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// Help is the long help.
func (*serveCmd) Help() string {
	return `Builds the site to memory, serves it to this machine, and builds again when a file of the workspace changes: open pages reload by themselves. Findings are shown over the page; while one is an error, the last good site stays. Nothing is written. Ctrl-C ends it.

Examples:

  $ demarc serve
  $ demarc serve --addr 127.0.0.1:0`
}

// Run implements the command.
func (c *serveCmd) Run(s *streams) error {
	w, err := c.open()
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(100) // this process lives longer than a moment, see tuneMemory
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return serve.Run(ctx, serve.Options{
		Addr:  c.Addr,
		Root:  ".",
		Trees: []string{c.Content, "templates", "site"},
		Input: func() build.Input { return c.refresh(w) },
		Files: w,
		Ready: func(addr net.Addr) { s.notef("http://%s/ (Ctrl-C ends it)", addr) },
		Built: func(u serve.Update) { s.printUpdate(w, u) },
		Warn:  func(message string) { s.notef("warning: %s", message) },
	})
}

// refresh returns the input of the next build: content/ may have come or gone,
// and it may be another day.
func (c *serveCmd) refresh(w *workspace) build.Input {
	w.Content = nil
	if info, err := os.Stat(c.Content); err == nil && info.IsDir() {
		w.Content = os.DirFS(c.Content)
	}
	if c.AsOf == "" {
		w.AsOf = model.Date(today())
	}
	return w.Input
}

func (s *streams) printUpdate(w *workspace, u serve.Update) {
	if u.Err != nil {
		s.notef("the build failed: %v", u.Err)
		return
	}
	if err := diag.Text(s.err, u.Result.Findings, w, s.color); err != nil {
		return // nobody reads it
	}
	found := diag.Summary(u.Result.Findings)
	switch {
	case found == "":
		found = "nothing to report"
	case !u.Good():
		found += "; the last good site stays"
	}
	s.notef("built %d of %d models anew; %s", u.Rebuilt, u.Result.Models, found)
}
