package datasets

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestErrorsSayWhatIsWrongAndWhatToDo(t *testing.T) {
	X, one, empty := mat.NewDense(3, 2, nil), column(1), &mat.Dense{}
	scaler, err := FitStandard(X)
	if err != nil {
		t.Fatal(err)
	}
	v := NewVocabulary(".", "ab")
	try := func(_ any, err error) error { return err }
	try3 := func(_, _ any, err error) error { return err }
	for _, test := range []struct {
		err  error
		want string
	}{
		{try3(Split(10, 1.5, 1)), "datasets: Split: fraction is 1.5, want a share between 0 and 1 (0.25 puts"},
		{try3(Split(10, math.NaN(), 1)), "fraction is NaN"},
		{try3(Split(0, 0.5, 1)), "datasets: Split: 0 rows, want at least 2, one for each side"},
		{try3(SplitStratified(empty, 0.5, 1)), "datasets: SplitStratified: 0 rows, want at least 2"},
		{try3(SplitStratified(X, 0.5, 1)), "labels are 3×2, want one column of class numbers"},
		{try3(SplitStratified(column(0, 0, 1), 0.5, 1)), "class 1 has 1 rows, want at least 2; leave the class out"},
		{try3(SplitStratified(column(0, math.NaN()), 0.5, 1)), "the label of row 1 is NaN"},
		{try3(SplitGrouped([]int{7, 7}, 0.5, 1)), "datasets: SplitGrouped: 1 groups, want at least 2"},
		{try3(Iris().SplitGrouped(0.5, 1)), `table "iris" has no Groups; use Split, or set them`},
		{try3(Diabetes().SplitStratified(0.5, 1)), `table "diabetes" is a regression, want classes; use Split`},
		{try(KFold(4, 5, 1)), "datasets: KFold: 4 rows for 5 folds, want at least one a fold; use fewer folds"},
		{try(KFold(4, 1, 1)), "k is 1, want 2 folds or more"},
		{try(KFoldStratified(column(0, 0, 0, 1), 2, 1)), "class 1 has 1 rows, want at least 2"},
		{try(KFoldGrouped([]int{1, 1, 2}, 3, 1)), "2 groups for 3 folds"},
		{try(FitStandard(empty)), "datasets: FitStandard: no rows, want training data"},
		{try(FitMinMax(column(1, math.Inf(1)))), "datasets: FitMinMax: row 1, column 0 is +Inf, want finite numbers"},
		{try(scaler.Apply(one)), "datasets: Scaler.Apply: data are 1×1, want 2 columns, as the scaler was fitted to"},
		{try(scaler.Invert(one)), "datasets: Scaler.Invert: data are 1×1"},
		{try(Batches(X, one, 32, 1)), "datasets: Batches: X has 3 rows and Y 1, want as many"},
		{try(Batches(empty, empty, 32, 1)), "X has no rows"},
		{try(Batches(X, X, 0, 1)), "size is 0, want 1 or more (32 is usual)"},
		{try(OneHot(column(0, 3), 3)), "datasets: OneHot: the label of row 1 is 3, want a whole number from 0 to 2"},
		{try(OneHot(column(0, 0.5), 0)), "the label of row 1 is 0.5, want a whole number"},
		{try(OneHot(column(math.NaN()), 0)), "the label of row 0 is NaN"},
		{try(OneHot(column(-1), 0)), "the label of row 0 is -1"},
		{try(OneHot(column(1e300), 0)), "the label of row 0 is 1e+300"},
		{try(OneHot(X, 3)), "labels are 3×2"},
		{try(OneHot(one, -1)), "classes is -1"},
		{try(Augment{H: 3, W: 3}.Apply(X)), "data are 3×2, want rows of H·W = 3×3 = 9 pixels"},
		{try(Augment{H: 1, W: 2, Noise: -1}.Apply(X)), "Noise -1, want 0 or more"},
		{try(v.Encode("abz")), `'z' at byte 2 is not among the 3 symbols ".ab"`},
		{try(v.Windows("ab", 2)), "context is 2, want 1 or more and fewer than the text's 2 characters"},
		{try(v.Windows("ab?", 1)), "is not among"},
		{try3(v.Sequences("ab", 2)), "length is 2, want 1 or more and fewer than the text's 2 characters"},
		{try3(v.Sequences("", 0)), "length is 0, want 1 or more"},
		{try(v.WordWindows([]string{"a.b"}, 2)), `word 0, "a.b", contains '.', which marks the ends of words`},
		{try(v.WordWindows(nil, 2)), "0 words with context 2"},
	} {
		if test.err == nil || !strings.HasPrefix(test.err.Error(), "datasets: ") || !strings.Contains(test.err.Error(), test.want) {
			t.Errorf("error %q, want one with %q", test.err, test.want)
		}
	}
}
