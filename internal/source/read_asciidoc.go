package source

import (
	"regexp"
	"strings"
)

// There is no kept AsciiDoc library for Go, and pages on responsibilities use
// little of the language (docs.asciidoctor.org/asciidoc/latest): headings,
// paragraphs, lists and tables. What is beside these is read as text.

// readAsciiDoc reads a document as it is before it is put together with others.
//
// Attributes are replaced where the document sets them, and left as written
// otherwise. Text under a condition (ifdef) is left out only where the document
// itself settles the condition; what a build would set is not known, and
// reading too much is better than losing a statement. An include, whose text is
// not there, is a paragraph, so that somebody decides about it. The text of
// notes, examples and listings is read like any other.
func readAsciiDoc(data []byte) ([]Block, error) {
	lines, err := asciiDocLines(string(data))
	if err != nil {
		return nil, err
	}
	r := &asciiDoc{lines: lines, budget: maxTableCells}
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.blocks, nil
}

// adocLine is a line of a document, after attributes and conditions.
type adocLine struct {
	text string
	line int
}

// preprocessor turns a document into the lines that count.
type preprocessor struct {
	attributes map[string]*string // nil where the document unsets one
	open       int                // open conditions
	dropped    int                // which of them, from 1, is the first that is not met; or 0
	growth     int                // bytes that attributes may still add
}

var (
	adocEntry     = regexp.MustCompile(`^:(!?)([A-Za-z0-9_][\w-]*)(!?):(?:[ \t]+(.*))?$`)
	adocCondition = regexp.MustCompile(`^(ifdef|ifndef|ifeval|endif)::([^\[]*)\[(.*)\]$`)
	adocReference = regexp.MustCompile(`\\?\{([A-Za-z0-9_][\w-]*)\}`)
)

func asciiDocLines(text string) ([]adocLine, error) {
	p := &preprocessor{attributes: map[string]*string{}, growth: 4*len(text) + 1<<20}
	all := strings.Split(text, "\n")
	var lines []adocLine
	for i := 0; i < len(all); i++ {
		line := adocLine{text: strings.TrimRight(all[i], " \t\r"), line: i + 1}
		if match := adocCondition.FindStringSubmatch(line.text); match != nil {
			kept, ok := p.condition(match[1], match[2], match[3])
			if !ok {
				continue
			}
			line.text = kept
		}
		if p.dropped > 0 {
			continue
		}
		if match := adocEntry.FindStringSubmatch(line.text); match != nil {
			for strings.HasSuffix(match[4], ` \`) && i+1 < len(all) {
				i++
				match[4] = strings.TrimSuffix(match[4], `\`) + strings.TrimSpace(all[i])
			}
			p.set(match[2], match[1]+match[3] == "", match[4])
			continue
		}
		line.text = p.replace(line.text)
		if p.growth < 0 {
			return nil, refuse(line.line, "the attributes of this document make it too large")
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// condition follows the conditions. It returns the text that stands in the
// brackets of one that is met, if any.
func (p *preprocessor) condition(kind, names, text string) (string, bool) {
	if kind == "endif" {
		if p.open = max(p.open-1, 0); p.open < p.dropped {
			p.dropped = 0
		}
		return "", false
	}
	met := p.met(kind, names)
	if text != "" && kind != "ifeval" {
		return text, met && p.dropped == 0
	}
	p.open++
	if !met && p.dropped == 0 {
		p.dropped = p.open
	}
	return "", false
}

// met reports whether a condition is met, or not known. Of several names with
// commas one is enough, of those with plus signs all are needed.
func (p *preprocessor) met(kind, names string) bool {
	if kind == "ifeval" {
		return true
	}
	all, matched := strings.FieldsFunc(names, func(c rune) bool { return c == ',' || c == '+' }), 0
	for _, name := range all {
		value, known := p.attributes[name]
		if !known || (kind == "ifndef") == (value == nil) {
			matched++
		}
	}
	return matched == len(all) || matched > 0 && !strings.Contains(names, "+")
}

func (p *preprocessor) set(name string, on bool, value string) {
	if !on {
		p.attributes[name] = nil
		return
	}
	value = p.replace(value)
	p.attributes[name] = &value
}

// replace replaces the attributes that the document sets. A bar in a value is
// text, not the start of a table cell.
func (p *preprocessor) replace(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return adocReference.ReplaceAllStringFunc(text, func(reference string) string {
		if p.growth < 0 || reference[0] == '\\' {
			return reference
		}
		value := p.attributes[reference[1:len(reference)-1]]
		if value == nil {
			return reference
		}
		p.growth -= len(*value)
		return strings.ReplaceAll(*value, "|", "{vbar}")
	})
}
