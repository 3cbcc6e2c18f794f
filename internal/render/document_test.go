package render

import "testing"

func TestTidy(t *testing.T) {
	const in = "\n\n# Title  \n\n\n\ntext\n\n```sh\na  \n\n\nb\n~~~\n```\n\n\n~~~~\n```\n\n\n~~~\n~~~~\n\n\n    ```\n    x\n\n\n    ```\n\n\n``` not a ``` fence\n\n\nend\n\n"
	const want = "# Title\n\ntext\n\n```sh\na  \n\n\nb\n~~~\n```\n\n~~~~\n```\n\n\n~~~\n~~~~\n\n    ```\n    x\n\n\n    ```\n\n``` not a ``` fence\n\nend\n"
	if got := string(tidy([]byte(in))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
