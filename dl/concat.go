package dl

import (
	"fmt"

	"descent/dl/blas"
)

// Concat gives the same input to several branches and puts their outputs side
// by side on the last axis: …×C₁, …×C₂, … become …×(C₁+C₂+…). A branch of
// several layers is a Chain.
type Concat struct {
	Branches []Layer // at least one

	container          // whose body only holds the branches' places
	parts     []Tensor // ∂L/∂y cut into the branches' columns
}

func (c *Concat) Build(in Shape, params *Params) (Shape, error) {
	if err := firstError(c.place(in, params), c.positive("len(Branches)", len(c.Branches))); err != nil {
		return nil, err
	}
	c.body.Layers, c.parts = c.Branches, make([]Tensor, len(c.Branches))
	for i := range c.Branches {
		out, err := c.body.buildLayer(i, in, params)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			c.out = append(Shape(nil), out...)
			continue
		}
		n := len(c.out) - 1
		if len(out) != n+1 || !out[:n].Equal(c.out[:n]) {
			return nil, &ShapeError{Where: c.where, Got: fmt.Sprintf("branch %d gives %v", i, out), Want: fmt.Sprintf("%v but for the last axis, as branch 0", c.body.stages[0].out)}
		}
		c.out[n] += out[n]
	}
	return c.out, nil
}

// Forward computes y = [F₁(x) F₂(x) …].
func (c *Concat) Forward(x *Tensor, train bool) *Tensor {
	y, lo := c.output(x), 0
	for i, branch := range c.Branches {
		part := branch.Forward(x, train)
		for r := range y.Rows() {
			copy(y.Row(r)[lo:], part.Row(r))
		}
		c.body.stages[i].y = part
		lo += part.Cols()
	}
	return y
}

// Backward cuts ∂L/∂y into the branches' columns and adds up what they return:
// ∂L/∂x = Σ_i (∂F_i/∂x)ᵀ·∂L/∂y_i.
func (c *Concat) Backward(dy *Tensor) *Tensor {
	dx, lo, none := c.inputGrad(dy), 0, true
	clear(dx.Data)
	for i, branch := range c.Branches {
		part := c.parts[i].fit(dy.Shape[0], c.body.stages[i].out)
		for r := range part.Rows() {
			copy(part.Row(r), dy.Row(r)[lo:])
		}
		c.body.stages[i].dy = part
		lo += part.Cols()
		if d := branch.Backward(part); d != nil {
			blas.Add(dx.Data, dx.Data, d.Data)
			none = false
		}
	}
	if none {
		return nil // class numbers
	}
	return dx
}

// checkInputs asks each branch.
func (c *Concat) checkInputs(x *Tensor) error {
	for _, branch := range c.Branches {
		if b, ok := branch.(inputChecker); ok {
			if err := b.checkInputs(x); err != nil {
				return err
			}
		}
	}
	return nil
}
