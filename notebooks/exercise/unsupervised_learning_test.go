package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

var unsupervisedLearningAnswers = []answerCase{
	{"17.1", func(sigma []float64, share float64) int { return 0 }, "○"},
	{"17.1", directionsOf(func(s float64) float64 { return s * s }, 1, 0), "✓"},
	{"17.1", directionsOf(func(s float64) float64 { return s }, 1, 0), "the square of a singular value"},
	{"17.1", directionsOf(func(s float64) float64 { return s * s }, 0, 0), "one less"},
	{"17.1", directionsOf(func(s float64) float64 { return s * s }, 1, 1e-9), "just reached"},
	{"17.1", eachAlone(0), "no direction alone"},
	{"17.1", eachAlone(4), "no direction alone"},
	{"17.2", func(normal []float64, rate float64) float64 { return 0 }, "○"},
	{"17.2", thresholdOf, "✓"},
	{"17.2", func(normal []float64, rate float64) float64 {
		slices.Sort(normal)
		return thresholdOf(normal, rate)
	}, "sort a copy"},
	{"17.2", func(normal []float64, rate float64) float64 { return thresholdOf(normal, 1-rate) }, "from the low end"},
	{"17.2", func(normal []float64, rate float64) float64 { return slices.Max(normal) }, "the largest error"},
	{"17.2", func(normal []float64, rate float64) float64 { return thresholdOf(normal, rate/2) }, "two may"},
	{"17.2", func(normal []float64, rate float64) float64 {
		mean, sd := stat.MeanStdDev(normal, nil)
		return mean + sd
	}, "count instead"},
	{"17.2", func(normal []float64, rate float64) float64 {
		mean, sd := stat.MeanStdDev(normal, nil)
		return mean + 3*sd
	}, "count instead"},
	{"17.2", func(normal []float64, rate float64) float64 { return 0.82 }, "between two of the errors"}, // the quantile by interpolation
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return math.NaN() }, "○"},
	{"17.3", divergenceOf, "✓"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return 2 * divergenceOf(mu1, s1, mu2, s2) }, "there is a ½"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return divergenceOf(mu1, s1, mu2, s2) + 0.5 }, "differ from itself"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return divergenceOf(mu1, s1, mu2, s2) + (s2-s1)/2 }, "logarithms of σ²"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return -divergenceOf(mu1, s1, mu2, s2) }, "never negative"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return divergenceOf(mu2, s2, mu1, s1) }, "other way round"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { return divergenceOf(mu1, s1, mu2, s2) + s1 - s2 }, "wrong sign"},
	{"17.3", func(mu1, s1, mu2, s2 float64) float64 { // s for σ
		return math.Log(s2/s1) + (s1*s1+(mu1-mu2)*(mu1-mu2))/(2*s2*s2) - 0.5
	}, "s1 and s2 are ln σ²"},
}

func directionsOf(variance func(float64) float64, first int, slack float64) func([]float64, float64) int {
	return func(sigma []float64, share float64) int {
		total, sum := 0.0, 0.0
		for _, s := range sigma {
			total += variance(s)
		}
		for i, s := range sigma {
			if sum += variance(s); sum >= share*total+slack {
				return i + first
			}
		}
		return len(sigma)
	}
}

// eachAlone compares each direction's own share, and returns otherwise where none has it.
func eachAlone(otherwise int) func([]float64, float64) int {
	return func(sigma []float64, share float64) int {
		total := 0.0
		for _, s := range sigma {
			total += s * s
		}
		for i, s := range sigma {
			if s*s >= share*total {
				return i + 1
			}
		}
		return otherwise
	}
}

func thresholdOf(normal []float64, rate float64) float64 {
	sorted := slices.Sorted(slices.Values(normal))
	return sorted[len(sorted)-1-int(rate*float64(len(sorted)))]
}

func divergenceOf(mu1, s1, mu2, s2 float64) float64 {
	return (s2 - s1 + (math.Exp(s1)+(mu1-mu2)*(mu1-mu2))/math.Exp(s2) - 1) / 2
}
