package dl

import (
	"math"
	"slices"
	"testing"

	"descent/dl/blas"
)

var activationCases = []layerCase{
	{"ReLU", Shape{7}, one(func() Layer { return &ReLU{} })},
	{"LeakyReLU", Shape{3, 4}, one(func() Layer { return &LeakyReLU{} })},
	{"LeakyReLU 0.01", Shape{7}, one(func() Layer { return &LeakyReLU{Slope: 0.01} })},
	{"ELU", Shape{7}, one(func() Layer { return &ELU{} })},
	{"ELU α = 0.5", Shape{2, 2, 3}, one(func() Layer { return &ELU{Alpha: 0.5} })},
	{"GELU", Shape{7}, one(func() Layer { return &GELU{} })},
	{"GELU with tanh", Shape{7}, one(func() Layer { return &GELU{Tanh: true} })},
	{"SiLU", Shape{7}, one(func() Layer { return &SiLU{} })},
	{"Sigmoid", Shape{7}, one(func() Layer { return &Sigmoid{} })},
	{"Tanh", Shape{7}, one(func() Layer { return &Tanh{} })},
	{"Softplus", Shape{7}, one(func() Layer { return &Softplus{} })},
	{"Softmax", Shape{5}, one(func() Layer { return &Softmax{} })},
	{"Softmax of sequences", Shape{3, 4}, one(func() Layer { return &Softmax{} })},
	{"a deep stack", Shape{5}, func() []Layer {
		return []Layer{&Dense{Units: 6}, &GELU{}, &Dense{Units: 5}, &SiLU{}, &Dense{Units: 4}, &ELU{}, &Dense{Units: 3}, &Softplus{}}
	}},
}

func TestActivationsMatchTheirFormulas(t *testing.T) {
	sigma := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	x := &Tensor{Shape{1, 9}, []float64{-50, -3, -1, -1e-9, 0, 1e-9, 0.5, 2, 50}}
	for _, c := range []struct {
		layer Layer
		f     func(x float64) float64
	}{
		{&ReLU{}, func(x float64) float64 { return math.Max(x, 0) }},
		{&LeakyReLU{}, func(x float64) float64 { return math.Max(x, 0.3*x) }},
		{&LeakyReLU{Slope: 0.01}, func(x float64) float64 { return math.Max(x, 0.01*x) }},
		{&ELU{}, func(x float64) float64 { return math.Max(x, 0) + math.Expm1(math.Min(x, 0)) }},
		{&ELU{Alpha: 2}, func(x float64) float64 { return math.Max(x, 0) + 2*math.Expm1(math.Min(x, 0)) }},
		{&GELU{}, func(x float64) float64 { return x * math.Erfc(-x/math.Sqrt2) / 2 }},
		{&GELU{Tanh: true}, func(x float64) float64 {
			return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
		}},
		{&SiLU{}, func(x float64) float64 { return x * sigma(x) }},
		{&Sigmoid{}, sigma},
		{&Tanh{}, math.Tanh},
		{&Softplus{}, func(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }},
	} {
		for i, got := range forward(t, x, c.layer).Data {
			want := c.f(x.Data[i])
			if math.Abs(got-want) > 1e-15*math.Max(1, math.Abs(want)) {
				t.Errorf("%T of %v is %v, want %v", c.layer, x.Data[i], got, want)
			}
		}
	}
}

func TestActivationsStayFiniteFarOut(t *testing.T) {
	x := &Tensor{Shape{1, 4}, []float64{-1e300, -800, 800, 1e300}}
	ones := &Tensor{Shape{1, 4}, []float64{1, 1, 1, 1}}
	for _, layer := range []Layer{&ReLU{}, &LeakyReLU{}, &ELU{}, &GELU{}, &GELU{Tanh: true}, &SiLU{}, &Sigmoid{}, &Tanh{}, &Softplus{}, &Softmax{}} {
		y := forward(t, x, layer)
		if i, ok := finite(y.Data); !ok {
			t.Errorf("%T of %v is %v", layer, x.Data[i], y.Data[i])
		}
		if i, ok := finite(layer.Backward(ones).Data); !ok {
			t.Errorf("the gradient of %T at %v is not finite", layer, x.Data[i])
		}
	}
}

func TestSoftmaxRowsSumTo1AndIgnoreAShift(t *testing.T) {
	x := normalTensor(1, 20, 7)
	y := slices.Clone(forward(t, x, &Softmax{}).Data)
	for i := range x.Rows() {
		if sum := blas.Sum(y[i*7 : (i+1)*7]); math.Abs(sum-1) > 1e-15 {
			t.Fatalf("row %d sums to %v", i, sum)
		}
	}
	for i := range x.Data {
		x.Data[i] += 1000
	}
	for i, v := range forward(t, x, &Softmax{}).Data {
		if math.Abs(v-y[i]) > 1e-12 {
			t.Fatalf("element %d becomes %v from %v when 1000 is added to the row", i, v, y[i])
		}
	}
}
