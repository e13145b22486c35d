package dl

import (
	"fmt"

	"descent/dl/blas"
)

// Residual adds to its input what its layers make of it, so that the gradient
// has a way around them (He et al. 2016, equation 1). The output of the last
// layer must have the shape of the input, and so has the result.
type Residual struct {
	Layers []Layer // F, applied one after the other; at least one

	container
}

func (r *Residual) Build(in Shape, params *Params) (Shape, error) {
	if err := firstError(r.place(in, params), r.positive("len(Layers)", len(r.Layers))); err != nil {
		return nil, err
	}
	r.body.Layers = r.Layers
	out, err := r.body.Build(in, params)
	if err != nil {
		return nil, err
	}
	if !out.Equal(in) {
		return nil, &ShapeError{Where: r.where, Got: fmt.Sprintf("its layers turn %v into %v", in, out), Want: fmt.Sprintf("%v, so that x can be added", in)}
	}
	r.out = r.in
	return r.out, nil
}

// Forward computes y = x + F(x).
func (r *Residual) Forward(x *Tensor, train bool) *Tensor {
	y := r.output(x)
	blas.Add(y.Data, x.Data, r.body.Forward(x, train).Data)
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y + (∂F/∂x)ᵀ·∂L/∂y.
func (r *Residual) Backward(dy *Tensor) *Tensor {
	dx := r.inputGrad(dy)
	blas.Add(dx.Data, dy.Data, r.body.Backward(dy).Data)
	return dx
}

// container is a layer made of layers.
type container struct {
	body Chain
	node
}

func (c *container) inner() *Chain { return &c.body }
func (c *Chain) inner() *Chain     { return c }
