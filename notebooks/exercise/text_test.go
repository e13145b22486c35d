package exercise

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

var textAnswers = []answerCase{
	{"11.1", func(p []float64) float64 { return 0 }, "○"},
	{"11.1", func(p []float64) float64 { return surprise(p, math.Log2) / float64(len(p)) }, "✓"},
	{"11.1", func(p []float64) float64 { return surprise(p, math.Log) / float64(len(p)) }, "in nats"},
	{"11.1", func(p []float64) float64 { return surprise(p, math.Log2) }, "not the mean"},
	{"11.2", func(z []float64, t float64) []float64 { return nil }, "○"},
	{"11.2", heated, "✓"},
	{"11.2", func(z []float64, t float64) []float64 { return heated(z, 1/t) }, "do you multiply"},
	{"11.3", func(Q, K *mat.Dense) *mat.Dense { return nil }, "○"},
	{"11.3", func(Q, K *mat.Dense) *mat.Dense { return attend(Q, K, math.Sqrt2, true) }, "✓"},
	{"11.3", func(Q, K *mat.Dense) *mat.Dense { return attend(Q, K, math.Sqrt2, false) }, "the mask is missing"},
	{"11.3", func(Q, K *mat.Dense) *mat.Dense { return attend(Q, K, 1, true) }, "√d"},
}

func surprise(p []float64, log func(float64) float64) float64 {
	sum := 0.0
	for _, v := range p {
		sum -= log(v)
	}
	return sum
}
