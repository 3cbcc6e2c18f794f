package wikis

import "path/filepath"

var (
	php = programs("php")
	// tasks are what a wiki shows that has no boxes to tick.
	tasks = []string{"[ ]"}
)

// targets are the wikis that can be run here.
var targets = []target{
	{
		name: "cmark-gfm", flavour: "github", missing: programs("cmark-gfm"), publish: cmark,
		slug: gitHubSlug,
	},
	{
		name: "html-pipeline", flavour: "github", publish: htmlPipeline,
		missing: needs("html-pipeline", "ruby", "-e", `require "html/pipeline"; require "commonmarker"; require "escape_utils"; require "task_list/filter"`),
	},
	{
		name: "gollum-lib", flavour: "github", publish: gollumLib,
		missing: first(programs("git"), needs("gollum-lib", "ruby", "-e", `require "gollum-lib"`)),
		marks:   tasks, slug: gitHubSlug,
	},
	{
		name: "gollum-lib-gitlab", flavour: "gitlab", publish: gitLab,
		missing: first(programs("git"), needs("gollum-lib", "ruby", "-e", `require "gollum-lib"`)),
		marks:   tasks, slug: gitLabSlug,
	},
	{
		name: "cmark-gfm-azure", flavour: "azure-devops", missing: programs("cmark-gfm"), publish: azureDevOps,
		slug: azureSlug,
	},
	{
		name: "gitea", flavour: "gitea", publish: gitea, costly: true,
		missing: first(programs("git"), has("Gitea", filepath.Join(giteaHome(), "gitea"))),
	},
	{
		name: "mkdocs", flavour: "mkdocs", publish: mkDocs, noTabs: true,
		missing: first(programs("mkdocs"), needs("Material for MkDocs", "sh", "-c", "mkdocs build --help | grep -q material")),
	},
	{
		name: "techdocs", flavour: "techdocs", publish: techDocs, noTabs: true,
		missing: first(programs("mkdocs"), needs("Material for MkDocs", "sh", "-c", "mkdocs build --help | grep -q material")),
	},
	{
		name: "docusaurus", flavour: "docusaurus", publish: docusaurus, costly: true,
		missing: first(programs("node"), has("Docusaurus", "docusaurus/node_modules/@docusaurus/core/package.json")),
	},
	{
		name: "mediawiki", flavour: "mediawiki", publish: mediaWiki,
		missing: first(php, has("MediaWiki", mediaHome+"/maintenance/edit.php")),
	},
	{
		name: "include", flavour: "html", missing: programs(), publish: fragments,
	},
	{
		name: "dokuwiki", flavour: "dokuwiki", publish: dokuWiki,
		missing: first(php, has("DokuWiki", dokuHome+"/doku.php")),
	},
}
