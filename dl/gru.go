package dl

import "descent/dl/blas"

// GRU is a recurrent layer whose state is a mean, weighted by a gate, of the
// state before and a new proposal (Cho et al. 2014, section 2.3). Input T×D,
// output the last state, Units, or all of them, T×Units.
//
// It is the form of Keras (reset_after) and PyTorch: the reset gate applies
// after the product with U, which has biases of its own. The blocks of columns
// in W, U, b and c are in Keras's order: z, r, h̃ (PyTorch's is r, z, h̃).
type GRU struct {
	Units         int  // H, the size of the state; at least 1
	Sequence      bool // return all states
	Init          Init // of W; default Glorot{}
	RecurrentInit Init // of U; default Orthogonal{}

	W *Param // D×3·Units, set by Build
	U *Param // Units×3·Units, set by Build
	B *Param // b, 1×3·Units, set by Build, zeros
	C *Param // c, 1×3·Units, the recurrent bias, set by Build, zeros

	s, ds      Tensor // B×T×3H: h_{t−1}·U + c, and ∂L/∂s
	recurrence        // whose a becomes z, r, h̃
}

func (g *GRU) Build(in Shape, params *Params) (Shape, error) {
	var err error
	g.W, g.U, g.B, err = g.build(g, in, params, g.Units, g.Sequence, 3, g.Init, g.RecurrentInit, Constant{})
	g.C = params.Add("c", Constant{}, 1, 3*g.Units)
	g.sum, g.dsum, g.beta = &g.s, &g.ds, 1
	return g.out, err
}

// Forward computes, for t = 1 … T with h_0 = 0 and σ the sigmoid,
//
//	a_t = x_t·W + b
//	s_t = h_{t−1}·U + c
//	z_t = σ(a_z + s_z)           update gate: how much of the state stays
//	r_t = σ(a_r + s_r)           reset gate: how much of it the proposal sees
//	h̃_t = tanh(a_h + r_t ⊙ s_h)  proposal
//	h_t = z_t ⊙ h_{t−1} + (1 − z_t) ⊙ h̃_t
func (g *GRU) Forward(x *Tensor, train bool) *Tensor {
	y, s := g.output(x), g.s.fit(x.Shape[0], Shape{g.steps, 3 * g.Units})
	for i := range s.Rows() {
		copy(s.Row(i), g.C.Value)
	}
	return g.forward(y, x)
}

// gates turns a of one step of one sample into z, r and h̃, and sets h.
func (g *GRU) gates(b, t int) {
	H, i := g.Units, b*g.steps+t
	a, s, h := g.a.Row(i), g.s.Row(i), g.h.Row(i)
	z, r, proposal := thirds(a)
	zr := a[:2*H]
	blas.Add(zr, zr, s[:2*H])
	blas.Sigmoid(zr, zr)
	blas.MulAdd(proposal, r, s[2*H:])
	blas.Tanh(proposal, proposal)
	blas.Sub(h, g.previous(b, t), proposal) // h_t = h̃_t + z_t ⊙ (h_{t−1} − h̃_t)
	blas.Mul(h, h, z)
	blas.Add(h, h, proposal)
}

// Backward goes back through time, for t = T … 1 with ∂L/∂h_T from outside:
//
//	∂L/∂a_z = ∂L/∂h_t ⊙ (h_{t−1} − h̃_t) ⊙ z_t ⊙ (1 − z_t) = ∂L/∂s_z
//	∂L/∂a_h = ∂L/∂h_t ⊙ (1 − z_t) ⊙ (1 − h̃_t²)
//	∂L/∂s_h = ∂L/∂a_h ⊙ r_t
//	∂L/∂a_r = ∂L/∂a_h ⊙ s_h ⊙ r_t ⊙ (1 − r_t) = ∂L/∂s_r
//	∂L/∂h_{t−1} = ∂L/∂h_t ⊙ z_t + ∂L/∂s_t·Uᵀ, and ∂L/∂y_{t−1} if all states are returned
//	∂L/∂W += Σ_t x_tᵀ·∂L/∂a_t,      ∂L/∂b += Σ_t ∂L/∂a_t
//	∂L/∂U += Σ_t h_{t−1}ᵀ·∂L/∂s_t,  ∂L/∂c += Σ_t ∂L/∂s_t
//	∂L/∂x_t = ∂L/∂a_t·Wᵀ
func (g *GRU) Backward(dy *Tensor) *Tensor {
	dx := g.stateGrad(dy)
	ds := g.ds.fit(g.x.Shape[0], g.a.Shape[1:])
	g.backward(dx)
	blas.SumRows(g.C.Grad, ds.Data, ds.Cols(), ds.Rows())
	g.recurGrads()
	return dx
}

// gatesGrad sets ∂L/∂a and ∂L/∂s of one step of one sample, and multiplies ∂L/∂h by z.
func (g *GRU) gatesGrad(b, t int) {
	i := b*g.steps + t
	z, r, proposal := thirds(g.a.Row(i))
	daz, dar, dah := thirds(g.da.Row(i))
	dsz, dsr, dsh := thirds(g.ds.Row(i))
	_, _, s := thirds(g.s.Row(i))
	dh := g.dh.Row(b)
	blas.Sub(daz, g.previous(b, t), proposal)
	blas.Mul(daz, daz, dh)
	blas.SigmoidGrad(daz, daz, z)
	blas.Mul(dsh, dh, z) // for a moment: what reaches h_{t−1} without the gates
	blas.Sub(dah, dh, dsh)
	copy(dh, dsh)
	blas.TanhGrad(dah, dah, proposal)
	blas.Mul(dsh, dah, r)
	blas.Mul(dar, dah, s)
	blas.SigmoidGrad(dar, dar, r)
	copy(dsz, daz)
	copy(dsr, dar)
}

// thirds cuts a row of gates.
func thirds(a []float64) (z, r, h []float64) {
	H := len(a) / 3
	return a[:H], a[H:][:H], a[2*H:][:H]
}
