package exercise

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

var classificationAnswers = []answerCase{
	{"06.1", func(z []float64) []float64 { return nil }, "○"},
	{"06.1", softmaxOf, "✓"},
	{"06.1", eachOf(math.Exp, false), "do not add up to 1"},
	{"06.1", eachOf(math.Exp, true), "the exponentials overflow"},
	{"06.1", eachOf(func(z float64) float64 { return z }, true), "where are the exponentials"},
	{"06.1", eachOf(func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }, false), "the sigmoid of each"},
	{"06.1", func(z []float64) []float64 { copy(z, softmaxOf(z)); return z }, "changes the slice"},
	{"06.2", func(z []float64, class int) []float64 { return nil }, "○"},
	{"06.2", minusTruth(1, 1), "✓"},
	{"06.2", minusTruth(0, 1), "still to be subtracted"},
	{"06.2", func(z []float64, class int) []float64 { g := append([]float64{}, z...); g[class]--; return g }, "from the logits"},
	{"06.2", minusTruth(1, -1), "every sign is wrong"},
	{"06.2", minusTruth(1, 1.0/3), "divide by the number of classes"},
	{"06.2", func(z []float64, class int) []float64 { return minusTruth(1, 1)(z, floats.MaxIdx(z)) }, "the truth is at class"},
	{"06.2", func(z []float64, class int) []float64 {
		g := make([]float64, len(z))
		g[class] = -1 / softmaxOf(z)[class]
		return g
	}, "on through the softmax"},
	{"06.3", func(miss, alarm float64) float64 { return 0 }, "○"},
	{"06.3", func(miss, alarm float64) float64 { return alarm / (alarm + miss) }, "✓"},
	{"06.3", func(miss, alarm float64) float64 { return miss / (alarm + miss) }, "miss almost every case"},
	{"06.3", func(miss, alarm float64) float64 { return alarm / miss }, "the ratio of the costs"},
	{"06.3", func(miss, alarm float64) float64 { return miss / alarm }, "no probability"},
	{"06.3", func(miss, alarm float64) float64 { return 0.5 }, "both mistakes cost the same"},
	{"06.4", func(z *mat.Dense, class []int) float64 { return 0 }, "○"},
	{"06.4", bestTemperature, "✓"},
	{"06.4", func(z *mat.Dense, class []int) float64 { return 1 / bestTemperature(z, class) }, "one over what is expected"},
	{"06.4", func(z *mat.Dense, class []int) float64 { return 1 }, "leaves the logits as they are"},
	{"06.4", func(z *mat.Dense, class []int) float64 { return max(1.001, bestTemperature(z, class)) }, "look below 1"},
	{"06.4", func(z *mat.Dense, class []int) float64 { return 1.5 * bestTemperature(z, class) }, "too large"},
}

// eachOf applies f to every element and divides by the sum or not.
func eachOf(f func(float64) float64, divide bool) func(z []float64) []float64 {
	return func(z []float64) []float64 {
		p := make([]float64, len(z))
		for k := range z {
			p[k] = f(z[k])
		}
		if divide {
			floats.Scale(1/floats.Sum(p), p)
		}
		return p
	}
}

// minusTruth is scale·(softmax(z) − truth·onehot(class)).
func minusTruth(truth, scale float64) func(z []float64, class int) []float64 {
	return func(z []float64, class int) []float64 {
		g := softmaxOf(z)
		g[class] -= truth
		floats.Scale(scale, g)
		return g
	}
}
