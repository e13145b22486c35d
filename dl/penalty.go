package dl

import "math"

// Penalty adds a term R(θ) to the loss that keeps the weights small. It counts
// the learned matrices (every W), not biases or the gains of a normalisation,
// which have one row.
type Penalty interface {
	Value(params *Params) float64 // R(θ)
	Add(params *Params) float64   // R(θ), and ∂R/∂θ added to the gradients
}

var (
	_ Penalty = L1(0)
	_ Penalty = L2(0)
)

// L1 is λ in R = λ Σ |w|, which drives weights to exactly 0 (Tibshirani 1996).
type L1 float64

// L2 is λ in R = λ Σ w², as in Keras. The gradient is 2λw.
type L2 float64

// Value implements Penalty.
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

// Add implements Penalty.
func (l L1) Add(params *Params) float64 {
	for _, p := range params.List {
		if p.penalised() {
			for i, w := range p.Value {
				p.Grad[i] += float64(l) * sign(w)
			}
		}
	}
	return l.Value(params)
}

// Value implements Penalty.
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

// Add implements Penalty.
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

// penalised reports whether the parameter is a matrix that is learned.
func (p *Param) penalised() bool {
	return p.Learned() && len(p.Shape) > 1 && p.Shape[:len(p.Shape)-1].Size() > 1
}
