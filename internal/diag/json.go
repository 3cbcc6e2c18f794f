package diag

import (
	"encoding/json"
	"io"
)

// The document that JSON writes. Every key is always there, so a reader need
// not tell "absent" from "empty".
type jsonDocument struct {
	Findings []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	jsonPos
	Message string        `json:"message"`
	Hint    string        `json:"hint"`
	Related []jsonRelated `json:"related"`
}

type jsonRelated struct {
	jsonPos
	Message string `json:"message"`
}

type jsonPos struct {
	File string `json:"file"`
	Line int32  `json:"line"`
	Col  int32  `json:"column"`
	Len  int32  `json:"length"`
}

// JSON writes findings, in the order given, as one document for programs:
//
//	{
//	  "findings": [
//	    {
//	      "rule": "ref/duplicate-id",
//	      "severity": "error",
//	      "file": "content/a/model.yaml",
//	      "line": 12,
//	      "column": 9,
//	      "length": 6,
//	      "message": "activity \"backup\" is defined twice",
//	      "hint": "give one of them another id",
//	      "related": [
//	        {
//	          "file": "content/a/model.yaml",
//	          "line": 7,
//	          "column": 9,
//	          "length": 6,
//	          "message": "first defined here"
//	        }
//	      ]
//	    }
//	  ]
//	}
//
// "severity" is "advice", "warning" or "error". Lines and columns count from
// 1, columns and lengths in code points; 0 is unknown, and an empty file means
// that the finding belongs to none. All keys are always present, and none will
// change its meaning; new ones may be added.
func JSON(w io.Writer, findings []Finding) error {
	doc := jsonDocument{Findings: make([]jsonFinding, len(findings))}
	for i, f := range findings {
		related := make([]jsonRelated, len(f.Related))
		for j, r := range f.Related {
			related[j] = jsonRelated{jsonPos: jsonPos(r.Pos), Message: r.Message}
		}
		doc.Findings[i] = jsonFinding{
			Rule:     f.Rule,
			Severity: f.Severity.String(),
			jsonPos:  jsonPos(f.Pos),
			Message:  f.Message,
			Hint:     f.Hint,
			Related:  related,
		}
	}
	return writeJSON(w, doc)
}

// writeJSON writes v indented, and with <, > and & as they are: the documents
// are read by people too, and never put into a script element.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
