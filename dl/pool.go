package dl

import "descent/dl/blas"

// MaxPool2D keeps the largest value of each Pool×Pool window, channel by channel.
// Input H×W×C, output H'×W'×C, where Padding gives H' and W'. Padding is never the
// largest.
type MaxPool2D struct {
	Pool    int     // height and width of the window; 0 means 2
	Stride  int     // step of the window; 0 means Pool, so that windows do not overlap
	Padding Padding // default Valid

	pooling
	from   []int // where in x each element of y comes from
	dy     *Tensor
	relu   bool   // does the work of the ReLU before it too: see Chain.merge
	masked Tensor // dy, but 0 where that ReLU is
}

// AvgPool2D takes the mean of each Pool×Pool window, channel by channel. Input
// H×W×C, output H'×W'×C, where Padding gives H' and W'. The mean is over what
// lies inside the image, as in Keras; PyTorch counts the padding's zeros unless
// told not to.
type AvgPool2D struct {
	Pool    int     // height and width of the window; 0 means 2
	Stride  int     // step of the window; 0 means Pool, so that windows do not overlap
	Padding Padding // default Valid

	pooling
}

// GlobalAvgPool takes the mean of each channel: over all axes but the last. Input
// …×C with at least two axes, output C.
type GlobalAvgPool struct{ node }

// pooling is the geometry that MaxPool2D and AvgPool2D share.
type pooling struct{ geometry }

func (p *pooling) build(in Shape, params *Params, pool, stride int, padding Padding) (Shape, error) {
	pool = orDefault(pool, 2)
	if err := p.slide(in, params, "H×W×C", "Pool", pool, orDefault(stride, pool), padding); err != nil {
		return nil, err
	}
	p.out = Shape{p.high.out, p.wide.out, p.channels}
	return p.out, nil
}

// window is the part of the input that pixel i of the output, counted through the
// whole batch, is made of: lines top to bottom, in each the pixels left to right.
type window struct {
	top, bottom, left, right int // of n·H lines and W pixels
}

func (p *pooling) window(i int) window {
	image, pixel := i/(p.high.out*p.wide.out), i%(p.high.out*p.wide.out)
	top, bottom := p.high.span(pixel / p.wide.out)
	left, right := p.wide.span(pixel % p.wide.out)
	return window{image*p.high.in + top, image*p.high.in + bottom, left, right}
}

// chunks is how many shares the batch has: one where it is small.
func (p *pooling) chunks() int { return max(1, min(p.x.Shape[0], 32, len(p.x.Data)>>15)) }

func (p *MaxPool2D) Build(in Shape, params *Params) (Shape, error) {
	return p.build(in, params, p.Pool, p.Stride, p.Padding)
}

func (p *AvgPool2D) Build(in Shape, params *Params) (Shape, error) {
	return p.build(in, params, p.Pool, p.Stride, p.Padding)
}

func (g *GlobalAvgPool) Build(in Shape, params *Params) (Shape, error) {
	if err := g.place(in, params); err != nil {
		return nil, err
	}
	if len(in) < 2 {
		return nil, &ShapeError{Where: g.where, Got: "input is " + in.String(), Want: "at least two axes, such as H×W×C or T×C"}
	}
	g.out = Shape{in.last()}
	return g.out, nil
}

// Forward computes y[i,j,c] = max x[p,q,c] over the p, q of window (i, j). Of equal
// values the first counts. With relu it is max ReLU(x[p,q,c]) = ReLU(max x[p,q,c]).
func (p *MaxPool2D) Forward(x *Tensor, train bool) *Tensor {
	y := p.output(x)
	if cap(p.from) < len(y.Data) {
		p.from = make([]int, len(y.Data))
	}
	p.from = p.from[:len(y.Data)]
	blas.Parallel((*maxPoolForward)(p), p.chunks())
	return y
}

type maxPoolForward MaxPool2D

// Run is Forward for some of the images.
func (p *maxPoolForward) Run(chunk int) {
	lo, hi := p.samples(chunk, p.chunks())
	c, out := p.channels, p.wide.out
	first, last := p.wide.whole()
	for line := lo * p.high.out; line < hi*p.high.out; line++ {
		for j, n := 0, 1; j < out; j += n {
			n = 1
			if j == first {
				n = max(1, last-first) // all at once that the padding does not cut
			}
			i := line*out + j
			w := p.window(i)
			blas.MaxWindows(p.y.Data[i*c:(i+n)*c], p.from[i*c:(i+n)*c], p.x.Data, (w.top*p.wide.in+w.left)*c,
				c, p.wide.stride*c, p.wide.in*c, w.bottom-w.top, w.right-w.left)
		}
	}
	if y := p.y.Data[lo*p.out.Size() : hi*p.out.Size()]; p.relu {
		blas.ReLU(y, y)
	}
}

// Backward gives the gradient of each output to the input that was the largest:
//
//	∂L/∂x[p,q,c] = Σ ∂L/∂y[i,j,c]   over the windows (i, j) whose maximum is at p,q
//
// and, with relu, above 0.
func (p *MaxPool2D) Backward(dy *Tensor) *Tensor {
	dx := p.inputGrad(dy)
	p.dy = dy
	if p.relu {
		blas.ReLUGrad(p.masked.fit(dy.Shape[0], p.out).Data, dy.Data, p.y.Data)
	}
	blas.Parallel((*maxPoolBackward)(p), p.chunks())
	return dx
}

type maxPoolBackward MaxPool2D

// Run is Backward for some of the images.
func (p *maxPoolBackward) Run(chunk int) {
	lo, hi := p.samples(chunk, p.chunks())
	in, out, dy := p.in.Size(), p.out.Size(), p.dy.Data
	if p.relu {
		dy = p.masked.Data
	}
	for image := lo; image < hi; image++ {
		clear(p.dx.Data[image*in : (image+1)*in])
		for i := image * out; i < (image+1)*out; i++ {
			p.dx.Data[p.from[i]] += dy[i]
		}
	}
}

// Forward computes y[i,j,c] = (1/n) Σ x[p,q,c] over the n pixels p, q of window (i, j).
func (p *AvgPool2D) Forward(x *Tensor, train bool) *Tensor {
	y := p.output(x)
	clear(y.Data)
	for i := range y.Rows() {
		w, mean := p.window(i), y.Row(i)
		for line := w.top; line < w.bottom; line++ {
			for j := w.left; j < w.right; j++ {
				for k, v := range x.Row(line*p.wide.in + j) {
					mean[k] += v
				}
			}
		}
		n := (w.bottom - w.top) * (w.right - w.left)
		for k := range mean {
			mean[k] /= float64(n)
		}
	}
	return y
}

// Backward gives each of a window's n pixels 1/n of its gradient:
//
//	∂L/∂x[p,q,c] = Σ ∂L/∂y[i,j,c]/n   over the windows (i, j) that hold p,q
func (p *AvgPool2D) Backward(dy *Tensor) *Tensor {
	dx := p.inputGrad(dy)
	clear(dx.Data)
	for i := range p.y.Rows() {
		w := p.window(i)
		n := (w.bottom - w.top) * (w.right - w.left)
		for line := w.top; line < w.bottom; line++ {
			for j := w.left; j < w.right; j++ {
				for k, g := range dy.Data[i*p.channels : (i+1)*p.channels] {
					dx.Row(line*p.wide.in + j)[k] += g / float64(n)
				}
			}
		}
	}
	return dx
}

// Forward computes y[c] = (1/n) Σ x[…,c] over the sample's n rows.
func (g *GlobalAvgPool) Forward(x *Tensor, train bool) *Tensor {
	y := g.output(x)
	clear(y.Data)
	size, c := g.in.Size(), g.in.last()
	for i := range x.Shape[0] {
		blas.SumRows(y.Row(i), x.Data[i*size:(i+1)*size], c, size/c)
	}
	blas.Scale(float64(c)/float64(size), y.Data)
	return y
}

// Backward computes ∂L/∂x[…,c] = ∂L/∂y[c]/n.
func (g *GlobalAvgPool) Backward(dy *Tensor) *Tensor {
	dx := g.inputGrad(dy)
	n := g.in.Size() / g.in.last()
	for i := range dx.Rows() {
		copy(dx.Row(i), dy.Row(i/n))
	}
	blas.Scale(1/float64(n), dx.Data)
	return dx
}
