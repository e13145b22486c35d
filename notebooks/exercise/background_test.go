package exercise

var backgroundAnswers = []answerCase{
	{"01.1", func(x, w []float64, b float64) float64 { return -1 }, "○"},
	{"01.1", neuronWith(func(z, b float64) float64 { return max(0, z+b) }), "✓"},
	{"01.1", neuronWith(func(z, b float64) float64 { return z + b }), "a ReLU is 0 for every negative z"},
	{"01.1", neuronWith(func(z, b float64) float64 { return max(0, z) }), "the bias is missing"},
	{"01.1", func(x, w []float64, b float64) float64 { return max(0, sum(x)*sum(w)+b) }, "a weight of its own"},
	{"01.1", neuronWith(func(z, b float64) float64 { return step([3]float64{1, 0, b}, z, 0) }), "the step of section 3"},
	{"01.2", func() [3]float64 { return [3]float64{} }, "○"},
	{"01.2", func() [3]float64 { return [3]float64{1, 1, -0.5} }, "✓"},
	{"01.2", func() [3]float64 { return [3]float64{1, 1, -1.5} }, "that is an and"},
	{"01.2", func() [3]float64 { return [3]float64{1, 1, 0.5} }, "gives 1 for inputs 0 and 0"},
	{"01.2", func() [3]float64 { return [3]float64{1, 0, -0.5} }, "gives 0 for inputs 0 and 1"},
	{"01.3", func() [3][3]float64 { return [3][3]float64{} }, "○"},
	{"01.3", func() [3][3]float64 { return [3][3]float64{{1, 1, -0.5}, {1, 1, -1.5}, {1, -1, -0.5}} }, "✓"},
	{"01.3", func() [3][3]float64 { return [3][3]float64{{-0.5, 1, 1}, {-1.5, 1, 1}, {-0.5, 1, -1}} }, "for inputs 0 and 1 your hidden neurons give 1 and 1, and the output 0"},
	{"01.3", func() [3][3]float64 { return [3][3]float64{{1, 1, -0.5}, {1, 1, -1.5}, {1, 1, -0.5}} }, "your hidden neurons give 1 and 1, and the output 1"},
}

func neuronWith(activation func(z, b float64) float64) func(x, w []float64, b float64) float64 {
	return func(x, w []float64, b float64) float64 {
		z := 0.0
		for i := range x {
			z += x[i] * w[i]
		}
		return activation(z, b)
	}
}
