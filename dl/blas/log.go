package blas

import "math"

const (
	sqrtHalf = 0x3fe6a09e667f3bcd // the bits of √½
	mantissa = 1<<52 - 1
	smallest = 0x1p-1022 // the smallest normal number
)

// logPoly are close to 2/3, 2/5, … 2/15: the series of 2·artanh(s)/s − 2 in s²,
// fitted like expPoly for |s| ≤ 3 − 2√2. Its error is below 0.02 ulp.
var logPoly = [7]float64{
	0.66666666666667342007, 0.39999999999416025898, 0.28571428742101178685, 0.22222198601191161863,
	0.18183562942025273921, 0.15314084179206321987, 0.1479563053842256205,
}

// split writes a positive normal x as 2^k·m with √½ ≤ m < √2.
func split(x float64) (k, m float64) {
	u := math.Float64bits(x) + (one - sqrtHalf)
	k = float64(int(u>>52) - 1023)
	return k, math.Float64frombits(u&mantissa + sqrtHalf)
}

// logSum returns k·ln 2 + ln(1 + f) + c. With s = f/(2 + f), ln(1 + f) is
// 2·artanh(s) = f − (f²/2 − s·(f²/2 + R(s²))), the form of Sun's fdlibm.
func logSum(k, f, c float64) float64 {
	s := f / (2 + f)
	z := s * s
	h := float64(0.5 * f * f) // rounded: h − t below must not fuse
	t := math.FMA(k, ln2Lo, c)
	t = math.FMA(s, math.FMA(z, horner(logPoly[:], z), h), t)
	return math.FMA(k, ln2Hi, f-(h-t))
}

// LogOne returns the natural logarithm of x; −Inf for 0, NaN below. Error below
// 1 ulp.
func LogOne(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x < 0:
		return math.NaN()
	case !(x <= math.MaxFloat64):
		return x
	}
	var shift float64
	if x < smallest {
		x *= 0x1p54
		shift = 54
	}
	k, m := split(x)
	return logSum(k-shift, m-1, 0)
}

// Log sets dst[i] = ln x[i].
func Log(dst, x []float64) {
	if !unary(fLog, dst, x) {
		for i, v := range x {
			dst[i] = LogOne(v)
		}
	}
}

// Log1pOne returns ln(1 + x) without loss near zero; −Inf for −1, NaN below.
// What 1 + x loses in rounding comes back as a correction. Error below 1.5 ulp.
func Log1pOne(x float64) float64 {
	switch {
	case x == -1:
		return math.Inf(-1)
	case x < -1:
		return math.NaN()
	case !(x <= math.MaxFloat64):
		return x
	}
	u := 1 + x
	lost := x - (u - 1)
	if x >= 1 {
		lost = 1 - (u - x)
	}
	k, m := split(u)
	f, c := m-1, lost/u
	if k == 0 {
		f, c = x, 0
	}
	return withSign(logSum(k, f, c), x)
}

// Log1p sets dst[i] = ln(1 + x[i]).
func Log1p(dst, x []float64) {
	if !unary(fLog1p, dst, x) {
		for i, v := range x {
			dst[i] = Log1pOne(v)
		}
	}
}
