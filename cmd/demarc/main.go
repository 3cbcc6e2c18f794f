// Command demarc turns models of shared responsibility into RACI tables,
// checklists and runbooks, and checks that nothing in them got lost.
//
// Run demarc --help for what it can do.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
