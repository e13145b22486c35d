package dl

import "descent/dl/blas"

// recurrence is what SimpleRNN, GRU and LSTM have in common: T steps over a
// sequence, each making a state h_t of H units from x_t and h_{t−1}, with h_0 = 0.
//
// Tensors over all steps are B×T×…, as x is: the rows of one sample follow each
// other, and the rows of one step are T rows apart, a matrix with a stride.
type recurrence struct {
	layer        recurrent
	steps, units int  // T, H
	all          bool // y is h_1 … h_T, else h_T
	w, u, b      *Param
	sum, dsum    *Tensor // what h_{t−1}·U is added to, a or GRU's s, and its gradient
	beta         float64 // 1 where gatesGrad leaves a part of ∂L/∂h_{t−1} in dh, else 0

	a, da Tensor    // B×T×G, x·W + b and what the layer makes of it; ∂L/∂a
	h     *Tensor   // B×T×H, all states; y itself if all
	state Tensor    // its memory if not
	zero  []float64 // h_0
	dy    *Tensor   // Backward's
	dh    Tensor    // B×H, ∂L/∂h_t of the step that Backward is at
	ut    []float64 // Uᵀ

	node
}

// recurrent is what differs between SimpleRNN, GRU and LSTM: what a step t, from 0, of
// sample b makes of a to get h, and the gradient of that.
type recurrent interface {
	gates(b, t int)
	gatesGrad(b, t int)
}

// build checks and keeps the shapes of a layer with a number of gates, each
// with its block of columns in W, U and b, and declares them.
func (r *recurrence) build(layer recurrent, in Shape, params *Params, units int, all bool, gates int,
	init, recurrent, bias Init) (W, U, B *Param, err error) {
	if err := firstError(r.place(in, params), r.sequence(in), r.positive("Units", units)); err != nil {
		return nil, nil, nil, err
	}
	r.layer, r.steps, r.units, r.all = layer, in[0], units, all
	r.sum, r.dsum = &r.a, &r.da
	r.macs = r.steps * gates * units * (in[1] + units)
	r.out = Shape{units}
	if all {
		r.out = Shape{r.steps, units}
	}
	r.w = params.Add("W", orDefault[Init](init, Glorot{}), in[1], gates*units)
	r.u = params.Add("U", orDefault[Init](recurrent, Orthogonal{}), units, gates*units)
	r.b = params.Add("b", bias, 1, gates*units)
	return r.w, r.u, r.b, nil
}

// Samples do not depend on each other: each worker takes some of them through all
// steps, forward or back.
type (
	throughTime recurrence
	backInTime  recurrence
)

// forward computes a = x·W + b for all steps, and then one step after the other.
func (r *recurrence) forward(y, x *Tensor) *Tensor {
	n := x.Shape[0]
	r.h, r.zero = y, resize(r.zero, r.units)
	if !r.all {
		r.h = r.state.fit(n, Shape{r.steps, r.units})
	}
	r.affine(r.a.fit(n, Shape{r.steps, r.w.Shape.last()}), x, r.w, r.b)
	blas.Parallel((*throughTime)(r), r.chunks())
	if !r.all {
		for b := range n {
			copy(y.Row(b), r.h.Row(b*r.steps+r.steps-1))
		}
	}
	return y
}

// Run implements blas.Task.
func (r *throughTime) Run(chunk int) {
	lo, hi := (*recurrence)(r).samples(chunk, (*recurrence)(r).chunks())
	for t := range r.steps {
		(*recurrence)(r).recur(lo, hi, t)
		for b := lo; b < hi; b++ {
			r.layer.gates(b, t)
		}
	}
}

// stateGrad starts Backward: ∂L/∂h is 0 behind the last step. It keeps Uᵀ,
// which each step needs. dx is nil where it is not wanted.
func (r *recurrence) stateGrad(dy *Tensor) (dx *Tensor) {
	dx = r.inputGrad(dy)
	if r.skipInput {
		dx = nil
	}
	r.dy = dy
	r.da.fit(r.x.Shape[0], r.a.Shape[1:])
	clear(r.dh.fit(r.x.Shape[0], Shape{r.units}).Data)
	G := r.u.Shape.last()
	r.ut = resize(r.ut, r.units*G)
	for i := range r.units {
		for j, u := range r.u.Value[i*G : (i+1)*G] {
			r.ut[j*r.units+i] = u
		}
	}
	return dx
}

// backward goes back step by step, and from ∂L/∂a of all to x, W and b.
func (r *recurrence) backward(dx *Tensor) {
	blas.Parallel((*backInTime)(r), r.chunks())
	r.affineGrad(dx, &r.da, r.x, r.w, r.b, 0)
}

// Run implements blas.Task.
func (r *backInTime) Run(chunk int) {
	lo, hi := (*recurrence)(r).samples(chunk, (*recurrence)(r).chunks())
	for t := r.steps - 1; t >= 0; t-- {
		(*recurrence)(r).addOutputGrad(lo, hi, t)
		for b := lo; b < hi; b++ {
			r.layer.gatesGrad(b, t)
		}
		(*recurrence)(r).recurGrad(lo, hi, t)
	}
}

// chunks is how many shares the batch has. Products of fewer than 16 rows are slow.
func (r *recurrence) chunks() int { return max(1, r.x.Shape[0]/16) }

// recur adds h_{t−1}·U to the rows of step t of sum.
func (r *recurrence) recur(lo, hi, t int) {
	if t > 0 {
		T, H, G := r.steps, r.units, r.sum.Cols()
		r.gemm(false, false, hi-lo, G, H, r.h.Data[(lo*T+t-1)*H:], T*H, r.u.Value, G, 1, r.sum.Data[(lo*T+t)*G:], T*G)
	}
}

// previous is the state before step t of sample b.
func (r *recurrence) previous(b, t int) []float64 {
	if t == 0 {
		return r.zero
	}
	return r.h.Row(b*r.steps + t - 1)
}

// addOutputGrad adds ∂L/∂y_t to ∂L/∂h_t, if h_t is part of y.
func (r *recurrence) addOutputGrad(lo, hi, t int) {
	for b := lo; b < hi; b++ {
		dh := r.dh.Row(b)
		switch {
		case r.all:
			blas.Add(dh, dh, r.dy.Data[(b*r.steps+t)*r.units:][:r.units])
		case t == r.steps-1:
			copy(dh, r.dy.Data[b*r.units:])
		}
	}
}

// recurGrad goes from step t to the one before: ∂L/∂h_{t−1} = β·∂L/∂h_{t−1} + dsum_t·Uᵀ.
func (r *recurrence) recurGrad(lo, hi, t int) {
	T, H, G := r.steps, r.units, r.dsum.Cols()
	r.gemm(false, false, hi-lo, H, G, r.dsum.Data[(lo*T+t)*G:], T*G, r.ut, H, r.beta, r.dh.Data[lo*H:], H)
}

// recurGrads is the gradient of recur: over all steps of the batch
//
//	∂L/∂U += Σ_t h_{t−1}ᵀ·dsum_t
//
// One product, of h with dsum a row further down, does it once the first step of
// each sample, whose h_0 is 0, is cleared in dsum.
func (r *recurrence) recurGrads() {
	H, G, n := r.units, r.dsum.Cols(), r.dsum.Rows()
	for b := range r.dsum.Shape[0] {
		clear(r.dsum.Row(b * r.steps))
	}
	r.gemm(true, false, H, G, n-1, r.h.Data, H, r.dsum.Data[G:], G, 1, r.u.Grad, G)
}
