package html

import (
	"net/url"
	"path"
	"strings"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

// editLink returns the address at which the data behind a document can be
// edited, "" if there is none: checklist and runbook come from the checklist's
// file, the rest from that of the model.
func editLink(r *model.Repository, files []string, kind render.Kind) string {
	if r == nil {
		return ""
	}
	want := "model."
	switch kind {
	case render.Checklist, render.Runbook, render.Proof:
		want = "checklist."
	}
	for _, file := range files {
		if strings.HasPrefix(path.Base(file), want) && !strings.HasPrefix(file, "../") && !path.IsAbs(file) {
			return editURL(r, path.Join(r.Path.Value, file))
		}
	}
	return ""
}

// editURL returns the address of a forge's editor for one file: see GitHub's
// "Editing files", GitLab's "Web Editor" and the routes of Gitea and Forgejo.
func editURL(r *model.Repository, file string) string {
	base := strings.TrimSuffix(strings.TrimSuffix(r.URL.Value, "/"), ".git")
	at := escapePath(r.Branch.Value) + "/" + escapePath(strings.Trim(file, "/"))
	switch forge(r) {
	case model.GitLab:
		return base + "/-/edit/" + at
	case model.Gitea:
		return base + "/_edit/" + at
	}
	return base + "/edit/" + at
}

// forge tells by the name of the host what the settings do not say.
func forge(r *model.Repository) model.Forge {
	if r.Forge != "" {
		return r.Forge
	}
	host := r.URL.Value
	if u, err := url.Parse(host); err == nil {
		host = u.Hostname()
	}
	for _, known := range []struct {
		part string
		is   model.Forge
	}{{"gitlab", model.GitLab}, {"gitea", model.Gitea}, {"forgejo", model.Gitea}, {"codeberg", model.Gitea}} {
		if strings.Contains(host, known.part) {
			return known.is
		}
	}
	return model.GitHub
}

// escapePath escapes each part of a path and keeps its slashes.
func escapePath(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}
