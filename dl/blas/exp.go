package blas

import "math"

const (
	log2e = 0x1.71547652b82fep+0 // 1/ln 2
	ln2Hi = 0x1.62e42fefa38p-1   // ln 2 to 42 bits, so that k·ln2Hi is exact
	ln2Lo = 0x1.ef35793c7673p-45 // ln 2 − ln2Hi
	magic = 0x1.8p52             // adding it rounds to an integer, which is then in the low bits
	one   = 0x3ff0000000000000   // the bits of 1.0
	lowX  = -760                 // exp is 0 from here down
	highX = 720                  // and +Inf from here up
)

// expPoly are close to 1/2!, 1/3!, … 1/11!: the exponential series, its
// coefficients shifted a little to spread the error of breaking it off evenly over
// |r| ≤ ln(2)/2 (a minimax fit by Remez). It is below 0.02 ulp.
var expPoly = [10]float64{
	0.50000000000000106266, 0.16666666666666412527, 0.041666666666530163, 0.0083333333334944643549, 0.0013888888943628944678,
	0.00019841269506565711109, 0.000024801493100070981401, 2.7557586388432950993e-6, 2.763024799015508457e-7, 2.5000056708160521483e-8,
}

// reduce writes x = k·ln 2 + r with an integer k and |r| ≤ ln(2)/2.
func reduce(x float64) (k, r float64) {
	k = math.FMA(x, log2e, magic) - magic
	r = math.FMA(-k, ln2Hi, x)
	return k, math.FMA(-k, ln2Lo, r)
}

// series returns (exp(r) − 1 − r) / r².
func series(r float64) float64 {
	return horner(expPoly[:], r)
}

// horner returns c[0] + c[1]·x + c[2]·x² + …
func horner(c []float64, x float64) float64 {
	p := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		p = math.FMA(p, x, c[i])
	}
	return p
}

// power returns 2^k for an integer k from −1022 to 1023.
func power(k float64) float64 {
	return math.Float64frombits(math.Float64bits(k+magic)<<52 + one)
}

// ExpOne returns e^x: 2^k·exp(r), the power of two in two halves so that results
// near overflow and denormal ones are rounded once. Error below 1 ulp.
func ExpOne(x float64) float64 {
	x = clamp(x, lowX, highX)
	k, r := reduce(x)
	p := math.FMA(math.FMA(series(r), r, 1), r, 1)
	half := math.FMA(k, 0.5, magic) - magic
	return float64(p * power(half) * power(k-half)) // the conversion keeps it from fusing where it is inlined
}

// Exp sets dst[i] = e^x[i].
func Exp(dst, x []float64) {
	if !unary(fExp, dst, x) {
		for i, v := range x {
			dst[i] = ExpOne(v)
		}
	}
}

// Expm1One returns e^x − 1 without loss near zero. Error below 2 ulp.
func Expm1One(x float64) float64 {
	return withSign(expm1(clamp(x, -60, 709.9), 0), x)
}

// expm1 returns e^(x+low) − 1 for a low below half an ulp of x: with r from reduce,
// 2^k·(exp(r + low) − 1) + (2^k − 1). It loses the sign of zero.
func expm1(x, low float64) float64 {
	k, r := reduce(x)
	high := math.FMA(-k, ln2Hi, x) // r before its last rounding
	low += math.FMA(-k, ln2Lo, high-r)
	y := math.FMA(r*r, series(r), low) + r
	if k == 0 {
		return y
	}
	s := power(k - 1) // half of 2^k, which may overflow
	return 2 * math.FMA(s, y, s-0.5)
}

// Expm1 sets dst[i] = e^x[i] − 1.
func Expm1(dst, x []float64) {
	if !unary(fExpm1, dst, x) {
		for i, v := range x {
			dst[i] = Expm1One(v)
		}
	}
}

// SigmoidOne returns 1/(1 + e^−x). With z = e^−|x|, which can't overflow, and
// q = z/(1 + z) it is 1 − q for x ≥ 0 and z − z·q below. Error below 2 ulp.
func SigmoidOne(x float64) float64 {
	z := ExpOne(-math.Abs(x))
	q := z / (1 + z)
	if x < 0 {
		return math.FMA(-z, q, z)
	}
	return 1 - q
}

// Sigmoid sets dst[i] = 1/(1 + e^−x[i]).
func Sigmoid(dst, x []float64) {
	if !unary(fSigmoid, dst, x) {
		for i, v := range x {
			dst[i] = SigmoidOne(v)
		}
	}
}

// tanhTop and tanhBottom are the polynomials of Lambert's continued fraction
// x/(1 + x²/(3 + x²/(5 + …))) for tanh x, broken off at 17, as
// x + x·x²·tanhTop(x²)/tanhBottom(x²). To 0.55 its error is below 0.01 ulp.
var (
	tanhTop    = [4]float64{-11486475, -810810, -12870, -44}
	tanhBottom = [5]float64{34459425, 16216200, 945945, 13860, 45}
)

// TanhOne returns the hyperbolic tangent of x: Lambert's fraction for small |x|,
// else 1 − 2/(e^2|x| + 1). Error below 2 ulp.
func TanhOne(x float64) float64 {
	a := math.Abs(x)
	y := 1 - 2/(ExpOne(2*a)+1)
	if a < 0.55 {
		z := a * a
		t := z * horner(tanhTop[:], z) / horner(tanhBottom[:], z)
		y = math.FMA(t, a, a)
	}
	return withSign(y, x)
}

// Tanh sets dst[i] = tanh(x[i]).
func Tanh(dst, x []float64) {
	if !unary(fTanh, dst, x) {
		for i, v := range x {
			dst[i] = TanhOne(v)
		}
	}
}

// clamp returns x limited to [low, high]; NaN stays NaN.
func clamp(x, low, high float64) float64 {
	if x > high {
		x = high
	}
	if x < low {
		x = low
	}
	return x
}

// withSign sets the sign bit of y if that of x is set.
func withSign(y, x float64) float64 {
	return math.Float64frombits(math.Float64bits(y) | math.Float64bits(x)&(1<<63))
}
