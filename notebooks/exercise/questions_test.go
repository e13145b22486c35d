package exercise

import (
	"math"
	"slices"
)

var questionsAnswers = []answerCase{
	{"20.1", func(n, batch, epochs int) int { return 0 }, "○"},
	{"20.1", func(n, batch, epochs int) int { return (n + batch - 1) / batch * epochs }, "✓"},
	{"20.1", func(n, batch, epochs int) int { return n / batch * epochs }, "the short last batch is a step"},
	{"20.1", func(n, batch, epochs int) int { return (n*epochs + batch - 1) / batch }, "each epoch ends"},
	{"20.1", func(n, batch, epochs int) int { return (n + batch - 1) / batch }, "one epoch"},
	{"20.1", func(n, batch, epochs int) int { return (n/batch + 1) * epochs }, "no batch is short"},
	{"20.1", func(n, batch, epochs int) int { return n * epochs }, "you return 500"},
	{"20.2", func(scores []float64, margin float64) int { return 0 }, "○"},
	{"20.2", func(scores []float64, margin float64) int {
		return int(math.Ceil(variance(scores, 1) / margin / margin))
	}, "✓"},
	{"20.2", func(scores []float64, margin float64) int { return int(variance(scores, 1) / margin / margin) }, "round up"},
	{"20.2", func(scores []float64, margin float64) int {
		return int(math.Ceil(variance(scores, 0) / margin / margin))
	}, "n−1"},
	{"20.2", func(scores []float64, margin float64) int {
		return int(math.Ceil(math.Sqrt(variance(scores, 1)) / margin))
	}, "four times the runs"},
	{"20.2", func(scores []float64, margin float64) int { return 100 }, "you return 100"},
	{"20.3", func(training, validation []float64) string { return "" }, "○"},
	{"20.3", func(training, validation []float64) string {
		last := training[len(training)-1]
		switch {
		case math.IsNaN(last) || math.IsInf(last, 0) || last > training[0]:
			return "diverges"
		case last > 0.9*training[0]:
			return "crawls"
		case validation[len(validation)-1] > 1.1*slices.Min(validation):
			return "overfits"
		}
		return "fine"
	}, "✓"},
	{"20.3", func(training, validation []float64) string { return "fine" }, "comes first of all"},
	{"20.3", func(training, validation []float64) string {
		switch last := training[len(training)-1]; {
		case !(last <= training[0]):
			return "diverges"
		case last > 0.9*training[0]:
			return "crawls"
		case validation[len(validation)-1] > validation[0]:
			return "overfits"
		}
		return "fine"
	}, "with the lowest one"},
	{"20.3", func(training, validation []float64) string {
		switch last := training[len(training)-1]; {
		case !(last <= training[0]):
			return "diverges"
		case last > 0.9*training[0]:
			return "crawls"
		case validation[len(validation)-1] > slices.Min(validation):
			return "overfits"
		}
		return "fine"
	}, "a tenth above"},
}

// variance divides by n less a number.
func variance(x []float64, less float64) float64 {
	mean, sum := 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sum += (v - mean) * (v - mean)
	}
	return sum / (float64(len(x)) - less)
}
