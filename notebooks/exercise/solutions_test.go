//go:build unix

package exercise_test

import (
	"slices"
	"strings"
	"testing"

	"descent/notebooks/internal/execute"
	"descent/notebooks/internal/setuptest"
)

// TestSolutionsRepeat executes every notebook of solutions, and compares with what is committed, where every check
// says ✓.
func TestSolutionsRepeat(t *testing.T) {
	clone := setuptest.Clone(t)
	setuptest.ReadSources(t, clone)
	notebooks, err := execute.Find(clone.Notebooks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	solutions := slices.DeleteFunc(notebooks, func(n execute.Notebook) bool { return !strings.HasPrefix(n.Name, "solutions/") })
	if len(solutions) == 0 {
		t.Fatal("there are no solutions")
	}
	if err := execute.Check(t.Context(), clone, solutions); err != nil {
		t.Error(err)
	}
}
