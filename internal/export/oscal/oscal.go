// Package oscal writes models as documents of OSCAL, NIST's Open Security
// Controls Assessment Language.
//
// Models go in. Out comes one of three JSON documents, which refer to each
// other by file name:
//
//   - the catalog: sections as groups, activities and checklist items as
//     controls;
//   - the component definition: what each side of a model takes on of every
//     activity, and with which items the customer does so;
//   - the mapping collection: which items cover which activity.
//
// The types of this package are the part of OSCAL that is used here. The same
// models make the same bytes: identifiers are derived from names (ids.go),
// dates are those of the models. docs/export-oscal.md says for its readers
// which field goes where.
//
// Element names, permitted values and identifiers are those of the OSCAL
// metaschemas, https://github.com/usnistgov/OSCAL/tree/v1.2.2/src/metaschema.
// The tests of tests/interop hold the documents to the official JSON schemas.
package oscal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/demarc/demarc/internal/model"
)

// Version is the version of OSCAL that the documents follow.
const Version = "1.2.2"

// Document is a kind of document, by the name of its root in OSCAL.
type Document string

// The documents.
const (
	Catalog             Document = "catalog"
	ComponentDefinition Document = "component-definition"
	MappingCollection   Document = "mapping-collection"
)

// Documents lists the documents.
var Documents = []Document{Catalog, ComponentDefinition, MappingCollection}

// FileName returns the name by which the other documents refer to this one.
func (d Document) FileName() string { return string(d) + ".json" }

// ErrUnmapped is the error of [Write] for a mapping collection of models in
// which no item covers an activity: OSCAL has no empty mapping collection.
var ErrUnmapped = errors.New("no item covers an activity, and OSCAL has no empty mapping collection")

// Write writes a document about the models, in their order. The error is that
// of w, or [ErrUnmapped].
func Write(w io.Writer, d Document, models []*model.Model) error {
	var root any
	switch d {
	case Catalog:
		root = catalogOf(models)
	case ComponentDefinition:
		root = componentDefinitionOf(models)
	case MappingCollection:
		collection, ok := mappingCollectionOf(models)
		if !ok {
			return ErrUnmapped
		}
		root = collection
	default:
		return fmt.Errorf("unknown OSCAL document %q", d)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(map[Document]any{d: root}); err != nil {
		return err
	}
	_, err := w.Write(seal(d, b.Bytes()))
	return err
}
