package dl

import (
	"math"

	"descent/dl/blas"
)

// ClipNorm makes long gradients shorter before Optimizer takes its step: where
// the norm of all learned gradients together is above Max, all are scaled so
// that it is Max (Pascanu, Mikolov and Bengio 2013, algorithm 1; global_clipnorm
// in Keras). The direction stays.
type ClipNorm struct {
	Max       float64 // positive
	Optimizer Optimizer
}

// ClipValue limits each element of the gradient to [−Max, Max] before
// Optimizer takes its step.
type ClipValue struct {
	Max       float64 // positive
	Optimizer Optimizer
}

func (c *ClipNorm) Step(params *Params) {
	squares := 0.0
	params.Spans(func(lo, hi int) {
		squares += blas.Dot(params.Grad[lo:hi], params.Grad[lo:hi])
	})
	if norm := math.Sqrt(squares); norm > c.Max {
		params.Spans(func(lo, hi int) { blas.Scale(c.Max/norm, params.Grad[lo:hi]) })
	}
	c.Optimizer.Step(params)
}

func (c *ClipValue) Step(params *Params) {
	params.Spans(func(lo, hi int) {
		for i, g := range params.Grad[lo:hi] {
			params.Grad[lo+i] = math.Max(-c.Max, math.Min(g, c.Max))
		}
	})
	c.Optimizer.Step(params)
}
