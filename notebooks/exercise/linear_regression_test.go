package exercise

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

var linearRegressionAnswers = []answerCase{
	{"04.1", func(yhat, y []float64) float64 { return 0 }, "○"},
	{"04.1", meanSquare(func(sum, n float64) float64 { return sum / n }), "✓"},
	{"04.1", meanSquare(func(sum, n float64) float64 { return sum }), "the sum of the squares"},
	{"04.1", meanSquare(func(sum, n float64) float64 { return sum / n / n }), "too small"},
	{"04.1", func(yhat, y []float64) float64 { return (sum(yhat) - sum(y)) / float64(len(y)) }, "the mean of the errors"},
	{"04.1", meanSquare(func(sum, n float64) float64 { return math.Sqrt(sum / n) }), "the root of"},
	{"04.1", meanSquare(func(sum, n float64) float64 { return sum / n / 2 }), "half of what is expected"},
	{"04.2", func(X *mat.Dense) float64 { return 0 }, "○"},
	{"04.2", rate(2, 2, true), "✓"},
	{"04.2", rate(2, 1, true), "half of what is expected"},
	{"04.2", rate(1, 2, true), "twice what is expected"},
	{"04.2", rate(2, 2, false), "a mean over n samples"},
	{"04.3", func(X, y *mat.Dense, lambda float64) *mat.Dense { return nil }, "○"},
	{"04.3", ridgeWeights, "✓"},
	{"04.3", func(X, y *mat.Dense, lambda float64) *mat.Dense { return ridgeWeights(X, y, lambda/4) }, "the n belongs before λ"},
	{"04.3", func(X, y *mat.Dense, lambda float64) *mat.Dense { return ridgeWeights(X, y, 2*lambda) }, "a penalty of 2λ"},
	{"04.3", func(X, y *mat.Dense, lambda float64) *mat.Dense { return ridgeWeights(X, y, 0) }, "without a penalty"},
	{"04.3", func(X, y *mat.Dense, lambda float64) *mat.Dense { return mat.NewDense(1, 2, nil) }, "1×2, want 2×1"},
}

func meanSquare(mean func(sum, n float64) float64) func(yhat, y []float64) float64 {
	return func(yhat, y []float64) float64 {
		s := 0.0
		for i := range y {
			s += (yhat[i] - y[i]) * (yhat[i] - y[i])
		}
		return mean(s, float64(len(y)))
	}
}

// rate is numerator/λmax of factor·XᵀX, the factor divided by n or not.
func rate(factor, numerator float64, mean bool) func(X *mat.Dense) float64 {
	return func(X *mat.Dense) float64 {
		n, _ := X.Dims()
		if mean {
			factor := factor / float64(n)
			return ratio(numerator, factor, X)
		}
		return ratio(numerator, factor, X)
	}
}

func ratio(numerator, factor float64, X *mat.Dense) float64 {
	var H mat.SymDense
	H.SymOuterK(factor, X.T())
	return numerator / largestEigenvalue(&H)
}
