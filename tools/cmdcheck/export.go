package cmdcheck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// Binary is the environment variable that names a built demarc command. Without
// it the command is run from its source.
const Binary = "DEMARC_BIN"

// Step is one step of an item, with the fields that are checked here.
type Step struct {
	// Place says where the step is: model, item and the step's number from 1.
	Place string
	// Run is shell text, Manifest a YAML file. Either may be empty.
	Run, Manifest string
}

// document is the part of `demarc export json` that is read here. Other fields
// are the exporter's business and are ignored.
type document struct {
	Models []struct {
		ID    string `json:"id"`
		Items []struct {
			ID    string `json:"id"`
			Steps []struct {
				Run      string `json:"run"`
				Manifest string `json:"manifest"`
			} `json:"steps"`
		} `json:"items"`
	} `json:"models"`
}

// Export returns the JSON of the workspace in the folder root, which is also the
// folder of the product's module. It runs the command that [Binary] names, or
// else the product's source.
func Export(root string) ([]byte, error) {
	command := exec.Command("go", "run", "github.com/demarc/demarc/cmd/demarc", "export", "json")
	if binary := os.Getenv(Binary); binary != "" {
		absolute, err := filepath.Abs(binary)
		if err != nil {
			return nil, err
		}
		command = exec.Command(absolute, "export", "json")
	}
	command.Dir = root
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", command, err, stderr.Bytes())
	}
	return out, nil
}

// ReadSteps returns the steps in an exported document, in its order. A document
// without models, or with a model, an item or a step missing what it is known
// by, is an error: fields that were renamed must not pass for content that is
// in order.
func ReadSteps(r io.Reader) ([]Step, error) {
	var doc document
	if err := json.NewDecoder(r).Decode(&doc); err != nil {
		return nil, fmt.Errorf("exported document: %w", err)
	}
	if len(doc.Models) == 0 {
		return nil, errors.New("exported document: no models")
	}
	var steps []Step
	for i, model := range doc.Models {
		if model.ID == "" {
			return nil, fmt.Errorf("exported document: model %d has no id", i+1)
		}
		for j, item := range model.Items {
			if item.ID == "" {
				return nil, fmt.Errorf("exported document: %s: item %d has no id", model.ID, j+1)
			}
			if len(item.Steps) == 0 {
				return nil, fmt.Errorf("exported document: %s: item %s has no steps", model.ID, item.ID)
			}
			for k, step := range item.Steps {
				steps = append(steps, Step{
					Place:    fmt.Sprintf("%s: item %s: step %d", model.ID, item.ID, k+1),
					Run:      step.Run,
					Manifest: step.Manifest,
				})
			}
		}
	}
	return steps, nil
}
