package syntax

import "testing"

func TestGet(t *testing.T) {
	root, _ := Read("a.toml", []byte("a = 1\nb.c = 'x'\n"))
	if got := root.Get("b").Get("c"); got == nil || got.Text != "x" {
		t.Errorf("b.c is %v", got)
	}
	if got := root.Get("c").Get("b"); got != nil {
		t.Errorf("c.b is %v", got)
	}
	if got := root.Get("a").Get("b"); got != nil {
		t.Errorf("a.b is %v", got)
	}
}

func TestKindString(t *testing.T) {
	for kind := Null; kind <= Map; kind++ {
		if kind.String() == "" || kind.String() == (Map+1).String() {
			t.Errorf("kind %d has no words", kind)
		}
	}
}
