package datasets

import "math"

// The functions below give the same bits on every machine, which the standard
// library's do not promise: each step is one rounded operation or a fused one.
// They are Taylor series on a reduced argument, good to about 2 ulp.

// ln returns the natural logarithm of a finite x > 0: with x = m·2ᵉ and
// s = (m−1)/(m+1), it is e·ln 2 + 2(s + s³/3 + s⁵/5 + …).
func ln(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	s := (m - 1) / (m + 1)
	var sum float64
	for k := 23; k >= 3; k -= 2 {
		sum = math.FMA(sum, s*s, 1/float64(k))
	}
	return math.FMA(float64(e), math.Ln2, math.FMA(2*s, s*s*sum, 2*s))
}

// sincos returns the sine and cosine of x, |x| below about a million:
// x less a multiple of π/2 goes into both series, and the quadrant says which
// is which.
func sincos(x float64) (sin, cos float64) {
	const high, low = 1.5707963267948966, 6.123233995736766e-17 // their sum is π/2
	quarter := math.Round(x / high)
	r := math.FMA(-quarter, low, math.FMA(-quarter, high, x))
	s, c := 1.0, 1.0
	for k := 20; k >= 2; k -= 2 { // from the last term inwards
		s = math.FMA(-s, r*r/float64(k*(k+1)), 1)
		c = math.FMA(-c, r*r/float64(k*(k-1)), 1)
	}
	s = float64(s * r) // the conversion keeps the caller's sum from being fused with it
	switch int(quarter) & 3 {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}
