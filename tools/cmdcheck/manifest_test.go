package cmdcheck

import (
	"strings"
	"testing"
)

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: <namespace>}
spec:
  replicas: <replicas>
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: <registry>/web:1.0
          resources: {limits: {memory: <memory>}}
`

func TestManifests(t *testing.T) {
	tests := []struct{ name, manifest, want string }{
		{"parameters of several types", deployment, ""},
		{"misspelt field", strings.Replace(deployment, "image:", "imgae:", 1), `unknown field "spec.template.spec.containers[0].imgae"`},
		{"wrong type", strings.Replace(deployment, "<replicas>", `"three"`, 1), "spec.replicas"},
		{"field twice", strings.Replace(deployment, "  replicas: <replicas>", "  replicas: 1\n  replicas: 2", 1), `key "replicas" already set`},
		{"misspelt kind", "apiVersion: v1\nkind: Namespce\nmetadata: {name: a}\n", `no kind "Namespce" in version "v1"`},
		{"version that is gone", "apiVersion: policy/v1beta9\nkind: PodDisruptionBudget\n", "no kind"},
		{"no version", "kind: Namespace\nmetadata: {name: a}\n", "no kind"},
		{"crd", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {scop: x}\n", "spec.scop"},
		{"velero", "apiVersion: velero.io/v1\nkind: Schedule\nspec:\n  schedule: 0 3 * * *\n  template: {ttl: <ttl>}\n", ""},
		{"velero, misspelt field", "apiVersion: velero.io/v1\nkind: Schedule\nspec: {shedule: x}\n", `unknown field "spec.shedule"`},
		{"snapshot class", "apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\ndriver: x\ndeletionPolicy: Retain\n", ""},
		{"second document", "apiVersion: v1\nkind: Namespace\n---\napiVersion: v1\nkind: Secret\nstringdata: {}\n", "line 4: manifest"},
		{"unknown kind", "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec: {}\n", ""},
		{"other file", "harborAdminPassword: <password>\n", ""},
		{"file that is no YAML", "[default]\nkey = {\n", ""},
		{"object that is no YAML", "apiVersion: v1\nkind: Secret\ndata: {\n", "yaml"},
	}
	checker := NewChecker()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			report := checker.Steps([]Step{{Place: "here", Manifest: test.manifest}})
			if test.want == "" {
				if len(report.Problems) > 0 {
					t.Errorf("refused: %v", report.Problems)
				}
				return
			}
			if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].String(), test.want) {
				t.Errorf("problems %v, want one with %q", report.Problems, test.want)
			}
		})
	}
}

func TestHereDocumentIsDecoded(t *testing.T) {
	text := "kubectl apply -f - <<EOF\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: $NAME}\ndta: {}\nEOF\n"
	report := NewReport()
	NewChecker(Tools()...).Run("here", text, report)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].String(), `unknown field "dta"`) {
		t.Errorf("problems %v, want one about dta", report.Problems)
	}
	if report.Problems[0].Line != 2 {
		t.Errorf("line %d, want 2", report.Problems[0].Line)
	}
}
