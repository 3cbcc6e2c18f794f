package syntax

import (
	"fmt"
	"strings"
	"testing"
)

// modelFile writes a model of some 160 KB in the shape that authors write.
func modelFile(toml bool) []byte {
	var b strings.Builder
	head, activity := yamlHead, yamlActivity
	if toml {
		head, activity = tomlHead, tomlActivity
	}
	b.WriteString(head)
	for i := 0; b.Len() < 160_000; i++ {
		fmt.Fprintf(&b, activity, i, i%7, i)
	}
	return []byte(b.String())
}

const (
	yamlHead = `title: OVHcloud Managed Kubernetes Service
provider: OVHcloud
parties:
  customer: {name: Customer, side: customer}
  ovhcloud: {name: OVHcloud, side: provider}
activities:
`
	yamlActivity = `  - id: activity-%d
    section: "1.%d"
    title: Decide which Kubernetes version the cluster runs, and when it is changed
    raci: {customer: A, ovhcloud: IR}
    topic: upgrades
    source: guide#1.1-%d
    covers: [choose-version, forced-update]
    why: OVHcloud upgrades clusters that are left on a version it no longer maintains.
    steps:
      - text: Check the running cluster – l’état du cluster.
        run: kubectl version
        expect: |
          the server version
          is the pinned one
`
	tomlHead = `title = "OVHcloud Managed Kubernetes Service"
provider = "OVHcloud"
[parties]
customer = {name = "Customer", side = "customer"}
ovhcloud = {name = "OVHcloud", side = "provider"}
`
	tomlActivity = `
[[activities]]
id = "activity-%d"
section = "1.%d"
title = "Decide which Kubernetes version the cluster runs, and when it is changed"
raci = {customer = "A", ovhcloud = "IR"}
topic = "upgrades"
source = "guide#1.1-%d"
covers = ["choose-version", "forced-update"]
why = "OVHcloud upgrades clusters that are left on a version it no longer maintains."
[[activities.steps]]
text = "Check the running cluster – l’état du cluster."
run = "kubectl version"
expect = """
the server version
is the pinned one
"""
`
)

func benchmark(b *testing.B, file string, data []byte) {
	if root, findings := Read(file, data); root == nil || len(findings) > 0 {
		b.Fatal(findings)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Read(file, data)
	}
}

func BenchmarkReadYAML(b *testing.B) { benchmark(b, "model.yaml", modelFile(false)) }
func BenchmarkReadTOML(b *testing.B) { benchmark(b, "model.toml", modelFile(true)) }
