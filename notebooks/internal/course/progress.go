package course

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// Progress is what a learner has done, as package exercise keeps it.
type Progress struct {
	Solved map[string]bool // by the numbers of exercises, "04.1"
	Tries  map[string]int
	Last   string // the exercise that was checked last
}

// ProgressFile lies beside the notebooks.
const ProgressFile = ".progress.json"

// ReadProgress returns the progress kept in a folder; an empty one if there is none.
func ReadProgress(folder string) Progress {
	var p Progress
	if text, err := os.ReadFile(filepath.Join(folder, ProgressFile)); err != nil || json.Unmarshal(text, &p) != nil {
		return Progress{}
	}
	return p
}

// solved counts the exercises of a notebook that are solved.
func (p Progress) solved(n Notebook) (count int) {
	for _, id := range n.Exercises {
		if p.Solved[id] {
			count++
		}
	}
	return count
}

// marks is a sign for each exercise of a notebook.
func (p Progress) marks(n Notebook) (marks string) {
	for _, id := range n.Exercises {
		switch {
		case p.Solved[id]:
			marks += "✓"
		case p.Tries[id] > 0:
			marks += "✗"
		default:
			marks += "○"
		}
	}
	return marks
}
