package plots

import (
	"fmt"
	"image/color"

	"gonum.org/v1/gonum/mat"
)

// Confusion counts how often each class was taken for each: true classes in
// rows, predicted ones in columns. A cell shows the count and, below, its share
// of the row, which also is its shade: the diagonal holds the recalls.
//
// y and yhat are N×1 class numbers or N×C rows whose highest entry names the
// class (one-hot labels, a model's predictions).
func Confusion(y, yhat mat.Matrix, names ...string) *Figure {
	if y == nil || yhat == nil {
		return failed("Confusion: y and yhat are needed, one of them is nil")
	}
	n, _ := y.Dims()
	if predictions, _ := yhat.Dims(); n == 0 || predictions != n {
		return failed("Confusion: y has %d rows and yhat %d, want as many, at least 1", n, predictions)
	}
	truth, predicted := classesOf(y), classesOf(yhat)
	classes := len(names)
	for i := range truth {
		if truth[i] < 0 || predicted[i] < 0 || truth[i] > 99 || predicted[i] > 99 {
			return failed("Confusion: row %d has class %d predicted as %d, want classes 0 to 99", i, truth[i], predicted[i])
		}
		classes = max(classes, truth[i]+1, predicted[i]+1)
	}
	counts, right := tally(truth, predicted, classes)
	labels := make([]string, classes)
	for k := range labels {
		labels[k] = className(names, k)
	}
	shade := Sequential(0, 1)
	f := cells(classes, classes, labels, labels, func(i, j int) (color.RGBA, string) {
		share := counts.At(i, j) / max(1, mat.Sum(counts.RowView(i)))
		if counts.At(i, j) == 0 {
			return shade.At(0), "0"
		}
		return shade.At(share), fmt.Sprintf("%.0f\n%.0f %%", counts.At(i, j), 100*share)
	})
	f.X.Label.Text, f.Y.Label.Text = "predicted", "true"
	f.Note = fmt.Sprintf("%s of %s right (%.1f %%). Shade: share of the true class.",
		thousands(fmt.Sprint(right)), thousands(fmt.Sprint(n)), 100*float64(right)/float64(n))
	return f
}

// tally counts the pairs of classes, true ones in rows, and those that are equal.
func tally(truth, predicted []int, classes int) (counts *mat.Dense, right int) {
	counts = mat.NewDense(classes, classes, nil)
	for i, k := range truth {
		counts.Set(k, predicted[i], counts.At(k, predicted[i])+1)
		if predicted[i] == k {
			right++
		}
	}
	return counts, right
}
