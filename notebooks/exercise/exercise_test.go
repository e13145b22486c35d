package exercise

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"descent/notebooks/internal/course"
	"descent/notebooks/internal/record"
)

// answerCase is an answer to an exercise, with what the learner should read.
type answerCase struct {
	id     string
	answer any
	want   string // part of what is printed; "✓" and "○" for right and untouched
}

// TestAnswersGetTheRightReply goes through right, untouched and wrong answers.
// Every exercise has at least one wrong answer here.
func TestAnswersGetTheRightReply(t *testing.T) {
	cases := slices.Concat(
		startHereAnswers,
		backgroundAnswers,
		conceptsAnswers,
		optimizersAnswers,
		linearRegressionAnswers,
		backpropagationAnswers,
		classificationAnswers,
		trainingWellAnswers,
		overfittingAnswers,
		evaluationAnswers,
		imagesAnswers,
		textAnswers,
		speechAnswers,
		interpretabilityAnswers,
		automlAnswers,
		reinforcementLearningAnswers,
		gansAnswers,
		unsupervisedLearningAnswers,
		crossModalLearningAnswers,
		challengesAnswers,
		questionsAnswers,
	)
	for _, c := range cases {
		if got := reply(t, &progress{Record: record.New()}, c.id, c.answer); !strings.Contains(got, c.want) {
			t.Errorf("%s: got\n%swant %q", c.id, got, c.want)
		}
	}
	for _, e := range exercises() {
		if !slices.ContainsFunc(cases, func(c answerCase) bool { return c.id == e.ID && !strings.ContainsAny(c.want, "✓○") }) {
			t.Errorf("%s has no wrong answer in the tests", e.ID)
		}
		if len(e.Hints) == 0 {
			t.Errorf("%s has no hints", e.ID)
		}
	}
}

func reply(t *testing.T, p *progress, id string, answer any) string {
	t.Helper()
	var b strings.Builder
	check(&b, p, id, answer)
	return b.String()
}

func TestEachWrongTryShowsOneHintMore(t *testing.T) {
	p := &progress{Record: record.New()}
	wrong := func(x []float64) float64 { return 9 }
	for tries, hints := range []int{1, 2, 2} {
		if got := reply(t, p, "00.2", wrong); strings.Count(got, "Hint ") != hints {
			t.Errorf("try %d:\n%swant %d hints", tries+1, got, hints)
		}
	}
}

func TestAnAnswerOfTheWrongTypeOrThatPanicsIsExplained(t *testing.T) {
	p := &progress{Record: record.New()}
	for _, c := range []struct {
		answer any
		want   string
	}{
		{nil, "the answer is of type nil, want func([]float64) float64"},
		{1.5, "the answer is of type float64, want func([]float64) float64"},
		{func(x []float64) float64 { return x[7] }, "your code panics: runtime error: index out of range [7] with length 3"},
	} {
		if got := reply(t, p, "00.2", c.answer); !strings.Contains(got, c.want) {
			t.Errorf("got %swant %q", got, c.want)
		}
	}
	if got := reply(t, p, "99.9", 0); !strings.Contains(got, `no exercise "99.9"`) {
		t.Errorf("got %s", got)
	}
}

func TestProgressIsKeptBesideTheNotebooksAndNotWhenNobodyIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	right := func(x float64) float64 { return 2 * x }
	t.Setenv("DESCENT_UNATTENDED", "1")
	reply(t, openProgress(), "00.1", right)
	if _, err := os.Stat(record.File); !os.IsNotExist(err) {
		t.Error("an unattended run wrote a progress file")
	}
	t.Setenv("DESCENT_UNATTENDED", "")
	reply(t, openProgress(), "00.1", right)
	reply(t, openProgress(), "00.2", func(x []float64) float64 { return 9 })
	p := openProgress()
	if !p.Solved["00.1"] || p.Solved["00.2"] || p.Tries["00.2"] != 1 {
		t.Errorf("progress is %+v", p)
	}
	damaged := []byte("{")
	if err := os.WriteFile(filepath.Join(".", record.File), damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	reply(t, openProgress(), "00.1", right)
	if got, _ := os.ReadFile(record.File); string(got) != "{" {
		t.Error("a damaged progress file was overwritten")
	}
}

func TestTheMapShowsWhatIsSolvedAndWhatIsTried(t *testing.T) {
	var b strings.Builder
	drawMap(&b, &progress{Record: record.Record{Solved: map[string]bool{"00.1": true}, Tries: map[string]int{"00.1": 3, "00.2": 1}}})
	for _, want := range []string{"00 Start here                      ✓ ✗ ○\n", "04 Linear regression               ○ ○ ○\n", "\n1 of "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the map is\n%swant %q in it", b.String(), want)
		}
	}
	for _, e := range exercises() {
		if notebooks[e.ID[:2]] == "" {
			t.Errorf("notebook %s has no name in the map", e.ID[:2])
		}
	}
}

func TestMapHasTheNamesOfTheCourse(t *testing.T) {
	parts, err := course.Read("..")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, part := range parts {
		for _, n := range part.Notebooks {
			named++
			if notebooks[n.Number] != n.Title {
				t.Errorf("%s is %q here and %q in %s", n.Number, notebooks[n.Number], n.Title, course.Start)
			}
		}
	}
	if named != len(notebooks) {
		t.Errorf("%d names for %d notebooks", len(notebooks), named)
	}
}
