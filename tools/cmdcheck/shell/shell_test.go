package shell

import (
	"fmt"
	"strings"
	"testing"

	"github.com/demarc/demarc/tools/cmdcheck/hole"
)

// known is what the caller can check in these tests.
func known(name string) bool { return name == "kubectl" || name == "velero" }

// show writes a command as `line: name [arg] [arg]`, with ? where the number of
// words is not sure.
func show(c Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: %s", c.Line, c.Name)
	for _, arg := range c.Args {
		fmt.Fprintf(&b, " [%s]", hole.Show(arg))
	}
	if c.Unsure {
		b.WriteString(" ?")
	}
	return b.String()
}

func TestParseCommands(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"quotes", `kubectl get pods -l 'app=web' -o "jsonpath={.items[*].status}"`,
			`1: kubectl [get] [pods] [-l] [app=web] [-o] [jsonpath={.items[*].status}]`},
		{"escapes", `kubectl get a\ b "c\"d\e"`, `1: kubectl [get] [a b] [c"d\e]`},
		{"continued line", "kubectl get pods \\\n  --all-namespaces", `1: kubectl [get] [pods] [--all-namespaces]`},
		{"comment", "# kubectl nonsense\nkubectl version", `2: kubectl [version]`},
		{"parameter", `kubectl -n <namespace> get pod/<pod>`, `1: kubectl [-n] [<namespace>] [get] [pod/<pod>]`},
		{"pipe", "kubectl get pods | grep web", "1: kubectl [get] [pods]\n1: grep [web]"},
		{"variable in quotes", `kubectl logs "$POD"`, `1: kubectl [logs] [$POD]`},
		{"variable that splits", `kubectl logs $ARGS`, `1: kubectl [logs] [$ARGS] ?`},
		{"list in quotes", `kubectl "$@" "${flags[@]}"`, `1: kubectl [$@] [$flags] ?`},
		{"assignment", `KUBECONFIG=a.yaml kubectl version`, `1: kubectl [version]`},
		{"substitution", `POD="$(kubectl get pod -o name)"`, `1: kubectl [get] [pod] [-o] [name]`},
		{"loop", "for n in a b; do\n  kubectl drain \"$n\"\ndone", `2: kubectl [drain] [$n]`},
		{"while read", "kubectl get ns -o name | while read -r n; do kubectl describe \"$n\"; done",
			"1: kubectl [get] [ns] [-o] [name]\n1: read [-r] [n]\n1: kubectl [describe] [$n]"},
		{"condition", "if ! kubectl get ns x; then velero version; fi", "1: kubectl [get] [ns] [x]\n1: velero [version]"},
		{"path", "/usr/local/bin/kubectl version", "1: kubectl [version]"},
		{"unknown program", `"$TOOL" version`, "1:  [version]"},
		{"function", "f() { kubectl version; }\nf", "1: kubectl [version]"},
		{"sudo", "sudo -u root kubectl version", "1: kubectl [version]"},
		{"two wrappers", "sudo timeout 60 velero version", "1: velero [version]"},
		{"time", "time kubectl version", "1: kubectl [version]"},
		{"xargs", "echo a | xargs -n1 kubectl delete pod", "1: echo [a]\n1: kubectl [delete] [pod] ?"},
		{"wrapper of a stranger", "xargs rm", "1: xargs [rm]"},
		{"asking for a program", "command -v kubectl", "1: command [-v] [kubectl]"},
		{"watch with a text", "watch -n 5 'kubectl get pods | head'", "1: kubectl [get] [pods]\n1: head"},
		{"watch with words", "watch kubectl get pods", "1: kubectl [get] [pods]"},
		{"text of a shell", `bash -ec 'kubectl version; velero version'`, "1: kubectl [version]\n1: velero [version]"},
		{"script of a shell", "bash deploy.sh", "1: bash [deploy.sh]"},
		{"in a container", "kubectl exec p -- velero version", "1: kubectl [exec] [p] [--] [velero] [version]\n1: velero [version]"},
		{"options of an image", "kubectl run p --image=curl -- -sS http://web", "1: kubectl [run] [p] [--image=curl] [--] [-sS] [http://web]"},
		{"shell in a container", "kubectl exec p -- sh -c 'df -h'", "1: kubectl [exec] [p] [--] [sh] [-c] [df -h]\n1: df [-h]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			script, err := Parse(test.text, known)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range script.Commands {
				got = append(got, show(c))
			}
			if joined := strings.Join(got, "\n"); joined != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", joined, test.want)
			}
		})
	}
}

func TestParseDocuments(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"expanded", "kubectl apply -f - <<EOF\nname: $NAME\ncost: \\$5\nEOF\n", "2: name: $NAME\ncost: $5\n"},
		{"literal", "cat > a.yaml <<'EOF'\nname: $NAME\nEOF\n", "2: name: $NAME\n"},
		{"tabs", "cat <<-EOF\n\t\ta: 1\n\tEOF\n", "2: a: 1\n"},
		{"parameter", "cat <<EOF\nname: <cluster>\nEOF\n", "2: name: <cluster>\n"},
		{"here-string is none", "cat <<< text", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			script, err := Parse(test.text, known)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, d := range script.Documents {
				got += fmt.Sprintf("%d: %s", d.Line, hole.Show(d.Text))
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, text := range []string{"kubectl get 'pods", "for x in a; do kubectl get x", "sh -c 'if true'"} {
		if script, err := Parse(text, known); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", text, script)
		}
	}
}
