package datasets

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// once fails the test unless the parts have each of n rows once.
func once(t *testing.T, what string, n int, parts ...[]int) {
	t.Helper()
	all := slices.Sorted(slices.Values(slices.Concat(parts...)))
	for i := range max(n, len(all)) {
		if i >= len(all) || i >= n || all[i] != i {
			t.Fatalf("%s: rows %v, want each of %d once", what, all, n)
		}
	}
}

// countClasses counts the rows of each class.
func countClasses(labels mat.Matrix, rows []int) map[float64]int {
	count := map[float64]int{}
	for _, row := range rows {
		count[labels.At(row, 0)]++
	}
	return count
}

// column returns an N×1 matrix.
func column(values ...float64) *mat.Dense { return mat.NewDense(len(values), 1, values) }

func TestSplitsHaveEachRowOnceInTheAskedShare(t *testing.T) {
	for _, test := range []struct {
		n        int
		fraction float64
		want     int
	}{{2, 0.01, 1}, {2, 0.99, 1}, {10, 0.25, 3}, {150, 0.2, 30}, {7, 0.5, 4}} {
		train, held, err := Split(test.n, test.fraction, 1)
		if err != nil {
			t.Fatal(err)
		}
		once(t, "Split", test.n, train, held)
		if len(held) != test.want {
			t.Errorf("Split(%d, %g): %d test rows, want %d", test.n, test.fraction, len(held), test.want)
		}
	}
}

func TestStratifiedSplitKeepsTheProportions(t *testing.T) {
	labels := Wine().Y // 59, 71, 48
	for seed := range uint64(5) {
		train, held, err := SplitStratified(labels, 0.25, seed)
		if err != nil {
			t.Fatal(err)
		}
		once(t, "SplitStratified", 178, train, held)
		if got := fmt.Sprint(countClasses(labels, held)); got != "map[0:15 1:18 2:12]" {
			t.Errorf("seed %d: classes of the test set %s", seed, got)
		}
		if slices.IsSortedFunc(train, func(a, b int) int { return int(labels.At(a, 0) - labels.At(b, 0)) }) {
			t.Errorf("seed %d: the training rows are in order of class", seed)
		}
	}
}

func TestGroupedSplitKeepsGroupsWhole(t *testing.T) {
	for _, groups := range [][]int{
		{5, 5, 5, 1, 1, 9, 9, 9, 9, 2},
		{0, 1},
		{3, 3, 3, 3, 3, 3, 3, 3, 3, 8},
	} {
		for seed := range uint64(60) {
			train, held, err := SplitGrouped(groups, []float64{0.01, 0.3, 0.99}[seed%3], seed)
			if err != nil {
				t.Fatal(err)
			}
			once(t, "SplitGrouped", len(groups), train, held)
			if len(train) == 0 || len(held) == 0 {
				t.Errorf("groups %v, seed %d: %d training and %d test rows", groups, seed, len(train), len(held))
			}
			noSharedGroup(t, groups, train, held)
		}
	}
	train, held, err := SpokenDigits().SplitGrouped(0.25, 1)
	if err != nil {
		t.Fatal(err)
	}
	if held.Len() != 300 {
		t.Errorf("%d of 1200 clips held out, want 300 (5 of 20 voices)", held.Len())
	}
	for _, voice := range held.Groups {
		if slices.Contains(train.Groups, voice) {
			t.Fatalf("voice %d is on both sides", voice)
		}
	}
}

func noSharedGroup(t *testing.T, groups, train, held []int) {
	t.Helper()
	for _, row := range held {
		for _, other := range train {
			if groups[row] == groups[other] {
				t.Fatalf("group %d is on both sides", groups[row])
			}
		}
	}
}

func TestFoldsTestEachRowOnce(t *testing.T) {
	labels, groups := Wine().Y, make([]int, 178)
	for i := range groups {
		groups[i] = i * i % 23
	}
	for _, test := range []struct {
		name  string
		folds func(k int, seed uint64) ([]Fold, error)
	}{
		{"KFold", func(k int, seed uint64) ([]Fold, error) { return KFold(178, k, seed) }},
		{"KFoldStratified", func(k int, seed uint64) ([]Fold, error) { return KFoldStratified(labels, k, seed) }},
		{"KFoldGrouped", func(k int, seed uint64) ([]Fold, error) { return KFoldGrouped(groups, k, seed) }},
	} {
		for _, k := range []int{2, 5, 10} {
			folds, err := test.folds(k, 3)
			if err != nil || len(folds) != k {
				t.Fatalf("%s: %d folds, error %v, want %d", test.name, len(folds), err, k)
			}
			var tests [][]int
			for _, fold := range folds {
				once(t, test.name, 178, fold.Train, fold.Test)
				tests = append(tests, fold.Test)
				switch test.name {
				case "KFoldGrouped":
					noSharedGroup(t, groups, fold.Train, fold.Test)
					continue
				case "KFoldStratified":
					for class, total := range []int{59, 71, 48} {
						if got := countClasses(labels, fold.Test)[float64(class)]; got != total/k && got != total/k+1 {
							t.Errorf("k = %d: %d rows of class %d in a part, want %d or one more", k, got, class, total/k)
						}
					}
				}
				if len(fold.Test) != 178/k && len(fold.Test) != 178/k+1 {
					t.Errorf("%s, k = %d: a part has %d rows, want %d or one more", test.name, k, len(fold.Test), 178/k)
				}
			}
			once(t, test.name, 178, tests...)
		}
	}
}

func TestSplitsFollowTheirSeed(t *testing.T) {
	rows := func(train, held []int, err error) string { return fmt.Sprint(train, held, err) }
	labels, groups := column(0, 0, 0, 1, 1, 1, 1, 1), []int{4, 4, 4, 1, 2, 2, 3, 3}
	folds := func(folds []Fold, err error) string { return fmt.Sprint(folds, err) }
	for _, test := range []struct {
		name string
		do   func(seed uint64) string
		want string // for seed 1
	}{
		{"Split", func(seed uint64) string { return rows(Split(8, 0.25, seed)) }, "[5 7 3 6 4 0] [2 1] <nil>"},
		{"SplitStratified", func(seed uint64) string { return rows(SplitStratified(labels, 0.4, seed)) }, "[2 5 0 6 3] [7 1 4] <nil>"},
		{"SplitGrouped", func(seed uint64) string { return rows(SplitGrouped(groups, 0.4, seed)) }, "[1 3 0 2] [6 4 5 7] <nil>"},
		{"KFold", func(seed uint64) string { return folds(KFold(8, 2, seed)) }, "[{[7 0 1 6] [2 3 5 4]} {[2 3 4 5] [1 6 7 0]}] <nil>"},
		{"KFoldStratified", func(seed uint64) string { return folds(KFoldStratified(labels, 2, seed)) }, "[{[0 3 6 4] [7 5 2 1]} {[2 7 1 5] [4 0 3 6]}] <nil>"},
		{"KFoldGrouped", func(seed uint64) string { return folds(KFoldGrouped(groups, 2, seed)) }, "[{[7 5 6 4] [0 2 3 1]} {[2 3 1 0] [7 4 6 5]}] <nil>"},
	} {
		if got := test.do(1); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if test.do(1) == test.do(2) {
			t.Errorf("%s: seeds 1 and 2 split alike", test.name)
		}
	}
}

func TestScalersInvert(t *testing.T) {
	X := BreastCancer().X
	n, cols := X.Dims()
	for name, fit := range map[string]func(mat.Matrix) (*Scaler, error){"FitStandard": FitStandard, "FitMinMax": FitMinMax} {
		scaler, err := fit(X)
		if err != nil {
			t.Fatal(err)
		}
		scaled, err := scaler.Apply(X)
		if err != nil {
			t.Fatal(err)
		}
		back, err := scaler.Invert(scaled)
		if err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(back, X, 1e-12) {
			t.Errorf("%s: Invert does not undo Apply", name)
		}
		for j := range cols {
			c := mat.Col(nil, j, scaled)
			sum, squares := 0.0, 0.0
			for _, v := range c {
				sum, squares = sum+v, squares+v*v
			}
			switch {
			case name == "FitStandard" && (math.Abs(sum/float64(n)) > 1e-12 || math.Abs(squares/float64(n)-1) > 1e-12):
				t.Errorf("column %d: mean %g, variance %g after standardising", j, sum/float64(n), squares/float64(n))
			case name == "FitMinMax" && (slices.Min(c) != 0 || slices.Max(c) != 1):
				t.Errorf("column %d: from %g to %g, want 0 to 1", j, slices.Min(c), slices.Max(c))
			}
		}
	}
}

func TestScalersTakeConstantColumns(t *testing.T) {
	X := mat.NewDense(3, 2, []float64{0.1, 1, 0.1, 2, 0.1, 3})
	for _, fit := range []func(mat.Matrix) (*Scaler, error){FitStandard, FitMinMax} {
		scaler, err := fit(X)
		if err != nil {
			t.Fatal(err)
		}
		scaled, err := scaler.Apply(X)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			if scaled.At(i, 0) != 0 {
				t.Errorf("the constant became %g, want 0", scaled.At(i, 0))
			}
		}
	}
}

func TestBatchesHaveEachRowOnce(t *testing.T) {
	X, Y := mat.NewDense(10, 2, nil), mat.NewDense(10, 1, nil)
	for i := range 10 {
		X.SetRow(i, []float64{float64(i), float64(-i)})
		Y.Set(i, 0, float64(10*i))
	}
	for _, size := range []int{1, 4, 10, 99} {
		batches, err := Batches(X, Y, size, 1)
		if err != nil {
			t.Fatal(err)
		}
		var seen []int
		for x, y := range batches {
			if k := rowsOf(x); k != min(size, 10-len(seen)) || k != rowsOf(y) {
				t.Fatalf("size %d: a batch of %d and %d rows after %d", size, k, rowsOf(y), len(seen))
			}
			for i := range rowsOf(x) {
				v := x.At(i, 0)
				if x.At(i, 1) != -v || y.At(i, 0) != 10*v {
					t.Errorf("size %d: row %v goes with %g", size, x.RawRowView(i), y.At(i, 0))
				}
				seen = append(seen, int(v))
			}
		}
		once(t, "Batches", 10, seen)
	}
}

func TestOneHotMarksTheClass(t *testing.T) {
	for _, test := range []struct {
		classes int
		want    *mat.Dense
	}{
		{0, mat.NewDense(2, 3, []float64{0, 0, 1, 1, 0, 0})},
		{4, mat.NewDense(2, 4, []float64{0, 0, 1, 0, 1, 0, 0, 0})},
	} {
		if hot, err := OneHot(column(2, 0), test.classes); err != nil || !mat.Equal(hot, test.want) {
			t.Errorf("OneHot(…, %d) = %v, %v", test.classes, hot, err)
		}
	}
}

func TestAugmentMovesTurnsAndAddsNoise(t *testing.T) {
	dot := mat.NewDense(1, 25, nil)
	dot.Set(0, 7, 1) // one above the centre
	same, err := Augment{H: 5, W: 5}.Apply(dot)
	if err != nil || !mat.Equal(same, dot) {
		t.Errorf("no change asked for, got %v, %v", same, err)
	}
	many := mat.NewDense(2000, 25, nil)
	for i := range 2000 {
		many.Set(i, 7, 1)
	}
	centre := func(a Augment) (rows, cols, mass []float64) { // of each picture
		out, err := a.Apply(many)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2000 {
			var y, x, m float64
			for p, v := range out.RawRowView(i) {
				y, x, m = y+v*float64(p/5), x+v*float64(p%5), m+v
			}
			rows, cols, mass = append(rows, y/m), append(cols, x/m), append(mass, m)
		}
		return rows, cols, mass
	}
	rows, cols, mass := centre(Augment{H: 5, W: 5, Shift: 1, Seed: 1})
	for _, v := range []struct{ got, want float64 }{
		{slices.Min(rows), 0}, {slices.Max(rows), 2}, {slices.Min(cols), 1}, {slices.Max(cols), 3}, {slices.Min(mass), 1}, {slices.Max(mass), 1},
	} {
		if math.Abs(v.got-v.want) > 0.01 {
			t.Errorf("shifts by up to a pixel: %.3f, want %.3f", v.got, v.want)
		}
	}
	rows, cols, _ = centre(Augment{H: 5, W: 5, Rotate: 90, Seed: 1})
	const blur = 0.03 // interpolation moves the centre of one bright pixel a little
	if math.Abs(slices.Min(cols)-1) > blur || math.Abs(slices.Max(cols)-3) > blur || slices.Max(rows) > 2+blur || slices.Min(rows) < 1-blur {
		t.Errorf("turns by up to 90°: columns %.3f to %.3f, rows %.3f to %.3f, want 1 to 3 and 1 to 2",
			slices.Min(cols), slices.Max(cols), slices.Min(rows), slices.Max(rows))
	}
	noisy, err := Augment{H: 5, W: 5, Noise: 0.5, Seed: 1}.Apply(many)
	if err != nil {
		t.Fatal(err)
	}
	noisy.Sub(noisy, many)
	if sd := mat.Norm(noisy, 2) / math.Sqrt(2000*25); math.Abs(sd-0.5) > 0.01 {
		t.Errorf("noise has deviation %.3f, want 0.5", sd)
	}
	if got, want := hash(noisy), "a79c6dc71c630771"; got != want {
		t.Errorf("hash %s, want %s", got, want)
	}
}

func TestVocabularyRoundTrip(t *testing.T) {
	text := Opticks()[:5000]
	v := NewVocabulary(text)
	numbers, err := v.Encode(text)
	if err != nil || v.Decode(numbers) != text {
		t.Errorf("decoding does not undo encoding; error %v", err)
	}
	if got := NewVocabulary("ba", "cæ").Decode([]int{-1, 0, 3, 4}); got != "\uFFFDaæ\uFFFD" {
		t.Errorf("decoded %q", got)
	}
}

func TestWindowsShowWhatComesBefore(t *testing.T) {
	v := NewVocabulary(".", "ad")
	text, err := v.Windows("adda", 2)
	if err != nil {
		t.Fatal(err)
	}
	words, err := v.WordWindows([]string{"ada", ""}, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		table  *Table
		want   []string
		groups []int
	}{
		{text, []string{"ad→d", "dd→a"}, nil},
		{words, []string{"...→a", "..a→d", ".ad→a", "ada→.", "...→."}, []int{0, 0, 0, 0, 1}},
	} {
		var got []string
		for i := range test.table.Len() {
			var before []int
			for _, number := range test.table.X.RawRowView(i) {
				before = append(before, int(number))
			}
			got = append(got, v.Decode(before)+"→"+v.Decode([]int{int(test.table.Y.At(i, 0))}))
		}
		if !slices.Equal(got, test.want) || !slices.Equal(test.table.Groups, test.groups) {
			t.Errorf("windows %q of groups %v, want %q and %v", got, test.table.Groups, test.want, test.groups)
		}
	}
}

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
		{try(v.Windows("ab", 2)), "context is 2 in a text of 2 characters, want 1 to 1"},
		{try(v.Windows("ab?", 1)), "is not among"},
		{try(v.WordWindows([]string{"a.b"}, 2)), `word 0, "a.b", contains '.', which marks the ends of words`},
		{try(v.WordWindows(nil, 2)), "0 words with context 2"},
	} {
		if test.err == nil || !strings.HasPrefix(test.err.Error(), "datasets: ") || !strings.Contains(test.err.Error(), test.want) {
			t.Errorf("error %q, want one with %q", test.err, test.want)
		}
	}
}
