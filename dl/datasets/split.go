package datasets

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Splits are lists of row numbers, which Rows and Table.Rows take. Their order
// is random, never that of the data, and the same for the same arguments.

// Split divides n rows at random into a test set of the given fraction
// (rounded, but at least one row) and a training set of the rest.
func Split(n int, fraction float64, seed uint64) (train, test []int, err error) {
	if err := checkFraction("Split", n, 2, "rows", fraction); err != nil {
		return nil, nil, err
	}
	order := newRand(seed, splitStream).Perm(n)
	k := share(n, fraction)
	return order[k:], order[:k], nil
}

// SplitStratified is Split with the fraction taken of each class, so that
// training and test set have the classes in the same proportions. Labels is
// N×1; each class needs two rows, and has at least one on each side.
func SplitStratified(labels mat.Matrix, fraction float64, seed uint64) (train, test []int, err error) {
	n := rowsOf(labels)
	if err := checkFraction("SplitStratified", n, 2, "rows", fraction); err != nil {
		return nil, nil, err
	}
	classes, err := byClass("SplitStratified", labels, 2)
	if err != nil {
		return nil, nil, err
	}
	r := newRand(seed, splitStream)
	for _, rows := range classes {
		shuffle(r, rows)
		k := share(len(rows), fraction)
		test = append(test, rows[:k]...)
		train = append(train, rows[k:]...)
	}
	shuffle(r, train)
	shuffle(r, test)
	return train, test, nil
}

// SplitGrouped is Split with whole groups: rows with the same group number (of
// one patient, one voice) are all in the training or all in the test set.
// In random order, each group that brings the test set's share of the rows
// nearer to fraction goes to it; each side has at least one group.
func SplitGrouped(groups []int, fraction float64, seed uint64) (train, test []int, err error) {
	members := byGroup(groups)
	if err := checkFraction("SplitGrouped", len(members), 2, "groups", fraction); err != nil {
		return nil, nil, err
	}
	r := newRand(seed, splitStream)
	shuffle(r, members)
	want := fraction * float64(len(groups))
	for i, rows := range members {
		last := i == len(members)-1
		nearer := math.Abs(float64(len(test)+len(rows))-want) <= math.Abs(float64(len(test))-want)
		if last && test == nil || nearer && !(last && train == nil) {
			test = append(test, rows...)
		} else {
			train = append(train, rows...)
		}
	}
	shuffle(r, train)
	shuffle(r, test)
	return train, test, nil
}

// Split returns a training and a test table, as the function Split divides them.
func (t *Table) Split(fraction float64, seed uint64) (train, test *Table, err error) {
	return t.parts(Split(t.Len(), fraction, seed))
}

// SplitStratified is Split with the classes in the same proportions on both sides.
func (t *Table) SplitStratified(fraction float64, seed uint64) (train, test *Table, err error) {
	if t.Classes == nil {
		return nil, nil, fmt.Errorf("datasets: SplitStratified: table %q is a regression, want classes; use Split", t.Name)
	}
	return t.parts(SplitStratified(t.Y, fraction, seed))
}

// SplitGrouped is Split with each of the table's Groups whole on one side.
func (t *Table) SplitGrouped(fraction float64, seed uint64) (train, test *Table, err error) {
	if t.Groups == nil {
		return nil, nil, fmt.Errorf("datasets: SplitGrouped: table %q has no Groups; use Split, or set them", t.Name)
	}
	return t.parts(SplitGrouped(t.Groups, fraction, seed))
}

func (t *Table) parts(trainRows, testRows []int, err error) (train, test *Table, _ error) {
	if err != nil {
		return nil, nil, err
	}
	return t.Rows(trainRows), t.Rows(testRows), nil
}

// A Fold is one way to divide the rows in cross-validation: the row numbers of
// its training and of its test set.
type Fold struct{ Train, Test []int }

// KFold divides n rows at random into k parts whose sizes differ by at most
// one, and returns k folds: each part is the test set once.
func KFold(n, k int, seed uint64) ([]Fold, error) {
	if err := checkFolds("KFold", k, n, "rows"); err != nil {
		return nil, err
	}
	r := newRand(seed, splitStream)
	return deal(r.Perm(n), k, r), nil
}

// KFoldStratified is KFold with each class spread evenly: its numbers in the
// parts differ by at most one. Labels is N×1; each class needs k rows.
func KFoldStratified(labels mat.Matrix, k int, seed uint64) ([]Fold, error) {
	if err := checkFolds("KFoldStratified", k, rowsOf(labels), "rows"); err != nil {
		return nil, err
	}
	classes, err := byClass("KFoldStratified", labels, k)
	if err != nil {
		return nil, err
	}
	r := newRand(seed, splitStream)
	var order []int
	for _, rows := range classes {
		shuffle(r, rows)
		order = append(order, rows...)
	}
	return deal(order, k, r), nil
}

// KFoldGrouped is KFold with whole groups: no group is in the training and in
// the test set of a fold. The largest groups are dealt first, each to the part
// that has the fewest rows.
func KFoldGrouped(groups []int, k int, seed uint64) ([]Fold, error) {
	members := byGroup(groups)
	if err := checkFolds("KFoldGrouped", k, len(members), "groups"); err != nil {
		return nil, err
	}
	r := newRand(seed, splitStream)
	shuffle(r, members)
	slices.SortStableFunc(members, func(a, b []int) int { return len(b) - len(a) })
	parts := make([][]int, k)
	for _, rows := range members {
		smallest := 0
		for p := range parts {
			if len(parts[p]) < len(parts[smallest]) {
				smallest = p
			}
		}
		parts[smallest] = append(parts[smallest], rows...)
	}
	return folds(parts, r), nil
}

// deal gives the rows out to k parts in turn, like cards.
func deal(order []int, k int, r *rand.Rand) []Fold {
	parts := make([][]int, k)
	for i, row := range order {
		parts[i%k] = append(parts[i%k], row)
	}
	return folds(parts, r)
}

func folds(parts [][]int, r *rand.Rand) []Fold {
	folds := make([]Fold, len(parts))
	for test := range parts {
		for p, rows := range parts {
			if p == test {
				folds[test].Test = slices.Clone(rows)
			} else {
				folds[test].Train = append(folds[test].Train, rows...)
			}
		}
		shuffle(r, folds[test].Train)
		shuffle(r, folds[test].Test)
	}
	return folds
}

// share returns the fraction of n, rounded, leaving at least one on each side.
func share(n int, fraction float64) int {
	return max(1, min(int(math.Round(fraction*float64(n))), n-1))
}

func shuffle[T any](r *rand.Rand, s []T) {
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// byClass returns the rows of each class, in rising order of class number.
func byClass(function string, labels mat.Matrix, least int) ([][]int, error) {
	n, cols := labels.Dims()
	if cols != 1 {
		return nil, fmt.Errorf("datasets: %s: labels are %d×%d, want one column of class numbers", function, n, cols)
	}
	rows := map[float64][]int{}
	for i := range n {
		class := labels.At(i, 0)
		if math.IsNaN(class) {
			return nil, fmt.Errorf("datasets: %s: the label of row %d is NaN, want a class number", function, i)
		}
		rows[class] = append(rows[class], i)
	}
	var classes [][]int
	for _, class := range sortedKeys(rows) {
		if len(rows[class]) < least {
			return nil, fmt.Errorf("datasets: %s: class %g has %d rows, want at least %d; leave the class out, or do without stratification",
				function, class, len(rows[class]), least)
		}
		classes = append(classes, rows[class])
	}
	return classes, nil
}

// byGroup returns the rows of each group, in rising order of group number.
func byGroup(groups []int) [][]int {
	rows := map[int][]int{}
	for i, g := range groups {
		rows[g] = append(rows[g], i)
	}
	var members [][]int
	for _, g := range sortedKeys(rows) {
		members = append(members, rows[g])
	}
	return members
}

func sortedKeys[K int | float64](m map[K][]int) []K {
	keys := make([]K, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func rowsOf(m mat.Matrix) int {
	n, _ := m.Dims()
	return n
}

func checkFraction(function string, n, least int, what string, fraction float64) error {
	if n < least {
		return fmt.Errorf("datasets: %s: %d %s, want at least %d, one for each side", function, n, what, least)
	}
	if !(fraction > 0 && fraction < 1) {
		return fmt.Errorf("datasets: %s: fraction is %g, want a share between 0 and 1 (0.25 puts a quarter of the rows in the test set)", function, fraction)
	}
	return nil
}

func checkFolds(function string, k, n int, what string) error {
	if k < 2 {
		return fmt.Errorf("datasets: %s: k is %d, want 2 folds or more (5 and 10 are usual)", function, k)
	}
	if n < k {
		return fmt.Errorf("datasets: %s: %d %s for %d folds, want at least one a fold; use fewer folds", function, n, what, k)
	}
	return nil
}
