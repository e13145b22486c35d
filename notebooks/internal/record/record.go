// Package record is the file that says what a learner has done. Package exercise keeps it, and the page that JupyterLab
// opens on shows it.
package record

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// File lies beside the notebooks.
const File = ".progress.json"

// A Record goes by the numbers of exercises, "04.1".
type Record struct {
	Solved map[string]bool
	Tries  map[string]int // wrong answers
	Last   string         // the exercise that was checked last
}

// New returns an empty record.
func New() Record { return Record{Solved: map[string]bool{}, Tries: map[string]int{}} }

// Read returns the record kept in a folder, an empty one if there is none or if it is damaged, which is an error.
func Read(folder string) (Record, error) {
	path := filepath.Join(folder, File)
	text, err := os.ReadFile(path)
	if err != nil {
		return New(), nil
	}
	r := New()
	if json.Unmarshal(text, &r) != nil {
		return New(), fmt.Errorf("%s is damaged; delete it to start your progress again", path)
	}
	return r, nil
}

// Mark is ✓ for an exercise that is solved, ✗ for one that has been tried, and ○ for another.
func (r Record) Mark(id string) string {
	switch {
	case r.Solved[id]:
		return "✓"
	case r.Tries[id] > 0:
		return "✗"
	}
	return "○"
}
