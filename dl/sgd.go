package dl

import (
	"fmt"

	"descent/dl/blas"
)

// Optimizer changes a model's parameters by their gradients, once per update,
// over all weights together. Frozen parameters stay as they are.
type Optimizer interface {
	Step(params *Params)
}

// rateChecker is an Optimizer that can say before training what is wrong with its fields.
type rateChecker interface {
	check() error
}

// SGD is gradient descent with whatever gradient it is given: with the whole
// data set in a batch it is gradient descent proper, with a part of it
// stochastic gradient descent. With Momentum μ (Polyak 1964), v starts at 0 and
//
//	v_{t+1} = μ v_t − α g_t
//	θ_{t+1} = θ_t + v_{t+1}
//	θ_{t+1} = θ_t + μ v_{t+1} − α g_t   with Nesterov (Sutskever et al. 2013)
//
// as in Keras. PyTorch keeps the sum of gradients without α instead, which is
// the same for a constant rate.
type SGD struct {
	LR       float64 // learning rate α, positive
	Momentum float64 // μ, in [0, 1); 0 is plain gradient descent
	Nesterov bool    // look ahead; needs Momentum

	V []float64 `json:"-"` // velocity, one for each parameter
}

// NewSGD returns plain gradient descent.
func NewSGD(lr float64) *SGD { return &SGD{LR: lr} }

func (o *SGD) Step(params *Params) {
	if o.Momentum == 0 {
		params.Spans(func(lo, hi int) {
			blas.SGD(params.Value[lo:hi], params.Grad[lo:hi], o.LR)
		})
		return
	}
	o.V = vector(o.V, params)
	params.Spans(func(lo, hi int) {
		blas.Momentum(params.Value[lo:hi], params.Grad[lo:hi], o.V[lo:hi], o.LR, o.Momentum, o.Nesterov)
	})
}

func (o *SGD) check() error {
	return firstError(positiveRate("SGD.LR", o.LR), decayRate("SGD.Momentum", o.Momentum))
}

// vector returns v where it fits the parameters, else zeros: an optimizer's
// memory begins at its first step.
func vector(v []float64, params *Params) []float64 {
	if len(v) == len(params.Value) {
		return v
	}
	return make([]float64, len(params.Value))
}

func positiveRate(name string, v float64) error {
	if !(v > 0) || v > 1e300 {
		return fmt.Errorf("dl: %s is %v, want a positive number such as 0.01", name, v)
	}
	return nil
}

func notNegative(name string, v float64) error {
	if !(v >= 0) {
		return fmt.Errorf("dl: %s is %v, want 0 or more", name, v)
	}
	return nil
}
