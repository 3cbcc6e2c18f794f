package cmdcheck

import (
	"flag"

	"github.com/spf13/cobra"
	"github.com/vmware-tanzu/velero/pkg/client"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/backup"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/backuplocation"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/bug"
	cliclient "github.com/vmware-tanzu/velero/pkg/cmd/cli/client"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/completion"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/create"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/debug"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/delete"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/describe"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/get"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/install"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/plugin"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/repo"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/restore"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/schedule"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/snapshotlocation"
	"github.com/vmware-tanzu/velero/pkg/cmd/cli/version"
	veleroflag "github.com/vmware-tanzu/velero/pkg/cmd/util/flag"
	"k8s.io/klog/v2"
)

// veleroOutside are the commands of Velero that veleroTree leaves out. All but
// uninstall are what its containers run; together they would double what has to
// be downloaded and compiled.
var veleroOutside = []string{
	"data-mover", "node-agent", "pod-volume", "repo-maintenance", "run-plugins", "server", "uninstall",
}

// veleroTree puts Velero's own commands below a root of ours. Velero's root
// cannot be had twice in one process, as it registers flags globally. The
// flags are those of its pkg/cmd/velero.
func veleroTree([]string) (*cobra.Command, error) {
	root := &cobra.Command{Use: "velero"}
	flags := root.PersistentFlags()
	f := client.NewFactory("velero", client.VeleroConfig{})
	f.BindFlags(flags)
	flags.Var(&veleroflag.StringArray{}, "features", "")
	flags.Var(&veleroflag.OptionalBool{}, "colorized", "")
	logging := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(logging)
	flags.AddGoFlagSet(logging)

	root.AddCommand(
		backup.NewCommand(f),
		backuplocation.NewCommand(f),
		bug.NewCommand(),
		cliclient.NewCommand(),
		completion.NewCommand(),
		create.NewCommand(f),
		debug.NewCommand(f),
		delete.NewCommand(f),
		describe.NewCommand(f),
		get.NewCommand(f),
		install.NewCommand(f),
		plugin.NewCommand(f),
		repo.NewCommand(f),
		restore.NewCommand(f),
		schedule.NewCommand(f),
		snapshotlocation.NewCommand(f),
		version.NewCommand(f),
	)
	return root, nil
}
