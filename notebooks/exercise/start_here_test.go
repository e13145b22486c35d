package exercise

import (
	"descent/dl"
)

var startHereAnswers = []answerCase{
	{"00.1", func(x float64) float64 { return 0 }, "○"},
	{"00.1", func(x float64) float64 { return x + x }, "✓"},
	{"00.1", func(x float64) float64 { return x * x }, "that is the square"},
	{"00.1", func(x float64) float64 { return -2 * x }, "its sign is wrong"},
	{"00.2", func(x []float64) float64 { return 0 }, "○"},
	{"00.2", func(x []float64) float64 { return sum(x) / float64(len(x)) }, "✓"},
	{"00.2", func(x []float64) float64 { return sum(x) }, "that is the sum"},
	{"00.2", func(x []float64) float64 { return x[len(x)/2] }, "the median"},
	{"00.3", func() *dl.Model { return nil }, "○"},
	{"00.3", func() *dl.Model { return network(8, 8, 2) }, "✓"},
	{"00.3", func() *dl.Model { return network(16, 16, 2) }, "layer 0 has 16 units, want 8"},
	{"00.3", func() *dl.Model { return network(8, 8, 2, 2) }, "the model has 7 layers"},
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

// network is a stack of Dense layers with a ReLU between each two.
func network(units ...int) *dl.Model {
	var layers []dl.Layer
	for i, n := range units {
		if i > 0 {
			layers = append(layers, &dl.ReLU{})
		}
		layers = append(layers, &dl.Dense{Units: n})
	}
	m, err := dl.Sequential(dl.Shape{2}, layers...)
	if err != nil {
		panic(err)
	}
	return m
}
