package dl

import (
	"errors"
	"fmt"
	"strings"

	"descent/dl/spec"
)

// Layer is a differentiable function with parameters.
//
// Build is called once, when the layer gets its place in a model: in is the
// shape of one sample, out that of one result; parameters are declared with
// params.Add.
//
// Forward computes y from a batch x. The layer owns y, which is valid until
// its next Forward, and may keep x until Backward. train switches on what only
// training does (Dropout's mask, BatchNorm's batch statistics).
//
// Backward takes ∂L/∂y for the last Forward, adds ∂L/∂θ to the gradients and
// returns ∂L/∂x, which the layer owns too. It may return nil where the model
// has said that it does not need ∂L/∂x, and where x has no gradient because it
// holds class numbers.
type Layer interface {
	Build(in Shape, params *Params) (out Shape, err error)
	Forward(x *Tensor, train bool) (y *Tensor)
	Backward(dy *Tensor) (dx *Tensor)
}

// node is the part that all layers of this package have in common: the place
// in a model, the shapes there, and the buffers of the results.
type node struct {
	where     string  // for errors: "layer 3 (Dense)"
	in, out   Shape   // of one sample
	macs      int     // multiply-adds of Forward for one sample
	skipInput bool    // ∂L/∂x is not needed
	format    *Format // the model's Precision
	x         *Tensor
	y, dx     Tensor
}

// place gives the layer its place; a second one is an error.
func (n *node) place(in Shape, params *Params) error {
	if n.in != nil {
		return fmt.Errorf("dl: %s: this instance is already %s of a model; write a new literal for each place", describe(params.path), n.where)
	}
	if len(in) == 0 || in.Size() <= 0 {
		return &ShapeError{Where: describe(params.path), Got: fmt.Sprintf("input is %v", in), Want: "at least one axis, and none of length 0"}
	}
	n.where, n.in, n.format = describe(params.path), append(Shape(nil), in...), params.format
	return nil
}

// same is Build for a layer whose output has the shape of its input.
func (n *node) same(in Shape, params *Params) (Shape, error) {
	if err := n.place(in, params); err != nil {
		return nil, err
	}
	n.out = n.in
	return n.out, nil
}

// output fits y to a batch like x, checks x and keeps it for Backward.
func (n *node) output(x *Tensor) *Tensor {
	if len(x.Shape) == 0 || !x.Shape[1:].Equal(n.in) {
		panic(&ShapeError{Where: n.where, Got: fmt.Sprintf("input is %v", x.Shape), Want: fmt.Sprintf("N×%v", n.in)})
	}
	n.x = x
	return n.y.fit(x.Shape[0], n.out)
}

// samples returns which samples of the batch a worker takes that has one of chunks
// shares: lo to hi-1.
func (n *node) samples(chunk, chunks int) (lo, hi int) {
	return chunk * n.x.Shape[0] / chunks, (chunk + 1) * n.x.Shape[0] / chunks
}

// inputGrad checks dy and fits dx to the batch of the last Forward.
func (n *node) inputGrad(dy *Tensor) *Tensor {
	if n.x == nil || len(dy.Data) != len(n.y.Data) {
		panic(&ShapeError{Where: n.where, Got: fmt.Sprintf("gradient is %v", dy.Shape), Want: fmt.Sprintf("the shape of the last Forward's output, %v", n.y.Shape)})
	}
	return n.dx.fit(n.x.Shape[0], n.in)
}

func (n *node) multiplyAdds() int      { return n.macs }
func (n *node) setSkipInput(skip bool) { n.skipInput = skip }
func (n *node) positive(name string, v int) error {
	if v <= 0 {
		return fmt.Errorf("dl: %s: %s is %d, want at least 1", n.where, name, v)
	}
	return nil
}

// sequence checks that in is a sequence.
func (n *node) sequence(in Shape) error {
	if len(in) != 2 {
		return &ShapeError{Where: n.where, Got: fmt.Sprintf("input is %v", in), Want: "a sequence T×D of T steps with D features each"}
	}
	return nil
}

// share checks a number that lies between 0 and 1.
func (n *node) share(name string, v float64) error { return decayRate(n.where+": "+name, v) }

// describe writes the path "2.Residual.0.Dense" as "layer 2 (Residual), layer 0 (Dense)".
func describe(path string) string {
	parts := strings.Split(path, ".")
	var b strings.Builder
	for i := 0; i+1 < len(parts); i += 2 {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "layer %s (%s)", parts[i], parts[i+1])
	}
	if b.Len() == 0 {
		return "a layer outside a model"
	}
	return b.String()
}

// Chain applies its layers one after the other: a sequential model as a layer.
type Chain struct {
	Layers []Layer

	stages []stage
}

// stage is a layer in its place.
type stage struct {
	Layer
	path    string     // "2.Residual.0.Dense"
	in, out Shape      // of one sample
	y, dy   *Tensor    // its last output, and the gradient that reached it
	by      *MaxPool2D // the layer after, where it does the work of this ReLU too
}

// Build builds the layers in order, each on the shape the one before gives.
func (c *Chain) Build(in Shape, params *Params) (Shape, error) {
	if c.stages != nil {
		return nil, fmt.Errorf("dl: %s: this instance is already part of a model; write a new literal for each place", describe(params.path))
	}
	for i := range c.Layers {
		out, err := c.buildLayer(i, in, params)
		if err != nil {
			var se *ShapeError
			if errors.As(err, &se) && se.From == "" && i > 0 {
				from := c.stages[i-1]
				se.From = fmt.Sprintf("%s, %v → %v", describe(from.path), from.in, from.out)
			}
			return nil, err
		}
		in = out
		c.merge(i)
	}
	return in, nil
}

// merge lets layer i, where it is a MaxPool2D after a ReLU, do the work of both. As
// ReLU rises, max ReLU(x) = ReLU(max x), which has a fraction of the numbers, and so has
// the gradient.
func (c *Chain) merge(i int) {
	pool, ok := c.Layers[i].(*MaxPool2D)
	if !ok || i == 0 {
		return
	}
	_, pool.relu = c.Layers[i-1].(*ReLU)
	if pool.relu {
		c.stages[i-1].by = pool
	}
}

// buildLayer gives layer i its place, on inputs of shape in.
func (c *Chain) buildLayer(i int, in Shape, params *Params) (Shape, error) {
	layer, outer := c.Layers[i], params.path
	defer func() { params.path = outer }()
	if layer == nil {
		return nil, fmt.Errorf("dl: layer %d is nil; want a layer such as &dl.Dense{Units: 1}", i)
	}
	params.path = strings.TrimPrefix(fmt.Sprintf("%s.%d.%s", outer, i, spec.Name(layer)), ".")
	out, err := layer.Build(in, params)
	c.stages = append(c.stages, stage{Layer: layer, path: params.path, in: in, out: out})
	return out, err
}

// Forward computes f_n(… f_2(f_1(x))).
func (c *Chain) Forward(x *Tensor, train bool) *Tensor {
	for i := range c.stages {
		if s := &c.stages[i]; s.by == nil {
			x = s.Layer.Forward(x, train)
			s.y = x
		}
	}
	return x
}

// Backward is the chain rule: each layer turns the gradient of its output into
// that of its input, last layer first. It ends where there is none.
func (c *Chain) Backward(dy *Tensor) *Tensor {
	for i := len(c.stages) - 1; i >= 0 && dy != nil; i-- {
		if s := &c.stages[i]; s.by == nil {
			s.dy = dy
			dy = s.Layer.Backward(dy)
		}
	}
	return dy
}

// inputChecker is a Layer that can say before training what is wrong with
// inputs whose shape is right.
type inputChecker interface{ checkInputs(x *Tensor) error }

// checkInputs asks the first layer.
func (c *Chain) checkInputs(x *Tensor) error {
	if len(c.Layers) > 0 {
		if first, ok := c.Layers[0].(inputChecker); ok {
			return first.checkInputs(x)
		}
	}
	return nil
}
