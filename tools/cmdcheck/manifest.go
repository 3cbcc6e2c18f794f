package cmdcheck

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/demarc/demarc/tools/cmdcheck/hole"
	snapshotv1 "github.com/kubernetes-csi/external-snapshotter/client/v8/apis/volumesnapshot/v1"
	velerov1 "github.com/vmware-tanzu/velero/pkg/apis/velero/v1"
	velerov2alpha1 "github.com/vmware-tanzu/velero/pkg/apis/velero/v2alpha1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/yaml"
)

// objects decodes manifests.
type objects struct {
	scheme  *runtime.Scheme
	decoder runtime.Decoder
}

// newObjects knows the types of Kubernetes, of its CRDs and volume snapshots,
// and of Velero.
func newObjects() *objects {
	types := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		scheme.AddToScheme, apiextensionsv1.AddToScheme, snapshotv1.AddToScheme,
		velerov1.AddToScheme, velerov2alpha1.AddToScheme,
	} {
		utilruntime.Must(add(types))
	}
	options := json.SerializerOptions{Yaml: true, Strict: true}
	return &objects{
		scheme:  types,
		decoder: json.NewSerializerWithOptions(json.DefaultMetaFactory, types, types, options),
	}
}

// isObject reports whether text, or its first document, says that it is a
// Kubernetes object. A here-document that does not may be anything.
func isObject(text string) bool {
	var apiVersion, kind bool
	for _, line := range strings.Split(text, "\n") {
		apiVersion = apiVersion || strings.HasPrefix(line, "apiVersion:")
		kind = kind || strings.HasPrefix(line, "kind:")
	}
	return apiVersion && kind
}

// check decodes every document of a YAML file and adds to the report. line is
// that of the file's first line in the step.
func (o *objects) check(place string, line int, text string, report *Report) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil && len(bytes.TrimSpace(document)) > 0 {
			err = o.checkDocument(string(document), report)
		}
		if err != nil {
			what := fmt.Sprintf("manifest beginning %q", hole.Show(firstLine(string(document))))
			report.Problems = append(report.Problems, Problem{Place: place, Line: line, What: what, Err: err})
		}
		if document == nil {
			return
		}
		// The reader swallows the line with the --- between two documents.
		line += strings.Count(string(document), "\n") + 1
	}
}

// checkDocument counts one document and decodes it if its kind has a type.
func (o *objects) checkDocument(document string, report *Report) error {
	var header struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	plain := hole.Fill(document, func(string) string { return hole.Word })
	if err := yaml.Unmarshal([]byte(plain), &header); err != nil {
		// A file of another sort may be YAML of any shape, or no YAML at all.
		if isObject(document) {
			return err
		}
		report.Files++
		return nil
	}
	if header.APIVersion == "" && header.Kind == "" {
		report.Files++
		return nil
	}
	kind := schema.FromAPIVersionAndKind(header.APIVersion, header.Kind)
	name := header.APIVersion + "/" + header.Kind
	if !o.scheme.Recognizes(kind) && !o.scheme.IsGroupRegistered(kind.Group) {
		report.Undecoded[name]++
		return nil
	}
	report.Decoded[name]++
	if !o.scheme.Recognizes(kind) {
		return fmt.Errorf("no kind %q in version %q", header.Kind, header.APIVersion)
	}
	return o.decodeFilled(document)
}

// maxHoles bounds the number of fillings tried: three to this power.
const maxHoles = 5

// decodeFilled decodes a document, trying the stand-ins in all combinations,
// since each hole may stand in a field of another type. With more than maxHoles
// holes only the first are varied. If no combination fits, the error is what is
// wrong under one that at least has the right types; and failing that, all that
// was said, since any of it may be due to a stand-in.
func (o *objects) decodeFilled(document string) error {
	var said []string
	for fill := range fillings(hole.Names(document)) {
		_, _, err := o.decoder.Decode([]byte(hole.Fill(document, fill)), nil, nil)
		if err == nil || runtime.IsStrictDecodingError(err) {
			return oneLine(err)
		}
		if message := oneLine(err).Error(); !slices.Contains(said, message) {
			said = append(said, message)
		}
	}
	return errors.New(strings.Join(said, "; or: "))
}

// fillings yields a function for [hole.Fill] for each combination of stand-ins;
// one, which has nothing to do, where there are no names.
func fillings(names []string) iter.Seq[func(name string) string] {
	standIns := []string{hole.Word, hole.Number, hole.Time}
	varied := names[:min(len(names), maxHoles)]
	combinations := 1
	for range varied {
		combinations *= len(standIns)
	}
	return func(yield func(func(string) string) bool) {
		for n := range combinations {
			chosen := map[string]string{}
			for _, name := range varied {
				chosen[name] = standIns[n%len(standIns)]
				n /= len(standIns)
			}
			fill := func(name string) string {
				if standIn, ok := chosen[name]; ok {
					return standIn
				}
				return hole.Word
			}
			if !yield(fill) {
				return
			}
		}
	}
}
