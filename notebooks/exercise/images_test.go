package exercise

import "gonum.org/v1/gonum/mat"

var imagesAnswers = []answerCase{
	{"10.1", func(size, kernel, stride int) int { return 0 }, "○"},
	{"10.1", func(size, kernel, stride int) int { return (size-kernel)/stride + 1 }, "✓"},
	{"10.1", func(size, kernel, stride int) int { return (size - kernel) / stride }, "the first one counts too"},
	{"10.1", func(size, kernel, stride int) int { return size / stride }, "that is with padding"},
	{"10.1", func(size, kernel, stride int) int { return size - kernel + 1 }, "that is with stride 1"},
	{"10.1", func(size, kernel, stride int) int { return (size - kernel + 1) / stride }, "divide the way that is left"},
	{"10.1", func(size, kernel, stride int) int { return (size-kernel+stride-1)/stride + 1 }, "stick out"},
	{"10.2", func(x *mat.Dense) *mat.Dense { return nil }, "○"},
	{"10.2", pooled(func(a, b, c, d float64) float64 { return max(a, b, c, d) }), "✓"},
	{"10.2", pooled(func(a, b, c, d float64) float64 { return (a + b + c + d) / 4 }), "the mean of each block"},
	{"10.2", pooled(func(a, b, c, d float64) float64 { return max(0, a, b, c, d) }), "begin with one of the four"},
	{"10.2", func(x *mat.Dense) *mat.Dense {
		h, w := x.Dims()
		y := mat.NewDense(h-1, w-1, nil)
		y.Apply(func(i, j int, _ float64) float64 { return mat.Max(x.Slice(i, i+2, j, j+2)) }, y)
		return y
	}, "blocks overlap"},
	{"10.2", func(x *mat.Dense) *mat.Dense { return x }, "half the rows"},
	{"10.3", func(x, dy *mat.Dense, K int) *mat.Dense { return nil }, "○"},
	{"10.3", func(x, dy *mat.Dense, K int) *mat.Dense {
		rows, _ := dy.Dims() // what the notebook's convolve takes for both sides of its kernel
		h, w := x.Dims()
		y := mat.NewDense(h-rows+1, w-rows+1, nil)
		y.Apply(func(i, j int, _ float64) float64 {
			var products mat.Dense
			products.MulElem(x.Slice(i, i+rows, j, j+rows), dy.Slice(0, rows, 0, rows))
			return mat.Sum(&products)
		}, y)
		return y
	}, "only square kernels"},
	{"10.3", slide, "✓"},
	{"10.3", func(x, dy *mat.Dense, K int) *mat.Dense { return mat.DenseCopyOf(slide(x, dy, K).T()) }, "rows and columns are exchanged"},
	{"10.3", func(x, dy *mat.Dense, K int) *mat.Dense {
		g := slide(x, dy, K)
		return mat.NewDense(2, 2, []float64{g.At(1, 1), g.At(1, 0), g.At(0, 1), g.At(0, 0)})
	}, "upside down"},
}

func pooled(f func(a, b, c, d float64) float64) func(x *mat.Dense) *mat.Dense {
	return func(x *mat.Dense) *mat.Dense {
		h, w := x.Dims()
		y := mat.NewDense(h/2, w/2, nil)
		y.Apply(func(i, j int, _ float64) float64 {
			return f(x.At(2*i, 2*j), x.At(2*i, 2*j+1), x.At(2*i+1, 2*j), x.At(2*i+1, 2*j+1))
		}, y)
		return y
	}
}
