package datasets

import (
	"fmt"
	"slices"
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
