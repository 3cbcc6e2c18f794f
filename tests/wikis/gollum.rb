# Prints the pages of the wiki in a repository as JSON.
require "json"
require "gollum-lib"

wiki = Gollum::Wiki.new(ARGV[0], ref: "main")
puts JSON.generate(wiki.pages.map { |page|
  {Path: page.path, URL: page.escaped_url_path, HTML: page.formatted_data.to_s, Sidebar: page.sidebar&.formatted_data.to_s}
})
