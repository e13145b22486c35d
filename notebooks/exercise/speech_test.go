package exercise

import "math"

var speechAnswers = []answerCase{
	{"12.1", func(f, rate float64) float64 { return -1 }, "○"},
	{"12.1", func(f, rate float64) float64 {
		f = math.Mod(f, rate)
		return min(f, rate-f)
	}, "✓"},
	{"12.1", func(f, rate float64) float64 { return f }, "nothing above half the rate"},
	{"12.1", func(f, rate float64) float64 { return rate - f }, "nothing above half the rate"},
	{"12.1", func(f, rate float64) float64 { return math.Mod(f, rate/2) }, "stays as it is"},
	{"12.1", func(f, rate float64) float64 {
		if f > rate/2 {
			return rate - f
		}
		return f
	}, "not negative"},
	{"12.1", func(f, rate float64) float64 { return max(0, min(f, rate-f)) }, "whole number of rates"},
	{"12.2", func(train, test, voices []int) float64 { return -1 }, "○"},
	{"12.2", leak, "✓"},
	{"12.2", func(train, test, voices []int) float64 { return leak(train, test, voices) * float64(len(test)) }, "not their share"},
	{"12.2", func(train, test, voices []int) float64 { return leak(test, train, voices) * 2 / 3 }, "share of the training rows"},
	{"12.2", func(train, test, voices []int) float64 { return 1 - leak(train, test, voices) }, "honest"},
	{"12.2", func(train, test, voices []int) float64 { return 0 }, "not the row numbers"},
	{"12.3", func(x []float64, k int) float64 { return -1 }, "○"},
	{"12.3", tonal(func(c, s, n float64) float64 { return c*c + s*s }), "✓"},
	{"12.3", tonal(func(c, s, n float64) float64 { return math.Hypot(c, s) }), "the energy is its square"},
	{"12.3", tonal(func(c, s, n float64) float64 { return c * c }), "only the cosines"},
	{"12.3", tonal(func(c, s, n float64) float64 { return s * s }), "only the sines"},
	{"12.3", tonal(func(c, s, n float64) float64 { return (c - s) * (c - s) }), "square each"},
	{"12.3", tonal(func(c, s, n float64) float64 { return (c*c + s*s) / n }), "divide by the number"},
	{"12.3", func(x []float64, k int) float64 {
		c, s := 0.0, 0.0
		for n, v := range x {
			sin, cos := math.Sincos(math.Pi * float64(k*n) / float64(len(x)))
			c, s = c+v*cos, s+v*sin
		}
		return c*c + s*s
	}, "a whole swing is an angle of 2π"},
	{"12.4", func(voice, noise []float64, decibels float64) []float64 { return nil }, "○"},
	{"12.4", mixed(func(v, n, d float64) float64 { return math.Sqrt(v / n / math.Pow(10, d/10)) }), "✓"},
	{"12.4", mixed(func(v, n, d float64) float64 { return v / n / math.Pow(10, d/10) }), "a ratio of powers"},
	{"12.4", mixed(func(v, n, d float64) float64 { return math.Sqrt(v / n * math.Pow(10, d/10)) }), "more decibels mean less noise"},
	{"12.4", mixed(func(v, n, d float64) float64 { return math.Sqrt(v / math.Pow(10, d/10)) }), "its own power"},
	{"12.4", mixed(func(v, n, d float64) float64 { return math.Sqrt(v/n) / math.Pow(10, d/10) }), "a factor of 10 in power"},
	{"12.4", mixed(func(v, n, d float64) float64 { return 1 }), "times what is expected"},
	{"12.4", func(voice, noise []float64, decibels float64) []float64 {
		for i := range voice {
			voice[i] += noise[i]
		}
		return voice
	}, "fill a new slice"},
}

func leak(train, test, voices []int) float64 {
	known := map[int]bool{}
	for _, i := range train {
		known[voices[i]] = true
	}
	count := 0.0
	for _, i := range test {
		if known[voices[i]] {
			count++
		}
	}
	return count / float64(len(test))
}

func tonal(f func(c, s, n float64) float64) func(x []float64, k int) float64 {
	return func(x []float64, k int) float64 {
		c, s := correlate(x, k)
		return f(c, s, float64(len(x)))
	}
}

func mixed(factor func(voice, noise, decibels float64) float64) func(voice, noise []float64, decibels float64) []float64 {
	return func(voice, noise []float64, decibels float64) []float64 {
		out := make([]float64, len(voice))
		f := factor(power(voice), power(noise), decibels)
		for i := range out {
			out[i] = voice[i] + f*noise[i]
		}
		return out
	}
}
