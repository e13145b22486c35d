package dl

import "descent/dl/blas"

// SimpleRNN reads a sequence step by step, with a state that each step makes
// of its input and the state before (Elman 1990). Input T×D, output the last
// state, Units, or all of them, T×Units.
type SimpleRNN struct {
	Units         int  // H, the size of the state; at least 1
	Sequence      bool // return all states
	Init          Init // of W; default Glorot{}
	RecurrentInit Init // of U; default Orthogonal{}

	W *Param // D×Units, set by Build
	U *Param // Units×Units, set by Build
	B *Param // 1×Units, set by Build, zeros

	recurrence
}

func (l *SimpleRNN) Build(in Shape, params *Params) (Shape, error) {
	var err error
	l.W, l.U, l.B, err = l.build(l, in, params, l.Units, l.Sequence, 1, l.Init, l.RecurrentInit, Constant{})
	return l.out, err
}

// Forward computes, for t = 1 … T with h_0 = 0,
//
//	a_t = x_t·W + b + h_{t−1}·U
//	h_t = tanh(a_t)
func (l *SimpleRNN) Forward(x *Tensor, train bool) *Tensor {
	return l.forward(l.output(x), x)
}

func (l *SimpleRNN) gates(b, t int) {
	blas.Tanh(l.h.Row(b*l.steps+t), l.a.Row(b*l.steps+t))
}

// Backward goes back through time, for t = T … 1 with ∂L/∂h_T from outside:
//
//	∂L/∂a_t     = ∂L/∂h_t ⊙ (1 − h_t²)
//	∂L/∂h_{t−1} = ∂L/∂a_t·Uᵀ, and ∂L/∂y_{t−1} if all states are returned
//	∂L/∂W += Σ_t x_tᵀ·∂L/∂a_t
//	∂L/∂U += Σ_t h_{t−1}ᵀ·∂L/∂a_t
//	∂L/∂b += Σ_t ∂L/∂a_t
//	∂L/∂x_t = ∂L/∂a_t·Wᵀ
func (l *SimpleRNN) Backward(dy *Tensor) *Tensor {
	dx := l.stateGrad(dy)
	l.backward(dx)
	l.recurGrads()
	return dx
}

func (l *SimpleRNN) gatesGrad(b, t int) {
	blas.TanhGrad(l.da.Row(b*l.steps+t), l.dh.Row(b), l.h.Row(b*l.steps+t))
}
