package dl

import "math"

// RMSProp divides each parameter's steps by the root of a moving average of
// its squared gradients (Tieleman and Hinton 2012, lecture 6.5). v and m start
// at 0, and
//
//	v_t = ρ v_{t−1} + (1−ρ) g_t²
//	m_t = μ m_{t−1} + α g_t/√(v_t + ε)
//	θ_{t+1} = θ_t − m_t
//
// as in Keras. RootEps adds ε to the root instead, as in PyTorch, whose
// defaults are ρ = 0.99 and ε = 1e-8.
type RMSProp struct {
	LR       float64 // learning rate α, positive
	Rho      float64 // ρ, decay of v, in [0, 1)
	Momentum float64 // μ, in [0, 1); 0 is none
	Eps      float64 // ε
	RootEps  bool    // √v + ε instead of √(v + ε)

	V, M []float64 `json:"-"` // moving averages, one for each parameter
}

// NewRMSProp returns RMSProp with Keras's defaults: ρ = 0.9, no momentum, ε = 1e-7.
func NewRMSProp(lr float64) *RMSProp { return &RMSProp{LR: lr, Rho: 0.9, Eps: 1e-7} }

func (o *RMSProp) Step(params *Params) {
	o.V, o.M = vector(o.V, params), vector(o.M, params)
	inside, outside := epsilons(o.Eps, o.RootEps)
	params.Spans(func(lo, hi int) {
		theta, v, m := params.Value[lo:hi], o.V[lo:hi], o.M[lo:hi]
		for i, g := range params.Grad[lo:hi] {
			v[i] = math.FMA(o.Rho, v[i], float64((1-o.Rho)*g)*g)
			m[i] = math.FMA(o.Momentum, m[i], float64(o.LR*g)/(math.Sqrt(v[i]+inside)+outside))
			theta[i] -= m[i]
		}
	})
}
