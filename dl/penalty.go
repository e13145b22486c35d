package dl

import (
	"math"
	"strings"
)

// Penalty adds a term R(θ) to the loss that keeps the weights small. It counts
// what is learned under a capital letter, the matrices (W, a recurrent layer's
// U), and not biases or the gains of a normalisation (b, gamma).
type Penalty interface {
	Value(params *Params) float64 // R(θ)
	Add(params *Params) float64   // R(θ), and ∂R/∂θ added to the gradients
}

// L1 is λ in R = λ Σ |w|, which drives weights to exactly 0 (Tibshirani 1996).
type L1 float64

// L2 is λ in R = λ Σ w², as in Keras. The gradient is 2λw, so that PyTorch's
// weight_decay, which leaves out the 2, corresponds to 2λ.
type L2 float64

func (l L1) Value(params *Params) float64 {
	sum := 0.0
	for _, p := range params.List {
		if p.penalised() {
			for _, w := range p.Value {
				sum += math.Abs(w)
			}
		}
	}
	return float64(l) * sum
}

func (l L1) Add(params *Params) float64 {
	for _, p := range params.List {
		if p.penalised() {
			for i, w := range p.Value {
				p.Grad[i] = math.FMA(float64(l), sign(w), p.Grad[i])
			}
		}
	}
	return l.Value(params)
}

func (l L2) Value(params *Params) float64 {
	sum := 0.0
	for _, p := range params.List {
		if p.penalised() {
			for _, w := range p.Value {
				sum = math.FMA(w, w, sum)
			}
		}
	}
	return float64(l) * sum
}

func (l L2) Add(params *Params) float64 {
	for _, p := range params.List {
		if p.penalised() {
			for i, w := range p.Value {
				p.Grad[i] = math.FMA(2*float64(l), w, p.Grad[i])
			}
		}
	}
	return l.Value(params)
}

// penalised reports whether the parameter is a matrix that is learned. Its
// symbol tells, and not its shape: W of a single input has one row, as b has.
func (p *Param) penalised() bool {
	symbol := p.Name[strings.LastIndex(p.Name, ".")+1:]
	return p.Learned() && 'A' <= symbol[0] && symbol[0] <= 'Z'
}
