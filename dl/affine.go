package dl

import "descent/dl/blas"

// affine computes y = x·W + b on the last axis, as Dense does, for layers that
// have several such products inside.
func (n *node) affine(y, x *Tensor, W, b *Param) {
	in, out := x.Cols(), y.Cols()
	n.gemm(false, false, x.Rows(), out, in, x.Data, in, W.Value, out, 0, y.Data, out)
	blas.AddRow(y.Data, y.Rows(), out, b.Value)
}

// affineGrad is the gradient of affine:
//
//	∂L/∂W += xᵀ·∂L/∂y
//	∂L/∂b += Σ_rows ∂L/∂y
//	∂L/∂x  = ∂L/∂y·Wᵀ + β·∂L/∂x, unless dx is nil
func (n *node) affineGrad(dx, dy, x *Tensor, W, b *Param, beta float64) {
	in, out := x.Cols(), dy.Cols()
	n.gemm(true, false, in, out, x.Rows(), x.Data, in, dy.Data, out, 1, W.Grad, out)
	blas.SumRows(b.Grad, dy.Data, dy.Rows(), out)
	if dx != nil {
		n.gemm(false, true, x.Rows(), in, out, dy.Data, out, W.Value, out, beta, dx.Data, in)
	}
}
