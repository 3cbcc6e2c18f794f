package cmdcheck

import (
	"maps"
	"strings"
	"testing"
)

// A right line must pass; of a wrong one the problem must contain want, so that
// it cannot be refused for another reason.
func TestCommandLines(t *testing.T) {
	tests := []struct{ text, want string }{
		// kubectl
		{"kubectl version", ""},
		{"kubectl get pods --all-namespaces --output wide", ""},
		{"kubectl -n kube-system get deploy,ds -o jsonpath='{.items[*].metadata.name}'", ""},
		{"kubectl get nodes -o custom-columns=NAME:.metadata.name,VERSION:.status.nodeInfo.kubeletVersion", ""},
		{"kubectl --context=<context> auth can-i create pods --as system:serviceaccount:<namespace>:default", ""},
		{"kubectl drain <node> --ignore-daemonsets --delete-emptydir-data --timeout=10m", ""},
		{"kubectl scale deployment/<name> --replicas=<count>", ""},
		{"kubectl scale deployment/web --replicas=\"$N\" --timeout=\"$T\"", ""},
		{"kubectl rollout status deploy/web --timeout=120s", ""},
		{"kubectl create secret generic x --from-literal=a=b --dry-run=client -o yaml | kubectl apply -f -", ""},
		{"kubectl exec -it deploy/web -- curl -sS --fail http://localhost", ""},
		{"kubectl cluster-info", ""},
		{"kubectl help", ""},
		{"kubectl get --help", ""},
		{"kubectl wait --for=condition=Ready node --all --timeout=5m", ""},
		{"kubectl $VERBOSE get pods", ""},
		{"kubectl gett pods", `unknown command "gett"`},
		{"kubectl get pods --all-namespace", "unknown flag: --all-namespace"},
		{"kubectl --namespac x get pods", "kubectl"},
		{"kubectl get pods -Q", "unknown shorthand flag: 'Q'"},
		{"kubectl get pods -o", "flag needs an argument: 'o'"},
		{"kubectl get pods --selector", "flag needs an argument: --selector"},
		{"kubectl rollout statuss deploy/web", `unknown command "statuss" for "kubectl rollout"; did you mean status?`},
		{"kubectl rollout", "needs a sub command"},
		{"kubectl", "needs a sub command"},
		{"kubectl create secret generc x", `unknown command "generc"`},
		{"kubectl scale deploy/web --replicas=three", "invalid argument \"three\""},
		{"kubectl drain n --timeout=10", "missing unit"},
		{"kubectl drain n --delete-local-data", "unknown flag: --delete-local-data"},
		{"kubectl version --short", "unknown flag: --short"},
		{"kubectl get pods -o json | jq .items | kubectl aply -f -", `unknown command "aply"`},
		{"cat x.yaml | kubectl apply --filenam -", "unknown flag: --filenam"},
		{"kubectl get ns -o name | xargs -n1 kubectl describe --show-event=true", "unknown flag: --show-event"},
		{"kubectl get ns -o name | xargs kubectl delete", ""},
		{"for n in a b; do kubectl cordon \"$n\" --dry-rum=client; done", "unknown flag: --dry-rum"},
		{"POD=$(kubectl get pod --sort-bye=x -o name)", "unknown flag: --sort-bye"},
		{"kubectl exec p -- sh -c 'velero bakcup get'", `unknown command "bakcup"`},

		// helm
		{"helm repo add harbor https://helm.goharbor.io", ""},
		{"helm upgrade --install web ./chart --namespace <namespace> --create-namespace --values values.yaml --wait --timeout 5m", ""},
		{"helm upgrade --install $FLAGS", ""},
		{"helm list --all-namespaces --output json", ""},
		{"helm get values web -n x --all", ""},
		{"helm show values harbor/harbor --version <version>", ""},
		{"helm instal web ./chart", `unknown command "instal"`},
		{"helm get valuess web", `unknown command "valuess" for "helm get"`},
		{"helm get values", "requires 1 argument"},
		{"helm upgrade web", "requires 2 arguments"},
		{"helm list --all-namespace", "unknown flag: --all-namespace"},
		{"helm upgrade web ./chart --timeout 5", "missing unit"},
		{"helm upgrade web ./chart --atomic", "--atomic is deprecated"},
		{"helm list --color purple", "invalid color mode"},
		{"helm list", ""}, // the purple of the line before must not stay

		// velero
		{"velero backup create <name> --include-namespaces <namespace> --ttl 720h --wait", ""},
		{"velero backup create x --ttl <ttl> --labels <labels>", "label"}, // no one stand-in fits both
		{"velero backup create x --ttl <ttl>", ""},
		{"velero backup create x --labels <labels>", ""},
		{"velero schedule create daily --schedule='0 3 * * *' --snapshot-volumes=false", ""},
		{"velero restore create --from-backup <backup> --namespace-mappings <from>:<to>", ""},
		{"velero backup-location get", ""},
		{"velero get backups", ""},
		{"velero backup describe x --details -n velero -v 4", ""},
		{"velero backup creat x", `unknown command "creat" for "velero backup"; did you mean create?`},
		{"velero backup create x --included-namespaces a", "unknown flag: --included-namespaces"},
		{"velero backup create x --ttl 30d", "unknown unit"},
		{"velero backup", "needs a sub command"},
		{"velero bakup get", `unknown command "bakup"`},

		// docker
		{"docker login <registry> --username <user> --password-stdin", ""},
		{"docker --context default image ls --digests", ""},
		{"docker push <registry>/app:1.0", ""},
		{"docker pull --platform linux/amd64 alpine", ""},
		{"docker pul alpine", `unknown command "pul"`},
		{"docker image prun", `unknown command "prun"`},
		{"docker push", "requires 1 argument"},
		{"docker login --user-name x", "unknown flag: --user-name"},

		// crane, oras
		{"crane digest <registry>/app:1.0", ""},
		{"crane ls --full-ref <registry>/app | sort", ""},
		{"crane digset <registry>/app:1.0", `unknown command "digset"`},
		{"crane ls --full-reference x", "unknown flag: --full-reference"},
		{"oras discover --format tree <registry>/app:1.0", ""},
		{"oras manifest fetch x:1 --pretty", ""},
		{"oras manifest fetsh x:1", `unknown command "fetsh"`},
		{"oras discover x:1 --formatt tree", "unknown flag: --formatt"},

		// scw
		{"scw k8s cluster list", ""},
		{"scw k8s cluster get <cluster-id> region=fr-par", ""},
		{"scw -o json k8s pool list cluster-id=<cluster-id>", ""},
		{"scw k8s cluster create name=x version=1.31.2 pools.0.size=3 pools.0.node-type=DEV1-M pools.0.name=default --wait", ""},
		{"scw k8s cluster update $ID tags.0=a maintenance-window.start-hour=3", ""},
		{"scw k8s cluster create cni=<cni>", ""},
		{"scw k8s clusters list", `unknown command "clusters" for "scw k8s"; did you mean cluster?`},
		{"scw k8s cluster lst", `unknown command "lst"`},
		{"scw k8s cluster", "needs a sub command"},
		{"scw k8s pool list", `argument "cluster-id" is required`},
		{"scw k8s pool list cluster=x", `unknown argument "cluster"`},
		{"scw k8s cluster create pools.x.size=3", `unknown argument "pools.x.size"`},
		{"scw k8s cluster create cni=cilum", `argument "cni" is "cilum"`},
		{"scw k8s cluster get", `argument "cluster-id" is required`},
		{"scw k8s cluster get cluster-id=x", "written without its name"},
		{"scw k8s cluster list --ouput json", "unknown flag: --ouput"},

		{"kubectl get 'pods", "not a shell text"},
	}
	checker := NewChecker(Tools()...)
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			report := NewReport()
			checker.Run("here", test.text, report)
			var got []string
			for _, p := range report.Problems {
				got = append(got, p.String())
			}
			all := strings.Join(got, "\n")
			switch {
			case test.want == "" && all != "":
				t.Errorf("refused:\n%s", all)
			case test.want != "" && len(got) != 1:
				t.Errorf("%d problems, want one with %q\n%s", len(got), test.want, all)
			case !strings.Contains(all, test.want):
				t.Errorf("want %q in:\n%s", test.want, all)
			}
		})
	}
}

func TestCounts(t *testing.T) {
	checker := NewChecker(Tools()...)
	report := checker.Steps([]Step{
		{Place: "a", Run: "kubectl get ns | grep x\n$TOOL version\nvelero uninstall --force\novhcloud cloud project list\nkubectl nonsense"},
		{Place: "b", Manifest: "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"},
		{Place: "b", Manifest: "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\n"},
		{Place: "b", Manifest: "replicas: 2\n"},
	})
	for _, test := range []struct {
		name      string
		got, want map[string]int
	}{
		{"Parsed", report.Parsed, map[string]int{"kubectl": 2}},
		{"Unparsed", report.Unparsed, map[string]int{"grep": 1, "": 1, "velero uninstall": 1, "ovhcloud": 1}},
		{"Decoded", report.Decoded, map[string]int{"v1/Namespace": 1}},
		{"Undecoded", report.Undecoded, map[string]int{"kyverno.io/v1/ClusterPolicy": 1}},
	} {
		if !maps.Equal(test.got, test.want) {
			t.Errorf("%s = %v, want %v", test.name, test.got, test.want)
		}
	}
	if report.Files != 1 {
		t.Errorf("Files = %d, want 1", report.Files)
	}
	if len(report.Problems) != 1 || report.Problems[0].Line != 5 {
		t.Errorf("problems %v, want one on line 5", report.Problems)
	}
	if counts := report.Counts(); !strings.Contains(counts, "command lines parsed: kubectl 2\n") {
		t.Errorf("Counts:\n%s", counts)
	}
}
