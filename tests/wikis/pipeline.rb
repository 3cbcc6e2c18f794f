# Reads Markdown by name as JSON and prints HTML by name, made by the filters
# that GitHub has published, in the order in which it applies them.
require "json"
require "html/pipeline"
require "task_list/filter"

# The published filter lowers ASCII letters only; github.com lowers all.
class HTML::Pipeline::TableOfContentsFilter
  def ascii_downcase(text) = text.downcase
end

filters = [HTML::Pipeline::MarkdownFilter, HTML::Pipeline::SanitizationFilter, TaskList::Filter, HTML::Pipeline::TableOfContentsFilter]
context = {gfm: true, unsafe: true, commonmarker_extensions: %i[table strikethrough autolink tagfilter]}
pipeline = HTML::Pipeline.new(filters, context)
puts JSON.generate(JSON.parse($stdin.read).transform_values { |text| pipeline.call(text)[:output].to_s })
