package dl

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"runtime"
	"testing"

	"descent/dl/blas"
)

// small is a model of each kind, with what it must come to on every CPU: the hash of
// all parameters after a short training, with products in float64 and in float32.
var small = []struct {
	workload
	hash, hash32 string
}{
	{workload{"perceptron", Shape{100}, func() []Layer { return perceptron(150, 33, 10) }, CrossEntropy{}, 100, 64, 2, "", 1}, "a50718eed787d2c5", "a18e2eec9ec7aa52"},
	{workload{"convnet", Shape{14, 14, 2}, func() []Layer {
		return []Layer{&Conv2D{Filters: 9, Kernel: 3, Padding: Same}, &BatchNorm{}, &ReLU{}, &MaxPool2D{},
			&Conv2D{Filters: 20, Kernel: 3, Stride: 2}, &GELU{}, &Flatten{}, &Dropout{Rate: 0.2}, &Dense{Units: 10}}
	}, CrossEntropy{}, 48, 16, 2, "", 1}, "26d6b17d3efa44d8", "c1a16bb17cc94cb7"},
	{workload{"GRU", Shape{12}, func() []Layer {
		return []Layer{&Embedding{Vocab: vocabulary, Units: 10}, &GRU{Units: 21, Sequence: true}, &Dense{Units: vocabulary}}
	}, CrossEntropy{}, 70, 35, 2, "tokens/s", 1}, "eb58753848ebc089", "d26d98c5e84a148b"},
	{workload{"LSTM", Shape{12}, func() []Layer {
		return []Layer{&Embedding{Vocab: vocabulary, Units: 10}, &SimpleRNN{Units: 11, Sequence: true}, &LSTM{Units: 21}, &Dense{Units: 5}}
	}, CrossEntropy{}, 70, 35, 2, "tokens/s", 1}, "382598ebf558d65d", "66f2431ea2b89a70"},
	{workload{"transformer", Shape{16}, func() []Layer {
		return []Layer{&Embedding{Vocab: vocabulary, Units: 24}, &PositionalEmbedding{},
			&TransformerBlock{Heads: 2, Causal: true}, &LayerNorm{}, &Dense{Units: vocabulary}}
	}, CrossEntropy{}, 24, 12, 2, "tokens/s", 1}, "b3d5ef248c967e46", "7e2a0d94e1d9c602"},
}

func (w workload) train(t *testing.T, precision Format) *Model {
	m, err := Sequential(w.in, w.layers()...)
	if err != nil {
		t.Fatal(err)
	}
	m.Precision = precision
	m.Compile(NewAdam(0.01), w.loss)
	X, y := w.data(m.Out)
	if _, err := m.Fit(X, y, FitConfig{Epochs: w.epochs, BatchSize: w.batch}); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTrainingHasTheSameBitsOnEveryPathAndNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	former := blas.CurrentPath()
	defer blas.SetPath(former)
	for _, path := range []blas.Path{blas.Portable, blas.AVX2, blas.AVX512} {
		if _, err := blas.SetPath(path); err != nil {
			t.Log(err)
			continue
		}
		for threads := 1; threads <= 2; threads++ {
			runtime.GOMAXPROCS(threads)
			for _, w := range small {
				for precision, want := range map[Format]string{Float64: w.hash, Float32: w.hash32} {
					h := fnv.New64a()
					binary.Write(h, binary.LittleEndian, w.train(t, precision).Params.Value)
					if got := fmt.Sprintf("%016x", h.Sum64()); got != want {
						t.Errorf("%s, %s, %d threads, Format %d: hash %s, want %s", w.name, path, threads, precision, got, want)
					}
				}
			}
		}
	}
}

// TestFloat32ProductsAreCloseToFloat64 compares the gradients of one batch: what
// the documentation of Float32 says.
func TestFloat32ProductsAreCloseToFloat64(t *testing.T) {
	for _, w := range small {
		m := w.train(t, Float64)
		X, y := w.data(m.Out)
		x, target, err := m.data("test", X, y)
		if err != nil {
			t.Fatal(err)
		}
		var gradient [2][]float64
		for format := range gradient {
			m.Reset(1)
			m.Precision = Format(format)
			m.Gradient(x, target)
			gradient[format] = append([]float64(nil), m.Params.Grad...)
		}
		difference, size := 0.0, 0.0
		for i, g := range gradient[Float64] {
			difference, size = math.Hypot(difference, g-gradient[Float32][i]), math.Hypot(size, g)
		}
		t.Logf("%s: %.1e", w.name, difference/size)
		if e := difference / size; !(e > 1e-9 && e < 1e-6) {
			t.Errorf("%s: the gradient differs by %.1e of its length, want more than 1e-9 (is it float32?) and less than 1e-6", w.name, e)
		}
	}
}
