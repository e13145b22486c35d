package blas

import (
	"math"
	"math/rand/v2"
)

// Normal draws from the standard normal distribution by Marsaglia's polar method
// (1964): a point (u, v) is drawn in the unit circle; with s = u² + v²,
// u·√(−2 ln s / s) is normal. The method's second number, with v, is not kept.
// rand's own NormFloat64 is not used: its bits depend on the processor.
func Normal(rng *rand.Rand) float64 {
	for {
		u, v := 2*rng.Float64()-1, 2*rng.Float64()-1
		s := math.FMA(u, u, float64(v*v))
		if 0 < s && s < 1 {
			return u * math.Sqrt(-2*LogOne(s)/s)
		}
	}
}
