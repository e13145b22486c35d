package blas

import "math"

// GELU sets dst[i] = x·Φ(x) and slope[i] to its derivative, Φ(x) + x·φ(x), where x
// is x[i] and Φ and φ are the standard normal's distribution function and density
// (Hendrycks and Gimpel 2016). The gradient is then Mul(dx, dy, slope). Each step is
// rounded but for the sum of the slope, which is fused:
//
//	Φ ← (1 + erf(x·√½))/2,  φ ← e^(−x²/2)·(1/√(2π)),  slope ← FMA(x, φ, Φ)
func GELU(dst, slope, x []float64) {
	sameLength("GELU", len(dst), len(x))
	sameLength("GELU", len(slope), len(x))
	if binary(fGELU, 0, dst, x, slope) {
		return
	}
	for i, v := range x {
		phi := (1 + ErfOne(v*(1/math.Sqrt2))) * 0.5
		density := float64(ExpOne(v*v*-0.5) * 0.3989422804014327)
		dst[i], slope[i] = v*phi, math.FMA(v, density, phi)
	}
}
