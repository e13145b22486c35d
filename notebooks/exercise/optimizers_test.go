package exercise

import (
	"math"
	"slices"
)

var optimizersAnswers = []answerCase{
	{"03.1", func(l []float64) float64 { return 0 }, "○"},
	{"03.1", func(l []float64) float64 { return 2 / (slices.Min(l) + slices.Max(l)) }, "✓"},
	{"03.1", func(l []float64) float64 { return 2 / slices.Max(l) }, "largest stable rate"},
	{"03.1", func(l []float64) float64 { return 1 / slices.Max(l) }, "the flat one could go faster"},
	{"03.1", func(l []float64) float64 { return 2 / sum(l) }, "only two of them decide"},
	{"03.1", func(l []float64) float64 { return 1 / (slices.Min(l) + slices.Max(l)) }, "half of"},
	{"03.1", func(l []float64) float64 { return 2 / (l[0] + l[len(l)-1]) }, "in no order"},
	{"03.2", func() [3]int { return [3]int{} }, "○"},
	{"03.2", func() [3]int { return [3]int{5, 5, 4} }, "✓"},
	{"03.2", func() [3]int { return [3]int{5, 2, 4} }, "in version B, line 2 is as in the paper"},
	{"03.2", func() [3]int { return [3]int{5, 5, 0} }, "version C is still open"},
	{"03.3", func(theta, g, m, v []float64, t int, alpha float64) {}, "○"},
	{"03.3", adamWith(true, math.Sqrt), "✓"},
	{"03.3", adamWith(false, math.Sqrt), "the correction for the zero start is missing"},
	{"03.3", adamWith(true, func(v float64) float64 { return v }), "theta[0] is"},
	{"03.3", adamWith(true, func(v float64) float64 { return math.Sqrt(v + 1e-8) }), "wrong where it is 1e-6"},
	{"03.3", func(theta, g, m, v []float64, t int, alpha float64) {
		for i := range theta {
			m[i] = (0.9*m[i] + 0.1*g[i]) / (1 - math.Pow(0.9, float64(t)))
			v[i] = (0.999*v[i] + 0.001*g[i]*g[i]) / (1 - math.Pow(0.999, float64(t)))
			theta[i] -= alpha * m[i] / (math.Sqrt(v[i]) + 1e-8)
		}
	}, "m or v itself is corrected"},
}

func adamWith(correct bool, root func(float64) float64) func(theta, g, m, v []float64, t int, alpha float64) {
	return func(theta, g, m, v []float64, t int, alpha float64) {
		for i := range theta {
			m[i] = 0.9*m[i] + 0.1*g[i]
			v[i] = 0.999*v[i] + 0.001*g[i]*g[i]
			c1, c2 := 1.0, 1.0
			if correct {
				c1, c2 = 1-math.Pow(0.9, float64(t)), 1-math.Pow(0.999, float64(t))
			}
			theta[i] -= alpha * m[i] / c1 / (root(v[i]/c2) + 1e-8)
		}
	}
}
