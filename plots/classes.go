package plots

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// className returns the name of class k, or "class k" when it has none.
func className(names []string, k int) string {
	if k >= 0 && k < len(names) {
		return names[k]
	}
	return fmt.Sprintf("class %d", k)
}

// classesOf reads labels as dl has them: an N×1 column of class numbers or N×C
// rows, whose highest entry names the class.
func classesOf(y mat.Matrix) []int {
	n, columns := y.Dims()
	classes := make([]int, n)
	for i := range classes {
		if columns == 1 {
			classes[i] = int(math.Round(y.At(i, 0)))
			continue
		}
		for j := 1; j < columns; j++ {
			if y.At(i, j) > y.At(i, classes[i]) {
				classes[i] = j
			}
		}
	}
	return classes
}

// probabilities turns the rows of a prediction into a probability for each
// class. One column means two classes and holds the probability of class 1.
// Rows that are no probabilities yet are taken for logits.
func probabilities(yhat mat.Matrix) (rows [][]float64) {
	n, columns := yhat.Dims()
	rows = make([][]float64, n)
	logits := false
	for i := range rows {
		rows[i] = make([]float64, columns)
		sum := 0.0
		for j := range rows[i] {
			v := yhat.At(i, j)
			rows[i][j] = v
			sum += v
			logits = logits || v < -1e-9 || v > 1+1e-9
		}
		logits = logits || (columns > 1 && math.Abs(sum-1) > 1e-6)
	}
	for i, row := range rows {
		if columns == 1 {
			p := row[0]
			if logits {
				p = 1 / (1 + math.Exp(-p))
			}
			rows[i] = []float64{1 - p, p}
		} else if logits {
			softmax(row)
		}
	}
	return rows
}

func softmax(row []float64) {
	top := math.Inf(-1)
	for _, v := range row {
		top = max(top, v)
	}
	sum := 0.0
	for j, v := range row {
		row[j] = math.Exp(v - top)
		sum += row[j]
	}
	for j := range row {
		row[j] /= sum
	}
}
