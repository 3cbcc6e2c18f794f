package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// Tool describes the program that made the findings, for [SARIF].
type Tool struct {
	Name    string
	Version string
	URI     string // its home page, absolute; may be empty
	Rules   []RuleInfo
}

// RuleInfo describes a rule, for [SARIF].
type RuleInfo struct {
	ID       string   // the rule's path, as in [Finding.Rule]
	Title    string   // one sentence
	Help     string   // Markdown: why, and what to do; may be empty
	Severity Severity // what it is unless the settings say otherwise
}

// What SARIF 2.1.0 (OASIS, with errata 01) calls these things. Only what a
// code-scanning service shows or matches by is written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri,omitempty"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string             `json:"id"`
		ShortDescription     *sarifText         `json:"shortDescription,omitempty"`
		FullDescription      *sarifText         `json:"fullDescription,omitempty"`
		Help                 *sarifText         `json:"help,omitempty"`
		DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           *int              `json:"ruleIndex,omitempty"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations,omitempty"`
		RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int32 `json:"startLine"`
		StartColumn int32 `json:"startColumn,omitempty"`
		EndColumn   int32 `json:"endColumn,omitempty"`
	}
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

	// sarifFingerprint names how a fingerprint is made; a new way gets a new number.
	sarifFingerprint = "demarcFinding/v1"
)

// SARIF writes findings as a SARIF 2.1.0 log of one run, for code-scanning
// services. Paths are relative to the workspace, columns count code points,
// advice has the level "note", and a message ends in the finding's hint.
//
// The partial fingerprint of a finding is made of its rule, its file and its
// message, and of how many alike come before it; not of its line or column.
// So a finding keeps its identity when lines are added or taken away above
// it. The key primaryLocationLineHash is left to GitHub's uploader, which
// computes it from the checked-out file and warns about any other value.
//
// The error is that of w.
func SARIF(w io.Writer, findings []Finding, tool Tool) error {
	run := sarifRun{
		Tool: sarifTool{Driver: sarifDriver{
			Name:           tool.Name,
			Version:        tool.Version,
			InformationURI: tool.URI,
			Rules:          make([]sarifRule, len(tool.Rules)),
		}},
		ColumnKind: "unicodeCodePoints",
		Results:    make([]sarifResult, len(findings)),
	}
	index := make(map[string]int, len(tool.Rules))
	for i, rule := range tool.Rules {
		run.Tool.Driver.Rules[i] = newSarifRule(rule)
		index[rule.ID] = i
	}
	seen := make(map[string]int, len(findings))
	for i, f := range findings {
		result := newSarifResult(f)
		if at, ok := index[f.Rule]; ok {
			result.RuleIndex = &at
		}
		id := fingerprint(f)
		seen[id]++
		result.PartialFingerprints = map[string]string{sarifFingerprint: id + ":" + strconv.Itoa(seen[id])}
		run.Results[i] = result
	}
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// newSarifRule gives the title twice: GitHub asks for both descriptions.
func newSarifRule(r RuleInfo) sarifRule {
	rule := sarifRule{ID: r.ID, DefaultConfiguration: sarifConfiguration{Level: sarifLevel(r.Severity)}}
	if r.Title != "" {
		rule.ShortDescription = &sarifText{Text: r.Title}
		rule.FullDescription = &sarifText{Text: r.Title}
	}
	if r.Help != "" {
		rule.Help = &sarifText{Text: r.Help, Markdown: r.Help}
	}
	return rule
}

func newSarifResult(f Finding) sarifResult {
	message := f.Message
	if f.Hint != "" {
		message += "\n" + f.Hint
	}
	result := sarifResult{
		RuleID:  f.Rule,
		Level:   sarifLevel(f.Severity),
		Message: sarifText{Text: sarifEscape(message)},
	}
	if at := newSarifPhysical(f.Pos); at != nil {
		result.Locations = []sarifLocation{{Physical: at}}
	}
	for i, r := range f.Related {
		// The schema wants related locations to differ: the id sees to it.
		location := sarifLocation{ID: i + 1, Physical: newSarifPhysical(r.Pos)}
		if r.Message != "" {
			location.Message = &sarifText{Text: sarifEscape(r.Message)}
		}
		result.RelatedLocations = append(result.RelatedLocations, location)
	}
	return result
}

func newSarifPhysical(p Pos) *sarifPhysical {
	if p.File == "" {
		return nil
	}
	// A URL writes the path with the escapes that a relative reference needs.
	physical := sarifPhysical{Artifact: sarifArtifact{URI: (&url.URL{Path: p.File}).String()}}
	if p.Line > 0 {
		physical.Region = &sarifRegion{StartLine: p.Line, StartColumn: max(p.Col, 0)}
		if p.Col > 0 && p.Len > 0 {
			physical.Region.EndColumn = p.Col + p.Len
		}
	}
	return &physical
}

func sarifLevel(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Off:
		return "none"
	}
	return "note"
}

// sarifEscape writes text for a SARIF message, where braces hold placeholders
// (section 3.11.5: written twice to stand for themselves) and [text](target)
// is a link (3.11.6: a backslash takes the brackets their meaning).
func sarifEscape(text string) string {
	text = strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
	if strings.Contains(text, "](") {
		text = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
	}
	return text
}

func fingerprint(f Finding) string {
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + f.Pos.File + "\x00" + f.Message))
	return hex.EncodeToString(sum[:8])
}
