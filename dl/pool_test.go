package dl

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var poolCases = []layerCase{
	{"MaxPool2D", Shape{4, 6, 2}, one(func() Layer { return &MaxPool2D{} })},
	{"MaxPool2D with rows left over", Shape{5, 7, 1}, one(func() Layer { return &MaxPool2D{} })},
	{"MaxPool2D same", Shape{5, 3, 2}, one(func() Layer { return &MaxPool2D{Padding: Same} })},
	{"MaxPool2D overlapping", Shape{5, 6, 2}, one(func() Layer { return &MaxPool2D{Pool: 3, Stride: 2, Padding: Same} })},
	{"AvgPool2D", Shape{4, 6, 2}, one(func() Layer { return &AvgPool2D{} })},
	{"AvgPool2D same", Shape{5, 3, 2}, one(func() Layer { return &AvgPool2D{Padding: Same} })},
	{"AvgPool2D overlapping", Shape{5, 6, 2}, one(func() Layer { return &AvgPool2D{Pool: 3, Stride: 1} })},
	{"GlobalAvgPool of images", Shape{3, 4, 2}, one(func() Layer { return &GlobalAvgPool{} })},
	{"GlobalAvgPool of sequences", Shape{5, 3}, one(func() Layer { return &GlobalAvgPool{} })},
}

// windowCase is a random geometry: an image, and windows over it.
type windowCase struct {
	h, w, c, size, stride int
	padding               Padding
}

func (c windowCase) String() string {
	return fmt.Sprintf("%d×%d×%d size %d stride %d %v", c.h, c.w, c.c, c.size, c.stride, c.padding)
}

// randomWindows returns cases in which the window fits.
func randomWindows(n int) []windowCase {
	rng := rand.New(rand.NewPCG(3, 0))
	cases := make([]windowCase, n)
	for i := range cases {
		size := 1 + rng.IntN(4)
		cases[i] = windowCase{size + rng.IntN(6), size + rng.IntN(6), 1 + rng.IntN(4), size, 1 + rng.IntN(4), Padding(rng.IntN(2))}
	}
	return cases
}

// naiveAxis is newAxis from the definition in Keras: the number of windows, and
// where the first one begins.
func naiveAxis(in, size, stride int, padding Padding) (out, first int) {
	if padding == Valid {
		for out*stride+size <= in {
			out++
		}
		return out, 0
	}
	for out*stride < in {
		out++
	}
	if missing := (out-1)*stride + size - in; missing > 0 {
		first = -(missing / 2)
	}
	return out, first
}

// pixel returns x[n,i,j,c], and false outside the image.
func pixel(x *Tensor, n, i, j, c int) (v float64, inside bool) {
	h, w := x.Shape[1], x.Shape[2]
	if i < 0 || i >= h || j < 0 || j >= w {
		return 0, false
	}
	return x.Data[((n*h+i)*w+j)*x.Cols()+c], true
}

// forward returns the output of a model of one layer.
func forward(t *testing.T, x *Tensor, layers ...Layer) *Tensor {
	t.Helper()
	m, err := Sequential(x.Shape[1:], layers...)
	if err != nil {
		t.Fatal(err)
	}
	return m.Forward(x, false)
}

func TestPoolingMatchesNaiveLoops(t *testing.T) {
	for _, c := range randomWindows(60) {
		x := normalTensor(4, 2, c.h, c.w, c.c)
		largest := forward(t, x, &MaxPool2D{Pool: c.size, Stride: c.stride, Padding: c.padding})
		mean := forward(t, x, &AvgPool2D{Pool: c.size, Stride: c.stride, Padding: c.padding})
		high, top := naiveAxis(c.h, c.size, c.stride, c.padding)
		wide, left := naiveAxis(c.w, c.size, c.stride, c.padding)
		if want := (Shape{2, high, wide, c.c}); !largest.Shape.Equal(want) || !mean.Shape.Equal(want) {
			t.Fatalf("%v: shapes %v and %v, want %v", c, largest.Shape, mean.Shape, want)
		}
		for o := range largest.Data {
			channel, j, i, n := o%c.c, o/c.c%wide, o/c.c/wide%high, o/c.c/wide/high
			best, sum, count := math.Inf(-1), 0.0, 0.0
			for u := range c.size {
				for v := range c.size {
					if value, inside := pixel(x, n, top+i*c.stride+u, left+j*c.stride+v, channel); inside {
						best, sum, count = max(best, value), sum+value, count+1
					}
				}
			}
			if got := largest.Data[o]; got != best {
				t.Fatalf("%v: maximum %d is %v, want %v", c, o, got, best)
			}
			if got := mean.Data[o]; math.Abs(got-sum/count) > 1e-12 {
				t.Fatalf("%v: mean %d is %v, want %v", c, o, got, sum/count)
			}
		}
	}
}

func TestMaxPoolGivesTheGradientToTheFirstOfEquals(t *testing.T) {
	m, err := Sequential(Shape{2, 2, 1}, &MaxPool2D{})
	if err != nil {
		t.Fatal(err)
	}
	m.Forward(&Tensor{Shape{1, 2, 2, 1}, []float64{1, 3, 3, 3}}, true)
	dx := m.Backward(&Tensor{Shape{1, 1, 1, 1}, []float64{7}})
	if want := []float64{0, 7, 0, 0}; !slices.Equal(dx.Data, want) {
		t.Errorf("gradient is %v, want %v", dx.Data, want)
	}
}

// A ReLU before a MaxPool2D in a Chain is not computed by itself: its results must be
// there all the same, and the bits those of the layers one after the other.
func TestMaxPoolAfterReLUEqualsTheTwoOneAfterTheOther(t *testing.T) {
	for _, c := range randomWindows(60) {
		x := normalTensor(5, 3, c.h, c.w, c.c)
		pool := func() *MaxPool2D { return &MaxPool2D{Pool: c.size, Stride: c.stride, Padding: c.padding} }
		together, err := Sequential(x.Shape[1:], &ReLU{}, pool())
		if err != nil {
			t.Fatal(err)
		}
		first, second := alone(t, x.Shape[1:], &ReLU{}), alone(t, together.stages[0].out, pool())
		a := first.Forward(x, true)
		y := second.Forward(a, true)
		dy := normalTensor(6, y.Shape...)
		da := second.Backward(dy)
		dx := first.Backward(da)
		got := func(f func(string) (*Tensor, error)) []float64 {
			v, err := f("0.ReLU")
			if err != nil {
				t.Fatal(err)
			}
			return v.Data
		}
		for _, v := range []struct {
			name      string
			got, want []float64
		}{
			{"y", together.Forward(x, true).Data, y.Data},
			{"dx", together.Backward(dy).Data, dx.Data},
			{"activation", got(together.Activation), a.Data},
			{"its gradient", got(together.ActivationGradient), da.Data},
			{"dx after the look", together.Backward(dy).Data, dx.Data},
		} {
			if !slices.Equal(v.got, v.want) {
				t.Fatalf("%v: %s is %v, want %v", c, v.name, v.got, v.want)
			}
		}
	}
}

// alone returns a model of one layer.
func alone(t *testing.T, in Shape, layer Layer) *Model {
	t.Helper()
	m, err := Sequential(in, layer)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMaxPoolLetsNaNThrough(t *testing.T) {
	for i := range 4 {
		x := NewTensor(1, 2, 2, 1)
		x.Data[i] = math.NaN()
		if y := forward(t, x, &MaxPool2D{}); !math.IsNaN(y.Data[0]) {
			t.Errorf("NaN at %d gives %v, want NaN", i, y.Data[0])
		}
	}
}

func TestGlobalAvgPoolTakesTheMeanOfEachChannel(t *testing.T) {
	y := forward(t, &Tensor{Shape{2, 2, 2}, []float64{1, 2, 3, 6, 0, 1, 4, 9}}, &GlobalAvgPool{})
	if want := []float64{2, 4, 2, 5}; !slices.Equal(y.Data, want) || !y.Shape.Equal(Shape{2, 2}) {
		t.Errorf("got %v of shape %v, want %v", y.Data, y.Shape, want)
	}
}
