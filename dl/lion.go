package dl

import "math"

// Lion moves every parameter by exactly α, in the direction in which a moving
// average m of the gradient points (Chen et al. 2023, algorithm 2):
//
//	θ_{t+1} = θ_t − α (sign(β1 m_{t−1} + (1−β1) g_t) + λ θ_t)
//	m_t = β2 m_{t−1} + (1−β2) g_t
//
// Its rate is best 3 to 10 times smaller than Adam's.
type Lion struct {
	LR    float64 // learning rate α, positive
	Beta1 float64 // β1, in [0, 1)
	Beta2 float64 // β2, in [0, 1)
	Decay float64 // λ, decoupled weight decay

	M []float64 `json:"-"` // moving average, one for each parameter
}

// NewLion returns Lion with the defaults of Keras and the paper: β1 = 0.9, β2 = 0.99, no decay.
func NewLion(lr float64) *Lion { return &Lion{LR: lr, Beta1: 0.9, Beta2: 0.99} }

func (o *Lion) Step(params *Params) {
	o.M = vector(o.M, params)
	params.Spans(func(lo, hi int) {
		theta, m := params.Value[lo:hi], o.M[lo:hi]
		for i, g := range params.Grad[lo:hi] {
			direction := sign(math.FMA(o.Beta1, m[i], float64((1-o.Beta1)*g)))
			theta[i] = math.FMA(-o.LR, math.FMA(o.Decay, theta[i], direction), theta[i])
			m[i] = math.FMA(o.Beta2, m[i], float64((1-o.Beta2)*g))
		}
	})
}
