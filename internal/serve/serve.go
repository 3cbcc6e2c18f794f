// Package serve previews the site while it is written.
//
// In go the folders of a workspace; out comes a web server on this machine. It
// builds the site to memory, builds again whenever a file changes, and tells
// the open pages, which reload if they are among what changed. What a build
// finds is shown over the page, with file and line; while that includes an
// error, the last good site stays up.
//
// Pages are served as they will be published, but for one script and one style
// sheet from the folder .demarc, and for the content security policy, which
// lets that script listen to this server.
//
// The site may hold what is not for everybody. So the server listens to this
// machine only unless told otherwise, answers no request for a foreign name
// (which is how a page on the web would reach it, by DNS rebinding), and lets
// no other site embed what it serves.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/demarc/demarc/internal/build"
	"github.com/demarc/demarc/internal/diag"
)

// Options say what to serve.
type Options struct {
	Addr  string             // host and port; port 0 is any that is free
	Root  string             // the folder of the workspace
	Trees []string           // the folders whose files, at any depth, make the site
	Input func() build.Input // is called before each build
	Files fs.FS              // for the excerpts of findings

	Ready func(addr net.Addr)  // is called once the server listens
	Built func(Update)         // is called after each build
	Warn  func(message string) // is called with what the user should know
}

// Update is what a build came to.
type Update struct {
	Result  build.Result
	Err     error // the build could not be done
	Rebuilt int   // models that were not taken from the build before
}

// Good reports that the update's site is the one that is served now.
func (u Update) Good() bool { return u.Err == nil && diag.Worst(u.Result.Findings) < diag.Error }

// Run builds, serves and watches until the context ends, which is no error.
func Run(ctx context.Context, o Options) error {
	l, err := listen(o.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if !loopback(l.Addr()) {
		o.Warn("everybody who reaches " + l.Addr().String() + " can read this site")
	}
	w, err := newWatcher(o.Root, o.Trees)
	if err != nil {
		return err
	}
	defer w.Close()
	s := newServer(o)
	host, _, _ := net.SplitHostPort(o.Addr)
	httpServer := &http.Server{
		Handler:           guard(host, s),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(l) }()
	o.Ready(l.Addr())
	s.build()
	again := false
	for {
		select {
		case <-ctx.Done():
			// Streams of events end with the context; give pages a moment.
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
			defer cancel()
			return httpServer.Shutdown(end)
		case err := <-failed:
			return err
		case <-w.Changes:
			s.build()
			// A file may have been moved while it was read: look once more.
			if again = s.failed() && !again; again {
				w.again()
			}
		case err := <-w.Failed:
			o.Warn("watching files: " + err.Error())
		}
	}
}

// listen opens the port, or says which one is free.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		return l, nil
	}
	host, port, splitErr := net.SplitHostPort(addr)
	number, parseErr := strconv.Atoi(port)
	if errors.Join(splitErr, parseErr) != nil {
		return nil, fmt.Errorf("--addr %s: write it as 127.0.0.1:8080: %w", addr, err)
	}
	for next := number + 1; next <= min(number+20, 65535); next++ {
		other := net.JoinHostPort(host, strconv.Itoa(next))
		if l, otherErr := net.Listen("tcp", other); otherErr == nil && l.Close() == nil {
			return nil, fmt.Errorf("%w; --addr %s is free", err, other)
		}
	}
	return nil, err
}

// loopback reports that only this machine reaches an address.
func loopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
