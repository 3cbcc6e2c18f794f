package html

import (
	"testing"

	"github.com/demarc/demarc/internal/model"
	"github.com/demarc/demarc/internal/render"
)

func TestEditLink(t *testing.T) {
	files := []string{"content/a/b/checklist.toml", "content/a/b/model.yaml"}
	repository := func(url, branch, path string, forge model.Forge) *model.Repository {
		return &model.Repository{URL: model.Text{Value: url}, Branch: model.Text{Value: branch}, Path: model.Text{Value: path}, Forge: forge}
	}
	github := repository("https://github.com/acme/models", "main", "", "")
	for _, test := range []struct {
		name  string
		r     *model.Repository
		files []string
		kind  render.Kind
		want  string
	}{
		{"model", github, files, render.RACI, "https://github.com/acme/models/edit/main/content/a/b/model.yaml"},
		{"checklist", github, files, render.Runbook, "https://github.com/acme/models/edit/main/content/a/b/checklist.toml"},
		{"GitLab, a path, a branch with a slash", repository("https://gitlab.example.com/g/p.git", "docs/next #1", "/shared/", ""), files, render.Overview,
			"https://gitlab.example.com/g/p/-/edit/docs/next%20%231/shared/content/a/b/model.yaml"},
		{"Codeberg", repository("https://codeberg.org/a/b/", "main", "", ""), files, render.RACI, "https://codeberg.org/a/b/_edit/main/content/a/b/model.yaml"},
		{"said, not told by the name", repository("https://git.example.com/a/b", "main", "", model.GitLab), files, render.RACI, "https://git.example.com/a/b/-/edit/main/content/a/b/model.yaml"},
		{"no repository", nil, files, render.RACI, ""},
		{"built-in models", github, nil, render.RACI, ""},
		{"a folder outside of the workspace", github, []string{"../elsewhere/a/model.yaml"}, render.RACI, ""},
		{"an absolute folder", github, []string{"/srv/a/model.yaml"}, render.RACI, ""},
	} {
		if got := editLink(test.r, test.files, test.kind); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
