package exercise

import (
	"maps"
	"math"

	"gonum.org/v1/gonum/mat"
)

var trainingWellAnswers = []answerCase{
	{"07.1", func(D int) float64 { return 0 }, "○"},
	{"07.1", func(D int) float64 { return math.Sqrt(2 / float64(D)) }, "✓"},
	{"07.1", func(D int) float64 { return 2 / float64(D) }, "that is the variance"},
	{"07.1", func(D int) float64 { return math.Sqrt(1 / float64(D)) }, "takes half"},
	{"07.1", func(D int) float64 { return math.Sqrt(float64(2 / D)) }, "without a remainder"},
	{"07.1", func(D int) float64 { return math.Sqrt(6 / float64(D)) }, "uniform distribution"},
	{"07.2", func(a *mat.Dense) int { return -1 }, "○"},
	{"07.2", columnsWhere(func(zeros, n int) bool { return zeros == n }), "✓"},
	{"07.2", columnsWhere(func(zeros, n int) bool { return zeros > 0 }), "is not dead yet"},
	{"07.2", func(a *mat.Dense) int { return 6 }, "all zeros"},
	{"07.2", func(a *mat.Dense) int {
		return columnsWhere(func(z, n int) bool { return z == n })(mat.DenseCopyOf(a.T()))
	}, "a column is a unit"},
	{"07.3", func(x, mu, variance, gamma, beta []float64, eps float64) []float64 { return nil }, "○"},
	{"07.3", normalised(func(x, v, gamma, beta, eps float64) float64 { return gamma*x/math.Sqrt(v+eps) + beta }), "✓"},
	{"07.3", normalised(func(x, v, gamma, beta, eps float64) float64 { return gamma*x/(v+eps) + beta }), "divide by the variance"},
	{"07.3", normalised(func(x, v, gamma, beta, eps float64) float64 { return gamma*x/(math.Sqrt(v)+eps) + beta }), "belongs under it"},
	{"07.3", normalised(func(x, v, gamma, beta, eps float64) float64 { return x / math.Sqrt(v+eps) }), "scale and shift are missing"},
	{"07.3", normalised(func(x, v, gamma, beta, eps float64) float64 { return gamma * (x/math.Sqrt(v+eps) + beta) }), "scale the shift too"},
	{"07.3", normalised(func(x, v, gamma, beta, eps float64) float64 { return gamma*x/math.Sqrt(4+eps) + beta }), "as layer norm does"},
	{"07.3", func(x, mu, variance, gamma, beta []float64, eps float64) []float64 { return beta }, "you return β"},
	{"07.4", func() map[string]string { return map[string]string{"A": "?"} }, "○"},
	{"07.4", func() map[string]string { return causes }, "✓"},
	{"07.4", func() map[string]string {
		wrong := maps.Clone(causes)
		wrong["A"], wrong["C"] = wrong["C"], wrong["A"]
		return wrong
	}, "6 of 8 are right, 0 still open"},
	{"07.4", func() map[string]string { return map[string]string{"A": "dropout"} }, "none of the eight causes"},
}

// columnsWhere counts the columns whose number of zeros, of n, passes.
func columnsWhere(pass func(zeros, n int) bool) func(a *mat.Dense) int {
	return func(a *mat.Dense) int {
		n, d := a.Dims()
		count := 0
		for j := range d {
			zeros := 0
			for i := range n {
				if a.At(i, j) == 0 {
					zeros++
				}
			}
			if pass(zeros, n) {
				count++
			}
		}
		return count
	}
}

// normalised applies f to x − mu and the other numbers of each feature.
func normalised(f func(x, v, gamma, beta, eps float64) float64) func(x, mu, variance, gamma, beta []float64, eps float64) []float64 {
	return func(x, mu, variance, gamma, beta []float64, eps float64) []float64 {
		y := make([]float64, len(x))
		for i := range x {
			y[i] = f(x[i]-mu[i], variance[i], gamma[i], beta[i], eps)
		}
		return y
	}
}
