// Package exercise checks the answers to the course's exercises. A notebook
// has a stub to fill in and, below it, a cell that says what is still wrong:
//
//	%%
//	exercise.Check("04.1", largestRate)
//
// The answer is a value or a function of yours. Each wrong try shows one hint
// more. What is solved is kept in notebooks/.progress.json, which git ignores;
// delete the file to start again.
package exercise

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
)

// Exercise is one task of a notebook.
type Exercise struct {
	ID    string // number of the notebook and of the exercise, "04.1"
	Title string

	// Check is a func(answer T) error for the type T of the answer. It returns
	// nil for a right answer, ErrUnsolved for an untouched stub, and otherwise an
	// error that says what is wrong with this answer without giving the right one.
	Check any

	// Hints lead to the solution, from a nudge to nearly all of it. The nth
	// wrong try shows the nth.
	Hints []string
}

// ErrUnsolved is what a Check returns for a stub that nobody has touched.
var ErrUnsolved = errors.New("not solved yet")

// exercises lists all exercises of the course.
func exercises() []Exercise {
	return slices.Concat(
		startHere,
		background,
		concepts,
		optimizers,
		linearRegression,
		backpropagation,
		classification,
		trainingWell,
		overfitting,
		evaluation,
		images,
		text,
		speech,
		interpretability,
		automl,
		reinforcementLearning,
		gans,
		unsupervisedLearning,
		crossModalLearning,
		challenges,
		questions,
	)
}

// Check says whether the answer to the exercise with this ID is right and, if
// it is not, what is wrong with it.
func Check(id string, answer any) {
	check(os.Stdout, openProgress(), id, answer)
}

func check(w io.Writer, progress *progress, id string, answer any) {
	i := slices.IndexFunc(exercises(), func(e Exercise) bool { return e.ID == id })
	if i < 0 {
		fmt.Fprintf(w, "There is no exercise %q. Its number has the form 04.1: notebook 4, first exercise.\n", id)
		return
	}
	e := exercises()[i]
	err := e.run(answer)
	switch {
	case err == nil:
		progress.solved(id)
		fmt.Fprintf(w, "✓ %s %s: right.\n", id, e.Title)
	case errors.Is(err, ErrUnsolved):
		fmt.Fprintf(w, "○ %s %s: not solved yet. Fill in the cell above and run both.\n", id, e.Title)
	default:
		tries := progress.wrong(id)
		fmt.Fprintf(w, "✗ %s %s: %v.\n", id, e.Title, err)
		if tries > 1 {
			fmt.Fprintln(w, "  If the cell above shows an error, this was its last version that compiled.")
		}
		for n, hint := range e.Hints[:min(tries, len(e.Hints))] {
			fmt.Fprintf(w, "  Hint %d of %d: %s\n", n+1, len(e.Hints), hint)
		}
	}
}

// run calls Check with the answer. A panic of the learner's function is a wrong answer.
func (e Exercise) run(answer any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("your code panics: %v", r)
		}
	}()
	f := reflect.ValueOf(e.Check)
	want := f.Type().In(0)
	if answer == nil || !reflect.TypeOf(answer).ConvertibleTo(want) {
		return fmt.Errorf("the answer is of type %s, want %s", describeType(answer), strings.ReplaceAll(want.String(), "interface {}", "any"))
	}
	err, _ = f.Call([]reflect.Value{reflect.ValueOf(answer).Convert(want)})[0].Interface().(error)
	return err
}

func describeType(v any) string {
	if v == nil {
		return "nil"
	}
	return reflect.TypeOf(v).String()
}
