package build_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

var (
	workloadDir    = flag.String("workload", "", "write a generated workspace to this `folder` and do nothing else")
	workloadModels = flag.Int("models", 100, "how many models of 100 activities the generated workspace has")
)

// TestMain writes a generated workspace where -workload asks for one, to time
// the whole program on.
func TestMain(m *testing.M) {
	flag.Parse()
	if *workloadDir != "" {
		if err := os.CopyFS(filepath.Join(*workloadDir, "content"), workload(*workloadModels, 100)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// workload returns the content of a workspace: models of the same size that
// differ in every text, about 1.6 KB of YAML for each activity.
func workload(models, activities int) fs.FS {
	fsys := fstest.MapFS{"topics.yaml": {Data: []byte("topics:\n" +
		"  - {id: backup, title: Backup, definition: Copies of data kept apart from it.}\n" +
		"  - {id: network, title: Network, definition: What connects the parts.}\n")}}
	for i := range models {
		dir := fmt.Sprintf("provider-%02d/service-%04d/", i%20, i)
		fsys[dir+"model.yaml"] = &fstest.MapFile{Data: []byte(workloadModel(i, activities))}
		fsys[dir+"checklist.yaml"] = &fstest.MapFile{Data: []byte(workloadChecklist(i, activities))}
	}
	return fsys
}

func workloadModel(model, activities int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `title: Service %d
provider: Provider %d
summary: >-
  Service %d is generated to measure a build. It has %d activities in sections of ten, and
  items that cover one or two of them.
reviewed: 2026-01-15
parties:
  customer: {name: Customer, side: customer}
  provider: {name: Provider %d, side: provider, contact: "A ticket in the [console](https://example.com/%d)."}
sources:
  guide: {title: Responsibilities of service %d, url: https://example.com/guide/%d, published: 2025-05-05, retrieved: 2026-01-15}
sections:
`, model, model%20, model, activities, model%20, model, model, model)
	for s := range (activities + 9) / 10 {
		fmt.Fprintf(&b, "  - {id: \"%d\", title: Part %d of service %d}\n", s+1, s+1, model)
	}
	b.WriteString("activities:\n")
	letters := []string{"{customer: RA, provider: I}", "{provider: RA, customer: I}", "{provider: RA}", "{customer: A, provider: IR}", "{customer: RA, provider: CI}"}
	for a := range activities {
		fmt.Fprintf(&b, `  - id: activity-%d
    section: "%d"
    title: Keep part %d of service %d in the state that was agreed on in round %d
    raci: %s
    topic: %s
    source: guide#%d-%d
`, a, a/10+1, a, model, a%7, letters[(a+model)%len(letters)], []string{"backup", "network"}[a%2], a/10+1, a%10+1)
		if a%5 == 0 {
			fmt.Fprintf(&b, "    basis: inferred\n    rationale: Sentence %d of the guide says what is done and names nobody, and nobody else could do it.\n", a)
		}
	}
	return b.String()
}

func workloadChecklist(model, activities int) string {
	var b strings.Builder
	b.WriteString("items:\n")
	phases := []string{"choose", "set-up", "go-live", "operate", "incident", "exit"}
	for a := 0; a < activities; {
		covers := fmt.Sprintf("activity-%d", a)
		if a++; a%3 != 0 && a < activities {
			covers += fmt.Sprintf(", activity-%d", a)
			a++
		}
		fmt.Fprintf(&b, `  - id: item-%d
    title: Check that part %d of service %d does what was agreed on
    phase: %s
    level: required
    team: [platform, security]
    covers: [%s]
    why: >-
      Part %d fails silently when its limits are reached, and the *alarm* of service %d comes
      only after requests were lost; `+"`part-%d`"+` has to be looked at before.
    steps:
      - text: Read the state of part %d, and compare it with what the team wrote down when service %d was set up.
        run: |
          kubectl get deployments --namespace=part-%d --output=wide
          kubectl describe resourcequota --namespace=part-%d
        expect: Every deployment has as many replicas available as it asks for, and `+"`Used`"+` stays below `+"`Hard`"+`.
      - text: Raise the limit by a fifth if the peak of the last month came nearer than that to it.
        caution: A limit above what the nodes of service %d hold makes new pods wait.
        run: kubectl patch resourcequota part-%d --namespace=part-%d --type=merge --patch-file=quota.yaml
        expect: The new limit shows in `+"`kubectl describe`"+`.
        undo: Apply the quota of the last commit again.
      - text: Write the peak, the limit and the date into the log of part %d, see the [guide](https://example.com/guide/%d).
    evidence: The line in the log of part %d, with the date and the name of who looked.
    repeat: every month
    references:
      - {title: Resource quotas, url: https://kubernetes.io/docs/concepts/policy/resource-quotas/}
`, a, a, model, phases[a%len(phases)], covers, a, model, a, a, model, a, a, model, a, a, a, model, a)
	}
	return b.String()
}
