package dl

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"descent/dl/blas"
)

var convCases = []layerCase{
	{"Conv2D", Shape{4, 5, 2}, one(func() Layer { return &Conv2D{Filters: 3, Kernel: 3} })},
	{"Conv2D same", Shape{4, 5, 2}, one(func() Layer { return &Conv2D{Filters: 3, Kernel: 3, Padding: Same} })},
	{"Conv2D same, even kernel", Shape{5, 3, 2}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 2, Padding: Same} })},
	{"Conv2D stride 2", Shape{6, 7, 2}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 3, Stride: 2} })},
	{"Conv2D same, stride 2", Shape{6, 5, 1}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 3, Stride: 2, Padding: Same} })},
	{"Conv2D stride above kernel", Shape{7, 8, 2}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 2, Stride: 3} })},
	{"Conv2D same, kernel above input", Shape{2, 3, 1}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 5, Padding: Same} })},
	{"Conv2D 1×1 without bias", Shape{2, 3, 3}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 1, NoBias: true} })},
	{"two Conv2D", Shape{6, 5, 1}, func() []Layer {
		return []Layer{&Conv2D{Filters: 3, Kernel: 3, Padding: Same}, &Conv2D{Filters: 2, Kernel: 2, Stride: 2}}
	}},
	{"Conv1D", Shape{7, 3}, one(func() Layer { return &Conv1D{Filters: 2, Kernel: 3} })},
	{"Conv1D same, stride 2", Shape{8, 2}, one(func() Layer { return &Conv1D{Filters: 3, Kernel: 4, Stride: 2, Padding: Same} })},
	{"Conv1D without bias", Shape{5, 1}, one(func() Layer { return &Conv1D{Filters: 2, Kernel: 2, NoBias: true} })},
	{"ConvTranspose2D", Shape{2, 3, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 3, Kernel: 3} })},
	{"ConvTranspose2D same", Shape{3, 2, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 2, Kernel: 3, Padding: Same} })},
	{"ConvTranspose2D stride 2", Shape{3, 2, 1}, one(func() Layer { return &ConvTranspose2D{Filters: 2, Kernel: 3, Stride: 2} })},
	{"ConvTranspose2D same, stride 2", Shape{2, 3, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 2, Kernel: 4, Stride: 2, Padding: Same} })},
	{"ConvTranspose2D stride above kernel", Shape{2, 3, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 1, Kernel: 2, Stride: 3, NoBias: true} })},
}

// one is a list of one layer.
func one(layer func() Layer) func() []Layer { return func() []Layer { return []Layer{layer()} } }

// naiveConvolution is Conv2D from its definition, one multiplication at a time.
func naiveConvolution(x *Tensor, w, b *Param, stride int, padding Padding) *Tensor {
	size, channels, filters := w.Shape[0], w.Shape[2], w.Shape[3]
	high, top := naiveAxis(x.Shape[1], size, stride, padding)
	wide, left := naiveAxis(x.Shape[2], size, stride, padding)
	y := NewTensor(x.Shape[0], high, wide, filters)
	for o := range y.Data {
		f, j, i, n := o%filters, o/filters%wide, o/filters/wide%high, o/filters/wide/high
		y.Data[o] = b.Value[f]
		for u := range size {
			for v := range size {
				for c := range channels {
					value, _ := pixel(x, n, top+i*stride+u, left+j*stride+v, c)
					y.Data[o] += value * w.Value[((u*size+v)*channels+c)*filters+f]
				}
			}
		}
	}
	return y
}

// naiveTranspose is ConvTranspose2D from its definition: what each pixel adds.
func naiveTranspose(x *Tensor, w, b *Param, stride int, padding Padding) *Tensor {
	size, filters, channels := w.Shape[0], w.Shape[2], w.Shape[3]
	h, wd, cut := x.Shape[1]*stride, x.Shape[2]*stride, 0
	if missing := max(size-stride, 0); padding == Valid {
		h, wd = h+missing, wd+missing
	} else {
		cut = missing / 2
	}
	y := NewTensor(x.Shape[0], h, wd, filters)
	for o := range y.Data {
		y.Data[o] = b.Value[o%filters]
	}
	for o, value := range x.Data {
		c, j, i, n := o%channels, o/channels%x.Shape[2], o/channels/x.Shape[2]%x.Shape[1], o/channels/x.Shape[2]/x.Shape[1]
		for u := range size {
			for v := range size {
				p, q := i*stride+u-cut, j*stride+v-cut
				if _, inside := pixel(y, n, p, q, 0); inside {
					for f := range filters {
						y.Data[((n*h+p)*wd+q)*filters+f] += value * w.Value[((u*size+v)*filters+f)*channels+c]
					}
				}
			}
		}
	}
	return y
}

func TestConv2DMatchesNaiveLoops(t *testing.T) {
	for _, c := range randomWindows(60) {
		x := normalTensor(5, 2, c.h, c.w, c.c)
		layer := &Conv2D{Filters: 3, Kernel: c.size, Stride: c.stride, Padding: c.padding, BiasInit: Gaussian{1}}
		closeTo(t, c, forward(t, x, layer), naiveConvolution(x, layer.W, layer.B, c.stride, c.padding))
	}
}

func TestConvTranspose2DMatchesNaiveLoops(t *testing.T) {
	for _, c := range randomWindows(60) {
		x := normalTensor(6, 2, c.h, c.w, c.c)
		layer := &ConvTranspose2D{Filters: 3, Kernel: c.size, Stride: c.stride, Padding: c.padding, BiasInit: Gaussian{1}}
		closeTo(t, c, forward(t, x, layer), naiveTranspose(x, layer.W, layer.B, c.stride, c.padding))
	}
}

// A sequence is an image of height 1, and a window on it a line of a kernel whose
// other lines see only padding.
func TestConv1DIsConv2DOfHeight1(t *testing.T) {
	for _, c := range randomWindows(40) {
		size := c.size | 1 // its middle line sees the sequence
		if c.padding == Valid && c.w < size {
			continue
		}
		x := normalTensor(7, 2, c.w, c.c)
		layer := &Conv1D{Filters: 3, Kernel: size, Stride: c.stride, Padding: c.padding, BiasInit: Gaussian{1}}
		y := forward(t, x, layer)
		square := Param{Shape: Shape{size, size, c.c, 3}, Value: make([]float64, size*size*c.c*3)}
		line := len(layer.W.Value)
		copy(square.Value[size/2*line:], layer.W.Value)
		image := &Tensor{Shape{2, 1, c.w, c.c}, x.Data}
		if c.padding == Valid { // the naive one needs height
			image = NewTensor(2, size, c.w, c.c)
			for n := range 2 {
				copy(image.Data[(n*size+size/2)*c.w*c.c:], x.Data[n*c.w*c.c:(n+1)*c.w*c.c])
			}
		}
		want := naiveConvolution(image, &square, layer.B, c.stride, c.padding)
		want.Shape = append(want.Shape[:1:1], want.Shape[2:]...)
		closeTo(t, c, y, want)
	}
}

// closeTo fails the test unless got is want to 1e-12.
func closeTo(t *testing.T, what any, got, want *Tensor) {
	t.Helper()
	if !got.Shape.Equal(want.Shape) {
		t.Fatalf("%v: shape %v, want %v", what, got.Shape, want.Shape)
	}
	for i, v := range got.Data {
		if !(math.Abs(v-want.Data[i]) <= 1e-12) {
			t.Fatalf("%v: element %d is %v, want %v", what, i, v, want.Data[i])
		}
	}
}

func TestPermutedBatchGivesPermutedOutput(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, _ := c.model(t, 5)
			y := append([]float64(nil), m.Forward(x, false).Data...)
			order := []int{3, 0, 4, 2, 1}
			permuted := m.Forward(gather(new(Tensor), x, order), false)
			size := len(y) / len(order)
			for i, k := range order {
				if !slices.Equal(permuted.Data[i*size:(i+1)*size], y[k*size:(k+1)*size]) {
					t.Fatalf("output %d is not that of sample %d", i, k)
				}
			}
		})
	}
}

func TestConvolutionsCountMultiplyAdds(t *testing.T) {
	for _, c := range []struct {
		in    Shape
		layer Layer
		want  int
	}{
		{Shape{28, 28, 1}, &Conv2D{Filters: 32, Kernel: 3}, 26 * 26 * 9 * 32},
		{Shape{28, 28, 3}, &Conv2D{Filters: 8, Kernel: 5, Stride: 2, Padding: Same}, 14 * 14 * 25 * 3 * 8},
		{Shape{10, 4}, &Conv1D{Filters: 6, Kernel: 3}, 8 * 3 * 4 * 6},
		{Shape{7, 5, 2}, &ConvTranspose2D{Filters: 3, Kernel: 4, Stride: 2}, 7 * 5 * 16 * 2 * 3},
	} {
		m, err := Sequential(c.in, c.layer)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.MultiplyAdds(); got != c.want {
			t.Errorf("%v: %d multiply-adds, want %d", m.Names(), got, c.want)
		}
	}
}

// convnet is workload W4 of the benchmarks.
func convnet(t testing.TB) *Model {
	m, err := Sequential(Shape{28, 28, 1},
		&Conv2D{Filters: 32, Kernel: 3}, &ReLU{}, &MaxPool2D{},
		&Conv2D{Filters: 64, Kernel: 3}, &ReLU{}, &MaxPool2D{},
		&Flatten{}, &Dense{Units: 128}, &ReLU{}, &Dense{Units: 10})
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(NewAdam(0.001), MSE{})
	return m
}

func TestConvnetTrainsToTheSameBitsOnAnyPathAndNumberOfThreads(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a convnet several times")
	}
	x, y := normalTensor(1, 16, 28, 28, 1), normalTensor(2, 16, 10)
	best, _ := blas.SetPath(blas.Portable)
	defer blas.SetPath(best)
	var want []float64
	for path := blas.Portable; path <= best; path++ {
		blas.SetPath(path)
		for procs := 1; procs <= 2; procs++ {
			former := runtime.GOMAXPROCS(procs)
			m := convnet(t)
			for range 2 {
				m.Step(x, y)
			}
			runtime.GOMAXPROCS(former)
			if want == nil {
				want = m.Params.Value
			}
			if !slices.Equal(m.Params.Value, want) {
				t.Errorf("path %v with %d threads gives other weights", path, procs)
			}
		}
	}
}

func BenchmarkConvnet(b *testing.B) {
	m := convnet(b)
	const batch = 64
	x, y := normalTensor(1, batch, 28, 28, 1), normalTensor(2, batch, 10)
	m.Step(x, y)
	b.ReportAllocs()
	for b.Loop() {
		m.Step(x, y)
	}
	b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "images/s")
}
