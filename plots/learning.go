package plots

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// LearningCurve shows how training and validation scores change with an amount:
// of data, of parameters, of regularisation. sizes are the amounts; a row of
// train and of validation holds the scores of repeated runs at that amount. Lines
// are means, bands one standard deviation to each side. Sizes that span a factor
// of 20 or more are drawn on a logarithmic axis.
func LearningCurve(xlabel, ylabel string, sizes []float64, train, validation mat.Matrix) *Figure {
	var series []Series
	for _, part := range []struct {
		name   string
		scores mat.Matrix
	}{{"training", train}, {"validation", validation}} {
		if part.scores == nil {
			return failed("LearningCurve: the %s scores are nil", part.name)
		}
		if r, c := part.scores.Dims(); r != len(sizes) || c == 0 {
			return failed("LearningCurve: the %s scores are %d×%d, want %d rows, one for each size", part.name, r, c, len(sizes))
		}
		series = append(series, meanBand(part.name, sizes, part.scores))
	}
	f := Lines(xlabel, ylabel, series...)
	if low, high, _ := extent([]Series{{Y: sizes}}); f.err == nil && low > 0 && high/low >= 20 {
		f.LogX()
	}
	return f
}

// meanBand is the mean of each row with a standard deviation to each side.
func meanBand(name string, x []float64, rows mat.Matrix) Series {
	s := Series{Name: name, X: x, Points: true}
	r, c := rows.Dims()
	for i := 0; i < r; i++ {
		mean, squares := 0.0, 0.0
		for j := 0; j < c; j++ {
			mean += rows.At(i, j) / float64(c)
		}
		for j := 0; j < c; j++ {
			d := rows.At(i, j) - mean
			squares += d * d
		}
		deviation := math.Sqrt(squares / float64(max(1, c-1)))
		s.Y = append(s.Y, mean)
		s.Low, s.High = append(s.Low, mean-deviation), append(s.High, mean+deviation)
	}
	return s
}
