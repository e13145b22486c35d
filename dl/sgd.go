package dl

import (
	"fmt"
	"reflect"

	"descent/dl/blas"
	"descent/dl/spec"
)

// Optimizer changes a model's parameters by their gradients, once per update,
// over all weights together. Frozen parameters stay as they are.
type Optimizer interface {
	Step(params *Params)
}

// SGD is gradient descent with whatever gradient it is given: with the whole
// data set in a batch it is gradient descent proper, with a part of it
// stochastic gradient descent. With Momentum μ (Polyak 1964), v starts at 0 and
//
//	v_{t+1} = μ v_t − α g_t
//	θ_{t+1} = θ_t + v_{t+1}
//	θ_{t+1} = θ_t + μ v_{t+1} − α g_t   with Nesterov (Bengio et al. 2013, sec. 3.5)
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

// vector returns v where it fits the parameters, else zeros: an optimizer's
// memory begins at its first step.
func vector(v []float64, params *Params) []float64 {
	if len(v) == len(params.Value) {
		return v
	}
	return make([]float64, len(params.Value))
}

// checkOptimizer says before training what is wrong with an optimizer's fields, and with
// those of one inside it. A name means the same in all of them.
func checkOptimizer(o Optimizer) (err error) {
	v := reflect.Indirect(reflect.ValueOf(o))
	if v.Kind() != reflect.Struct {
		return nil
	}
	for i := 0; i < v.NumField() && err == nil; i++ {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		switch x := v.Field(i).Interface().(type) {
		case Optimizer:
			err = checkOptimizer(x)
		case float64:
			err = checkRate(spec.Name(o), field.Name, x)
		}
	}
	return err
}

func checkRate(optimizer, name string, v float64) error {
	switch name {
	case "LR", "Max":
		if !(v > 0) || v > 1e300 {
			return fmt.Errorf("dl: %s.%s is %v, want a positive number such as 0.01", optimizer, name, v)
		}
	case "Beta1", "Beta2", "Rho", "Momentum":
		return decayRate(optimizer+"."+name, v)
	case "Eps", "Decay", "Initial":
		if !(v >= 0) {
			return fmt.Errorf("dl: %s.%s is %v, want 0 or more", optimizer, name, v)
		}
	}
	return nil
}
