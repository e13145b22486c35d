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
	d.gemm(false, false, x.Rows(), d.Units, x.Cols(), x.Data, x.Cols(), d.W.Value, d.Units, 0, y.Data, d.Units)
	if !d.NoBias {
		blas.AddRow(y.Data, y.Rows(), d.Units, d.B.Value)
	}
	return y
}

// Backward computes
//
//	∂L/∂W += xᵀ·∂L/∂y
//	∂L/∂b += Σ_rows ∂L/∂y
//	∂L/∂x  = ∂L/∂y·Wᵀ
func (d *Dense) Backward(dy *Tensor) *Tensor {
	dx, x := d.inputGrad(dy), d.x
	d.gemm(true, false, x.Cols(), d.Units, x.Rows(), x.Data, x.Cols(), dy.Data, d.Units, 1, d.W.Grad, d.Units)
	if !d.NoBias {
		blas.SumRows(d.B.Grad, dy.Data, dy.Rows(), d.Units)
	}
	if d.skipInput {
		return nil
	}
	d.gemm(false, true, x.Rows(), x.Cols(), d.Units, dy.Data, d.Units, d.W.Value, d.Units, 0, dx.Data, x.Cols())
	return dx
}
