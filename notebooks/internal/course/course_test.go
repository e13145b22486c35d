package course

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMapNamesEveryNotebook(t *testing.T) {
	parts, err := Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	count := 0
	for _, part := range parts {
		for _, n := range part.Notebooks {
			count++
			listed[n.File] = true
			if n.Answers == "" || n.Minutes == 0 {
				t.Errorf("%s %s: answers %q, takes %d minutes", n.Number, n.Title, n.Answers, n.Minutes)
			}
			if n.File != Start && len(n.BuildsOn) == 0 {
				t.Errorf("%s %s builds on nothing", n.Number, n.Title)
			}
			for _, b := range n.BuildsOn {
				if b == n.Number {
					t.Errorf("%s builds on itself", n.Number)
				}
			}
		}
	}
	if count != 21 {
		t.Errorf("the map has %d notebooks, want 21", count)
	}
	paths, err := filepath.Glob("../../[0-9][0-9]-*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if !listed[filepath.Base(path)] {
			t.Errorf("%s is not on the map", path)
		}
	}
}

func TestReadSaysWhatIsMissing(t *testing.T) {
	for _, test := range []struct{ start, want string }{
		{`{"cells": []}`, Start + ` has no section "The map"`},
		{`{"cells": [{"cell_type": "markdown", "source": ["## The map\n", "nothing"]}]}`, Start + ` has no table in its section "The map"`},
		{`{"cells": [{"cell_type": "code", "source": "## The map\n| 01 | x | y |"}]}`, Start + ` has no section "The map"`},
		{`{"cells": [{"cell_type": "markdown", "source": "text\n## The map\nnothing"}]}`, Start + ` has no table in its section "The map"`},
		{`{"cells": [{"cell_type": "markdown", "source": "## The map\n| 01 | Background | Why? |\n"}]}`, Start + `: the map has no link for 01 Background`},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, Start), []byte(test.start), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir); err == nil || err.Error() != test.want {
			t.Errorf("%s: got error %v, want %s", test.start, err, test.want)
		}
	}
}
