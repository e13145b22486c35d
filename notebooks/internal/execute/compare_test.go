//go:build unix

package execute

import (
	"strings"
	"testing"
)

func TestCompareSaysWhatDiffers(t *testing.T) {
	cell := func(outputs string) string {
		return `{"cells": [{"cell_type": "markdown", "source": "# title"}, {"cell_type": "code", "source": ["x"], "outputs": [` + outputs + `]}]}`
	}
	hello := `{"output_type": "stream", "name": "stdout", "text": ["hello\n", "world\n"]}`
	picture := `{"output_type": "display_data", "data": {"image/png": "AAAA"}, "metadata": {}}`
	for _, test := range []struct {
		name, committed, executed string
		want                      []string
	}{
		{"same", cell(hello), cell(hello), nil},
		{"text", cell(hello), cell(strings.Replace(hello, "world", "gophers", 1)), []string{"04-x: cell [1]", "expected  world", "got       gophers"}},
		{"picture", cell(picture), cell(strings.Replace(picture, "AAAA", "AAAB", 1)), []string{"expected  image/png of 3 bytes, SHA-256", "got       image/png"}},
		{"alt text", cell(picture), cell(strings.Replace(picture, `"metadata": {}`, `"metadata": {"image/png": {"alt": "a line"}}`, 1)), []string{"alt:a line"}},
		{"missing", cell(hello + "," + picture), cell(hello), []string{"expected  image/png of", "got       (nothing)"}},
		{"not executed", cell(""), cell(hello), []string{"expected  (nothing)", "got       hello"}},
		{"form only", cell(hello), cell(hello) + " ", []string{"not the file's form", "go run ./notebooks run 04-x"}},
		{"damaged", "{", cell(hello), []string{"04-x: not a notebook"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := Compare("04-x", []byte(test.committed), []byte(test.executed))
			if (err == nil) != (test.want == nil) {
				t.Fatalf("got error %v, want %q", err, test.want)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error lacks %q: %v", want, err)
				}
			}
		})
	}
}
