package cmdcheck

import (
	"io"

	"github.com/docker/cli/cli"
	"github.com/docker/cli/cli/command"
	"github.com/docker/cli/cli/command/commands"
	crane "github.com/google/go-containerregistry/cmd/crane/cmd"
	"github.com/spf13/cobra"
	helm "helm.sh/helm/v4/pkg/cmd"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	kubectl "k8s.io/kubectl/pkg/cmd"
	oras "oras.land/oras/cmd/oras/root"
)

// Tools returns all the tools that can be checked. Helm would take plugins of the
// user's for commands of its own: call it with HELM_NO_PLUGINS=1 set.
func Tools() []Tool {
	return []Tool{
		cobraTool{name: "kubectl", tree: kubectlTree, alone: []string{"kubectl cluster-info"}},
		cobraTool{name: "helm", tree: helmTree},
		cobraTool{name: "velero", tree: veleroTree, outside: veleroOutside},
		cobraTool{name: "docker", tree: dockerTree},
		cobraTool{name: "scw", tree: scwTree},
		cobraTool{name: "crane", tree: func([]string) (*cobra.Command, error) { return crane.New("crane", "", nil), nil }},
		cobraTool{name: "oras", tree: func([]string) (*cobra.Command, error) { return oras.New(), nil }},
	}
}

// kubectlTree leaves out the arguments, with which kubectl would look for
// plugins and for aliases in the user's preferences.
func kubectlTree([]string) (*cobra.Command, error) {
	streams := genericiooptions.IOStreams{In: nil, Out: io.Discard, ErrOut: io.Discard}
	return kubectl.NewKubectlCommand(kubectl.KubectlOptions{IOStreams: streams}), nil
}

// helmTree gives helm the arguments, as it checks --color while the tree is
// built. It keeps that setting for the next tree, hence the first argument.
func helmTree(args []string) (*cobra.Command, error) {
	return helm.NewRootCmd(io.Discard, append([]string{"--color=auto"}, args...), func(bool) {})
}

// dockerTree is the client without its plugins: compose and the like are
// separate programs, and unknown commands here.
func dockerTree([]string) (*cobra.Command, error) {
	client, err := command.NewDockerCli(command.WithCombinedStreams(io.Discard))
	if err != nil {
		return nil, err
	}
	root := &cobra.Command{Use: "docker", TraverseChildren: true}
	cli.SetupRootCommand(root)
	commands.AddCommands(root, client)
	return root, nil
}
