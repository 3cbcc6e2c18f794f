package hole

import (
	"slices"
	"testing"
)

func TestMarkAndShow(t *testing.T) {
	tests := []struct {
		text  string
		names []string
	}{
		{"kubectl get pods", nil},
		{"kubectl -n <namespace> get pod <pod-2>", []string{"namespace", "pod-2"}},
		{"<bucket>", []string{"bucket"}},
		{"<a><b>/<a>", []string{"a", "b"}},
		{"cat <<eof> out.txt", nil},
		{"sort <in >out", nil},
		{"a < b > c", nil},
	}
	for _, test := range tests {
		marked := Mark(test.text)
		if names := Names(marked); !slices.Equal(names, test.names) {
			t.Errorf("Names(Mark(%q)) = %q, want %q", test.text, names, test.names)
		}
		if shown := Show(marked); shown != test.text {
			t.Errorf("Show(Mark(%q)) = %q", test.text, shown)
		}
	}
}

func TestFill(t *testing.T) {
	text := Mark("--replicas=<count> --image=<image>:") + New("$TAG")
	got := Fill(text, func(name string) string { return "[" + name + "]" })
	if want := "--replicas=[count] --image=[image]:[$TAG]"; got != want {
		t.Errorf("Fill = %q, want %q", got, want)
	}
}
