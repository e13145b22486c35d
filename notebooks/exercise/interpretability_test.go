package exercise

import (
	"math"
	"slices"
)

var interpretabilityAnswers = []answerCase{
	{"13.1", func(f func(x []float64) float64, x []float64, j int, base float64) float64 { return math.NaN() }, "○"},
	{"13.1", hide(1), "✓"},
	{"13.1", hide(-1), "the fall is negative"},
	{"13.1", func(f func(x []float64) float64, x []float64, j int, base float64) float64 {
		before := f(x)
		x[j] = base
		return before - f(x)
	}, "leaves x changed"},
	{"13.1", func(f func(x []float64) float64, x []float64, j int, base float64) float64 {
		hidden := slices.Clone(x)
		hidden[j] = 0
		return f(x) - f(hidden)
	}, "set it to base"},
	{"13.2", func(x, gradient []float64, epsilon float64) []float64 { return nil }, "○"},
	{"13.2", stepAlong(1, true), "✓"},
	{"13.2", stepAlong(-1, true), "against the gradient"},
	{"13.2", stepAlong(1, false), "leaves the range"},
	{"13.2", func(x, gradient []float64, epsilon float64) []float64 {
		for i := range x {
			x[i] += epsilon * gradient[i]
		}
		return x
	}, "only its sign counts"},
	{"13.3", func(gradient func(x []float64) []float64, x, base []float64, steps int) []float64 { return nil }, "○"},
	{"13.3", along(func(x, base float64) float64 { return x - base }, 0.5), "✓"},
	{"13.3", along(func(x, base float64) float64 { return x }, 0.5), "multiply by x − base"},
	{"13.3", along(func(x, base float64) float64 { return 1 }, 0.5), "the factor x − base is missing"},
	{"13.3", along(func(x, base float64) float64 { return x - base }, 1), "where each step ends"},
	{"13.3", along(func(x, base float64) float64 { return x - base }, 0), "where each step begins"},
}

func hide(way float64) func(f func(x []float64) float64, x []float64, j int, base float64) float64 {
	return func(f func(x []float64) float64, x []float64, j int, base float64) float64 {
		hidden := slices.Clone(x)
		hidden[j] = base
		return way * (f(x) - f(hidden))
	}
}

func stepAlong(way float64, clamp bool) func(x, gradient []float64, epsilon float64) []float64 {
	return func(x, gradient []float64, epsilon float64) []float64 {
		out := slices.Clone(x)
		for i, g := range gradient {
			if g != 0 {
				out[i] += way * math.Copysign(epsilon, g)
			}
			if clamp {
				out[i] = max(0, min(1, out[i]))
			}
		}
		return out
	}
}

func along(factor func(x, base float64) float64, offset float64) func(gradient func(x []float64) []float64, x, base []float64, steps int) []float64 {
	return func(gradient func(x []float64) []float64, x, base []float64, steps int) []float64 {
		sum, at := make([]float64, len(x)), make([]float64, len(x))
		for s := range steps {
			for i := range x {
				at[i] = base[i] + (float64(s)+offset)/float64(steps)*(x[i]-base[i])
			}
			for i, g := range gradient(at) {
				sum[i] += g * factor(x[i], base[i]) / float64(steps)
			}
		}
		return sum
	}
}
