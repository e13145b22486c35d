package dl

import (
	"math"

	"descent/dl/blas"
)

// Adam keeps moving averages m of the gradient and v of its square, both from
// 0, and moves each parameter by about α (Kingma and Ba 2015, algorithm 1):
//
//	m_t = β1 m_{t−1} + (1−β1) g_t
//	v_t = β2 v_{t−1} + (1−β2) g_t²
//	m̂_t = m_t/(1−β1^t),  v̂_t = v_t/(1−β2^t)
//	θ_{t+1} = θ_t − α m̂_t/(√v̂_t + ε)
//
// By default it is Keras's form, which the paper gives at the end of its
// section 2: the corrections go into the rate, and ε, 1e-7, is added to √v_t
// instead of √v̂_t, so that it weighs more in the first steps:
//
//	θ_{t+1} = θ_t − α √(1−β2^t)/(1−β1^t) · m_t/(√v_t + ε)
//
// PaperEps selects the form above; PyTorch uses it with ε = 1e-8. NoCorrection
// leaves the corrections out: θ_{t+1} = θ_t − α m_t/(√v_t + ε), whose first
// step is (1−β1)/√(1−β2) ≈ 3.16 times as long.
//
// With Decay λ it is AdamW: before the step, θ ← θ − α λ θ (Loshchilov and
// Hutter 2019, algorithm 2, with their schedule multiplier inside α). Every
// learned parameter decays, biases too, as in Keras and PyTorch.
type Adam struct {
	LR           float64 // learning rate α, positive
	Beta1        float64 // β1, decay of m, in [0, 1)
	Beta2        float64 // β2, decay of v, in [0, 1)
	Eps          float64 // ε, keeps the division finite where v is 0
	Decay        float64 // λ, decoupled weight decay; 0 for Adam
	PaperEps     bool    // add ε to √v̂, as the paper and PyTorch, not to √v
	NoCorrection bool    // use m and v as they are

	M, V []float64 `json:"-"` // moving averages, one for each parameter
	T    int       // steps taken
}

// NewAdam returns Adam with Keras's defaults: β1 = 0.9, β2 = 0.999, ε = 1e-7.
func NewAdam(lr float64) *Adam { return &Adam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7} }

// NewAdamW returns AdamW with Keras's defaults, those of NewAdam and λ = 0.004.
// PyTorch's λ is 0.01.
func NewAdamW(lr float64) *Adam {
	o := NewAdam(lr)
	o.Decay = 0.004
	return o
}

func (o *Adam) Step(params *Params) {
	o.M, o.V = vector(o.M, params), vector(o.V, params)
	o.T++
	c1, c2 := correction(o.Beta1, o.T), correction(o.Beta2, o.T) // m̂ = c1 m, v̂ = c2 v
	switch {
	case o.NoCorrection:
		c1, c2 = 1, 1
	case !o.PaperEps:
		c1, c2 = c1/math.Sqrt(c2), 1
	}
	params.Spans(func(lo, hi int) {
		blas.Adam(params.Value[lo:hi], params.Grad[lo:hi], o.M[lo:hi], o.V[lo:hi], o.LR, o.Beta1, o.Beta2, o.Eps, o.Decay, c1, c2)
	})
}

// correction is 1/(1 − β^t), with 1 − β^t = −(e^(t·ln β) − 1): in constant time,
// and without the loss of digits where β^t is near 1.
func correction(beta float64, t int) float64 {
	return -1 / blas.Expm1One(float64(t)*blas.LogOne(beta))
}

// power is x^n by squaring, with the same bits on every CPU.
func power(x float64, n int) float64 {
	p := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			p *= x
		}
		x *= x
	}
	return p
}
