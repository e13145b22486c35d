package dl

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"descent/dl/blas"
)

// layerCase is a layer, or a few, with the shape of a sample. Every case goes
// through every test of this file.
type layerCase struct {
	name  string
	in    Shape
	build func() []Layer
}

var layerCases = slices.Concat(denseCases, convCases, poolCases, reshapeCases, normCases, dropoutCases, activationCases, sequenceCases)

var denseCases = []layerCase{
	{"Dense", Shape{3}, func() []Layer { return []Layer{&Dense{Units: 2}} }},
	{"Dense without bias", Shape{3}, func() []Layer { return []Layer{&Dense{Units: 4, NoBias: true}} }},
	{"Dense on the last of three axes", Shape{2, 3, 4}, func() []Layer { return []Layer{&Dense{Units: 5}} }},
	{"three Dense", Shape{5}, func() []Layer { return []Layer{&Dense{Units: 4}, &Dense{Units: 3}, &Dense{Units: 2}} }},
	{"Chain in a model", Shape{3}, func() []Layer { return []Layer{&Chain{Layers: []Layer{&Dense{Units: 2}}}, &Dense{Units: 1}} }},
}

// model returns the case as a model with its data: n samples of normal numbers,
// or of class numbers where the model begins with an Embedding.
func (c layerCase) model(t testing.TB, n int) (m *Model, x, y *Tensor) {
	t.Helper()
	m, err := Sequential(c.in, c.build()...)
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(NewSGD(0.01), MSE{})
	x, y = normalTensor(1, append(Shape{n}, m.In...)...), normalTensor(2, append(Shape{n}, m.Out...)...)
	if e, ok := m.Layers[0].(*Embedding); ok {
		for i, v := range x.Data {
			x.Data[i] = float64(int(1000*math.Abs(v)) % e.Vocab)
		}
	}
	return m, x, y
}

func normalTensor(seed uint64, shape ...int) *Tensor {
	x, rng := NewTensor(shape...), rand.New(rand.NewPCG(seed, 0))
	for i := range x.Data {
		x.Data[i] = Normal(rng)
	}
	return x
}

func TestGradientsMatchCentralDifferences(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, y := c.model(t, 3)
			if _, err := CheckGradient(m, x, y, 1e-7); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestGradientsAddUp(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, y := c.model(t, 3)
			m.Gradient(x, y)
			once := slices.Clone(m.Params.Grad)
			m.Backward(&m.grad)
			for i, g := range m.Params.Grad {
				if d := g - 2*once[i]; d > 1e-12 || d < -1e-12 {
					t.Fatalf("gradient %d is %v after two Backwards, want twice %v", i, g, once[i])
				}
			}
		})
	}
}

func TestBatchMayGrowAndShrink(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, y := c.model(t, 5)
			var bx, by Tensor
			for _, n := range []int{2, 5, 1, 3} {
				got := slices.Clone(gradientAndOutput(m, rows(&bx, x, 0, n), rows(&by, y, 0, n)))
				fresh, _, _ := c.model(t, 1)
				if want := gradientAndOutput(fresh, &bx, &by); !slices.Equal(got, want) {
					t.Fatalf("with %d samples a used model and a new one differ", n)
				}
				m.Reset(1)
			}
		})
	}
}

func gradientAndOutput(m *Model, x, y *Tensor) []float64 {
	m.Gradient(x, y)
	return append(slices.Clone(m.Params.Grad), m.stages[len(m.stages)-1].y.Data...)
}

func TestWarmStepAllocatesNothing(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, y := c.model(t, 4)
			m.Step(x, y)
			if n := testing.AllocsPerRun(10, func() { m.Step(x, y) }); n != 0 {
				t.Errorf("%v allocations a step, want 0", n)
			}
		})
	}
}

func TestOneInstanceHasOnePlace(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			layers := c.build()
			if _, err := Sequential(c.in, layers...); err != nil {
				t.Fatal(err)
			}
			_, err := Sequential(c.in, layers...)
			if err == nil || !strings.Contains(err.Error(), "already") {
				t.Errorf("a second model of the same layers: got error %v, want one that says they are already part of a model", err)
			}
		})
	}
}

// Training on the widest vectors, on narrower ones and on none, and with one
// goroutine, ends at the same bits.
func TestTrainingHasTheSameBitsOnEveryPath(t *testing.T) {
	former := blas.CurrentPath()
	defer blas.SetPath(former)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			var want []float64
			for _, path := range []blas.Path{blas.Portable, blas.AVX2, blas.AVX512} {
				if _, err := blas.SetPath(path); err != nil {
					continue // not on this CPU
				}
				for _, threads := range []int{1, 2} {
					runtime.GOMAXPROCS(threads)
					m, x, y := c.model(t, 3)
					for range 3 {
						m.Step(x, y)
					}
					got := append(slices.Clone(m.Params.Value), m.Forward(x, false).Data...)
					if want == nil {
						want = got
					}
					if !slices.Equal(got, want) {
						t.Errorf("%v with %d threads differs", path, threads)
					}
				}
			}
		})
	}
}
