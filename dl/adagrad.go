package dl

import "math"

// AdaGrad divides each parameter's steps by the root of the sum of all its
// squared gradients, so that rarely moved parameters keep long steps (Duchi,
// Hazan and Singer 2011). v starts at Initial, and
//
//	v_t = v_{t−1} + g_t²
//	θ_{t+1} = θ_t − α g_t/√(v_t + ε)
//
// as in Keras. RootEps adds ε to the root instead, as in PyTorch, whose
// defaults are Initial 0 and ε = 1e-10.
type AdaGrad struct {
	LR      float64 // learning rate α, positive
	Initial float64 // v at the start
	Eps     float64 // ε
	RootEps bool    // √v + ε instead of √(v + ε)

	V []float64 `json:"-"` // sum of squared gradients, one for each parameter
}

// NewAdaGrad returns AdaGrad with Keras's defaults: v starts at 0.1, ε = 1e-7.
func NewAdaGrad(lr float64) *AdaGrad { return &AdaGrad{LR: lr, Initial: 0.1, Eps: 1e-7} }

func (o *AdaGrad) Step(params *Params) {
	if len(o.V) != len(params.Value) {
		o.V = make([]float64, len(params.Value))
		Constant{o.Initial}.Fill(&Tensor{Data: o.V}, nil)
	}
	inside, outside := epsilons(o.Eps, o.RootEps)
	params.Spans(func(lo, hi int) {
		theta, v := params.Value[lo:hi], o.V[lo:hi]
		for i, g := range params.Grad[lo:hi] {
			v[i] = math.FMA(g, g, v[i])
			theta[i] -= float64(o.LR*g) / (math.Sqrt(v[i]+inside) + outside)
		}
	})
}

// epsilons says how much to add under a root, and how much to the root.
func epsilons(eps float64, root bool) (inside, outside float64) {
	if root {
		return 0, eps
	}
	return eps, 0
}
