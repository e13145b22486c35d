package dl

import (
	"math/rand/v2"

	"descent/dl/blas"
)

// LSTM is a recurrent layer with a memory cell c beside its state h: gates
// decide what is written into the cell, kept in it and read from it
// (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
// Input T×D, output the last state, Units, or all of them, T×Units.
//
// The blocks of columns in W, U and b are in the order i, f, g, o, as in Keras
// and PyTorch. PyTorch has two biases, which are added up: b is their sum.
type LSTM struct {
	Units         int  // H, the size of state and cell; at least 1
	Sequence      bool // return all states
	Init          Init // of W; default Glorot{}
	RecurrentInit Init // of U; default Orthogonal{}

	W *Param // D×4·Units, set by Build
	U *Param // Units×4·Units, set by Build
	B *Param // 1×4·Units, set by Build: 1 for the forget gate (Jozefowicz et al. 2015), else 0

	cell, read Tensor // B×T×H: c_t, tanh(c_t)
	dc         Tensor // B×H: ∂L/∂c_t of the step that Backward is at
	recurrence        // whose a becomes i, f, g, o
}

// forgetOne fills the second quarter, the forget gate's, with 1 and the rest with 0.
type forgetOne struct{}

func (forgetOne) Fill(b *Tensor, _ *rand.Rand) {
	H := len(b.Data) / 4
	clear(b.Data)
	blas.Fill(b.Data[H:2*H], 1)
}

func (l *LSTM) Build(in Shape, params *Params) (Shape, error) {
	var err error
	l.W, l.U, l.B, err = l.build(l, in, params, l.Units, l.Sequence, 4, l.Init, l.RecurrentInit, forgetOne{})
	return l.out, err
}

// Forward computes, for t = 1 … T with h_0 = c_0 = 0 and σ the sigmoid,
//
//	a_t = x_t·W + b + h_{t−1}·U
//	i_t = σ(a_i)     input gate: how much is written into the cell
//	f_t = σ(a_f)     forget gate: how much stays in it
//	g_t = tanh(a_g)  what is written
//	o_t = σ(a_o)     output gate: how much is read
//	c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
//	h_t = o_t ⊙ tanh(c_t)
func (l *LSTM) Forward(x *Tensor, train bool) *Tensor {
	y := l.output(x)
	l.cell.fit(x.Shape[0], Shape{l.steps, l.Units})
	l.read.fit(x.Shape[0], Shape{l.steps, l.Units})
	return l.forward(y, x)
}

// gates turns a of one step of one sample into i, f, g and o, and sets c and h.
func (l *LSTM) gates(b, t int) {
	H, row := l.Units, b*l.steps+t
	a, c, read := l.a.Row(row), l.cell.Row(row), l.read.Row(row)
	i, f, g, o := quarters(a)
	blas.Sigmoid(a[:2*H], a[:2*H])
	blas.Tanh(g, g)
	blas.Sigmoid(o, o)
	blas.Mul(c, f, l.cellBefore(b, t))
	blas.MulAdd(c, i, g)
	blas.Tanh(read, c)
	blas.Mul(l.h.Row(row), o, read)
}

// cellBefore is the cell before step t of sample b.
func (l *LSTM) cellBefore(b, t int) []float64 {
	if t == 0 {
		return l.zero
	}
	return l.cell.Row(b*l.steps + t - 1)
}

// Backward goes back through time, for t = T … 1 with ∂L/∂h_T from outside:
//
//	∂L/∂c_t = ∂L/∂h_t ⊙ o_t ⊙ (1 − tanh²(c_t)) + f_{t+1} ⊙ ∂L/∂c_{t+1}
//	∂L/∂a_i = ∂L/∂c_t ⊙ g_t ⊙ i_t ⊙ (1 − i_t)
//	∂L/∂a_f = ∂L/∂c_t ⊙ c_{t−1} ⊙ f_t ⊙ (1 − f_t)
//	∂L/∂a_g = ∂L/∂c_t ⊙ i_t ⊙ (1 − g_t²)
//	∂L/∂a_o = ∂L/∂h_t ⊙ tanh(c_t) ⊙ o_t ⊙ (1 − o_t)
//	∂L/∂h_{t−1} = ∂L/∂a_t·Uᵀ, and ∂L/∂y_{t−1} if all states are returned
//	∂L/∂W += Σ_t x_tᵀ·∂L/∂a_t,  ∂L/∂U += Σ_t h_{t−1}ᵀ·∂L/∂a_t,  ∂L/∂b += Σ_t ∂L/∂a_t
//	∂L/∂x_t = ∂L/∂a_t·Wᵀ
func (l *LSTM) Backward(dy *Tensor) *Tensor {
	dx := l.stateGrad(dy)
	clear(l.dc.fit(l.x.Shape[0], Shape{l.Units}).Data)
	l.backward(dx)
	l.recurGrads()
	return dx
}

// gatesGrad sets ∂L/∂a of one step of one sample, and ∂L/∂c for the step before.
func (l *LSTM) gatesGrad(b, t int) {
	row := b*l.steps + t
	i, f, g, o := quarters(l.a.Row(row))
	di, df, dg, do := quarters(l.da.Row(row))
	dh, dc, read := l.dh.Row(b), l.dc.Row(b), l.read.Row(row)
	blas.Mul(dg, dh, o) // for a moment: ∂L/∂tanh(c_t)
	blas.TanhGrad(dg, dg, read)
	blas.Add(dc, dc, dg)
	blas.Mul(di, dc, g)
	blas.SigmoidGrad(di, di, i)
	blas.Mul(df, dc, l.cellBefore(b, t))
	blas.SigmoidGrad(df, df, f)
	blas.Mul(dg, dc, i)
	blas.TanhGrad(dg, dg, g)
	blas.Mul(do, dh, read)
	blas.SigmoidGrad(do, do, o)
	blas.Mul(dc, dc, f)
}

// quarters cuts a row of gates.
func quarters(a []float64) (i, f, g, o []float64) {
	H := len(a) / 4
	return a[:H], a[H:][:H], a[2*H:][:H], a[3*H:][:H]
}
