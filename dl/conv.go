package dl

import "descent/dl/blas"

// Conv2D slides a Kernel×Kernel window over an image and takes Filters weighted
// sums of what it sees. Input H×W×C, output H'×W'×Filters, where Padding gives
// H' and W'. As everywhere in deep learning this is a correlation: the kernel is
// not flipped.
type Conv2D struct {
	Filters  int     // output channels; at least 1
	Kernel   int     // height and width of the window; at least 1
	Stride   int     // step of the window; 0 means 1
	Padding  Padding // default Valid
	NoBias   bool    // leave b out
	Init     Init    // of W; default Glorot{}
	BiasInit Init    // of b; default zeros

	W *Param // Kernel×Kernel×C×Filters, set by Build
	B *Param // 1×Filters, set by Build unless NoBias

	convolution
}

// Conv1D is Conv2D along one axis: a sequence is an image of height 1. Input
// T×C, output T'×Filters.
type Conv1D struct {
	Filters  int     // output channels; at least 1
	Kernel   int     // length of the window; at least 1
	Stride   int     // step of the window; 0 means 1
	Padding  Padding // default Valid
	NoBias   bool    // leave b out
	Init     Init    // of W; default Glorot{}
	BiasInit Init    // of b; default zeros

	W *Param // Kernel×C×Filters, set by Build
	B *Param // 1×Filters, set by Build unless NoBias

	convolution
}

func (c *Conv2D) Build(in Shape, params *Params) (Shape, error) {
	if err := c.slide(in, params, "H×W×C", "Kernel", c.Kernel, orDefault(c.Stride, 1), c.Padding); err != nil {
		return nil, err
	}
	c.W, c.B = c.learn(params, c.Init, c.BiasInit, c.NoBias, c.Filters, c.Kernel, c.Kernel, in[2], c.Filters)
	c.out = Shape{c.high.out, c.wide.out, c.Filters}
	return c.out, c.positive("Filters", c.Filters)
}

func (c *Conv1D) Build(in Shape, params *Params) (Shape, error) {
	if err := c.slide(in, params, "T×C", "Kernel", c.Kernel, orDefault(c.Stride, 1), c.Padding); err != nil {
		return nil, err
	}
	c.W, c.B = c.learn(params, c.Init, c.BiasInit, c.NoBias, c.Filters, c.Kernel, in[1], c.Filters)
	c.out = Shape{c.wide.out, c.Filters}
	return c.out, c.positive("Filters", c.Filters)
}

// Forward computes, for every window (i, j) and filter f, with x zero in the
// padding,
//
//	y[i,j,f] = b[f] + Σ_{u,v,c} W[u,v,c,f]·x[i·Stride+u−before, j·Stride+v−before, c]
func (c *Conv2D) Forward(x *Tensor, train bool) *Tensor { return c.forward(x, c.W, c.B) }

// Forward computes y[t,f] = b[f] + Σ_{v,c} W[v,c,f]·x[t·Stride+v−before, c].
func (c *Conv1D) Forward(x *Tensor, train bool) *Tensor { return c.forward(x, c.W, c.B) }

// Backward computes, with p = i·Stride+u−before and q = j·Stride+v−before,
//
//	∂L/∂W[u,v,c,f] += Σ_{i,j} x[p,q,c]·∂L/∂y[i,j,f]
//	∂L/∂b[f]       += Σ_{i,j} ∂L/∂y[i,j,f]
//	∂L/∂x[p,q,c]    = Σ_f W[u,v,c,f]·∂L/∂y[i,j,f]   over all i,j,u,v that meet at p,q
func (c *Conv2D) Backward(dy *Tensor) *Tensor { return c.backward(dy, c.W, c.B) }

// Backward computes what Conv2D's does, for height 1.
func (c *Conv1D) Backward(dy *Tensor) *Tensor { return c.backward(dy, c.W, c.B) }

// convolution is what Conv1D, Conv2D and ConvTranspose2D share: three products
// between padded images ("big", of channels), what windows see in them ("small",
// of filters) and the weights that lie between.
//
// None of them copies windows. In an image with channels last, the part that
// window j sees of a line is wide.size·channels numbers that begin at
// j·stride·channels: the windows of a line are the overlapping rows of a matrix,
// and the lines under each other that a kernel covers are such matrices too, side by
// side.
type convolution struct {
	geometry
	filters         int
	padded, dpadded Tensor    // the big image with its padding, and its gradient
	transposed      []float64 // W for scatter

	big, small, w []float64 // what the workers are at
	b             *Param
	share, lines  int // filters and lines of the kernel of a worker's chunk of weights
}

// learn declares W, which lies between channels and filters, and b, an element for each
// output channel.
func (c *convolution) learn(params *Params, init, biasInit Init, noBias bool, outputs int, w ...int) (W, B *Param) {
	c.filters = w[len(w)-1]
	c.macs = c.high.out * c.wide.out * c.high.size * c.wide.size * c.channels * c.filters
	W = params.Add("W", orDefault[Init](init, Glorot{}), w...)
	if !noBias {
		B = params.Add("b", orDefault[Init](biasInit, Constant{}), 1, outputs)
	}
	return W, B
}

func (c *convolution) forward(x *Tensor, w, b *Param) *Tensor {
	y := c.output(x)
	c.windows(y.Data, c.pad(x), w.Value, b)
	return y
}

func (c *convolution) backward(dy *Tensor, w, b *Param) *Tensor {
	dx := c.inputGrad(dy)
	c.weights(w.Grad, c.padding(c.x, &c.padded), dy.Data, b)
	if c.skipInput {
		return nil
	}
	big := c.padding(dx, &c.dpadded)
	c.scatter(big, dy.Data, w.Value)
	c.crop(dx, big)
	return dx
}

// windows computes small = Σ_u windows(big, u)·W[u] + b, u being a line of the
// kernel; no b if it is nil.
func (c *convolution) windows(small, big, w []float64, b *Param) {
	c.small, c.big, c.w, c.b = small, big, w, b
	blas.Parallel((*convolutionWindows)(c), c.chunks())
}

type convolutionWindows convolution

// Run does it for some of the images, and adds b while they are in the cache.
func (c *convolutionWindows) Run(chunk int) {
	bigLine, smallLine := c.wide.padded*c.channels, c.wide.out*c.filters
	lo, hi := c.samples(chunk, (*convolution)(c).chunks())
	for image := lo; image < hi; image++ {
		big, small := c.big[image*c.high.padded*bigLine:], c.small[image*c.high.out*smallLine:]
		c.gemmLines(c.high.out, false, c.wide.out, c.filters, c.high.size, c.wide.size*c.channels,
			big, c.wide.stride*c.channels, bigLine, c.high.stride*bigLine,
			c.w, c.filters, 0, 0, small, c.filters, smallLine)
		if c.b != nil {
			blas.AddRow(small[:c.high.out*smallLine], c.high.out*c.wide.out, c.filters, c.b.Value)
		}
	}
}

// weights adds Σ windows(big, u)ᵀ·small to W[u], for each line u of the kernel, and the
// sum of small's rows to the gradient of b, unless it is nil.
func (c *convolution) weights(w, big, small []float64, b *Param) {
	c.small, c.big, c.w, c.b = small, big, w, b
	c.share, c.lines = c.filters, c.high.size
	if c.chunks() > 1 {
		c.share = max(16, (c.filters+3)/4)
		if c.share >= c.filters {
			c.lines = 1
		}
	}
	blas.Parallel((*convolutionWeights)(c), (c.filters+c.share-1)/c.share*(c.high.size/c.lines))
}

type convolutionWeights convolution

// Run does it for some of the filters or, where they are few, one line of the kernel:
// each image for all of them while it is in the cache.
func (c *convolutionWeights) Run(chunk int) {
	seen, bigLine, smallLine := c.wide.size*c.channels, c.wide.padded*c.channels, c.wide.out*c.filters
	first, f := chunk*c.lines%c.high.size, chunk*c.lines/c.high.size*c.share
	filters := min(c.share, c.filters-f)
	for image := range c.x.Shape[0] {
		big, small := c.big[image*c.high.padded*bigLine:], c.small[image*c.high.out*smallLine:]
		for u := first; u < first+c.lines; u++ {
			c.gemmLines(1, true, seen, filters, c.high.out, c.wide.out,
				big[u*bigLine:], c.wide.stride*c.channels, c.high.stride*bigLine, 0,
				small[f:], c.filters, 0, 1, c.w[u*seen*c.filters+f:], c.filters, 0)
		}
		if c.b != nil && first == 0 {
			blas.SumRows(c.b.Grad[f:f+filters], small[f:], c.filters, c.high.out*c.wide.out)
		}
	}
}

// scatter is the transpose of windows: big = Σ small·W[u,v]ᵀ, each added where
// the window's element u, v is. Taken one u, v at a time, the rows that a product
// writes do not overlap. W is transposed once, not in each product.
func (c *convolution) scatter(big, small, w []float64) {
	c.small, c.big, c.w = small, big, c.transpose(w)
	blas.Parallel((*convolutionScatter)(c), c.chunks())
}

type convolutionScatter convolution

// Run does it for some of the images.
func (c *convolutionScatter) Run(chunk int) {
	bigLine, smallLine := c.wide.padded*c.channels, c.wide.out*c.filters
	lo, hi := c.samples(chunk, (*convolution)(c).chunks())
	for image := lo; image < hi; image++ {
		big, small := c.big[image*c.high.padded*bigLine:][:c.high.padded*bigLine], c.small[image*c.high.out*smallLine:]
		clear(big)
		for u := range c.high.size {
			for v := range c.wide.size {
				c.gemmBatch(c.high.out, false, false, c.wide.out, c.channels, c.filters,
					small, c.filters, smallLine,
					c.w[(u*c.wide.size+v)*c.channels*c.filters:], c.channels, 0, 1,
					big[u*bigLine+v*c.channels:], c.wide.stride*c.channels, c.high.stride*bigLine)
			}
		}
	}
}

// chunks is into how many shares the images are divided for the workers, each of
// half a million multiply-adds or more.
func (c *convolution) chunks() int { return max(1, min(c.x.Shape[0], 32, c.x.Shape[0]*c.macs>>19)) }

// transpose returns W with each of its channels×filters matrices transposed.
func (c *convolution) transpose(w []float64) []float64 {
	c.transposed = resize(c.transposed, len(w))
	for i, v := range w {
		pair, f := i/c.filters, i%c.filters
		c.transposed[(pair/c.channels*c.filters+f)*c.channels+pair%c.channels] = v
	}
	return c.transposed
}

// padding returns the memory for image x with its padding: x itself where there is
// none, or else buffer.
func (c *convolution) padding(x, buffer *Tensor) []float64 {
	if c.high.padded == c.high.in && c.wide.padded == c.wide.in {
		return x.Data
	}
	return buffer.fit(x.Shape[0], Shape{c.high.padded, c.wide.padded, c.channels}).Data
}

// pad returns x within a border of zeros. Nothing else ever writes to the buffer,
// so that the border stays zero.
func (c *convolution) pad(x *Tensor) []float64 {
	big := c.padding(x, &c.padded)
	if &big[0] != &x.Data[0] {
		c.eachLine(x.Shape[0], func(line, padded int) { copy(big[padded:], x.Data[line:line+c.wide.in*c.channels]) })
	}
	return big
}

// crop sets x to big without its border.
func (c *convolution) crop(x *Tensor, big []float64) {
	if &big[0] != &x.Data[0] {
		c.eachLine(x.Shape[0], func(line, padded int) { copy(x.Data[line:line+c.wide.in*c.channels], big[padded:]) })
	}
}

// eachLine calls f with where each line of n images begins, without and with padding.
func (c *convolution) eachLine(n int, f func(line, padded int)) {
	for i := range n {
		for j := range c.high.in {
			f((i*c.high.in+j)*c.wide.in*c.channels, ((i*c.high.padded+c.high.before+j)*c.wide.padded+c.wide.before)*c.channels)
		}
	}
}
