package dl

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"descent/dl/blas"
	"gonum.org/v1/gonum/mat"
)

// workload is a training run that testdata/peers measures in other libraries
// too, on data of the same shapes.
type workload struct {
	name                   string
	in                     Shape
	layers                 func() []Layer
	loss                   Loss
	samples, batch, epochs int
	unit                   string
	perSample              float64 // units in a sample
}

const vocabulary, contextLength = 65, 64

var workloads = []workload{
	{"W1", Shape{2}, func() []Layer { return []Layer{&Dense{Units: 1}} }, MSE{}, 4, 4, 1000, "steps/s", 0.25},
	{"W2", Shape{64}, func() []Layer { return perceptron(128, 64, 10) }, CrossEntropy{}, 1792, 32, 10, "samples/s", 1},
	{"W3", Shape{784}, func() []Layer { return perceptron(512, 256, 10) }, CrossEntropy{}, 12800, 128, 1, "samples/s", 1},
	{"W4", Shape{28, 28, 1}, func() []Layer {
		return []Layer{&Conv2D{Filters: 32, Kernel: 3}, &ReLU{}, &MaxPool2D{}, &Conv2D{Filters: 64, Kernel: 3}, &ReLU{}, &MaxPool2D{},
			&Flatten{}, &Dense{Units: 128}, &ReLU{}, &Dense{Units: 10}}
	}, CrossEntropy{}, 640, 64, 1, "images/s", 1},
	{"W5-transformer", Shape{contextLength}, func() []Layer {
		return []Layer{&Embedding{Vocab: vocabulary, Units: 64}, &PositionalEmbedding{},
			&TransformerBlock{Heads: 4, Causal: true}, &TransformerBlock{Heads: 4, Causal: true}, &LayerNorm{}, &Dense{Units: vocabulary}}
	}, CrossEntropy{}, 128, 32, 1, "tokens/s", contextLength},
	{"W5-GRU", Shape{contextLength}, func() []Layer {
		return []Layer{&Embedding{Vocab: vocabulary, Units: 64}, &GRU{Units: 128, Sequence: true}, &Dense{Units: vocabulary}}
	}, CrossEntropy{}, 128, 32, 1, "tokens/s", contextLength},
	{"W5-LSTM", Shape{contextLength}, func() []Layer {
		return []Layer{&Embedding{Vocab: vocabulary, Units: 64}, &LSTM{Units: 128, Sequence: true}, &Dense{Units: vocabulary}}
	}, CrossEntropy{}, 128, 32, 1, "tokens/s", contextLength},
}

// perceptron is a stack of Dense layers with ReLU between them.
func perceptron(units ...int) []Layer {
	layers := []Layer{&Dense{Units: units[0]}}
	for _, n := range units[1:] {
		layers = append(layers, &ReLU{}, &Dense{Units: n})
	}
	return layers
}

// BenchmarkWorkload trains each workload through Fit, and multiplies matrices
// (W6): the side of dl in testdata/peers/run.py.
func BenchmarkWorkload(b *testing.B) {
	for _, w := range workloads {
		b.Run(w.name, func(b *testing.B) { w.run(b, Float64) })
		b.Run(w.name+"-float32", func(b *testing.B) { w.run(b, Float32) })
	}
	for _, n := range []int{64, 128, 256, 512, 1024, 2048} {
		for _, transposes := range []string{"NN", "TN", "NT", "TT"} {
			b.Run(fmt.Sprintf("W6-%s-%d", transposes, n), func(b *testing.B) { benchmarkProduct(b, transposes, n) })
		}
	}
}

func (w workload) run(b *testing.B, precision Format) {
	m, err := Sequential(w.in, w.layers()...)
	if err != nil {
		b.Fatal(err)
	}
	m.Precision = precision
	m.Compile(NewAdam(0.001), w.loss)
	X, y := w.data(m.Out)
	cfg := FitConfig{Epochs: w.epochs, BatchSize: w.batch}
	if _, err := m.Fit(X, y, cfg); err != nil { // warm up
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Fit(X, y, cfg); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*w.samples*w.epochs)*w.perSample/b.Elapsed().Seconds(), w.unit)
}

// data is uniform numbers or tokens, and targets at random, as for the peers:
// nothing can be learned well, so that gradients stay of normal size.
func (w workload) data(out Shape) (X, y *mat.Dense) {
	rng := rand.New(rand.NewPCG(1, 1))
	X = mat.NewDense(w.samples, w.in.Size(), nil)
	y = mat.NewDense(w.samples, out.Size()/out.last(), nil)
	uniform := func(int, int, float64) float64 { return rng.Float64() }
	below := func(n int) func(int, int, float64) float64 {
		return func(int, int, float64) float64 { return float64(rng.IntN(n)) }
	}
	X.Apply(uniform, X)
	if w.unit == "tokens/s" {
		X.Apply(below(vocabulary), X)
	}
	y.Apply(uniform, y)
	if out.last() > 1 {
		y.Apply(below(out.last()), y)
	}
	return X, y
}

func benchmarkProduct(b *testing.B, transposes string, n int) {
	x, y, z := normalTensor(1, n, n).Data, normalTensor(2, n, n).Data, make([]float64, n*n)
	for b.Loop() {
		blas.Gemm(transposes[0] == 'T', transposes[1] == 'T', n, n, n, 1, x, n, y, n, 0, z, n)
	}
	b.ReportMetric(2*float64(n*n*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}
