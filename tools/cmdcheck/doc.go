// Package cmdcheck checks the command lines and manifests that the steps of
// Demarc's built-in content ask people to use.
//
// In go the steps of the catalogue, as `demarc export json` prints them. Each
// `run` text is parsed as shell, and every command line in it that calls a
// known tool is given to that tool's own command tree: a sub command, a flag or
// a value that the tool would refuse is a problem. Each `manifest`, and each
// here-document that looks like one, is decoded strictly into the Kubernetes
// and Velero API types. Out comes a [Report]: the problems, and how much was
// looked at by whom, so that a check that saw nothing cannot pass for a check
// that found nothing.
//
// Nothing is run and no cluster, registry or account is asked. So what only a
// server knows stays unchecked: whether a resource type, an object or a plan
// exists, and whether a value of the right type is a sensible one.
//
// The tools are compiled in from their Go modules, which is why this is a module
// of its own: the product's go.mod must not know them. ovhcloud is not among
// them yet; its lines are counted, not checked.
//
// The counts are part of what the test has to say:
//
//	go test -v -run Content
//
// A parameter that no workspace has set stands in the text as <cluster>. It and
// every shell expansion is a hole: see the package hole for what fills it.
package cmdcheck
