package dl

import (
	"math"

	"descent/dl/blas"
)

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

	da Tensor // B×T×H, ∂L/∂a
	recurrence
}

func (l *SimpleRNN) Build(in Shape, params *Params) (Shape, error) {
	if err := l.build(in, params, l.Units, l.Sequence, 1); err != nil {
		return nil, err
	}
	l.W, l.U, l.B = l.learn(params, l.Init, l.RecurrentInit, Constant{}, 1)
	return l.out, nil
}

// Forward computes, for t = 1 … T with h_0 = 0,
//
//	a_t = x_t·W + b + h_{t−1}·U
//	h_t = tanh(a_t)
func (l *SimpleRNN) Forward(x *Tensor, train bool) *Tensor {
	y := l.states(x)
	affine(l.h, x, l.W, l.B)
	for t := range l.steps {
		l.recur(l.h, t, l.U)
		for b := range x.Shape[0] {
			h := l.h.Row(b*l.steps + t)
			blas.Tanh(h, h)
		}
	}
	return l.result(y)
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
	dx := l.stateGrad(dy, l.U)
	da := l.da.fit(l.x.Shape[0], Shape{l.steps, l.Units})
	for t := l.steps - 1; t >= 0; t-- {
		l.addOutputGrad(dy, t)
		for b := range l.x.Shape[0] {
			h, dh, da := l.h.Row(b*l.steps+t), l.dh.Row(b), da.Row(b*l.steps+t)
			for j, h := range h {
				da[j] = dh[j] * math.FMA(-h, h, 1)
			}
		}
		l.recurGrad(da, t, 0)
	}
	affineGrad(dx, da, l.x, l.W, l.B, 0)
	l.recurGrads(da, l.U)
	return dx
}
