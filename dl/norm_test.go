package dl

import (
	"math"
	"slices"
	"testing"
)

var normCases = []layerCase{
	{"LayerNorm", Shape{5}, one(func() Layer { return &LayerNorm{} })},
	{"LayerNorm of sequences", Shape{3, 4}, one(func() Layer { return &LayerNorm{Eps: 1e-5} })},
	{"LayerNorm between Dense", Shape{4}, func() []Layer { return []Layer{&Dense{Units: 6}, &LayerNorm{}, &Dense{Units: 2}} }},
	{"BatchNorm", Shape{4}, one(func() Layer { return &BatchNorm{} })},
	{"BatchNorm of images", Shape{3, 2, 2}, one(func() Layer { return &BatchNorm{Eps: 1e-5, Momentum: 0.9} })},
	{"BatchNorm after Conv2D", Shape{4, 3, 2}, func() []Layer {
		return []Layer{&Conv2D{Filters: 3, Kernel: 2, NoBias: true}, &BatchNorm{}, &Tanh{}}
	}},
}

// moments returns the mean and the biased variance.
func moments(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, variance
}

func TestLayerNormGivesRowsMean0AndVariance1(t *testing.T) {
	x := normalTensor(1, 4, 3, 50)
	for i := range x.Data {
		x.Data[i] = 7*x.Data[i] + 100
	}
	y := forward(t, x, &LayerNorm{Eps: 1e-12})
	for i := range y.Rows() {
		if mean, variance := moments(y.Row(i)); math.Abs(mean) > 1e-12 || math.Abs(variance-1) > 1e-12 {
			t.Fatalf("row %d has mean %v and variance %v, want 0 and 1", i, mean, variance)
		}
	}
}

func TestBatchNormTrainingGivesChannelsMean0AndVariance1(t *testing.T) {
	m, err := Sequential(Shape{4, 3, 2}, &BatchNorm{Eps: 1e-12})
	if err != nil {
		t.Fatal(err)
	}
	y := m.Forward(normalTensor(1, 10, 4, 3, 2), true)
	for c := range 2 {
		if mean, variance := moments(column(y, c)); math.Abs(mean) > 1e-12 || math.Abs(variance-1) > 1e-11 {
			t.Errorf("channel %d has mean %v and variance %v, want 0 and 1", c, mean, variance)
		}
	}
}

func column(x *Tensor, c int) []float64 {
	values := make([]float64, x.Rows())
	for i := range values {
		values[i] = x.Row(i)[c]
	}
	return values
}

func TestBatchNormMovesItsAveragesAndUsesThemAfterTraining(t *testing.T) {
	layer := &BatchNorm{Momentum: 0.9}
	m, err := Sequential(Shape{3}, layer)
	if err != nil {
		t.Fatal(err)
	}
	x := normalTensor(1, 20, 3)
	m.Forward(x, true)
	for c := range 3 {
		mean, variance := moments(column(x, c))
		if d := layer.Mean.Value[c] - 0.1*mean; math.Abs(d) > 1e-15 {
			t.Errorf("channel %d: the average of the mean is off by %v", c, d)
		}
		if d := layer.Variance.Value[c] - (0.9 + 0.1*variance); math.Abs(d) > 1e-15 {
			t.Errorf("channel %d: the average of the variance is off by %v", c, d)
		}
	}
	training := slices.Clone(m.Forward(x, true).Data)
	for range 400 { // until the averages are the batch's own statistics
		m.Forward(x, true)
	}
	closeTo(t, "inference", m.Forward(x, false), &Tensor{x.Shape, training})
}

func TestBatchNormBackwardMatchesCentralDifferencesOutsideTraining(t *testing.T) {
	layer := &BatchNorm{}
	m, err := Sequential(Shape{2, 3}, layer)
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(NewSGD(0.1), MSE{})
	m.Forward(normalTensor(3, 5, 2, 3), true) // moves the averages
	m.Freeze("")                              // frozen means as after training
	before := slices.Clone(layer.Mean.Value)
	if _, err := CheckGradient(m, normalTensor(1, 4, 2, 3), normalTensor(2, 4, 2, 3), 1e-7); err != nil {
		t.Error(err)
	}
	m.Forward(normalTensor(4, 5, 2, 3), true)
	if !slices.Equal(layer.Mean.Value, before) {
		t.Error("a frozen BatchNorm moved its averages")
	}
}
