package exercise

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

var crossModalLearningAnswers = []answerCase{
	{"18.1", func(u []float64, V *mat.Dense) int { return -1 }, "○"},
	{"18.1", highest(func(u, v []float64) float64 { return floats.Dot(u, v) / floats.Norm(v, 2) }), "✓"},
	{"18.1", highest(floats.Dot), "favours long vectors"},
	{"18.1", highest(func(u, v []float64) float64 { return -floats.Distance(u, v, 2) }), "shortest distance"},
	{"18.1", highest(func(u, v []float64) float64 { return -floats.Dot(u, v) / floats.Norm(v, 2) }), "the opposite way"},
	{"18.1", func(u []float64, V *mat.Dense) int { return 1 }, "but not for"},
	{"18.2", func(labels []int) float64 { return math.NaN() }, "○"},
	{"18.2", meanOf(func(n, B float64) float64 { return math.Log(n) }), "✓"},
	{"18.2", meanOf(func(n, B float64) float64 { return 0 }), "tell two equal captions"},
	{"18.2", meanOf(func(n, B float64) float64 { return math.Log(B) }), "know nothing"},
	{"18.2", meanOf(func(n, B float64) float64 { return math.Log(n) * B / 3 / n }), "over the three captions"},
	{"18.2", meanOf(func(n, B float64) float64 { return math.Log(n) * B }), "the sum over the six rows"},
	{"18.2", meanOf(func(n, B float64) float64 { return math.Log(B / n) }), "can be told apart"},
	{"18.3", func(S *mat.Dense, labels []int) *mat.Dense { return nil }, "○"},
	{"18.3", towards(share, 3), "✓"},
	{"18.3", towards(func(labels []int, i, j int) float64 {
		if i == j {
			return 1
		}
		return 0
	}, 3), "push 2 away"},
	{"18.3", towards(func(labels []int, i, j int) float64 { return math.Ceil(share(labels, i, j)) }, 3), "its sum is 1"},
	{"18.3", towards(share, 1), "divide by B"},
	{"18.3", towards(share, -3), "the sign is wrong"},
	{"18.3", towards(share, 6), "not over 2B"},
	{"18.4", func(a, du []float64) []float64 { return nil }, "○"},
	{"18.4", through(1, true), "✓"},
	{"18.4", through(0, true), "along u has to go"},
	{"18.4", through(1, false), "the division by the length"},
	{"18.4", through(5, true), "needs the unit vector"},
}

func highest(score func(u, v []float64) float64) func(u []float64, V *mat.Dense) int {
	return func(u []float64, V *mat.Dense) int {
		n, _ := V.Dims()
		best := 0
		for i := range n {
			if score(u, V.RawRowView(i)) > score(u, V.RawRowView(best)) {
				best = i
			}
		}
		return best
	}
}

func meanOf(row func(n, B float64) float64) func(labels []int) float64 {
	return func(labels []int) float64 {
		sum := 0.0
		for i := range labels {
			sum += row(1/share(labels, i, i), float64(len(labels)))
		}
		return sum / float64(len(labels))
	}
}

func towards(target func(labels []int, i, j int) float64, divisor float64) func(S *mat.Dense, labels []int) *mat.Dense {
	return func(S *mat.Dense, labels []int) *mat.Dense {
		return gradientOf(S, func(i, j int) float64 { return target(labels, i, j) }, divisor)
	}
}

// through takes away the part along u, scaled by along, and divides by the length.
func through(along float64, divide bool) func(a, du []float64) []float64 {
	return func(a, du []float64) []float64 {
		length, out := floats.Norm(a, 2), make([]float64, len(a))
		if along > 1 { // a (a·∂L/∂u)
			along = length * length
		}
		for i := range a {
			out[i] = du[i] - along*a[i]*floats.Dot(a, du)/length/length
			if divide {
				out[i] /= length
			}
		}
		return out
	}
}
