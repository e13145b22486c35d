package exercise

import "math"

var conceptsAnswers = []answerCase{
	{"02.1", func(r, delta float64) float64 { return 0 }, "○"},
	{"02.1", huberWith(0.5), "✓"},
	{"02.1", huberWith(0), "do not meet"},
	{"02.1", func(r, delta float64) float64 { return r * r / 2 }, "a straight line, not as a square"},
	{"02.1", func(r, delta float64) float64 {
		if r <= delta {
			return r * r / 2
		}
		return delta * (r - delta/2)
	}, "without its sign"},
	{"02.2", func(z []float64, y int) float64 { return 0 }, "○"},
	{"02.2", stable, "✓"},
	{"02.2", naive, "something overflows"},
	{"02.2", func(z []float64, y int) float64 { return math.Exp(-naive(z, y)) }, "minus its logarithm"},
	{"02.2", func(z []float64, y int) float64 { return -math.Log(math.Exp(-stable(z, y)) + 1e-12) }, "nothing may be added"},
	{"02.3", func(z, y float64) [2]float64 { return [2]float64{} }, "○"},
	{"02.3", func(z, y float64) [2]float64 {
		factorial, _ := math.Lgamma(y + 1)
		return [2]float64{math.Exp(z) - y*z + factorial, math.Exp(z) - y}
	}, "you kept ln y!"},
	{"02.3", func(z, y float64) [2]float64 { return [2]float64{math.Exp(z) - y*z, math.Exp(z) - y} }, "✓"},
	{"02.3", func(z, y float64) [2]float64 { return [2]float64{math.Exp(z) - y*z, 1 - y/math.Exp(z)} }, "one more factor of the chain rule"},
	{"02.3", func(z, y float64) [2]float64 { return [2]float64{y*z - math.Exp(z), y - math.Exp(z)} }, "the loss is minus that"},
	{"02.3", func(z, y float64) [2]float64 { return [2]float64{z - y*math.Log(z), 1 - y/z} }, "λ = e^z"},
}

func huberWith(offset float64) func(r, delta float64) float64 {
	return func(r, delta float64) float64 {
		if math.Abs(r) <= delta {
			return r * r / 2
		}
		return delta * (math.Abs(r) - offset*delta)
	}
}

func naive(z []float64, y int) float64 {
	s := 0.0
	for _, v := range z {
		s += math.Exp(v)
	}
	return -math.Log(math.Exp(z[y]) / s)
}

func stable(z []float64, y int) float64 {
	m, s := math.Inf(-1), 0.0
	for _, v := range z {
		m = max(m, v)
	}
	for _, v := range z {
		s += math.Exp(v - m)
	}
	return m + math.Log(s) - z[y]
}
