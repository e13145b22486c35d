package record

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRecordIsReadOrEmpty(t *testing.T) {
	for _, test := range []struct {
		text, marks, last, wrong string // text "" is no file
	}{
		{"", "○○○", "", ""},
		{`{"Solved": {"00.1": true}, "Tries": {"00.1": 2, "00.2": 1}, "Last": "00.2"}`, "✓✗○", "00.2", ""},
		{`{"Last": "00.1"}`, "○○○", "00.1", ""},
		{`{`, "○○○", "", "is damaged; delete it"},
		{`{"Solved": {"00.1": true}, "Last": 7}`, "○○○", "", "is damaged; delete it"},
	} {
		dir := t.TempDir()
		if test.text != "" {
			if err := os.WriteFile(filepath.Join(dir, File), []byte(test.text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		r, err := Read(dir)
		if marks := r.Mark("00.1") + r.Mark("00.2") + r.Mark("00.3"); marks != test.marks || r.Last != test.last {
			t.Errorf("%s: marks %s, last %q; want %s, %q", test.text, marks, r.Last, test.marks, test.last)
		}
		if test.wrong == "" && err != nil || test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)) {
			t.Errorf("%s: error %v, want %q", test.text, err, test.wrong)
		}
		r.Solved["00.3"], r.Tries["00.3"] = true, 1 // a record can be written to
	}
}
