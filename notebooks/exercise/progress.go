package exercise

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"descent/notebooks/internal/record"
)

// progress is what a learner has done, in a file beside the notebooks. Nothing
// is kept while the notebooks run with nobody there (DESCENT_UNATTENDED), so
// that a test changes no learner's progress and no output depends on one.
type progress struct {
	record.Record
	path string // "" keeps nothing
}

// openProgress reads the progress of the course in whose folder the cell runs.
func openProgress() *progress {
	nothing := &progress{Record: record.New()}
	dir, err := os.Getwd()
	if err != nil || os.Getenv("DESCENT_UNATTENDED") != "" || filepath.Base(dir) == "solutions" { // there are not the learner's own answers
		return nothing
	}
	r, err := record.Read(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "exercise:", err)
		return nothing
	}
	return &progress{Record: r, path: filepath.Join(dir, record.File)}
}

// solved notes a right answer.
func (p *progress) solved(id string) {
	p.Solved[id], p.Last = true, id
	p.save()
}

// wrong notes a wrong answer and returns how many there have been.
func (p *progress) wrong(id string) int {
	p.Tries[id]++
	p.Last = id
	p.save()
	return p.Tries[id]
}

func (p *progress) save() {
	if p.path == "" {
		return
	}
	text, err := json.MarshalIndent(p.Record, "", " ")
	if err == nil {
		temp := p.path + ".new"
		if err = os.WriteFile(temp, append(text, '\n'), 0o644); err == nil {
			err = os.Rename(temp, p.path)
		}
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "exercise: your progress is not kept: %v\n", err)
	}
}
