package dl

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Params holds every parameter of a model in one flat vector θ, and every
// gradient in another of the same length. An optimizer, a penalty, a file or
// gonum/optimize sees the two vectors; a layer sees its named views into them.
type Params struct {
	Value []float64 // θ: first what is learned, then running statistics
	Grad  []float64 // ∂L/∂θ, zero for running statistics
	List  []*Param  // in the order of the layers

	streams []*rand.PCG
	format  *Format // the model's Precision
	path    string  // of the layer that is being built
}

// Param is a named array among a model's parameters.
type Param struct {
	Name   string    // the layer's path and the symbol, as "0.Dense.W"
	Shape  Shape     // for W: in×out
	Value  []float64 // view into Params.Value
	Grad   []float64 // view into Params.Grad
	Frozen bool      // optimizers leave it as it is

	running bool // a statistic that Forward keeps, not a weight to learn
	init    Init
	pcg     *rand.PCG
}

// Tensor returns the parameter's values as a tensor, sharing memory.
func (p *Param) Tensor() *Tensor { return &Tensor{Shape: p.Shape, Data: p.Value} }

// Learned reports whether optimizers change the parameter.
func (p *Param) Learned() bool { return !p.Frozen && !p.running }

// Add declares a parameter. Layers call it from Build. Its memory exists, and
// init has filled it, when the whole model has been built.
func (p *Params) Add(name string, init Init, shape ...int) *Param {
	param := &Param{Name: p.path + "." + name, Shape: shape, init: init, pcg: p.Stream()}
	p.List = append(p.List, param)
	return param
}

// AddRunning declares a running statistic: it is saved with the model and
// starts at init, but has no gradient and no optimizer changes it.
func (p *Params) AddRunning(name string, init Init, shape ...int) *Param {
	param := p.Add(name, init, shape...)
	param.running = true
	return param
}

// Stream returns a source of random numbers of its own for a layer. Reset
// seeds it again.
func (p *Params) Stream() *rand.PCG {
	pcg := rand.NewPCG(1, uint64(len(p.streams)))
	p.streams = append(p.streams, pcg)
	return pcg
}

// Reset seeds every stream, fills every parameter anew and clears the gradients.
func (p *Params) Reset(seed uint64) {
	for i, pcg := range p.streams {
		pcg.Seed(seed, uint64(i))
	}
	for _, param := range p.List {
		param.init.Fill(param.Tensor(), rand.New(param.pcg))
	}
	p.ZeroGrad()
}

// ZeroGrad clears the gradients.
func (p *Params) ZeroGrad() { clear(p.Grad) }

// Count returns how many numbers are learned, and how many there are in all.
func (p *Params) Count() (learned, all int) {
	for _, param := range p.List {
		if param.Learned() {
			learned += len(param.Value)
		}
	}
	return learned, len(p.Value)
}

// Spans calls update for each stretch lo:hi of the flat vectors that is
// learned: one call, unless layers are frozen.
func (p *Params) Spans(update func(lo, hi int)) {
	lo, hi := 0, 0
	for _, param := range p.List {
		switch {
		case param.running:
			continue // these stand behind all the others
		case !param.Frozen:
			hi += len(param.Value)
		default:
			if hi > lo {
				update(lo, hi)
			}
			lo = hi + len(param.Value)
			hi = lo
		}
	}
	if hi > lo {
		update(lo, hi)
	}
}

// allocate makes the flat vectors and points every Param at its part. It fails where a
// parameter has an axis that is not positive or the sum would overflow.
func (p *Params) allocate() error {
	total := 0
	for _, param := range p.List {
		size := 1
		for _, n := range param.Shape {
			if n <= 0 || size > math.MaxInt32*64/n {
				return fmt.Errorf("dl: parameter %s: its shape %v can't be held in memory", param.Name, param.Shape)
			}
			size *= n
		}
		total += size
	}
	p.Value, p.Grad = make([]float64, total), make([]float64, total)
	lo := 0
	for _, running := range []bool{false, true} {
		for _, param := range p.List {
			if param.running == running {
				hi := lo + param.Shape.Size()
				param.Value, param.Grad = p.Value[lo:hi:hi], p.Grad[lo:hi:hi]
				lo = hi
			}
		}
	}
	return nil
}
