//go:build unix

package execute

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestNotebooksAreFoundByWhatAUserTypes(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"00-start-here", "04-linear-regression", "14-attention", "solutions/04-linear-regression"} {
		path := filepath.Join(folder, name+".ipynb")
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ typed, want string }{
		{"", "00-start-here 04-linear-regression 14-attention solutions/04-linear-regression"},
		{"04", "04-linear-regression"},
		{"4", "04-linear-regression"},
		{"0", "00-start-here"},
		{"00", "00-start-here"},
		{"linear-regression", "04-linear-regression"},
		{"04-linear-regression", "04-linear-regression"},
		{"04-linear-regression.ipynb", "04-linear-regression"},
		{"./notebooks/04-linear-regression.ipynb", "04-linear-regression"},
		{"solutions/04", "solutions/04-linear-regression"},
		{"notebooks/solutions/04-linear-regression.ipynb", "solutions/04-linear-regression"},
		{"14 0 14", "14-attention 00-start-here"},
	} {
		found, err := Find(folder, strings.Fields(test.typed))
		var names []string
		for _, n := range found {
			names = append(names, n.Name)
		}
		if err != nil || !slices.Equal(names, strings.Fields(test.want)) {
			t.Errorf("%q means %v (%v), want %s", test.typed, names, err, test.want)
		}
	}
	for _, typed := range []string{"1", "40", "regression", "solutions/14", "x"} {
		_, err := Find(folder, []string{typed})
		if err == nil || !strings.Contains(err.Error(), "04-linear-regression") {
			t.Errorf("%q: got error %v, want one that lists what there is", typed, err)
		}
	}
}
