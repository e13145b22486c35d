package dl

import "descent/dl/blas"

// Dense is a fully connected layer on the last axis: each row x of the input
// gives a row x·W + b. Input …×D, output …×Units.
type Dense struct {
	Units    int  // outputs; at least 1
	NoBias   bool // leave b out
	Init     Init // of W; default Glorot{}
	BiasInit Init // of b; default zeros

	W *Param // D×Units, set by Build
	B *Param // 1×Units, set by Build unless NoBias

	node
}

func (d *Dense) Build(in Shape, params *Params) (Shape, error) {
	if err := firstError(d.place(in, params), d.positive("Units", d.Units)); err != nil {
		return nil, err
	}
	d.W = params.Add("W", orDefault[Init](d.Init, Glorot{}), in.last(), d.Units)
	if !d.NoBias {
		d.B = params.Add("b", orDefault[Init](d.BiasInit, Constant{}), 1, d.Units)
	}
	d.out = append(append(Shape(nil), in[:len(in)-1]...), d.Units)
	d.macs = in.Size() * d.Units
	return d.out, nil
}

// Forward computes y = x·W + b.
func (d *Dense) Forward(x *Tensor, train bool) *Tensor {
	y := d.output(x)
	d.affine(y, x, d.W, d.B)
	return y
}

// Backward computes
//
//	∂L/∂W += xᵀ·∂L/∂y
//	∂L/∂b += Σ_rows ∂L/∂y
//	∂L/∂x  = ∂L/∂y·Wᵀ
func (d *Dense) Backward(dy *Tensor) *Tensor {
	dx := d.inputGrad(dy)
	if d.skipInput {
		dx = nil
	}
	d.affineGrad(dx, dy, d.x, d.W, d.B, 0)
	return dx
}

// affine is Dense's Forward, for other layers too. b may be nil.
func (n *node) affine(y, x *Tensor, W, b *Param) {
	in, out := x.Cols(), y.Cols()
	n.gemm(false, false, x.Rows(), out, in, x.Data, in, W.Value, out, 0, y.Data, out)
	if b != nil {
		blas.AddRow(y.Data, y.Rows(), out, b.Value)
	}
}

// affineGrad is Dense's Backward, but that it adds to β·dx, unless dx is nil.
func (n *node) affineGrad(dx, dy, x *Tensor, W, b *Param, beta float64) {
	in, out := x.Cols(), W.Shape.last()
	n.gemm(true, false, in, out, x.Rows(), x.Data, in, dy.Data, out, 1, W.Grad, out)
	if b != nil {
		blas.SumRows(b.Grad, dy.Data, out, x.Rows())
	}
	if dx != nil {
		n.gemm(false, true, x.Rows(), in, out, dy.Data, out, W.Value, out, beta, dx.Data, in)
	}
}
