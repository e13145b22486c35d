package datasets

import (
	"fmt"
	"iter"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Batches returns one epoch of mini-batches of the rows of X and Y, in an
// order that depends on the seed: give each epoch its own, for instance its
// number. The last batch has the rows that are left.
//
//	batches, err := datasets.Batches(X, Y, 32, uint64(epoch))
//	for x, y := range batches { … }
//
// x and y are valid until the next batch.
func Batches(X, Y *mat.Dense, size int, seed uint64) (iter.Seq2[*mat.Dense, *mat.Dense], error) {
	n, cols := X.Dims()
	yn, yCols := Y.Dims()
	switch {
	case n == 0:
		return nil, fmt.Errorf("datasets: Batches: X has no rows")
	case n != yn:
		return nil, fmt.Errorf("datasets: Batches: X has %d rows and Y %d, want as many", n, yn)
	case size < 1:
		return nil, fmt.Errorf("datasets: Batches: size is %d, want 1 or more (32 is usual)", size)
	}
	return func(yield func(x, y *mat.Dense) bool) {
		order := newRand(seed, batchStream).Perm(n)
		x, y := mat.NewDense(min(size, n), cols, nil), mat.NewDense(min(size, n), yCols, nil)
		for len(order) > 0 {
			k := min(size, len(order))
			if rowsOf(x) != k {
				x, y = x.Slice(0, k, 0, cols).(*mat.Dense), y.Slice(0, k, 0, yCols).(*mat.Dense)
			}
			for i, row := range order[:k] {
				copy(x.RawRowView(i), X.RawRowView(row))
				copy(y.RawRowView(i), Y.RawRowView(row))
			}
			if !yield(x, y) {
				return
			}
			order = order[k:]
		}
	}, nil
}

// OneHot returns an N×classes matrix with a 1 in the column of each row's
// class and 0 elsewhere. Labels is an N×1 column of class numbers; 0 classes
// means one more than the greatest of them.
func OneHot(labels mat.Matrix, classes int) (*mat.Dense, error) {
	n, cols := labels.Dims()
	if n == 0 || cols != 1 {
		return nil, fmt.Errorf("datasets: OneHot: labels are %d×%d, want one column of class numbers", n, cols)
	}
	if classes < 0 {
		return nil, fmt.Errorf("datasets: OneHot: classes is %d, want their number, or 0 to count them", classes)
	}
	const most = 1 << 20 // a class number beyond is no class number
	limit, greatest := float64(classes), 0.0
	if classes == 0 {
		limit = most
	}
	for i := range n {
		class := labels.At(i, 0)
		if class != math.Trunc(class) || !(class >= 0 && class < limit) {
			return nil, fmt.Errorf("datasets: OneHot: the label of row %d is %g, want a whole number from 0 to %g", i, class, limit-1)
		}
		greatest = max(greatest, class)
	}
	if classes == 0 {
		classes = int(greatest) + 1
	}
	hot := mat.NewDense(n, classes, nil)
	for i := range n {
		hot.Set(i, int(labels.At(i, 0)), 1)
	}
	return hot, nil
}
