package dl

import "descent/dl/blas"

// recurrence is what SimpleRNN, GRU and LSTM have in common: T steps over a
// sequence, each making a state h_t of H units from x_t and h_{t−1}, with h_0 = 0.
//
// Tensors over all steps are B×T×…, as x is: the rows of one sample follow each
// other, and the rows of one step are T rows apart, a matrix with a stride.
type recurrence struct {
	steps, units int  // T, H
	all          bool // y is h_1 … h_T, else h_T

	h     *Tensor   // B×T×H, all states; y itself if all
	state Tensor    // its memory if not
	zero  []float64 // h_0
	dh    Tensor    // B×H, ∂L/∂h_t of the step that Backward is at
	ut    []float64 // Uᵀ

	node
}

// build checks and keeps the shapes of a layer with a number of gates, each
// with its block of columns in W and U.
func (r *recurrence) build(in Shape, params *Params, units int, all bool, gates int) error {
	if err := firstError(r.place(in, params), r.sequence(in), r.positive("Units", units)); err != nil {
		return err
	}
	r.steps, r.units, r.all = in[0], units, all
	r.macs = r.steps * gates * units * (in[1] + units)
	r.out = Shape{units}
	if all {
		r.out = Shape{r.steps, units}
	}
	return nil
}

// learn declares W, U and b.
func (r *recurrence) learn(params *Params, init, recurrent, bias Init, gates int) (W, U, B *Param) {
	W = params.Add("W", orDefault[Init](init, Glorot{}), r.in[1], gates*r.units)
	U = params.Add("U", orDefault[Init](recurrent, Orthogonal{}), r.units, gates*r.units)
	return W, U, params.Add("b", bias, 1, gates*r.units)
}

// states fits y and h to a batch.
func (r *recurrence) states(x *Tensor) (y *Tensor) {
	y = r.output(x)
	r.h, r.zero = y, resize(r.zero, r.units)
	if !r.all {
		r.h = r.state.fit(x.Shape[0], Shape{r.steps, r.units})
	}
	return y
}

// result sets y where it is not all of h.
func (r *recurrence) result(y *Tensor) *Tensor {
	if !r.all {
		for b := range y.Rows() {
			copy(y.Row(b), r.h.Row(b*r.steps+r.steps-1))
		}
	}
	return y
}

// recur adds h_{t−1}·U to the rows of step t, from 0, of a.
func (r *recurrence) recur(a *Tensor, t int, U *Param) {
	if t > 0 {
		T, H, G := r.steps, r.units, a.Cols()
		blas.Gemm(false, false, a.Shape[0], G, H, 1, r.h.Data[(t-1)*H:], T*H, U.Value, G, 1, a.Data[t*G:], T*G)
	}
}

// previous is the state before step t of sample b.
func (r *recurrence) previous(b, t int) []float64 {
	if t == 0 {
		return r.zero
	}
	return r.h.Row(b*r.steps + t - 1)
}

// stateGrad starts Backward: ∂L/∂h is 0 behind the last step. It keeps Uᵀ,
// which each step needs. dx is nil where it is not wanted.
func (r *recurrence) stateGrad(dy *Tensor, U *Param) (dx *Tensor) {
	dx = r.inputGrad(dy)
	if r.skipInput {
		dx = nil
	}
	clear(r.dh.fit(r.x.Shape[0], Shape{r.units}).Data)
	G := U.Shape.last()
	r.ut = resize(r.ut, r.units*G)
	for i := range r.units {
		for j, u := range U.Value[i*G : (i+1)*G] {
			r.ut[j*r.units+i] = u
		}
	}
	return dx
}

// addOutputGrad adds ∂L/∂y_t to ∂L/∂h_t, if h_t is part of y.
func (r *recurrence) addOutputGrad(dy *Tensor, t int) {
	for b := range r.dh.Rows() {
		dh := r.dh.Row(b)
		switch {
		case r.all:
			blas.Add(dh, dh, dy.Data[(b*r.steps+t)*r.units:][:r.units])
		case t == r.steps-1:
			copy(dh, dy.Data[b*r.units:])
		}
	}
}

// recurGrad goes from step t to the one before: ∂L/∂h_{t−1} = β·∂L/∂h_{t−1} + da_t·Uᵀ.
func (r *recurrence) recurGrad(da *Tensor, t int, beta float64) {
	H, G := r.units, da.Cols()
	blas.Gemm(false, false, da.Shape[0], H, G, 1, da.Data[t*G:], r.steps*G, r.ut, H, beta, r.dh.Data, H)
}

// recurGrads is the gradient of recur: over all steps of the batch
//
//	∂L/∂U += Σ_t h_{t−1}ᵀ·da_t
//
// One product, of h with da a row further down, does it once the first step of
// each sample, whose h_0 is 0, is cleared in da.
func (r *recurrence) recurGrads(da *Tensor, U *Param) {
	H, G, n := r.units, da.Cols(), da.Rows()
	for b := range da.Shape[0] {
		clear(da.Row(b * r.steps))
	}
	blas.Gemm(true, false, H, G, n-1, 1, r.h.Data, H, da.Data[G:], G, 1, U.Grad, G)
}
