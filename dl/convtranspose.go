package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// ConvTranspose2D is the transpose of a Conv2D that would turn its output into
// its input: every pixel of the input adds Kernel×Kernel×Filters weights, times its
// value, to the output, Stride apart. It makes images larger (Dumoulin and Visin
// 2016, chapter 4). Input H×W×C, output H'×W'×Filters with, as in Keras,
//
//	H' = H·Stride + max(Kernel − Stride, 0)   Valid
//	H' = H·Stride                             Same
//
// PyTorch's padding p cuts p rows off each side of the Valid output, and its
// weights are C×Filters×Kernel×Kernel.
type ConvTranspose2D struct {
	Filters  int     // output channels; at least 1
	Kernel   int     // height and width of what a pixel adds; at least 1
	Stride   int     // how far apart; 0 means 1
	Padding  Padding // default Valid
	NoBias   bool    // leave b out
	Init     Init    // of W; default Glorot{}
	BiasInit Init    // of b; default zeros

	W *Param // Kernel×Kernel×Filters×C, set by Build
	B *Param // 1×Filters, set by Build unless NoBias

	convolution // the one that this layer is the transpose of
}

func (c *ConvTranspose2D) Build(in Shape, params *Params) (Shape, error) {
	err := c.checkWindow(in, params, "H×W×C", "Kernel", c.Kernel, c.Stride, c.Padding)
	if err := firstError(err, c.positive("Filters", c.Filters)); err != nil {
		return nil, err
	}
	stride := orDefault(c.Stride, 1)
	length := func(in int) int {
		if c.Padding == Same {
			return in * stride
		}
		return in*stride + max(c.Kernel-stride, 0)
	}
	if stride > math.MaxInt32 || c.Kernel > math.MaxInt32 || float64(length(in[0]))*float64(length(in[1]))*float64(c.Filters) > math.MaxInt32 {
		return nil, fmt.Errorf("dl: %s: Stride is %d, which makes of an input of %v more pixels than memory can hold", c.where, c.Stride, in)
	}
	c.high, c.wide = newAxis(length(in[0]), c.Kernel, stride, c.Padding), newAxis(length(in[1]), c.Kernel, stride, c.Padding)
	c.channels, c.out = c.Filters, Shape{c.high.in, c.wide.in, c.Filters}
	c.W, c.B = c.learn(params, c.Init, c.BiasInit, c.NoBias, c.Filters, c.Kernel, c.Kernel, c.Filters, in[2])
	return c.out, nil
}

// Forward computes, for every pixel (i, j) of the input and element (u, v) of the
// kernel, with p = i·Stride+u−before and q = j·Stride+v−before,
//
//	y[p,q,f] = b[f] + Σ_c W[u,v,f,c]·x[i,j,c]   over all i,j,u,v that meet at p,q
func (c *ConvTranspose2D) Forward(x *Tensor, train bool) *Tensor {
	y := c.output(x)
	big := c.padding(y, &c.dpadded)
	c.scatter(big, x.Data, c.W.Value)
	c.crop(y, big)
	if !c.NoBias {
		blas.AddRow(y.Data, y.Rows(), c.Filters, c.B.Value)
	}
	return y
}

// Backward computes, with ∂L/∂y zero outside the output,
//
//	∂L/∂W[u,v,f,c] += Σ_{i,j} ∂L/∂y[p,q,f]·x[i,j,c]
//	∂L/∂b[f]       += Σ_{p,q} ∂L/∂y[p,q,f]
//	∂L/∂x[i,j,c]    = Σ_{u,v,f} W[u,v,f,c]·∂L/∂y[p,q,f]
func (c *ConvTranspose2D) Backward(dy *Tensor) *Tensor {
	dx, big := c.inputGrad(dy), c.pad(dy)
	c.weights(c.W.Grad, big, c.x.Data, nil)
	if !c.NoBias {
		blas.SumRows(c.B.Grad, dy.Data, c.Filters, c.y.Rows())
	}
	if c.skipInput {
		return nil
	}
	c.windows(dx.Data, big, c.W.Value, nil)
	return dx
}
